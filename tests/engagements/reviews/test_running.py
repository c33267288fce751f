"""The list of reviews under way: what is next in each, and whose turn it is."""

from datetime import date

import pytest
import time_machine

from engagements.models import HealthReview, Side
from engagements.reviews.actions import asking, scheduling
from engagements.reviews.queries.running import running
from engagements.reviews.queries.waves import finished
from engagements.reviews.turns import turn_of
from tests.engagements.reviews import waves
from tests.engagements.reviews.setups import (
    CHECK_IN,
    NOW,
    OPENS,
    PULSE,
    ask,
    begun,
    confirm,
    ready,
    scheduled,
    staffed,
)
from tests.factories import RelationshipFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(NOW, tick=False):
        yield


def line(pair, side=None):
    """The one line of the list, as a side reads it."""
    count, found = running(pair.world.user(side or pair.own, "executive"))
    (row,) = found
    assert count == 1
    return row


def test_while_it_is_set_up_it_is_the_turn_of_who_began_it(pair):
    begun(staffed(pair), CHECK_IN)

    ours, theirs = line(pair), line(pair, pair.other)

    assert (ours.state, ours.form, ours.ours, theirs.ours) == (
        "Being set up",
        "Check-in",
        True,
        False,
    )
    assert ours.counterpart == getattr(pair.relationship, pair.other).name
    assert (ours.side, theirs.side) == (pair.other, pair.own)
    assert ours.turn.words == "Ask both sides to confirm people and days"


def test_then_of_the_side_that_has_not_confirmed(pair):
    review = ready(staffed(pair), CHECK_IN)
    ask(pair, review)
    name = getattr(pair.relationship, pair.other).name

    ours, theirs = line(pair), line(pair, pair.other)

    assert ours.turn.words == (
        f"{name} confirms people and days; asked on 23 Nov 2026, no answer"
    )
    assert (ours.ours, theirs.ours) == (False, True)


def test_of_both_where_a_colleague_asked(pair):
    review = ready(staffed(pair), CHECK_IN)
    scheduling.ask_coordinators(by=pair.by(role="administrator"), review=review)

    assert line(pair).ours
    assert line(pair, pair.other).ours
    assert "asked on 23 Nov 2026" in line(pair).turn.words


def test_after_a_no_of_who_began_it(pair):
    review = ready(staffed(pair), CHECK_IN)
    ask(pair, review)
    confirm(review, pair.other, yes=False, reason="Not that week")

    assert "does not confirm it like this" in line(pair).turn.words
    assert (line(pair).ours, line(pair, pair.other).ours) == (True, False)


def test_what_goes_on_by_itself_is_nobody_s_turn(pair):
    review = scheduled(staffed(pair), PULSE)

    row = line(pair)
    assert (row.turn.words, row.turn.until, row.ours) == (
        "Opens by itself",
        OPENS,
        False,
    )
    asking.open_review(review=review, now=waves.morning(OPENS))
    assert line(pair).turn.words == "People of both sides answer"
    assert line(pair).turn.until == review.closes_on


@pytest.mark.parametrize(
    ("state", "words", "of"),
    [
        ("extended", "People of both sides answer, longer", ""),
        ("closed", "The result reaches both sides", ""),
        ("insufficient", "Talk, without figures", "both"),
        ("released", "Talk about the result", "both"),
        ("discussed", "Agree what to do", "both"),
        ("completed", "", ""),
        ("cancelled", "", ""),
    ],
)
def test_what_is_next_after_that(pair, state, words, of):
    turn = turn_of(HealthReview(state=state), {})

    assert (turn.words, turn.of) == (words, of)
    assert turn.is_of(pair.own) == (of == "both")
    assert turn.is_of(None) is False


def test_what_is_missing_comes_before_asking(pair):
    turn = turn_of(HealthReview(state="draft", owner_side=pair.own), {}, ready=False)

    assert (turn.words, turn.of) == ("Put right what is still missing", pair.own)


def test_one_that_was_called_off_or_talked_over_is_left_out(pair):
    staffed(pair)
    first = waves.open_wave(pair.relationship, opens_on=date(2026, 11, 16))
    waves.answer_all(first)
    asking.close_review(review=first, now=waves.after_closing(first))
    assert line(pair).turn.words == "Talk about the result"

    second = begun(pair, CHECK_IN)

    assert line(pair).pk == second.pk
    HealthReview.objects.filter(pk=second.pk).update(state="cancelled")
    assert line(pair).pk == first.pk


def test_strangers_and_who_acts_for_nobody_see_none(pair):
    begun(staffed(pair), CHECK_IN)

    assert running(pair.world.user("bystander", "administrator")) == (0, [])
    assert running(pair.world.user(pair.own, "elsewhere")) == (0, [])


def test_the_page_lists_what_is_under_way_above_what_is_planned(pair):
    review = begun(staffed(pair), CHECK_IN)

    page = pair.browser().get("/reviews/").text
    other = pair.browser().get("/reviews/?relationship=x").text
    reader = pair.browser(role="executive").get("/reviews/").text

    assert "Your turn:" in page
    assert review.get_absolute_url() in page
    assert page.index("Under way") < page.index("Planned")
    assert review.get_absolute_url() not in other
    assert "Start a review" in page
    assert "Start a review" not in reader


@pytest.mark.parametrize("count", [1, 4])
def test_the_list_has_a_fixed_number_of_queries(pair, count, django_assert_num_queries):
    for number in range(count):
        ends = {side.value: getattr(pair.relationship, side.value) for side in Side}
        wave = waves.scheduled_wave(
            RelationshipFactory(**ends, scope=f"Scope {number}"), state="draft"
        )
        wave.confirmations.create(
            purpose="raters",
            side="client",
            contact=pair.by().contact,
            asked_on=OPENS,
        )
    user = pair.world.user(pair.own, "executive")

    # The standing, the reviews, their questions.
    with django_assert_num_queries(3):
        found = running(user)
    assert found[0] == len(found[1]) == count


def test_a_talk_that_is_overdue_waits_behind_what_is_live(pair):
    ends = {side.value: getattr(pair.relationship, side.value) for side in Side}
    old = waves.open_wave(
        RelationshipFactory(**ends, scope="Old"), opens_on=date(2026, 11, 16)
    )
    waves.answer_all(old)
    asking.close_review(review=old, now=waves.after_closing(old))
    live = waves.open_wave(RelationshipFactory(**ends, scope="Live"))
    user = pair.world.user(pair.own, "executive")
    assert [row.pk for row in running(user)[1]] == [old.pk, live.pk]

    with time_machine.travel("2027-01-11 09:00Z", tick=False):
        assert [row.pk for row in running(user)[1]] == [live.pk, old.pk]
        assert "days late" in pair.browser(role="executive").get("/reviews/").text


def test_the_page_leads_to_the_last_results(pair):
    review = waves.open_wave(staffed(pair).relationship, opens_on=date(2026, 11, 16))
    waves.answer_all(review)
    link = f'href="{review.get_absolute_url()}"'
    browser = pair.browser(role="executive")
    assert 'id="results"' not in browser.get("/reviews/").text
    asking.close_review(review=review, now=waves.after_closing(review))

    page = browser.get("/reviews/").text

    assert link in page[page.index('id="results"') : page.index('id="planned"')]
    assert finished(pair.world.user(pair.own, "executive"), "x") == []
    assert finished(pair.world.user(pair.own, "executive"))[0].pk == review.pk
    assert finished(UserFactory()) == []
