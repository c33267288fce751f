"""People drop out between confirming and opening: too few are never asked."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from engagements.errors import RuleError
from engagements.models import HealthReview, Notice, Rater, Side
from engagements.reviews.actions import asking, clock, taking_back
from engagements.reviews.queries.running import running
from tests.engagements.reviews.mailing import round_at, sink, taken, text
from tests.engagements.reviews.setups import ask, begun, confirm, latest, staffed
from tests.engagements.reviews.waves import OPENS, morning, raters, scheduled_wave
from tests.factories import ContactFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("sink")]
__all__ = ["sink"]
State = HealthReview.State


@pytest.fixture(autouse=True)
def _that_morning():
    with time_machine.travel(morning(OPENS), tick=False) as moment:
        yield moment


def short_wave(relationship=None, side=Side.CLIENT, *, left=1, **values):
    """Confirmed with four people a side; of one side `left` have left since."""
    review = scheduled_wave(relationship, owner_side="client", **values)
    gone = [row.pk for row in raters(review, side)[:left]]
    Rater.objects.filter(pk__in=gone).update(ineligible=Rater.Ineligible.LEFT)
    return review


def opened(review) -> bool:
    return asking.open_review(review=review, now=morning(OPENS))


def test_the_contact_budget_leaves_too_few_and_it_does_not_open():
    first = scheduled_wave(client=2, supplier=0)
    assert opened(first)
    review = scheduled_wave(client=2, opens_on=OPENS + timedelta(days=7))
    for one in raters(first):
        Rater.objects.create(review=review, side="client", contact=one.contact)
    asking.close_review(review=first, now=morning(OPENS + timedelta(days=7)))

    day = morning(OPENS + timedelta(days=7))
    assert asking.open_review(review=review, now=day) is False

    review.refresh_from_db()
    assert (review.state, review.opens_on) == (State.SCHEDULED, day.date())
    assert review.partition == {}
    assert not hasattr(review, "secret")
    assert review.raters.filter(ineligible="budget").count() == 2


@pytest.mark.parametrize("side", list(Side))
@pytest.mark.parametrize(
    ("left", "values", "opens"),
    [
        (0, {}, True),
        (1, {}, False),
        (1, {"few_raters_reason": "Nobody else works on it."}, True),
        (2, {"few_raters_reason": "Nobody else works on it."}, False),
        (3, {"mode": "named"}, True),
        (4, {"mode": "named"}, False),
    ],
)
def test_as_many_as_both_confirmed_it_needs(side, left, values, opens):
    assert opened(short_wave(side=side, left=left, **values)) is opens


def test_it_opens_by_itself_once_enough_can_be_asked():
    review = short_wave()
    assert clock.advance(morning(OPENS)) == 0
    review.raters.update(ineligible="")

    assert clock.advance(morning(OPENS + timedelta(days=1))) == 1

    review.refresh_from_db()
    assert review.opens_on == OPENS + timedelta(days=1)


def test_both_coordinators_hear_of_it_once_in_the_same_words(pair, sink):
    short_wave(pair.relationship)

    for day in range(3):
        round_at(morning(OPENS + timedelta(days=day)))
        clock.advance(morning(OPENS + timedelta(days=day)))
    round_at(morning(OPENS + timedelta(days=3)))

    mails = [mail for mail in taken(sink) if "Not opened" in mail["Subject"]]
    managers = {
        pair.by(side).contact.email for side in (pair.own.value, pair.other.value)
    }
    assert sorted(mail["To"] for mail in mails) == sorted(managers)
    assert len({text(mail).partition(" -- ")[0] for mail in mails}) == 1
    assert "on at least one side too few people" in text(mails[0])
    days = Notice.objects.filter(kind="review-kept-back").values_list("day", flat=True)
    assert set(days) == {OPENS}


def test_its_page_and_the_list_say_why_and_what_to_do(pair):
    review = short_wave(pair.relationship)
    opened(review)

    for side in Side:
        page = pair.browser(side).get(review.get_absolute_url()).text
        assert "It was to open on Mon 2 Mar and did not." in page
        assert "too few people can be asked at the moment" in page
        assert "Change people or the day" in page
        assert "Opens by itself" not in page
    _count, [line] = running(pair.by().contact.user)
    assert line.turn.words == "Add people or choose another day: it could not open"


def test_before_its_day_nothing_is_said_and_nothing_can_be_taken_back(pair):
    review = short_wave(pair.relationship, opens_on=OPENS + timedelta(days=1))

    page = pair.browser().get(review.get_absolute_url()).text
    assert "It opens by itself on" in page
    with pytest.raises(RuleError):
        taking_back.take_back(by=pair.by(), review=review)
    pair.browser().post(reverse("engagements:review-take-back", args=[review.pk]))
    review.refresh_from_db()
    assert review.state == State.SCHEDULED


def test_taken_back_it_is_set_up_and_confirmed_again(pair):
    staffed(pair)
    review = begun(pair, "pulse", opens_on=OPENS)
    ask(pair, review)
    confirm(review, pair.other)
    dropped = raters(review, pair.own)[0]
    Rater.objects.filter(pk=dropped.pk).update(ineligible=Rater.Ineligible.LEFT)
    assert not opened(review)
    other = raters(review, pair.other)[0]
    Rater.objects.filter(pk=other.pk).update(ineligible=Rater.Ineligible.BUDGET)

    pair.browser().post(reverse("engagements:review-take-back", args=[review.pk]))

    review.refresh_from_db()
    assert review.state == State.DRAFT
    assert review.opens_on == OPENS + timedelta(days=7)
    assert {row.version for row in latest(review).values()} == {0}
    assert not review.raters.filter(ineligible="budget").exists()
    place = getattr(pair.relationship, pair.own)
    Rater.objects.create(
        review=review, side=pair.own, contact=ContactFactory(organisation=place)
    )
    ask(pair, review)
    confirm(review, pair.other)
    review.refresh_from_db()
    assert review.state == State.SCHEDULED
    assert review.transitions.get(from_state=State.SCHEDULED).reason
