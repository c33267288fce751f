"""Writes to promises and steps.

The date first agreed never changes: a promise kept after it was moved is still late.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from engagements import history
from engagements.commitments.said import Said
from engagements.errors import RuleError
from engagements.models import (
    Commitment,
    Contact,
    Relationship,
    Side,
    Standing,
    Step,
    TeamRole,
    TimelineEntry,
    Visibility,
)
from engagements.relationships.figures import refresh_promises
from engagements.wording import long_day

_SENT_TWICE = timedelta(seconds=20)


@transaction.atomic
def commit(
    *,
    by: Standing,
    said: Said,
    visibility: str = Visibility.SHARED,
) -> Commitment:
    """Record a promise that its side makes; `asking.record` knows whose it is.

    Raises RuleError for an owner of another side.
    """
    check_owner(said.relationship, said.side, said.owner)
    written = vars(said) | {"written_by": by.contact}
    # What was asked by mail is a promise of its own.
    again = _sent_before(Commitment.objects.open().filter(asked_as=None), written)
    if again is not None:
        return again
    commitment = Commitment.objects.create(
        organisation=by.organisation,
        visibility=visibility,
        original_due_on=said.due_on,
        **written,
    )
    refresh_promises([said.relationship.pk])
    _tell(commitment, by, "made", _("Promise made: %(text)s"))
    return commitment


def _sent_before(rows: models.QuerySet, written: dict[str, Any]) -> Any:
    """The same words of the same writer a moment ago: a form sent twice."""
    one_at_a_time(written["relationship"])
    since = timezone.now() - _SENT_TWICE
    return rows.filter(**written, created_at__gte=since).first()


def one_at_a_time(relationship: Relationship) -> None:
    """Two sends at once wait for each other here."""
    list(Relationship.objects.select_for_update(no_key=True).filter(pk=relationship.pk))


def check_owner(relationship: Relationship, side: Side, owner: Contact) -> None:
    """The owner belongs to the side that promises, by place or by role.

    Raises RuleError for anybody else.
    """
    place = relationship.client_id if side == Side.CLIENT else relationship.supplier_id
    if owner.organisation_id == place:
        return
    speaks = TeamRole.objects.current().filter(
        relationship=relationship, side=side, contact=owner
    )
    if not speaks.exists():
        raise RuleError(
            _("%(name)s does not speak for that side.") % {"name": owner.name},
            field="owner",
        )


@transaction.atomic
def move(
    *, by: Standing, commitment: Commitment, due_on: date, reason: str
) -> Commitment:
    """Name a new date; the date first agreed stays and still counts."""
    commitment = _open(commitment)
    fields = history.differences(commitment, {"due_on": due_on})
    commitment.due_on = due_on
    commitment.save(update_fields=["due_on", "updated_at"])
    _record(commitment, by, fields, reason)
    return commitment


@transaction.atomic
def reassign(
    *, by: Standing, commitment: Commitment, owner: Contact, reason: str = ""
) -> Commitment:
    """Hand a promise to somebody else of the same side."""
    commitment = _open(commitment)
    check_owner(commitment.relationship, Side(commitment.side), owner)
    fields = history.differences(commitment, {"owner": owner})
    commitment.owner = owner
    commitment.save(update_fields=["owner", "updated_at"])
    _record(commitment, by, fields, reason)
    return commitment


@transaction.atomic
def finish(*, by: Standing, commitment: Commitment, done_on: date) -> Commitment:
    """Its side says it is done, and on which day."""
    commitment = _open(commitment)
    if done_on > timezone.localdate():
        raise RuleError(_("A promise is done on a day that has come."), field="done_on")
    commitment.done_on = done_on
    commitment.done_at = timezone.now()
    commitment.save(update_fields=["done_on", "done_at", "updated_at"])
    refresh_promises([commitment.relationship_id])
    _record(commitment, by, {"done_on": [None, done_on.isoformat()]}, "")
    _tell(commitment, by, "done", _("Promise done: %(text)s"))
    return commitment


@transaction.atomic
def reopen(*, by: Standing, commitment: Commitment) -> Commitment:
    """It was not done after all; only before the other side verified it."""
    commitment = _locked(commitment)
    if commitment.done_at is None:
        raise RuleError(_("This promise is open."))
    if commitment.verified_at:
        raise RuleError(_("The other side verified this promise."))
    fields = history.differences(commitment, {"done_on": None})
    commitment.done_on = commitment.done_at = None
    commitment.save(update_fields=["done_on", "done_at", "updated_at"])
    refresh_promises([commitment.relationship_id])
    TimelineEntry.objects.filter(object_id=commitment.pk, mark="done").delete()
    _record(commitment, by, fields, "")
    return commitment


@transaction.atomic
def verify(*, by: Standing, commitment: Commitment) -> Commitment:
    """The other side says it saw it done."""
    commitment = _locked(commitment)
    if commitment.done_at is None:
        raise RuleError(_("Only what is done can be verified."))
    if commitment.verified_at is None:
        commitment.verified_at = timezone.now()
        commitment.verified_by = by.contact
        commitment.save(update_fields=["verified_at", "verified_by", "updated_at"])
        _record(commitment, by, {"verified_by": [None, by.contact.name]}, "")
    return commitment


@transaction.atomic
def let_go(
    *, by: Standing, commitment: Commitment, side: Side, reason: str
) -> Commitment:
    """One side lets a promise go; it leaves the count when both have."""
    commitment = _open(commitment)
    now = timezone.now()
    field = f"cancelled_by_{side.value}_at"
    if getattr(commitment, field) is not None:
        return commitment
    setattr(commitment, field, now)
    other = getattr(commitment, f"cancelled_by_{side.other.value}_at")
    if other is not None or commitment.visibility == Visibility.INTERNAL:
        commitment.cancelled_at = now
    commitment.save(update_fields=[field, "cancelled_at", "updated_at"])
    refresh_promises([commitment.relationship_id])
    _record(commitment, by, {"let_go": [None, str(side.label)]}, reason)
    return commitment


def _locked(commitment: Commitment) -> Commitment:
    rows = Commitment.objects.select_for_update(no_key=True, of=("self",))
    return rows.select_related(
        "owner", "relationship__client", "relationship__supplier"
    ).get(pk=commitment.pk)


def _open(commitment: Commitment) -> Commitment:
    commitment = _locked(commitment)
    if commitment.done_at or commitment.cancelled_at:
        raise RuleError(_("This promise is closed."))
    return commitment


def _record(commitment: Commitment, by: Standing, fields: dict, reason: str) -> None:
    history.record_change(
        commitment, fields, by=by, reason=reason,
        relationship=commitment.relationship, visibility=commitment.visibility,
    )  # fmt: skip


def _tell(commitment: Commitment, by: Standing, mark: str, words: str) -> None:
    history.record_event(
        commitment.relationship,
        kind=TimelineEntry.Kind.COMMITMENT,
        mark=mark,
        title=words % {"text": commitment.text},
        organisation=by.organisation,
        visibility=commitment.visibility,
        row=commitment,
        address=commitment.get_absolute_url(),
        people=[commitment.owner],
        first=mark == "made",
        facts=[
            _("Due on %(day)s") % {"day": long_day(commitment.original_due_on)},
            *([commitment.measure] if commitment.measure else []),
        ],
    )


@transaction.atomic
def add_step(
    *,
    by: Standing,
    relationship: Relationship,
    owner: Contact,
    text: str,
    due_on: date | None,
) -> Step:
    """A next step of one's own."""
    written = {"owner": owner, "text": text, "due_on": due_on}
    written |= {"relationship": relationship, "written_by": by.contact}
    again = _sent_before(Step.objects.open(), written)
    return again or Step.objects.create(organisation=by.organisation, **written)


@transaction.atomic
def change_step(
    *, by: Standing, step: Step, text: str, owner: Contact, due_on: date | None
) -> Step:
    """Move, reword or hand on a step; it is nobody's promise."""
    step = Step.objects.select_for_update(no_key=True).get(pk=step.pk)
    values = {"text": text, "owner": owner, "due_on": due_on}
    fields = history.differences(step, values)
    for name, value in values.items():
        setattr(step, name, value)
    step.save(update_fields=[*values, "updated_at"])
    history.record_change(step, fields, by=by, relationship=step.relationship)
    return step


def finish_step(*, step: Step) -> bool:
    """Mark a step as done; twice is once."""
    return _stamp(step, "done_at", timezone.now())


def reopen_step(*, step: Step) -> bool:
    """Take "done" or "dropped" back."""
    rows = Step.objects.filter(pk=step.pk)
    now = timezone.now()
    return bool(rows.update(done_at=None, dropped_at=None, updated_at=now))


def drop_step(*, step: Step) -> bool:
    """It is no longer needed; twice is once."""
    return _stamp(step, "dropped_at", timezone.now())


def _stamp(step: Step, field: str, moment: object) -> bool:
    open_rows = Step.objects.open().filter(pk=step.pk)
    return bool(open_rows.update(**{field: moment, "updated_at": moment}))
