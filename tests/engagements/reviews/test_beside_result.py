"""The result as each reader sees it: frozen, fair, and nothing of the other side."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.utils import timezone

from engagements.models import Organisation, ReviewNote
from engagements.reviews.actions import asking, releasing
from tests.engagements.reviews.waves import (
    after_closing,
    answer,
    answer_all,
    raters,
    still_asking,
)
from tests.factories import ContactFactory, MembershipFactory

pytestmark = pytest.mark.django_db


def released(*, client=5, supplier=5, **points):
    review = still_asking(client=client, supplier=supplier)
    answer_all(review, **points)
    asking.close_review(review=review, now=after_closing(review))
    releasing.release_review(review=review, now=timezone.now())
    review.refresh_from_db()
    return review


def page(review, side) -> str:
    browser = Client()
    organisation = getattr(review.relationship, side)
    browser.force_login(MembershipFactory(organisation=organisation).contact.user)
    answer = browser.get(review.get_absolute_url())
    assert answer.status_code == 200
    return answer.content.decode()


def result_of(review, side="client") -> str:
    """The part of the page that is made from the documents."""
    ends = r'<div id="result">.*?<section class="sec" aria-labelledby="seen'
    found = re.search(ends, page(review, side), re.DOTALL)
    assert found
    return found.group()


@pytest.mark.parametrize("side", ["client", "supplier"])
def test_both_sides_read_the_result_with_their_own_wish_to_go_on(side):
    review = still_asking(client=5, supplier=5)
    for rater in raters(review):
        answer(rater, 5, OUT1=6 if rater.side == "client" else 2)
    asking.close_review(review=review, now=after_closing(review))
    releasing.release_review(review=review, now=timezone.now())
    review.refresh_from_db()

    found = page(review, side)

    own, theirs = ("83", "17") if side == "client" else ("17", "83")
    assert f"<dd>{own} of 100</dd>" in found
    assert f"<dd>{theirs} of 100</dd>" not in found
    assert "Trust and reliability" in found


def test_with_too_few_of_a_side_the_other_reads_its_own_alone():
    review = still_asking(client=5, supplier=2)
    answer_all(review, client=6, supplier=3)
    asking.close_review(review=review, now=after_closing(review))
    review.refresh_from_db()

    ours, theirs = page(review, "client"), page(review, "supplier")

    assert review.state == "insufficient"
    assert ">83<" in ours
    # Nothing of a side crosses, and two people have no result of their own.
    assert ">83<" not in theirs
    assert "Your own side&#x27;s result" not in theirs


def test_a_renamed_organisation_changes_no_byte_of_the_result():
    review = released()
    before = result_of(review)

    Organisation.objects.update(name="Renamed")
    review.refresh_from_db()

    assert result_of(review) == before
    assert "Renamed" not in before


def test_words_beside_the_result_are_read_by_both_sides():
    review = released(client=4)
    for kind in ReviewNote.Kind:
        ReviewNote.objects.create(
            review=review,
            kind=kind,
            side="client",
            text=f"Zanzibar {kind}",
            written_by=ContactFactory(),
        )

    for side in ("client", "supplier"):
        found = page(review, side)
        assert "Zanzibar paraphrase" in found
        assert "Zanzibar dispute" in found
