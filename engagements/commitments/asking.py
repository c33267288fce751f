"""A promise written down for the other side is asked of it first.

Its yes makes the promise; the same link then says that it is done. Whoever answers
needs no sign-in.
"""

from __future__ import annotations

from dataclasses import fields

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from engagements.commitments import actions, mails
from engagements.commitments.said import Said
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


def record(
    *, by: Standing, own_side: Side, said: Said, visibility: str = Visibility.SHARED
) -> Commitment | PromiseAsk:
    """Write a promise down: one of the own side counts at once, the other's is asked.

    Raises RuleError for an owner of another side, and for a promise of the other side
    that it would not see.
    """
    if said.side == own_side:
        return actions.commit(by=by, said=said, visibility=visibility)
    if visibility == Visibility.INTERNAL:
        raise RuleError(
            _("A promise of the other side is seen by both sides: share it."),
            field="shared",
        )
    return ask(by=by, said=said)


@transaction.atomic
def ask(*, by: Standing, said: Said) -> PromiseAsk:
    """Ask the owner, or whoever speaks for that side, by mail.

    Where nobody of it can be reached it is only noted. The same words that wait for
    an answer are not asked twice. Raises RuleError for an owner of another side.
    """
    actions.check_owner(said.relationship, said.side, said.owner)
    actions.one_at_a_time(said.relationship)
    waiting = PromiseAsk.objects.waiting().select_related("asked")
    again = waiting.filter(**vars(said)).first()
    if again is not None:
        return again
    row = PromiseAsk.objects.create(
        **vars(said),
        asked_by=by.contact,
        organisation=by.organisation,
        asked=_person(said.relationship, said.side, said.owner),
        asked_on=timezone.localdate(),
    )
    owe(mails.questions([row]))
    return row


def _person(relationship: Relationship, side: Side, owner: Contact) -> Contact | None:
    """The owner where a mail reaches that person; else who speaks for the side."""
    if owner.email or owner.user_id:
        return owner
    return speaker(relationship, side, timezone.localdate())


def outcome(made: object, otherwise: str) -> str:
    """What a page says of what was just written down on it."""
    if not isinstance(made, PromiseAsk):
        return otherwise
    if made.asked is None:
        words = _("Noted, not confirmed: nobody of %(name)s can be reached by mail.")
        return words % {"name": made.place.name}
    words = _("Asked %(name)s; it counts once they say yes.")
    return words % {"name": made.asked.name}


@transaction.atomic
def ask_now(*, asked: PromiseAsk) -> PromiseAsk:
    """Ask what was only noted, now that somebody can be reached; twice is once.

    Raises RuleError while nobody can.
    """
    row = _waiting(asked)
    if row.asked is not None:
        return row
    row.asked = _person(row.relationship, Side(row.side), row.owner)
    if row.asked is None:
        words = _("Nobody of %(name)s can be asked: add an interface person.")
        raise RuleError(words % {"name": row.place.name})
    row.asked_on = timezone.localdate()
    row.save(update_fields=["asked", "asked_on", "updated_at"])
    owe(mails.questions([row]))
    return row


@transaction.atomic
def take_back(*, asked: PromiseAsk) -> PromiseAsk:
    """Ask no longer: the mailed link is closed, and nothing more is sent.

    Raises RuleError once it is answered.
    """
    row = _waiting(asked)
    row.taken_back_on = timezone.localdate()
    row.version += 1
    row.save(update_fields=["taken_back_on", "version", "updated_at"])
    return row


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
    _refuse_unless_waiting(row)
    if row.version != asked.version:
        raise RuleError(_("Somebody else is asked now."))
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
    said = {field.name: getattr(row, field.name) for field in fields(Said)}
    said["side"] = Side(row.side)
    return actions.commit(by=_standing(row), said=Said(**said))


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
    assert row.asked is not None  # noqa: S101 - nobody holds a link to what is noted
    return Standing(row.asked, row.place, role="")


def _waiting(asked: PromiseAsk) -> PromiseAsk:
    row = _held(asked)
    _refuse_unless_waiting(row)
    return row


def _refuse_unless_waiting(row: PromiseAsk) -> None:
    if row.answer:
        raise RuleError(_("This was answered already."))
    if row.taken_back_on:
        raise RuleError(_("This is no longer asked."))


def _held(asked: PromiseAsk) -> PromiseAsk:
    rows = PromiseAsk.objects.select_for_update(no_key=True, of=("self",))
    return rows.select_related(
        "asked", "owner", "commitment", "relationship__client", "relationship__supplier"
    ).get(pk=asked.pk)
