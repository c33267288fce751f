"""Meetings: planned, moved, held, cancelled, repeated."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from engagements.errors import RuleError
from engagements.interactions import actions, meetings
from engagements.models import Meeting, TimelineEntry
from tests.engagements.interactions.test_each_side import logged

NOW = timezone.now()


def planned(pair, **values):
    given = {
        "title": "Quillwort review",
        "starts_at": NOW + timedelta(days=3),
        "visibility": "shared",
    } | values
    across = pair.by(pair.other).contact
    return meetings.plan_meeting(
        by=pair.by(), own=pair.side(), values=given, people=[(across, pair.other)]
    )


def test_a_shared_meeting_is_the_next_contact_of_both(pair):
    row = planned(pair)
    assert pair.side().next_contact_at == row.starts_at
    assert pair.side(pair.other).next_contact_at == row.starts_at
    assert pair.entries() == ["Meeting planned: Quillwort review"]


def test_an_internal_meeting_is_nothing_across(pair):
    row = planned(pair, visibility="internal")
    assert pair.side().next_contact_at == row.starts_at
    assert pair.side(pair.other).next_contact_at is None
    assert "Quillwort" not in pair.page(pair.other)


def test_held_it_plans_the_next_with_the_same_people(pair):
    row = planned(
        pair, starts_at=NOW - timedelta(hours=2), recurrence="weekly", agenda="Rota"
    )
    entry = logged(pair, kind="meeting")

    meetings.mark_held(meeting=row, interaction=entry)

    following = Meeting.objects.planned().get()
    assert following.starts_at > NOW
    assert (following.agenda, following.recurrence) == ("Rota", "weekly")
    assert following.participants.count() == 1
    assert pair.side().next_contact_at == following.starts_at
    with pytest.raises(RuleError, match="no longer planned"):
        meetings.mark_held(meeting=row, interaction=entry)


def test_taking_back_the_entry_plans_the_meeting_again_and_once(pair):
    row = planned(pair, starts_at=NOW - timedelta(hours=2), recurrence="weekly")
    for _again in range(2):
        entry = logged(pair, kind="meeting")
        meetings.mark_held(meeting=row, interaction=entry)
        actions.undo(by=pair.by(), interaction=entry)
    row.refresh_from_db()
    assert row.held_as is None
    assert Meeting.objects.count() == 2


def test_a_cancelled_meeting_leaves_no_next_contact(pair):
    row = planned(pair)
    meetings.cancel_meeting(by=pair.by(), meeting=row, reason="Strike")
    row.refresh_from_db()
    assert row.cancelled_reason == "Strike"
    assert pair.side(pair.other).next_contact_at is None
    assert pair.entries() == []
    with pytest.raises(RuleError):
        meetings.cancel_meeting(by=pair.by(), meeting=row, reason="Again")


def test_a_moved_meeting_moves_the_next_contact_and_names_its_people_anew(pair):
    row = planned(pair)
    later = NOW + timedelta(days=9)
    meetings.change_meeting(
        by=pair.by(),
        meeting=row,
        values={"starts_at": later},
        people=[(pair.by().contact, pair.own)],
    )
    assert pair.side(pair.other).next_contact_at == later
    assert row.participants.get().contact == pair.by().contact
    assert TimelineEntry.objects.count() == 1


@pytest.mark.parametrize(
    ("recurrence", "expected"),
    [
        ("", None),
        ("weekly", "2026-12-03 09:00"),
        ("fortnightly", "2026-12-10 09:00"),
        ("monthly", "2026-12-31 09:00"),
        ("quarterly", "2027-01-31 09:00"),
    ],
)
def test_the_next_start_is_after_now_at_the_same_hour(recurrence, expected):
    at = timezone.make_aware(datetime(2026, 10, 29, 9))  # noqa: DTZ001 - made aware
    if recurrence in {"monthly", "quarterly"}:
        at = timezone.make_aware(datetime(2026, 10, 31, 9))  # noqa: DTZ001 - made aware
    now = timezone.make_aware(datetime(2026, 11, 30, 12))  # noqa: DTZ001 - made aware
    found = meetings.next_start(at, recurrence, now)
    assert (f"{timezone.localtime(found):%Y-%m-%d %H:%M}" if found else None) == (
        expected
    )
