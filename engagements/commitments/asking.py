"""A promise written down for the other side is asked of it first.

Its yes makes the promise; the same link then says that it is done. Whoever answers
needs no sign-in.
"""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from engagements.commitments import actions, mails
from engagements.errors import RuleError, whole
from engagements.models import (
    Commitment,
    Contact,
    PromiseAsk,
    Relationship,
    Side,
    Standing,
    Visibility,
)
from engagements.notices.ledger import owe
from engagements.relationships.speakers import speaker

_Answer = PromiseAsk.Answer
_SENT_TWICE = timedelta(seconds=20)


@transaction.atomic
def ask(
    *,
    by: Standing,
    relationship: Relationship,
    side: Side,
    owner: Contact,
    text: str,
    due_on: date,
    measure: str = "",
    origin: str = Commitment.Origin.DIRECT,
    origin_id: UUID | None = None,
) -> PromiseAsk:
    """Ask the owner, or whoever speaks for that side, by mail.

    Raises RuleError for an owner of another side, and where nobody can be asked.
    """
    actions.check_owner(relationship, side, owner)
    # Two sends at once wait for each other here.
    list(Relationship.objects.select_for_update(no_key=True).filter(pk=relationship.pk))
    said = {"side": side, "owner": owner, "text": text, "due_on": due_on}
    said |= {
        "relationship": relationship,
        "origin_id": origin_id,
        "asked_by": by.contact,
    }
    since = timezone.now() - _SENT_TWICE
    again = PromiseAsk.objects.filter(**said, answer="", created_at__gte=since).first()
    if again is not None:
        return again
    row = PromiseAsk.objects.create(
        **said,
        measure=measure,
        origin_kind=origin,
        organisation=by.organisation,
        asked=_person(relationship, side, owner),
        asked_on=timezone.localdate(),
    )
    owe(mails.questions([row]))
    return row


def _person(relationship: Relationship, side: Side, owner: Contact) -> Contact:
    """The owner where a mail reaches that person; else who speaks for the side."""
    if owner.email or owner.user_id:
        return owner
    person = speaker(relationship, side, timezone.localdate())
    if person is None:
        words = _("Nobody of %(name)s can be asked: add an interface person.")
        name = getattr(relationship, side.value).name
        raise RuleError(words % {"name": name}, field="owner")
    return person


@transaction.atomic
def answer(*, asked: PromiseAsk, yes: bool, reason: str = "") -> PromiseAsk:
    """Yes makes the promise; a no says why. The same again changes nothing.

    Raises RuleError for a no without a reason, for another answer, and for a yes to a
    day that has passed.
    """
    row = _held(asked)
    value = _Answer.YES if yes else _Answer.NO
    if row.answer == value:
        return row
    if row.answer:
        raise RuleError(_("This was answered already."))
    if not yes and not reason.strip():
        raise RuleError(_("Say in a sentence why not."), field="reason")
    row.answer, row.answered_on = value, timezone.localdate()
    row.reason = whole(reason, _("Not ours, because"), field="reason")
    if yes:
        row.commitment = _promised(row)
    row.save(
        update_fields=["answer", "reason", "answered_on", "commitment", "updated_at"]
    )
    owe(mails.answers(row))
    return row


def _promised(row: PromiseAsk) -> Commitment:
    if row.due_on < timezone.localdate():
        words = _("This day has passed. Say no, and which day would do.")
        raise RuleError(words, field="reason")
    side = Side(row.side)
    return actions.commit(
        by=_standing(row),
        relationship=row.relationship,
        side=side,
        owner=row.owner,
        text=row.text,
        due_on=row.due_on,
        measure=row.measure,
        visibility=Visibility.SHARED,
        origin=row.origin_kind,
        origin_id=row.origin_id,
        own_side=side,
    )


@transaction.atomic
def finish(*, asked: PromiseAsk) -> Commitment:
    """Its side says, behind the link, that it is done; twice is once.

    Raises RuleError before it was promised, and once both let it go.
    """
    row = _held(asked)
    if row.commitment is None:
        raise RuleError(_("This was not promised."))
    if row.commitment.done_at is not None:
        return row.commitment
    today = timezone.localdate()
    return actions.finish(by=_standing(row), commitment=row.commitment, done_on=today)


def _standing(row: PromiseAsk) -> Standing:
    return Standing(row.asked, getattr(row.relationship, row.side), role="")


def _held(asked: PromiseAsk) -> PromiseAsk:
    rows = PromiseAsk.objects.select_for_update(no_key=True, of=("self",))
    return rows.select_related(
        "asked", "owner", "commitment", "relationship__client", "relationship__supplier"
    ).get(pk=asked.pk)
