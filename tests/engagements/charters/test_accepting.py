"""Drafted by one side, accepted by one person of each, and then never changed."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction

from engagements.charters.actions import answering, drafting
from engagements.charters.actions.moving import move
from engagements.charters.queries.asked import is_open
from engagements.charters.states import LEADS_TO, Standing, holds_for, standing_on
from engagements.errors import RuleError
from engagements.models import Charter, Notice
from tests.engagements.charters import charters
from tests.engagements.charters.goals import set_goal
from tests.factories import ContactFactory

State = Charter.State


def mailed() -> set:
    return set(Notice.objects.filter(kind="charter-asked").values_list("recipient_id"))


def test_proposing_asks_one_named_person_of_each_side(pair):
    charter = charters.proposed(pair)

    named = charters.people(pair)
    assert charter.state == State.PROPOSED
    assert mailed() == {(contact.pk,) for contact in named.values()}
    assert not pair.entries()


def test_it_is_in_force_once_both_have_accepted_it(pair):
    charter = charters.proposed(pair)

    answering.answer(acceptance=charters.asked(charter, pair.own), yes=True)
    charter.refresh_from_db()
    assert charter.state == State.PROPOSED
    answering.answer(acceptance=charters.asked(charter, pair.other), yes=True)

    charter.refresh_from_db()
    assert (charter.state, charter.number) == (State.ACCEPTED, 1)
    assert charter.holds_until == holds_for(charter.accepted_on)
    assert pair.entries() == ["Charter accepted by both sides, version 1"]
    assert "Charter accepted by both sides, version 1" in pair.page(pair.other)


def test_a_new_version_takes_the_place_of_the_one_before_only_when_accepted(pair):
    first = charters.accepted(pair)
    second = charters.proposed(pair, purpose="Theatres and wards")
    first.refresh_from_db()
    assert first.state == State.ACCEPTED

    charters.say_yes(second)

    first.refresh_from_db()
    assert (first.state, first.purpose) == (State.SUPERSEDED, charters.PURPOSE)
    assert (second.state, second.number) == (State.ACCEPTED, 2)


def test_drafting_again_never_touches_an_accepted_one(pair):
    charter = charters.accepted(pair)

    charters.draft(pair, purpose="Otherwise")

    charter.refresh_from_db()
    assert charter.purpose == charters.PURPOSE
    with pytest.raises(RuleError, match="can no longer be changed"):
        drafting.take_back(by=pair.by(), charter=charter)


def test_whoever_names_oneself_has_said_yes_by_asking(pair):
    named = charters.people(pair) | {pair.own.value: pair.by().contact}

    charter = drafting.propose(by=pair.by(), charter=charters.draft(pair), people=named)

    assert charters.asked(charter, pair.own).answer == "yes"
    assert charters.asked(charter, pair.other).answer == ""


def test_a_no_says_why_and_ends_the_proposal(pair):
    charter = charters.proposed(pair)
    row = charters.asked(charter, pair.other)

    with pytest.raises(RuleError, match="Say what should be different"):
        answering.answer(acceptance=row, yes=False, reason=" ")
    answering.answer(acceptance=row, yes=False, reason="Nights are missing")

    charter.refresh_from_db()
    assert charter.state == State.DECLINED
    assert charters.asked(charter, pair.other).reason == "Nights are missing"
    with pytest.raises(RuleError, match="no longer asked"):
        answering.answer(acceptance=charters.asked(charter, pair.own), yes=True)
    assert charters.proposed(pair).state == State.PROPOSED


def test_the_same_answer_twice_is_one_and_another_is_refused(pair):
    row = charters.asked(charters.proposed(pair), pair.own)
    answering.answer(acceptance=row, yes=True)

    answering.answer(acceptance=row, yes=True)

    with pytest.raises(RuleError, match="answered already"):
        answering.answer(acceptance=row, yes=False, reason="Wait")


def test_one_proposal_waits_at_a_time(pair):
    charters.proposed(pair)
    theirs = charters.draft(pair, pair.other)

    with pytest.raises(RuleError, match="Another proposal waits"):
        drafting.propose(
            by=pair.by(pair.other), charter=theirs, people=charters.people(pair)
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        Charter.objects.filter(pk=theirs.pk).update(state=State.PROPOSED)


def test_whoever_wrote_it_takes_it_back(pair):
    charter = charters.proposed(pair)

    with pytest.raises(RuleError, match="Whoever wrote it"):
        drafting.take_back(by=pair.by(pair.other), charter=charter)
    assert drafting.take_back(by=pair.by(), charter=charter).state == State.WITHDRAWN
    draft = charters.draft(pair)
    assert drafting.take_back(by=pair.by(), charter=draft).state == State.DROPPED


@pytest.mark.parametrize("missing", ["nobody", "no address", "gone"])
def test_who_cannot_be_asked_is_not_named(pair, missing):
    place = getattr(pair.relationship, pair.other.value)
    somebody = {
        "nobody": lambda: None,
        "no address": lambda: ContactFactory(organisation=place, email=""),
        "gone": lambda: ContactFactory(organisation=place, left_on=date(2026, 1, 1)),
    }[missing]()
    named = charters.people(pair) | {pair.other.value: somebody}

    with pytest.raises(RuleError) as refused:
        drafting.propose(by=pair.by(), charter=charters.draft(pair), people=named)

    assert refused.value.field == f"{pair.other.value}_person"


def test_somebody_else_is_asked_by_a_new_link(pair):
    charter = charters.proposed(pair)
    row = charters.asked(charter, pair.own)
    somebody = pair.by(role="administrator").contact

    after = answering.name_person(by=pair.by(), acceptance=row, contact=somebody)

    assert (after.contact, after.version) == (somebody, row.version + 1)
    assert (somebody.pk,) in mailed()
    nowhere = ContactFactory(email="")
    with pytest.raises(RuleError, match="cannot be reached"):
        answering.name_person(by=pair.by(), acceptance=row, contact=nowhere)
    answering.answer(acceptance=after, yes=True)
    with pytest.raises(RuleError, match="answered already"):
        answering.name_person(by=pair.by(), acceptance=row, contact=somebody)


def test_after_a_year_both_say_again_that_it_holds(pair):
    with time_machine.travel("2025-11-27 10:00", tick=False):
        charter = charters.accepted(pair)
        again = charters.asked(charter, pair.own, 2)
        assert not is_open(again)
        with pytest.raises(RuleError, match="not yet"):
            answering.answer(acceptance=again, yes=True)
    with time_machine.travel("2026-10-28 10:00", tick=False):
        charters.say_yes(charter, 2)

    assert charter.holds_until == date(2027, 10, 28)
    assert charter.state == State.ACCEPTED
    assert "Charter confirmed by both sides for another year" in pair.entries()
    assert charters.asked(charter, pair.other, 3).asked_on == date(2027, 9, 28)


def test_a_no_after_a_year_leaves_it_as_it_is(pair):
    with time_machine.travel("2025-11-27 10:00", tick=False):
        charter = charters.accepted(pair)
    with time_machine.travel("2026-11-10 10:00", tick=False):
        answering.answer(
            acceptance=charters.asked(charter, pair.own, 2), yes=False, reason="Nights"
        )

    charter.refresh_from_db()
    assert (charter.state, charter.holds_until) == (State.ACCEPTED, date(2026, 11, 27))


def test_how_it_stands_depends_on_the_day_alone():
    until = date(2027, 2, 28)

    assert standing_on(until, until - timedelta(days=31)) == Standing.HOLDS
    assert standing_on(until, until - timedelta(days=30)) == Standing.ASKED
    assert standing_on(until, until) == Standing.ASKED
    assert standing_on(until, until + timedelta(days=1)) == Standing.LAPSED
    assert holds_for(date(2028, 2, 29)) == date(2029, 2, 28)


@pytest.mark.parametrize("state", State.values)
@pytest.mark.parametrize("to", State.values)
def test_from_every_state_to_every_state(pair, state, to):
    charter = charters.draft(pair)
    number = 1 if state == State.ACCEPTED else None
    day = date(2026, 1, 1)
    Charter.objects.filter(pk=charter.pk).update(
        state=state, number=number, accepted_on=day, holds_until=day
    )

    if to in LEADS_TO[state]:
        assert move(charter, to, number=1).state == to
    else:
        with pytest.raises(RuleError):
            move(charter, to)


def test_the_open_goals_are_frozen_into_what_is_accepted(pair):
    goal = set_goal(pair)
    charter = charters.accepted(pair)
    goal.title = "Otherwise"
    goal.save()

    charter.refresh_from_db()
    assert [row["title"] for row in charter.goals] == ["Fewer call-outs"]
    assert charter.goals[0]["expected"] == "40"
