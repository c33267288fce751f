"""A pulse from its event to its result, and what people read about why and when."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from engagements.models import HealthReview, Notice, Rater, Relationship, TeamRole
from engagements.reminders.words import review_prepare
from engagements.reviews import links
from engagements.reviews.actions import clock, plan_event_pulses, plan_reviews
from engagements.reviews.actions.answering import asked_of
from engagements.reviews.queries.setting_up import so_far
from engagements.reviews.readiness import missing
from tests.engagements.reviews.mailing import post, round_at, sink, text
from tests.engagements.reviews.setups import (
    NOW,
    PULSE,
    TODAY,
    ask,
    begun,
    confirm,
    latest,
    ready,
    set_count,
    staffed,
)
from tests.engagements.reviews.waves import (
    after_closing,
    answered,
    morning,
    raters,
    scheduled_wave,
)
from tests.factories import TeamRoleFactory
from tests.sitting import Client

pytestmark = pytest.mark.django_db
__all__ = ["sink"]
WHY = "after a change of sponsor or interface person on 20 Nov 2026"


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def pulse(pair) -> HealthReview:
    """Planned, because the other side has a new sponsor."""
    staffed(pair)
    Relationship.objects.update(started_on=TODAY - timedelta(days=550), segment="")
    pair.relationship.refresh_from_db()
    TeamRole.objects.update(from_on=pair.relationship.started_on)
    TeamRoleFactory(
        relationship=pair.relationship,
        side=pair.other,
        role="sponsor",
        from_on=TODAY - timedelta(days=3),
    )
    plan_reviews(None, TODAY)
    plan_event_pulses(None, TODAY)
    return HealthReview.objects.get(cause=HealthReview.Cause.PEOPLE)


def test_planned_set_up_asked_closed_and_released(pair, pulse, sink):
    """By the clock alone once both sides have confirmed: nobody facilitates it."""
    review = begun(pair, PULSE, pulse.opens_on)
    assert (review.pk, review.cause) == (pulse.pk, HealthReview.Cause.PEOPLE)
    for side in ("client", "supplier"):
        set_count(pair, review, side, 4)
    ask(pair, review)
    confirm(review, pair.other)

    clock.advance(morning(review.opens_on))

    review.refresh_from_db()
    assert review.state == HealthReview.State.OPEN
    items = [item.key for item in asked_of(review)]
    assert len(items) == 9
    assert [key for key in items if not key.endswith("1")] == []
    answered(review, client=6, supplier=5)
    clock.advance(after_closing(review))
    review.refresh_from_db()
    assert review.state == HealthReview.State.RELEASED
    assert review.results.filter(audience="series").exists()


def test_why_stands_where_it_is_planned_and_set_up_for_both_sides(pair, pulse):
    for side in (pair.own, pair.other):
        browser = pair.browser(side)
        assert WHY in browser.get(reverse("engagements:reviews")).content.decode()
        assert WHY in browser.get(pulse.get_absolute_url()).content.decode()
        start = reverse("engagements:review-create")
        page = browser.get(start, {"r": str(pair.relationship.pk)}).content.decode()
        assert WHY in page


def test_why_is_said_in_the_mails(pair, pulse, sink):
    round_at(morning(pulse.prepare_on))
    told = Notice.objects.filter(kind="review-prepare")
    assert {row.side for row in told} == {"client", "supplier"}
    for row in told:
        assert f"It is planned {WHY}" in review_prepare(row).paragraphs[0]
    review = begun(pair, PULSE, pulse.opens_on)
    ask(pair, review)
    sink.messages.clear()

    round_at(timezone.now())

    asked = latest(review)[pair.other].contact
    (mail,) = post(sink, asked.email)
    assert f"It is asked {WHY}." in text(mail)


def test_an_alert_is_not_told_to_those_who_answer(pair, pulse):
    review = begun(pair, PULSE, pulse.opens_on)
    page = pair.browser().get(review.get_absolute_url())
    assert f"It is asked {WHY}." in page.content.decode()
    HealthReview.objects.update(cause=HealthReview.Cause.WARNING)

    shown = pair.browser().get(review.get_absolute_url()).content.decode()

    assert "Asked after the early warning of 20 Nov 2026" in shown
    assert "It is asked after" not in shown


def busy(contact, opens_on) -> HealthReview:
    """Another review, of another relationship, asks somebody from that day on."""
    review = scheduled_wave(client=0, supplier=0, opens_on=opens_on)
    return Rater.objects.create(review=review, side="client", contact=contact).review


def pages(pair, review, side) -> str:
    """What a side reads of a review that is being set up."""
    shown = pair.browser(side).get(review.get_absolute_url()).content.decode()
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", shown)


def test_who_is_asked_later_is_said_to_the_own_side_alone(pair):
    review = ready(staffed(pair), PULSE)
    one = raters(review, pair.own)[0].contact
    theirs = pages(pair, review, pair.other)
    other = busy(one, review.opens_on - timedelta(days=27))

    ours = pages(pair, review, pair.own)

    day = "Thu 3 Dec"
    assert f"asked on {day}" in ours
    address = reverse("engagements:review-people", args=[review.pk, pair.own])
    people = pair.browser().get(address).content.decode()
    assert f"Would be asked a little later, on {day}" in people
    assert other.relationship.client.name not in ours + people
    assert pages(pair, review, pair.other) == theirs


def test_who_would_be_left_out_is_said_before_anybody_is_asked(pair):
    review = ready(staffed(pair), PULSE)
    set_count(pair, review, pair.own, 5)
    one = raters(review, pair.own)[0].contact
    theirs = pages(pair, review, pair.other)
    busy(one, review.opens_on - timedelta(days=17))

    shown = pages(pair, review, pair.own)

    assert "left out this time" in shown
    assert "Nobody is asked twice within 30 days" in shown
    address = reverse("engagements:review-people", args=[review.pk, pair.own])
    people = pair.browser().get(address).content.decode()
    assert "Asked too often lately: would be left out this time" in people
    # How many can be asked is the other side's to know once both have confirmed.
    assert pages(pair, review, pair.other) == theirs


def test_the_mailed_link_says_who_would_be_left_out_to_their_side(pair):
    review = ready(staffed(pair), PULSE)
    set_count(pair, review, pair.other, 5)
    one = raters(review, pair.other)[0].contact
    asked = ask(pair, review)
    busy(one, review.opens_on - timedelta(days=17))

    shown = {
        side: opened(row.pk, row.version).get(reverse("engagements:confirm-answer"))
        for side, row in asked.items()
    }

    words = "Left out this time: asked too often lately"
    assert words in shown[pair.other].content.decode()
    assert words not in shown[pair.own].content.decode()


def opened(pk, version) -> Client:
    """A browser in which the button of a mailed question was pressed."""
    browser = Client()
    browser.post(links.path(links.Purpose.CONFIRM, pk, version))
    return browser


def test_too_few_who_can_be_asked_then_keep_it_from_being_confirmed(pair):
    review = ready(staffed(pair), PULSE)
    one = raters(review, pair.own)[0].contact
    assert missing(so_far(review), TODAY) == []
    busy(one, review.opens_on - timedelta(days=17))

    (line,) = missing(so_far(review), TODAY, pair.own)

    name = getattr(pair.relationship, pair.own).name
    assert line.words.startswith(f"3 people of {name} can be asked then: too few.")
    # How many would tell the other side of reviews that are not its own.
    for reader in (pair.other, ""):
        (line,) = missing(so_far(review), TODAY, reader)
        assert line.words == f"{name} has still to complete its list."
    review.few_raters_reason = "A small team"
    assert missing(so_far(review), TODAY) == []


def test_confirmed_by_both_it_leaves_them_out(pair):
    review = ready(staffed(pair), PULSE)
    set_count(pair, review, pair.own, 5)
    one = raters(review, pair.own)[0].contact
    busy(one, review.opens_on - timedelta(days=17))
    ask(pair, review)
    confirm(review, pair.other)

    row = Rater.objects.get(review=review, contact=one)
    assert row.ineligible == Rater.Ineligible.BUDGET
    assert "4 people asked" in pages(pair, review, pair.other)
    assert "left out this time" in pages(pair, review, pair.own)
    assert "asked too often" not in pages(pair, review, pair.other)
