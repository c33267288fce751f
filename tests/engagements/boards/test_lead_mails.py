"""Those who lead a board hear in time what ends, and once a day what was answered."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from engagements.boards.actions import answering
from engagements.models import BoardCharter, BoardSeat, Notice, Recommendation
from engagements.notices.kinds import known, sealed_names
from engagements.notices.ledger import owe
from engagements.reminders.rules import (
    OWING_RULES,
    answers_to_tell,
    charter_years_ending,
    terms_ending,
)
from tests.factories import RecommendationFactory

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 27)
TEXTS = (
    *("purpose", "membership", "commitments", "confidentiality"),
    *("conflict_of_interest", "competition_law", "recommendations"),
)


RULES = {
    "board-charter-year": charter_years_ending,
    "board-term": terms_ending,
    "board-answered": answers_to_tell,
}


def planned(day, kind):
    """What stands in the ledger after the rule was asked twice on that day."""
    for _twice in range(2):
        for batch in RULES[kind](day):
            owe(batch)
    return list(Notice.objects.filter(kind=kind).order_by("day", "created_at"))


def wanted(notice):
    return known(notice.kind).still_wanted(notice)


def letter(notice):
    made = known(notice.kind).letter(notice)
    assert "/b/" in made.url
    return " ".join([made.subject, *made.paragraphs])


@pytest.fixture
def charter(board):
    return BoardCharter.objects.create(
        board=board,
        number=1,
        **dict.fromkeys(TEXTS, "x"),
        proposed_on=TODAY,
        ratified_on=TODAY,
        review_on=date(2027, 11, 27),
    )


def again(charter, **more):
    rows = {name: getattr(charter, name) for name in TEXTS}
    return BoardCharter.objects.create(
        board=charter.board, number=2, proposed_on=TODAY, **rows, **more
    )


def test_who_leads_hears_of_a_charter_once_ahead_and_once_when_it_lapses(
    charter, facilitator, chair
):
    end = charter.review_on
    assert planned(end - timedelta(days=61), "board-charter-year") == []
    ahead = planned(end - timedelta(days=60), "board-charter-year")
    assert {one.recipient for one in ahead} == {facilitator.contact, chair.contact}
    assert planned(end - timedelta(days=1), "board-charter-year") == ahead
    assert all(wanted(one) for one in ahead)
    assert "ends on 27 Nov 2027" in letter(ahead[0])
    told = planned(end, "board-charter-year")
    lapsed = [one for one in told if one.threshold == 0]
    assert (len(told), len(lapsed)) == (4, 2)
    assert "has lapsed" in letter(lapsed[0])
    assert planned(end + timedelta(days=9), "board-charter-year") == told

    second = again(charter)

    # Asked again: no reminder to ask, and still lapsed until the members say yes.
    assert [wanted(ahead[0]), wanted(lapsed[0])] == [False, True]
    second.ratified_on, second.review_on = end, end + timedelta(days=365)
    second.save()
    assert not wanted(lapsed[0])
    Notice.objects.all().delete()
    assert planned(end + timedelta(days=10), "board-charter-year") == []


def test_after_a_downtime_a_lapse_is_told_and_not_that_it_comes(charter, facilitator):
    told = planned(charter.review_on + timedelta(days=5), "board-charter-year")

    assert {one.threshold for one in told} == {0}
    BoardSeat.objects.filter(pk=facilitator.pk).update(ended_on=TODAY)
    to = {one.recipient_id: one for one in told}
    assert not wanted(to[facilitator.contact_id])


def test_a_term_s_end_is_told_to_the_member_and_the_facilitator(
    board, facilitator, member
):
    end = TODAY + timedelta(days=60)
    board.seats.members().exclude(pk=member.pk).update(to_on=date(2030, 1, 1))
    BoardSeat.objects.filter(pk=member.pk).update(to_on=end)

    assert planned(TODAY - timedelta(days=1), "board-term") == []
    told = {one.recipient: one for one in planned(TODAY, "board-term")}
    assert planned(TODAY + timedelta(days=20), "board-term") != []
    assert Notice.objects.filter(kind="board-term").count() == 2
    own, lead = told[member.contact], told[facilitator.contact]
    assert letter(own).startswith("Your term on")
    assert "can renew the term, once" in letter(own)
    assert f"{member.contact.name} sits on" in letter(lead)
    assert own.organisation == member.organisation
    assert all(wanted(one) for one in (own, lead))

    BoardSeat.objects.filter(pk=member.pk).update(renewed=True)
    assert "another person can follow" in letter(lead)
    BoardSeat.objects.filter(pk=member.pk).update(to_on=date(2028, 11, 1))
    assert not any(wanted(one) for one in (own, lead))
    BoardSeat.objects.filter(pk=member.pk).update(to_on=end, ended_on=TODAY)
    assert not any(wanted(one) for one in (own, lead))


def decide(row, day, decision, **more):
    answering.decide(
        recommendation=row,
        decision=decision,
        reason="The budget",
        deferred_until=more.get("until"),
        today=day,
        now=datetime(day.year, day.month, day.day, 9, tzinfo=UTC),
    )


def test_the_facilitator_hears_once_a_day_what_the_host_answered(meeting, facilitator):
    rows = [
        RecommendationFactory(
            meeting=meeting,
            wording=f"Wish {n}",
            submitted_at=datetime(2026, 11, 1, tzinfo=UTC),
        )
        for n in range(4)
    ]
    decide(rows[0], TODAY, "decline")
    decide(rows[1], TODAY, "defer", until=TODAY + timedelta(days=40))
    assert planned(TODAY, "board-answered") == []
    later = TODAY + timedelta(days=1)
    (first,) = planned(later, "board-answered")
    assert (first.recipient, first.day) == (facilitator.contact, TODAY)
    words = letter(first)
    assert "Wish 0: Declined." in words
    assert "Wish 1: Deferred until 6 Jan 2027." in words
    assert "Wish 2" not in words
    assert wanted(first)

    # Nobody looks for three days: one message tells of both.
    decide(rows[2], later, "accept")
    decide(rows[3], later + timedelta(days=1), "partial")
    found = planned(later + timedelta(days=3), "board-answered")
    assert len(found) == 2
    words = letter(found[1])
    assert "Wish 2: Accepted." in words
    assert "Wish 3: Accepted in part." in words
    assert "Wish 0" not in words
    Recommendation.objects.update(state="withdrawn")
    assert not wanted(found[1])
    BoardSeat.objects.filter(pk=facilitator.pk).update(ended_on=TODAY)
    assert not wanted(first)


def test_all_of_it_is_sealed_and_asked_for_by_every_round():
    assert RULES.keys() <= set(sealed_names())
    assert set(RULES.values()) <= set(OWING_RULES)
