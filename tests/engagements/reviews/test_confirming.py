"""A side confirms from a mailed link: two buttons, and nothing happens before."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone

from engagements.models import HealthReview, ReviewConfirmation
from engagements.parties.calendars import joint_calendar
from engagements.reviews import links
from engagements.reviews.links import Purpose
from engagements.wording import long_day
from tests.engagements.reviews.waves import scheduled_wave
from tests.factories import TeamRoleFactory

pytestmark = pytest.mark.django_db
HERE = "/c/"


@pytest.fixture
def asked():
    review = scheduled_wave(state="draft", mode="named", form="check_in")
    rows = []
    for side in ("client", "supplier"):
        role = TeamRoleFactory(relationship=review.relationship, side=side)
        rows.append(
            ReviewConfirmation.objects.create(
                review=review,
                purpose="raters",
                side=side,
                contact=role.contact,
                asked_on=timezone.localdate(),
            )
        )
    # It opens on a day on which both work, whatever day it is today.
    both = joint_calendar(review.relationship.client, review.relationship.supplier)
    day = both.on_or_after(timezone.localdate())
    HealthReview.objects.filter(pk=review.pk).update(opens_on=day)
    return rows


def door(row: ReviewConfirmation) -> str:
    token = links.token_of(Purpose.CONFIRM, row.pk, row.version)
    return reverse("engagements:confirm", args=[token])


def test_link_and_first_button_decide_nothing(client, asked):
    client.get(door(asked[0]))
    response = client.post(door(asked[0]))

    assert response["Location"] == HERE
    asked[0].refresh_from_db()
    assert asked[0].answer == ""


def test_the_page_shows_the_own_people_and_counts_the_others(client, asked):
    client.post(door(asked[0]))

    shown = client.get(HERE).content.decode()

    review = asked[0].review
    own = review.raters.filter(side="client").values_list("contact__name", flat=True)
    other = review.raters.filter(side="supplier")
    assert all(name in shown for name in own)
    assert not any(seat.contact.name in shown for seat in other)
    assert "4 people of the other side" in shown


def test_both_yes_schedule_the_review(client, asked):
    for row in asked:
        client.post(door(row))
        assert client.post(HERE, {"answer": "yes"}).status_code == 302

    review = HealthReview.objects.get(pk=asked[0].review_id)
    assert review.state == "scheduled"
    assert "Confirmed" in client.get(HERE).content.decode()


@pytest.mark.parametrize(
    ("answer", "words"), [("yes", "Confirmed on"), ("no", "Not confirmed, on")]
)
def test_the_link_opened_again_says_at_once_what_was_answered(
    client, asked, answer, words
):
    client.post(door(asked[0]))
    client.post(HERE, {"answer": answer, "reason": "Another week"})

    shown = client.get(door(asked[0])).text

    assert f"{words} {long_day(timezone.localdate())}" in shown
    assert "is asked to confirm" not in shown


def test_a_no_without_a_reason_is_asked_for_it(client, asked):
    client.post(door(asked[0]))

    response = client.post(HERE, {"answer": "no", "reason": " "})

    assert response.status_code == 422
    assert "Say what should be different" in response.content.decode()
    asked[0].refresh_from_db()
    assert asked[0].answer == ""


def test_a_no_keeps_its_reason(client, asked):
    client.post(door(asked[0]))

    client.post(HERE, {"answer": "no", "reason": "Ask Priya too"})

    asked[0].refresh_from_db()
    assert (asked[0].answer, asked[0].reason) == ("no", "Ask Priya too")


def test_dead_links_show_the_one_page(client, asked):
    row = asked[0]
    other = links.token_of(Purpose.ANSWER, row.pk, row.version)
    ReviewConfirmation.objects.filter(pk=row.pk).update(version=0)
    bodies = {
        client.get(address).content
        for address in (
            door(row),
            reverse("engagements:confirm", args=[other]),
            reverse("engagements:confirm", args=["nonsense"]),
            HERE,
            "/a/nonsense/",
        )
    }

    assert len(bodies) == 1
    assert client.get(door(row)).status_code == 404


def test_its_pages_tell_nobody_their_address(client, asked):
    given = [client.get(door(asked[0])), client.post(door(asked[0])), client.get(HERE)]

    assert {response["Referrer-Policy"] for response in given} == {"no-referrer"}
