"""The facilitator's door, and words that stand beside a result."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from engagements import access
from engagements.errors import RuleError
from engagements.models import (
    DependenceFacts,
    ReviewNote,
    ReviewTransition,
    belongs_to_a_side,
)
from engagements.reviews import links
from engagements.reviews.actions import asking
from engagements.reviews.actions.noting import dispute, paraphrase
from engagements.reviews.links import Purpose
from tests.engagements.reviews.waves import (
    after_closing,
    answer,
    answer_all,
    raters,
    still_asking,
)
from tests.factories import (
    ContactFactory,
    MembershipFactory,
    RelationshipFactory,
    TeamRoleFactory,
    UserFactory,
)
from tests.sitting import Client

pytestmark = pytest.mark.django_db


@pytest.fixture
def facilitator():
    return ContactFactory(name="Ingrid Vale")


def closed(facilitator, *, client=4, supplier=5, points=(6, 5)):
    """A wave that is closed and not released; the supplier's side has five people."""
    review = still_asking(
        client=client,
        supplier=supplier,
        facilitator=facilitator,
        facilitator_disclosure="Paid by the supplier.",
    )
    answer_all(review, client=points[0], supplier=points[1])
    asking.close_review(review=review, now=after_closing(review))
    review.refresh_from_db()
    return review


def door(review, version=None):
    token = links.token_of(
        Purpose.FACILITATE, review.pk, version or review.facilitator_version
    )
    return f"/f/{token}/"


def inside(review) -> Client:
    browser = Client()
    assert browser.post(door(review)).status_code == 302
    return browser


def test_the_link_shows_who_is_asked_and_lets_in_by_its_button(facilitator):
    review = closed(facilitator)
    browser = Client()

    page = browser.get(door(review)).content.decode()

    assert "Ingrid Vale" in page
    assert "Paid by the supplier." in page
    assert "relman_f" not in browser.cookies
    answer = browser.post(door(review))
    assert (answer.status_code, answer["Location"]) == (302, "/f/")
    assert browser.get("/f/").status_code == 200


@pytest.mark.parametrize("which", ["another version", "made up", "no cookie"])
def test_a_dead_link_shows_the_one_page(facilitator, which):
    review = closed(facilitator)
    address = {
        "another version": door(review, version=7),
        "made up": "/f/0123/",
        "no cookie": "/f/",
    }[which]

    answer = Client().get(address)

    assert answer.status_code == 404
    assert "This link is not open" in answer.content.decode()


def test_no_page_tells_its_address_and_none_is_kept(facilitator):
    review = closed(facilitator)
    browser = inside(review)
    given = [
        browser.get(door(review)),
        browser.post(door(review)),
        browser.get("/f/0123/"),
        browser.get("/f/"),
        browser.get("/f/held/"),
        browser.get("/f/release/"),
        browser.post("/f/words/", {"side": "client", "text": ""}),
        Client().get("/f/agenda.pdf"),
    ]

    assert {response["Referrer-Policy"] for response in given} == {"no-referrer"}
    for response in given:
        assert "no-store" in response["Cache-Control"]


def test_a_form_of_another_site_is_refused_and_ours_is_not(facilitator):
    review = closed(facilitator)
    strict = Client(enforce_csrf_checks=True)
    strict.get(door(review))
    token = {"csrfmiddlewaretoken": strict.cookies["csrftoken"].value}
    ours, theirs = {"Origin": "null"}, {"Origin": "https://elsewhere.example"}

    assert strict.post(door(review), token, headers=theirs).status_code == 403
    assert strict.post(door(review), headers=ours).status_code == 403
    assert strict.post(door(review), token, headers=ours).status_code == 302
    assert strict.post("/f/release/", token, headers=theirs).status_code == 403
    assert strict.post("/f/release/", token, headers=ours).status_code == 302


def test_while_it_asks_there_are_counts_and_nothing_else(facilitator):
    review = still_asking(client=5, supplier=3, facilitator=facilitator)
    answer(raters(review, "client")[0], 3)

    page = inside(review).get("/f/").content.decode()

    assert "1 of 5 answered" in page
    assert "3 people asked" in page
    assert "What both sides read" not in page
    assert "Release to both sides" not in page


def test_once_closed_the_facilitator_reads_the_result_before_both_sides(facilitator):
    review = closed(facilitator)

    page = inside(review).get("/f/").content.decode()

    assert "What both sides read" in page
    assert "Trust and reliability" in page
    assert "Release to both sides" in page


def test_releasing_twice_is_releasing_once(facilitator):
    review = closed(facilitator)
    browser = inside(review)

    answers = [browser.post("/f/release/") for _press in range(2)]

    review.refresh_from_db()
    assert [one.status_code for one in answers] == [302, 302]
    assert review.state == "released"
    step = ReviewTransition.objects.get(review=review, to_state="released")
    assert step.by == facilitator


def test_what_is_released_is_the_review_that_was_shown(facilitator):
    """One browser, two links: the second takes the place of the first."""
    first, second = closed(facilitator), closed(facilitator)
    browser = inside(first)
    shown = browser.get("/f/").context["of"]
    browser.post(door(second))

    wrong = browser.post("/f/release/", {"of": shown})

    page = browser.get("/f/")
    assert wrong.status_code == 404
    assert page.text.count('name="of"') == page.text.count('<form method="post"')
    second.refresh_from_db()
    assert second.state == "closed"
    assert browser.post("/f/release/", {"of": page.context["of"]}).status_code == 302
    second.refresh_from_db()
    assert second.state == "released"


def test_comments_of_few_are_put_into_other_words(facilitator):
    review = closed(facilitator)
    browser = inside(review)

    refused = browser.post("/f/words/", {"side": "client", "text": "  "})
    kept = browser.post("/f/words/", {"side": "client", "text": "They want calls."})

    assert refused.status_code == 422
    assert kept.status_code == 302
    note = ReviewNote.objects.get(review=review)
    assert (note.kind, note.side, note.written_by) == (
        "paraphrase",
        "client",
        facilitator,
    )
    assert "They want calls." in browser.get("/f/").content.decode()


def test_a_second_press_writes_no_second_note(facilitator):
    review = closed(facilitator)
    browser = inside(review)

    for text in ("They want calls.", " They want calls. ", "And a name."):
        browser.post("/f/words/", {"side": "client", "text": text})

    assert ReviewNote.objects.filter(review=review).count() == 2


def test_comments_both_sides_read_are_put_into_no_other_words(facilitator):
    review = closed(facilitator)

    page = inside(review).get("/f/").text
    assert ("text-client" in page, "text-supplier" in page) == (True, False)
    answer = inside(review).post("/f/words/", {"side": "supplier", "text": "Words"})

    assert answer.status_code == 422
    assert "Both sides read these comments as they are." in answer.content.decode()
    assert not ReviewNote.objects.exists()


def test_a_side_that_is_none_gets_no_words(facilitator):
    review = closed(facilitator)

    answer = inside(review).post("/f/words/", {"side": "both", "text": "Words"})

    assert answer.status_code == 404
    assert not ReviewNote.objects.exists()


def test_only_the_facilitator_puts_comments_into_other_words(facilitator):
    review = closed(facilitator)

    with pytest.raises(RuleError, match="Only the facilitator"):
        paraphrase(review=review, side="client", text="Words", by=ContactFactory())


def test_a_facilitator_with_a_sign_in_comes_in_from_the_page(facilitator):
    facilitator.user = UserFactory()
    facilitator.save()
    review = closed(facilitator)
    browser = Client()
    browser.force_login(facilitator.user)

    answer = browser.post(f"/reviews/{review.pk}/facilitate/")

    assert (answer.status_code, answer["Location"]) == (302, "/f/")
    assert browser.get("/f/").status_code == 200


def works_there(facilitator, place, relationship, side):
    ContactFactory(organisation=place, email=facilitator.email)


def acts_there(facilitator, place, relationship, side):
    MembershipFactory(contact=facilitator, organisation=place)


def speaks_there(facilitator, place, relationship, side):
    TeamRoleFactory(relationship=relationship, side=side, contact=facilitator)


def speaks_elsewhere(facilitator, place, relationship, side):
    other = RelationshipFactory(**{side: place})
    TeamRoleFactory(relationship=other, side=side, contact=facilitator)


@pytest.mark.parametrize("side", ["client", "supplier"])
@pytest.mark.parametrize(
    "joins", [works_there, acts_there, speaks_there, speaks_elsewhere]
)
def test_who_joins_a_side_later_facilitates_no_more(facilitator, joins, side):
    facilitator.user = UserFactory()
    facilitator.save()
    review = closed(facilitator)
    browser = inside(review)
    assert access.facilitates(facilitator.user, review)

    joins(facilitator, getattr(review.relationship, side), review.relationship, side)

    assert not access.facilitates(facilitator.user, review)
    assert not access.can_lead_conversation(facilitator.user, review)
    assert Client().get(door(review)).status_code == 404
    assert browser.get("/f/").status_code == 404
    assert browser.post("/f/release/").status_code == 404
    review.refresh_from_db()
    assert review.state == "closed"


def test_whoever_left_a_side_facilitates(facilitator):
    review = closed(facilitator)
    TeamRoleFactory(
        relationship=review.relationship,
        side="client",
        contact=facilitator,
        to_on=timezone.localdate() - timedelta(days=1),
    )

    assert inside(review).get("/f/").status_code == 200


def test_whether_somebody_is_of_a_side_is_one_query(
    facilitator, django_assert_num_queries
):
    relationship = RelationshipFactory()

    with django_assert_num_queries(1):
        assert not belongs_to_a_side(facilitator, relationship)


def member(review, side):
    organisation = getattr(review.relationship, side)
    browser = Client()
    browser.force_login(MembershipFactory(organisation=organisation).contact.user)
    return browser


def test_people_of_a_side_are_no_facilitators(facilitator):
    review = closed(facilitator)

    answer = member(review, "client").post(f"/reviews/{review.pk}/facilitate/")

    assert answer.status_code == 403


@pytest.mark.parametrize("side", ["client", "supplier"])
def test_a_side_comments_on_a_result_and_changes_nothing_of_it(facilitator, side):
    review = closed(facilitator)
    before = list(review.results.order_by("pk").values())
    asking.release_review(review=review, now=after_closing(review))
    browser = member(review, side)

    address = f"/reviews/{review.pk}/comment/"
    answer = browser.post(address, {"text": "We see it in another way."})

    assert answer.status_code == 302
    note = ReviewNote.objects.get(review=review)
    assert (note.kind, note.side) == ("dispute", side)
    assert list(review.results.order_by("pk").values()) == before


def test_there_is_nothing_to_comment_on_before_it_is_released(facilitator):
    review = closed(facilitator)

    with pytest.raises(RuleError, match="no result"):
        dispute(review=review, side="client", text="Words", by=ContactFactory())


@pytest.mark.parametrize("side", ["client", "supplier"])
def test_a_side_states_its_own_dependence_and_takes_its_agreement_back(
    facilitator, side
):
    review = closed(facilitator)
    browser = member(review, side)
    address = f"/relationships/{review.relationship_id}/dependence/"
    typed = {"share": "32", "alternatives": "1", "months_to_replace": "9"}

    assert browser.post(address, typed | {"shared": "on"}).status_code == 302

    row = DependenceFacts.objects.get(relationship=review.relationship_id)
    assert (row.side, float(row.share), row.alternatives) == (side, 0.32, 1)
    assert row.shared_at is not None
    assert b'value="32.00"' in browser.get(address).content
    browser.post(address, typed)
    row.refresh_from_db()
    assert row.shared_at is None


def test_the_other_side_never_sees_what_is_declared(facilitator):
    review = closed(facilitator)
    address = f"/relationships/{review.relationship_id}/dependence/"
    member(review, "client").post(address, {"share": "37.91"})

    page = member(review, "supplier").get(address).content.decode()

    assert "37.91" not in page
    answer = member(review, "supplier").post(address, {"share": "101"})
    assert answer.status_code == 422
