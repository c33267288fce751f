"""Meetings are planned, moved, cancelled and held; a held one plans the next."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from engagements.errors import RuleError
from engagements.interactions import meetings
from engagements.models import Change, Meeting, TimelineEntry
from tests.engagements.interactions.conftest import logged

AHEAD = datetime(2030, 1, 14, 9, 30, tzinfo=UTC)


def values(**changes):
    plain = {
        "title": "Monthly",
        "starts_at": AHEAD,
        "minutes": 45,
        "recurrence": "",
        "place": "",
        "agenda": "Rota",
        "visibility": "shared",
    }
    return {**plain, **changes}


def planned(seat, *people, **changes):
    return meetings.plan_meeting(
        by=seat.by,
        own=seat.own,
        values=values(**changes),
        people=[(person.contact, person.side) for person in people],
    )


@pytest.mark.django_db
def test_a_planned_meeting_is_the_next_contact_of_both_sides(seats):
    own, other = seats

    meeting = planned(own, own, other)

    assert meeting.participants.count() == 2
    assert own.own.next_contact_at == other.own.next_contact_at == AHEAD
    entry = TimelineEntry.objects.get()
    assert (entry.title, entry.visibility) == ("Meeting planned: Monthly", "shared")


@pytest.mark.django_db
def test_an_internal_meeting_is_nobody_elses_next_contact(seats):
    own, other = seats

    planned(own, own, visibility="internal")

    assert own.own.next_contact_at == AHEAD
    assert other.own.next_contact_at is None


@pytest.mark.django_db
def test_a_moved_meeting_keeps_where_it_stood_in_its_history(seats):
    own, other = seats
    meeting = planned(own, own)
    later = AHEAD + timedelta(days=7)

    meetings.change_meeting(
        by=own.by,
        meeting=meeting,
        values=values(starts_at=later),
        people=[(other.contact, other.side)],
        reason="Strike",
    )

    meeting.refresh_from_db()
    assert meeting.starts_at == later
    assert meeting.participants.get().contact == other.contact
    change = Change.objects.of(meeting).get()
    assert (change.reason, list(change.fields)) == ("Strike", ["starts_at"])
    assert other.own.next_contact_at == later
    assert TimelineEntry.objects.count() == 1


@pytest.mark.django_db
def test_a_cancelled_meeting_leaves_the_timeline_and_the_next_contact(seats):
    own, other = seats
    meeting = planned(own, own)

    meetings.cancel_meeting(by=own.by, meeting=meeting, reason="Strike")

    assert not Meeting.objects.planned().exists()
    assert not TimelineEntry.objects.exists()
    assert other.own.next_contact_at is None
    with pytest.raises(RuleError, match="no longer planned"):
        meetings.cancel_meeting(by=own.by, meeting=meeting, reason="Again")


@pytest.mark.django_db
def test_a_held_meeting_plans_the_next_with_the_same_people(seats):
    own, other = seats
    meeting = planned(own, own, other, recurrence="monthly")
    entry = logged(own, kind="meeting", shared=True)

    meetings.mark_held(meeting=meeting, interaction=entry)

    following = Meeting.objects.planned().get()
    assert following.starts_at == datetime(2030, 2, 14, 9, 30, tzinfo=UTC)
    assert (following.title, following.agenda) == ("Monthly", "Rota")
    assert following.participants.count() == 2
    assert TimelineEntry.objects.get().kind == TimelineEntry.Kind.INTERACTION
    assert other.own.next_contact_at == following.starts_at


@pytest.mark.parametrize(
    ("recurrence", "day"),
    [
        ("", None),
        ("weekly", (2026, 2, 7)),
        ("fortnightly", (2026, 2, 14)),
        ("monthly", (2026, 2, 28)),
        ("quarterly", (2026, 4, 30)),
    ],
)
def test_a_repeated_meeting_is_next_after_its_rhythm(recurrence, day):
    at = datetime(2026, 1, 31, 10, 0, tzinfo=UTC)

    found = meetings.next_start(at, recurrence, at)

    assert found == (datetime(*day, 10, 0, tzinfo=UTC) if day else None)


def test_the_next_one_is_ahead_at_the_same_time_of_day_across_a_clock_change():
    with timezone.override(ZoneInfo("Europe/London")):
        at = datetime(2026, 3, 20, 9, 0, tzinfo=ZoneInfo("Europe/London"))
        now = datetime(2026, 3, 28, 12, 0, tzinfo=UTC)

        found = meetings.next_start(at, "weekly", now)

    assert found == datetime(2026, 4, 3, 9, 0, tzinfo=ZoneInfo("Europe/London"))
