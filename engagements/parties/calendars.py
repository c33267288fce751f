"""The working calendars of organisations, from their places and their own days."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from engagements.models import Organisation, OrganisationDay
from engagements.parties.working_days import JointCalendar, WorkingCalendar


def joint_calendar(*organisations: Organisation) -> JointCalendar:
    """The days on which all of these organisations work: one query."""
    known = calendars_of(organisations)
    return JointCalendar(tuple(known[row.pk] for row in organisations))


def calendars_of(
    organisations: Iterable[Organisation],
) -> dict[UUID, WorkingCalendar]:
    """{organisation id: its calendar} for many organisations: one query."""
    rows = list(organisations)
    own: dict[UUID, tuple[set, set]] = {row.pk: (set(), set()) for row in rows}
    for pk, day, works in _own_days(rows):
        own[pk][1 if works else 0].add(day)
    return {
        row.pk: WorkingCalendar(
            row.country,
            row.subdivision,
            closed=frozenset(own[row.pk][0]),
            opened=frozenset(own[row.pk][1]),
        )
        for row in rows
    }


def _own_days(rows: list[Organisation]) -> Iterable[tuple]:
    days = OrganisationDay.objects.order_by().values_list(
        "organisation_id", "on", "works"
    )
    # Databases limit how many values a list may have; few organisations name days.
    if len(rows) <= 500:
        return days.filter(organisation__in=[row.pk for row in rows])
    known = {row.pk for row in rows}
    return (row for row in days.iterator() if row[0] in known)
