"""Give everything that is due its rows, once, whoever asks and however often.

Asks "what is due and has no row", not "what happened since the last tick": downtime of
any length, two planners or a lost tick change nothing.
"""

from __future__ import annotations

import zoneinfo
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from engagements.models import Notice, NoticePreference, TeamRole
from engagements.notices.kinds import known, sealed_names
from engagements.notices.ledger import Owed, owe
from engagements.reminders.due import Due
from engagements.reminders.local_time import to_utc
from engagements.reminders.recipients import People, people
from engagements.reminders.rules import OWING_RULES, RULES

_BATCH = 2_000
DIGEST_AT = time(7, 30)
# More urgent mails than this to one person at a time become one.
MOST_AT_ONCE = 5
_Choice = NoticePreference.Choice


def plan(now: datetime) -> int:
    """Write the missing rows; returns how many are new."""
    today = timezone.localdate(now, UTC)
    planned = 0
    for rule in RULES:
        found = rule(today)
        while batch := list(islice(found, _BATCH)):
            planned += _plan(batch, today)
    planned += sum(_owe(batch) for rule in OWING_RULES for batch in rule(today))
    return planned + _plan_digests(now)


def _owe(messages: list[Owed]) -> int:
    """Together, or not at all; of sealed kinds nobody learns how many there were."""
    sealed = set(sealed_names())
    with transaction.atomic():
        owe(one for one in messages if one.kind in sealed)
        return owe(one for one in messages if one.kind not in sealed)


def _plan(batch: list[Due], today: date) -> int:
    told = people({due.relationship for due in batch}, today)
    pairs = [(due, person) for due in batch for person in _told(due, told)]
    choices = _choices({person for _due, person in pairs})
    found = [(due, person, choices.get((person, due.kind))) for due, person in pairs]
    urgent = Counter(person for due, person, choice in found if _at_once(due, choice))
    crowded = {person for person, count in urgent.items() if count > MOST_AT_ONCE}
    planned = owe(
        message
        for due, person, choice in found
        for message in _messages(due, person, choice, alone=person not in crowded)
    )
    places = {person: due.organisation for due, person in pairs}
    return planned + owe(_summary(person, places[person], today) for person in crowded)


def _at_once(due: Due, choice: str | None) -> bool:
    return choice == _Choice.AT_ONCE or (due.at_once and choice is None)


def _summary(person: UUID, organisation: UUID, today: date) -> Owed:
    """One mail now for many: an import that lands inside windows sends no hundreds."""
    return Owed(
        kind="digest",
        recipient=person,
        organisation=organisation,
        lane=Notice.Lane.DEADLINE,
        day=today,
        threshold=1,
    )


def _told(due: Due, told: People) -> list[UUID]:
    if due.people == "owner":
        return _owner(due, told)
    if due.people == "sponsors":
        sponsors = told.of_role(
            due.organisation, due.relationship, due.side, TeamRole.Role.SPONSOR
        )
        return told.present(sponsors) or told.present(
            told.administrators(due.organisation)
        )
    choose = told.responsible if due.people == "responsible" else told.coordinators
    return choose(due.organisation, due.relationship, due.side)


def _owner(due: Due, told: People) -> list[UUID]:
    """The owner, or whoever stands in for one who is gone: deputy, then coordinator."""
    found = told.present([due.owner] if due.owner else [])
    if found and all(told.acts(due.organisation, person) for person in found):
        return found
    return told.coordinators(due.organisation, due.relationship, due.side)


def _choices(persons: set[UUID]) -> dict[tuple[UUID, str], str]:
    rows = NoticePreference.objects.filter(contact__in=persons)
    return {
        (contact, kind): choice
        for contact, kind, choice in rows.values_list("contact_id", "kind", "choice")
    }


def _messages(
    due: Due, person: UUID, choice: str | None, *, alone: bool
) -> Iterator[Owed]:
    """The row in the application, and the mail where it goes out at once, alone.

    A legal deadline can be redirected, not switched off: "off" means the application.
    """
    kind = known(due.kind)
    at_once = _at_once(due, choice)
    digest = choice in {None, _Choice.DIGEST} or at_once
    mailed = at_once and alone
    yield _owed(
        due,
        person,
        channel=Notice.Channel.IN_APP,
        lane=Notice.Lane.DIGEST if digest and not mailed else Notice.Lane.ORDINARY,
        unwanted=choice == _Choice.OFF and not (kind and kind.legal),
    )
    if mailed:
        yield _owed(due, person, channel=Notice.Channel.MAIL, lane=Notice.Lane.DEADLINE)


def _owed(
    due: Due, person: UUID, *, channel: str, lane: int, unwanted: bool = False
) -> Owed:
    return Owed(
        kind=due.kind,
        recipient=person,
        organisation=due.organisation,
        lane=lane,
        channel=channel,
        relationship=due.relationship,
        object_id=due.object_id,
        side=due.side,
        threshold=due.threshold,
        day=due.day,
        counter=due.counter,
        facts=due.facts,
        unwanted=unwanted,
    )


def _plan_digests(now: datetime) -> int:
    """One digest for whoever has something new, at half past seven where they are.

    A digest that waits names whatever is new when it leaves: no second one is owed.
    """
    waiting = Notice.objects.filter(
        kind="digest",
        state__in=[Notice.State.PENDING, Notice.State.LEASED, Notice.State.SENDING],
    )
    # Asked apart: one query for both is slow on rows the database has just been given.
    have_one = set(waiting.order_by().values_list("recipient_id", flat=True))
    rows = (
        Notice.objects.filter(
            channel=Notice.Channel.IN_APP,
            lane=Notice.Lane.DIGEST,
            state__in=[Notice.State.PENDING, Notice.State.SENT],
            digested_at=None,
        )
        .order_by()
        .values_list("recipient_id", "recipient__user__time_zone", "organisation_id")
        .distinct()
    )
    return owe(
        _digest(recipient, zone, organisation, now)
        for recipient, zone, organisation in _first_of_each(rows)
        if recipient not in have_one
    )


def _first_of_each(rows: Iterable[tuple]) -> Iterator[tuple]:
    seen: set[UUID] = set()
    for row in rows:
        if row[0] not in seen:
            seen.add(row[0])
            yield row


def _digest(
    recipient: UUID, zone: str | None, organisation: UUID, now: datetime
) -> Owed:
    place = zoneinfo.ZoneInfo(zone or "UTC")
    local = now.astimezone(place)
    # What is found after half past seven waits for tomorrow's digest.
    day = local.date() + timedelta(days=local.time() >= DIGEST_AT)
    due = to_utc(day, DIGEST_AT, place)
    return Owed(
        kind="digest",
        recipient=recipient,
        organisation=organisation,
        lane=Notice.Lane.DIGEST,
        day=day,
        due_at=due,
        not_after=due + timedelta(hours=20),
    )
