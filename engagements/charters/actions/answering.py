"""One named person of each side says yes, or no with a reason.

The last yes of both puts the charter in force, or lets it hold for another year.
"""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from engagements.charters import mails
from engagements.charters.actions.moving import held, move
from engagements.charters.queries.asked import is_open
from engagements.charters.states import ask_from, holds_for
from engagements.errors import RuleError, whole
from engagements.history import record_change, record_event
from engagements.models import (
    Charter,
    CharterAcceptance,
    Contact,
    Side,
    Standing,
    TimelineEntry,
    Visibility,
)
from engagements.relationships.guarding import ask_anew
from engagements.wording import long_day

Answer = CharterAcceptance.Answer
State = Charter.State


def ask(
    charter: Charter, *, round_: int, people: dict[str, Contact], on: date | None = None
) -> list[CharterAcceptance]:
    """Ask one person of each side, today or on a later day. Of a later day the mails
    are owed then, by the clock."""
    for side in Side:
        _check(people.get(side.value), side)
    rows = [
        CharterAcceptance.objects.create(
            charter=charter,
            side=side,
            round=round_,
            contact=people[side.value],
            asked_on=on or timezone.localdate(),
        )
        for side in Side
    ]
    if on is None:
        mails.owe_questions(rows)
    return rows


def _check(contact: Contact | None, side: Side) -> None:
    field = f"{side.value}_person"
    if contact is None:
        raise RuleError(_("Name one person of each side."), field=field)
    if not contact.is_present or not contact.email:
        words = _("%(name)s cannot be reached by mail.") % {"name": contact.name}
        raise RuleError(words, field=field)


def yes_by_asking(*, rows: list[CharterAcceptance], by: Standing) -> None:
    """Whoever asks oneself has said yes by asking."""
    for row in rows:
        if row.contact_id == by.contact.pk:
            answer(acceptance=row, yes=True)


@transaction.atomic
def answer(
    *, acceptance: CharterAcceptance, yes: bool, reason: str = ""
) -> CharterAcceptance:
    """Keep the named person's answer; the same again changes nothing.

    Raises RuleError where it was answered otherwise or is no longer asked, and for a
    no without a reason.
    """
    held(acceptance.charter.relationship)
    row = CharterAcceptance.objects.select_related(
        "charter__relationship", "contact"
    ).get(pk=acceptance.pk)
    value = Answer.YES if yes else Answer.NO
    if row.answer == value:
        return row
    if row.answer:
        raise RuleError(_("This was answered already."))
    if row.version != acceptance.version:
        raise RuleError(_("Somebody else is asked now."))
    if not is_open(row):
        raise RuleError(_("This is no longer asked, or not yet."))
    if not yes and not reason.strip():
        raise RuleError(_("Say what should be different."), field="reason")
    row.answer, row.answered_on = value, timezone.localdate()
    row.reason = "" if yes else _different(reason)
    row.save(update_fields=["answer", "answered_on", "reason", "updated_at"])
    _follow(row)
    return row


def _different(reason: str) -> str:
    return whole(reason, _("What should be different"), field="reason")


def _follow(row: CharterAcceptance) -> None:
    charter = row.charter
    if row.answer == Answer.NO:
        if row.round == 1:
            move(charter, State.DECLINED)
        return
    said = charter.acceptances.filter(round=row.round, answer=Answer.YES)
    if said.count() < len(Side):
        return
    if row.round == 1:
        _put_in_force(charter)
    else:
        _hold_on(charter, row.round)


def _put_in_force(charter: Charter) -> None:
    """It takes the place of the version before."""
    ask_anew([charter.relationship_id])
    versions = Charter.objects.filter(relationship=charter.relationship_id)
    for before in versions.filter(state=State.ACCEPTED):
        move(before, State.SUPERSEDED)
    number = (versions.aggregate(last=Max("number"))["last"] or 0) + 1
    today = timezone.localdate()
    until = holds_for(today)
    charter = move(
        charter, State.ACCEPTED, number=number, accepted_on=today, holds_until=until
    )
    title = _("Charter accepted by both sides, version %(number)s")
    _tell(charter, "accepted", title % {"number": number}, until)
    _ask_next(charter, round_=2)


def _hold_on(charter: Charter, round_: int) -> None:
    ask_anew([charter.relationship_id])
    until = holds_for(timezone.localdate())
    Charter.objects.filter(pk=charter.pk).update(holds_until=until)
    charter.holds_until = until
    title = _("Charter confirmed by both sides for another year")
    _tell(charter, f"confirmed-{round_}", title, until)
    _ask_next(charter, round_=round_ + 1)


def _ask_next(charter: Charter, *, round_: int) -> None:
    """The same two people, before the year is over."""
    assert charter.holds_until is not None  # noqa: S101 - it is in force
    before = charter.acceptances.filter(round=round_ - 1).select_related("contact")
    for row in before:
        CharterAcceptance.objects.create(
            charter=charter,
            side=row.side,
            round=round_,
            contact=row.contact,
            asked_on=ask_from(charter.holds_until),
        )


def _tell(charter: Charter, mark: str, title: str, until: date) -> None:
    people = charter.acceptances.filter(answer=Answer.YES).select_related("contact")
    names = {row.contact_id: row.contact for row in people}
    record_event(
        charter.relationship,
        kind=TimelineEntry.Kind.CHARTER,
        mark=mark,
        title=title,
        row=charter,
        address=charter.get_absolute_url(),
        people=names.values(),
        facts=[_("Holds until %(day)s") % {"day": long_day(until)}],
    )


@transaction.atomic
def name_person(
    *, by: Standing, acceptance: CharterAcceptance, contact: Contact
) -> CharterAcceptance:
    """Let somebody else answer for a side; the earlier link closes.

    Raises RuleError once it is answered, or where the person cannot be mailed.
    """
    held(acceptance.charter.relationship)
    row = CharterAcceptance.objects.select_related(
        "charter__relationship", "contact"
    ).get(pk=acceptance.pk)
    if row.answer or row.charter.state not in {State.PROPOSED, State.ACCEPTED}:
        raise RuleError(_("This was answered already."))
    _check_one(contact)
    before = row.contact.name
    row.contact, row.version = contact, row.version + 1
    row.asked_on = max(row.asked_on, timezone.localdate())
    row.save(update_fields=["contact", "version", "asked_on", "updated_at"])
    record_change(
        row.charter,
        {f"{row.side} person": [before, contact.name]},
        by=by,
        relationship=row.charter.relationship,
        visibility=Visibility.SHARED,
    )
    if is_open(row):
        mails.owe_questions([row])
    return row


def _check_one(contact: Contact) -> None:
    if not contact.is_present or not contact.email:
        words = _("%(name)s cannot be reached by mail.") % {"name": contact.name}
        raise RuleError(words, field="contact")
