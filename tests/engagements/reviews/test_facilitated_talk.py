"""The facilitator without an account records that both sides talked."""

from __future__ import annotations

import pytest
from django.utils import timezone

from engagements.models import HealthReview, ReviewConversation, Side, TeamRole
from engagements.reviews import links
from engagements.reviews.actions import asking
from engagements.reviews.actions.releasing import release_review
from engagements.reviews.links import Purpose
from tests.engagements.reviews import talks, waves
from tests.factories import ContactFactory
from tests.sitting import Client

pytestmark = pytest.mark.django_db
State = HealthReview.State


@pytest.fixture
def facilitator():
    return ContactFactory(name="Ruth Adeyemi")


@pytest.fixture
def talk(facilitator):
    """A full review with a facilitator whose result both sides read."""
    found = not_released(facilitator)
    release_review(review=found.review, by=facilitator, now=timezone.now())
    found.fresh()
    return found


def not_released(facilitator):
    relationship, people = talks.relationship_with_people()
    review = waves.open_wave(
        relationship, opens_on=talks.weeks_ago(6), facilitator=facilitator
    )
    waves.answered(review, client=6, supplier=4)
    asking.close_review(review=review, now=waves.after_closing(review))
    found = talks.Talk(review, people)
    found.fresh()
    return found


def inside(talk) -> Client:
    review = talk.review
    token = links.token_of(Purpose.FACILITATE, review.pk, review.facilitator_version)
    browser = Client()
    assert browser.post(f"/f/{token}/").status_code == 302
    return browser


def record(browser, talk, **values):
    given = {
        "held_on": timezone.localdate().isoformat(),
        "minutes": "Alarms reach one desk only.",
        **{f"{side}_people": [talk.people[side].pk] for side in Side},
    }
    return browser.post("/f/held/", given | values)


def test_it_is_recorded_and_both_sides_read_it(talk, facilitator):
    browser = inside(talk)
    assert "It was held" in browser.get("/f/").content.decode()

    response = record(browser, talk)

    assert (response.status_code, response["Location"]) == (302, "/f/")
    assert talk.fresh().state == State.DISCUSSED
    kept = ReviewConversation.objects.get(review=talk.review)
    assert (kept.recorded_by, kept.held_on) == (facilitator, timezone.localdate())
    for side in Side:
        address = f"/reviews/{talk.review.pk}/conversation/"
        page = talk.browser(side).get(address).content.decode()
        assert "Alarms reach one desk only." in page
        assert "Recorded by Ruth Adeyemi" in page
    own = browser.get("/f/").content.decode()
    assert "Alarms reach one desk only." in own
    assert "It was held" not in own
    assert "Correct the minutes" in own


def test_minutes_are_put_right_until_both_sides_agree(talk):
    browser = inside(talk)
    record(browser, talk)

    assert "Alarms reach one desk" in browser.get("/f/minutes/").content.decode()
    assert browser.post("/f/minutes/", {"minutes": "Both desks."}).status_code == 302

    kept = ReviewConversation.objects.get(review=talk.review)
    assert kept.minutes == "Both desks."
    talk.propose()
    talk.agree()
    again = browser.post("/f/minutes/", {"minutes": "Too late."})
    kept.refresh_from_db()
    assert (again.status_code, kept.minutes) == (302, "Both desks.")
    assert "Correct the minutes" not in browser.get("/f/").content.decode()


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"held_on": ""}, "Held on is missing."),
        ({"held_on": "2031-01-01"}, "recorded once it was held"),
        ({"supplier_people": []}, "at least one person of Tarnmoor"),
    ],
)
def test_what_is_missing_is_said_at_its_field(talk, values, said):
    response = record(inside(talk), talk, **values)

    assert response.status_code == 422
    assert said in response.content.decode()
    assert talk.fresh().state == State.RELEASED


def test_too_few_answers_are_talked_about_and_recorded_too(facilitator):
    talk = talks.insufficient(facilitator=facilitator)

    assert record(inside(talk), talk).status_code == 302

    assert talk.fresh().state == State.DISCUSSED


@pytest.mark.parametrize("address", ["/f/held/", "/f/minutes/"])
def test_before_both_sides_read_the_result_there_is_nothing_to_record(
    facilitator, address
):
    talk = not_released(facilitator)
    browser = inside(talk)

    assert "It was held" not in browser.get("/f/").content.decode()
    assert browser.get(address)["Location"] == "/f/"
    assert record(browser, talk)["Location"] == "/f/"
    assert talk.fresh().state == State.CLOSED


@pytest.mark.parametrize("address", ["/f/held/", "/f/minutes/", "/f/agenda.pdf"])
def test_without_the_link_there_is_the_one_page(talk, address):
    stranger, member = Client(), talk.browser(Side.CLIENT)

    for browser in (stranger, member):
        assert browser.get(address).status_code == 404
    assert record(member, talk).status_code == 404
    assert talk.fresh().state == State.RELEASED


def test_only_who_speaks_for_a_side_is_offered_by_name(talk):
    """Somebody of neither side does not get a side's whole address book."""
    relationship = talk.relationship
    bystander = ContactFactory(organisation=relationship.client, name="Bo Stander")
    roles = TeamRole.objects.filter(relationship=relationship, side=Side.CLIENT)
    roles.delete()
    relationship.sides.filter(side=Side.CLIENT).update(owner=talk.people[Side.CLIENT])

    page = inside(talk).get("/f/held/").content.decode()

    assert talk.people[Side.CLIENT].name in page
    assert talk.people[Side.SUPPLIER].name in page
    assert bystander.name not in page


def test_the_agenda_is_there_as_pdf_once_both_sides_have_it(talk, pdf_text):
    response = inside(talk).get("/f/agenda.pdf")

    text = " ".join(pdf_text(response.content).split())
    assert "Hollin Vale 83" in text
    assert text.endswith("Page 1 of 1")
    early = not_released(ContactFactory())
    assert inside(early).get("/f/agenda.pdf").status_code == 404


@pytest.mark.parametrize("more", [0, 9])
def test_the_page_costs_the_same_however_many_took_part(
    talk, more, django_assert_num_queries
):
    browser = inside(talk)
    crowd = [(ContactFactory(), "client") for _n in range(more)]
    talk.hold(by=None, people=[*talk.both, *crowd])

    # The review; whether the person is neutral still; its documents; paraphrases; the
    # talk and its people.
    with django_assert_num_queries(6):
        browser.get("/f/")
