"""The agenda on paper: one sheet whatever people wrote, nothing that is not shown."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from engagements.models import OpenResponse, Organisation, Side
from engagements.reviews.actions import asking, conversation
from engagements.reviews.actions.releasing import release_review
from engagements.reviews.responses import key_of
from tests.engagements.reviews import talks, waves
from tests.factories import ContactFactory, MembershipFactory

MARKERS = [
    f"{key}1" for key in ("TRU", "COM", "DIR", "TEA", "DEL", "SOL", "INN", "FAI")
]
pytestmark = pytest.mark.django_db


@pytest.fixture
def talk():
    return talks.released(client=6, supplier=4)


def answer(talk, browser=None):
    address = reverse("engagements:review-conversation-agenda", args=[talk.review.pk])
    return (browser or talk.browser(Side.CLIENT)).get(address)


def plan(talk, people=(), **values):
    at = timezone.now() + timedelta(days=2)
    return conversation.plan_conversation(
        review=talk.review,
        by=talk.people[Side.CLIENT],
        plan=conversation.Plan(at, people=tuple(people) or tuple(talk.both), **values),
    )


@pytest.mark.parametrize("side", list(Side))
def test_either_side_gets_the_same_sheet(talk, side, pdf_text):
    plan(talk, place="Ward 4")

    response = answer(talk, talk.browser(side))

    assert response["Content-Type"] == "application/pdf"
    assert "agenda-" in response["Content-Disposition"]
    text = " ".join(pdf_text(response.content).split())
    assert "Check-in of Hollin Vale and Tarnmoor" in text
    assert "Ward 4" in text
    assert "Ada of the client" in text
    assert "Hollin Vale 83" in text
    assert "Tarnmoor 50" in text
    assert text.index("What goes best") < text.index("At most three actions")
    assert text.count("min ") >= 4
    assert "Page 1 of 1" in text


def test_it_is_one_sheet_whatever_people_wrote(pdf_text):
    relationship, people = talks.relationship_with_people()
    for weeks in (60, 30):
        last = talks.released(
            relationship=relationship, people=people, opens_on=talks.weeks_ago(weeks)
        )
        last.hold()
        for number in range(3):
            text = f"{number} Ring both desks at every alarm ".ljust(299, "a")
            last.propose(text=text, measure="Both desks log it. " * 15)
        last.agree()
    # The weakest topic is another one than the widest gap.
    review = waves.closed_wave(
        relationship,
        form="check_in",
        mode="named",
        client=2,
        supplier=2,
        opens_on=talks.weeks_ago(6),
        client_point={**dict.fromkeys(MARKERS, 6), "TRU1": 2},
        supplier_point={**dict.fromkeys(MARKERS, 4), "TRU1": 2},
    )
    last = talks.Talk(review, people)
    names = {side: f"{side} Hospitals of the Vale, ".ljust(250, "W") for side in Side}
    Organisation.objects.filter(pk=relationship.client_id).update(name=names["client"])
    Organisation.objects.filter(pk=relationship.supplier_id).update(
        name=names["supplier"]
    )
    crowd = [
        (ContactFactory(name=f"{side} {n} ".ljust(200, "M")), side.value)
        for side in Side
        for n in range(20)
    ]
    last.fresh()
    plan(last, crowd, place="Ward " * 40)

    printed = pdf_text(answer(last).content)

    assert printed.count("\f") == 1
    text = " ".join(printed.split())
    assert "Page 1 of 1" in text
    assert "client 13" in text
    assert "client 14" not in text
    assert "and 3 more" in text
    stages = ("agreed before", "goes best", "looks different", "needs most", "notice")
    assert all(stage in text for stage in stages)
    # Any three of the six: they are due on the same day.
    assert text.count("Ring both desks") == 3
    assert "How we will notice" in text.split("What we agree")[1]


def test_without_figures_it_has_none(pdf_text):
    talk = talks.insufficient()

    text = pdf_text(answer(talk).content)

    assert "What would help most" in text
    # In the title alone: no side stands beside a number.
    assert text.count("Hollin Vale") == 1
    assert text.count("\f") == 1


def test_what_is_suppressed_or_for_the_facilitator_is_not_on_it(pdf_text):
    """A topic two people of the supplier answered: 17 is what they gave it."""
    relationship, people = talks.relationship_with_people()
    review = waves.open_wave(
        relationship,
        client=5,
        supplier=5,
        opens_on=talks.weeks_ago(6),
        facilitator=ContactFactory(),
    )
    waves.answered(review, client=6, supplier=5)
    for place, rater in enumerate(waves.raters(review, Side.SUPPLIER)):
        row = OpenResponse.objects.get(pk=key_of(review.secret, rater))
        trust = {"TRU1": 2, "TRU2": 2, "TRU3": 2} if place < 2 else {}
        kept = {k: v for k, v in row.answers.items() if not k.startswith("TRU")}
        OpenResponse.objects.filter(pk=row.pk).update(
            answers=kept | trust, words={"OPEN3": "Whispered"}
        )
    asking.close_review(review=review, now=waves.after_closing(review))
    release_review(review=review, by=None, now=timezone.now())
    talk = talks.Talk(review, people)
    talk.fresh()

    text = pdf_text(answer(talk).content)

    assert "Whispered" not in text
    assert not re.search(r"\b17\b(?! min)", text)
    assert "Trust and reliability" not in text


def test_a_stranger_gets_none_and_nobody_before_the_result(talk):
    stranger = Client()
    stranger.force_login(MembershipFactory().contact.user)
    open_one = waves.still_asking(relationship=talk.relationship)

    assert answer(talk, stranger).status_code == 404
    talk.review = open_one
    assert answer(talk).status_code == 404


@pytest.mark.parametrize("people", [1, 12])
def test_it_costs_the_same_however_many_are_expected(
    talk, people, pdf_text, django_assert_num_queries
):
    more = [(ContactFactory(), "client") for _n in range(people)]
    plan(talk, [*talk.both, *more])
    browser = talk.browser(Side.CLIENT)

    # Session, user, standing; the review; the talk, its people, earlier actions.
    with django_assert_num_queries(7):
        answer(talk, browser)
