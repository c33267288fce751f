"""Setting a review up on its pages, as people of either side do."""

import pytest
import time_machine
from django.urls import reverse

from engagements.models import Contact, HealthReview, RelationshipSide, Side
from tests.engagements.reviews.setups import (
    CHECK_IN,
    FULL,
    NOW,
    PULSE,
    ask,
    begun,
    latest,
    people_of,
    ready,
    scheduled,
    set_count,
    staffed,
)
from tests.factories import ContactFactory, OrganisationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(NOW, tick=False):
        yield


def address(name, review, *more):
    return reverse(f"engagements:review-{name}", args=[review.pk, *more])


def own(pair):
    return pair.browser()


def begin(pair, **changes):
    values = {"form": CHECK_IN, "opens_on": "30 Nov 2026", **changes}
    return own(pair).post(f"/reviews/new/?r={pair.relationship.pk}", values)


def test_a_review_is_begun_and_its_page_says_what_is_next(pair):
    staffed(pair)

    response = begin(pair)

    review = HealthReview.objects.exclude(set_up_at=None).get()
    assert response["Location"] == review.get_absolute_url()
    page = own(pair).get(review.get_absolute_url()).text
    assert "Ask both sides to confirm people and days" in page
    assert "4 people are asked on Mon 30 Nov" in page
    # The own side's names, and no more than a number of the other's.
    for side in Side:
        for person in people_of(review, side):
            assert (person.name in page) == (side == pair.own)
    assert page.count("2 people asked") == 2
    # Its result has names; what is said of a confidential one would not be true.
    assert "Nobody learns who has before both sides see the result." in page
    assert "Nobody learns who has." not in page


def test_a_wrong_day_is_said_and_nothing_is_lost(pair):
    staffed(pair)

    response = begin(pair, form=PULSE, opens_on="5 Dec 2026")

    assert response.status_code == 422
    assert "The next day they do is 7 Dec 2026" in response.text
    assert 'value="5 Dec 2026"' in response.text
    assert 'value="pulse"' in response.text
    assert not HealthReview.objects.exclude(set_up_at=None).exists()


def test_where_one_is_under_way_it_leads_there(pair):
    review = begun(staffed(pair))

    page = own(pair).get(f"/reviews/new/?r={pair.relationship.pk}", follow=True)

    assert page.redirect_chain == [(review.get_absolute_url(), 302)]
    assert "under way already" in page.text
    refused = begin(pair)
    assert refused.status_code == 422
    assert "already under way" in refused.text


def test_without_a_relationship_it_asks_which(pair):
    staffed(pair)

    offered = own(pair).get("/reviews/new/").text
    assert f"?r={pair.relationship.pk}" in offered
    begun(pair)

    assert f"?r={pair.relationship.pk}" not in own(pair).get("/reviews/new/").text
    assert own(pair).get("/reviews/new/?r=x").status_code == 404
    assert pair.browser(role="executive").get("/reviews/new/").status_code == 403


def test_where_none_can_be_begun_it_says_why_and_where_to_go(pair):
    boss, address = pair.browser(role="administrator"), "/reviews/new/"
    sides = RelationshipSide.objects.all()
    begun(staffed(pair))
    running = boss.get(address).text
    sides.update(live_contracts=0, marked_active=False)
    inactive = boss.get(address).text
    sides.update(archived=True)
    none = boss.get(address).text

    assert "has one under way" in running
    assert 'href="/reviews/"' in running
    assert "No relationship is active yet." in inactive
    assert "begin with the relationship" in none
    refused = pair.browser(role="executive").get(address)
    assert "You are on none today" in refused.text


def test_what_is_missing_is_said_before_anybody_presses(pair):
    review = begun(staffed(pair), FULL)
    set_count(pair, review, pair.own, 3)

    page = own(pair).get(review.get_absolute_url()).text

    assert "A full review needs a facilitator" in page
    assert "has three people on the list: four are needed, or a reason" in page
    assert address("few", review) in page
    assert "Ask both sides to confirm" not in page


def ticked(review, side, *names, **more):
    """What the page sends with these people of the side ticked."""
    people = Contact.objects.filter(name__in=names)
    data = {f"asked-{person.pk}": "on" for person in people}
    place = getattr(review.relationship, side)
    for person in Contact.objects.filter(organisation=place):
        data[f"group-{person.pk}"] = "ops"
    return {**data, "new_group": "lead", **more}


def test_people_are_ticked_and_somebody_new_is_added(pair):
    review = begun(staffed(pair), CHECK_IN)
    first = next(iter(people_of(review, pair.own)))
    before = people_of(review, pair.other)

    response = own(pair).post(
        address("people", review, pair.own),
        ticked(review, pair.own, first.name, name="Asta Bern", email="asta@b.example"),
    )

    assert response.status_code == 302
    named = {
        person.name: group for person, group in people_of(review, pair.own).items()
    }
    # Account managers and administrators may add people.
    assert named == {first.name: "ops", "Asta Bern": "lead"}
    assert people_of(review, pair.other) == before


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"name": "Asta Bern", "email": ""}, "goes to an e-mail address"),
        ({"name": "", "email": "asta@b.example"}, "name that goes with this address"),
    ],
)
def test_half_a_person_is_said_and_the_ticks_are_kept(pair, typed, words):
    review = begun(staffed(pair), CHECK_IN)
    first, second = people_of(review, pair.own)

    response = own(pair).post(
        address("people", review, pair.own),
        ticked(review, pair.own, second.name, **typed),
    )

    assert response.status_code == 422
    assert words in response.text
    form = response.context["form"]
    assert form[f"asked-{second.pk}"].value()
    assert not form[f"asked-{first.pk}"].value()
    assert len(people_of(review, pair.own)) == 2


def test_of_many_people_those_who_speak_for_the_side_are_shown(pair):
    review = begun(staffed(pair), CHECK_IN)
    place = getattr(pair.relationship, pair.own)
    many = [ContactFactory(organisation=place) for _number in range(41)]

    page = own(pair).get(address("people", review, pair.own))
    asked = len(page.context["form"].people)
    response = own(pair).post(
        address("people", review, pair.own),
        ticked(review, pair.own, more=many[7].pk, more_group="commercial"),
    )

    # The interface person, the sponsor, delivery, commercial.
    assert asked == 4
    assert response.status_code == 302
    assert people_of(review, pair.own) == {many[7]: "commercial"}


def test_the_other_side_s_people_are_its_own(pair):
    review = begun(staffed(pair), CHECK_IN)

    assert own(pair).get(address("people", review, pair.other)).status_code == 403
    assert own(pair).get(address("people", review, "third")).status_code == 404


def test_where_nobody_acts_on_the_other_side_one_names_its_people(pair):
    review = begun(staffed(pair), CHECK_IN)
    RelationshipSide.objects.filter(
        relationship=pair.relationship, side=pair.other
    ).update(acted_by=None)

    page = own(pair).get(address("people", review, pair.other))

    assert page.status_code == 200
    for person in people_of(review, pair.other):
        assert person.name in page.text


def test_when_and_how_is_changed_and_asked_again(pair):
    review = ready(staffed(pair), FULL)
    ask(pair, review)

    response = own(pair).post(
        address("how", review),
        {
            "opens_on": "7 Dec 2026",
            "mode": "named",
            "instrument": review.instrument_id,
            "mirror": "on",
        },
    )

    assert response.status_code == 302
    review.refresh_from_db()
    assert (review.mode, review.mirror) == ("named", True)
    assert {row.version for row in latest(review).values()} == {0}
    page = own(pair).get(review.get_absolute_url()).text
    assert "changed since both were asked" in page


def test_a_check_in_has_no_mode_to_choose(pair):
    review = begun(staffed(pair), CHECK_IN)

    page = own(pair).get(address("how", review))
    response = own(pair).post(
        address("how", review),
        {"opens_on": "1 Dec 2026", "instrument": review.instrument_id},
    )

    assert "mode" not in page.context["form"].fields
    assert response.status_code == 302
    review.refresh_from_db()
    assert review.mode == "named"


def test_a_facilitator_of_a_side_is_refused_and_what_was_typed_is_kept(pair):
    review = begun(staffed(pair), FULL)
    insider = pair.by(pair.other).contact
    typed = {
        "name": "Somebody Else",
        "email": insider.email,
        "works_for": "Nobody",
        "disclosure": "Paid by both",
    }

    refused = own(pair).post(address("facilitator", review), typed)
    taken = own(pair).post(
        address("facilitator", review), typed | {"email": "noor@n.example"}
    )

    assert refused.status_code == 422
    assert "belongs to one of the two sides" in refused.text
    assert "Paid by both" in refused.text
    assert taken.status_code == 302
    assert "Paid by both" in own(pair).get(review.get_absolute_url()).text


def test_three_people_are_accepted_with_a_reason(pair):
    review = begun(staffed(pair), PULSE)
    set_count(pair, review, pair.own, 3)

    assert own(pair).post(address("few", review), {"reason": ""}).status_code == 422
    own(pair).post(address("few", review), {"reason": "There are no more"})

    page = own(pair).get(review.get_absolute_url()).text
    assert "There are no more" in page
    assert "Ask both sides to confirm" in page


def test_once_confirmed_nothing_is_set_up_any_more(pair):
    review = scheduled(staffed(pair), PULSE)

    for name, *more in (("how",), ("few",), ("facilitator",), ("people", pair.own)):
        page = own(pair).get(address(name, review, *more), follow=True)
        assert page.redirect_chain == [(review.get_absolute_url(), 302)]
        assert "no longer change" in page.text
    page = own(pair).get(review.get_absolute_url()).text
    assert "8 people get the mail then" in page


def test_asking_needs_a_press_and_says_what_is_missing(pair):
    review = begun(staffed(pair), FULL)

    assert own(pair).get(address("ask", review)).status_code == 405
    page = own(pair).post(address("ask", review), follow=True)

    assert "needs a facilitator" in page.text
    assert not review.confirmations.exists()


def test_somebody_else_is_asked_instead(pair):
    review = ready(staffed(pair), CHECK_IN)
    ask(pair, review)
    other = pair.browser(pair.other)
    instead = ContactFactory(organisation=getattr(pair.relationship, pair.other))
    silent = ContactFactory(
        organisation=getattr(pair.relationship, pair.other), email=""
    )

    assert own(pair).get(address("coordinator", review, pair.other)).status_code == 403
    page = other.get(address("coordinator", review, pair.other))
    assert silent.name not in page.text
    other.post(address("coordinator", review, pair.other), {"contact": instead.pk})

    assert latest(review)[pair.other].contact == instead
    shown = own(pair).get(review.get_absolute_url()).text
    assert instead.name in shown
    assert "Asked on 23 Nov 2026, no answer" in shown


def test_a_stranger_does_not_learn_of_it(pair):
    review = ready(staffed(pair), PULSE)
    stranger = pair.browser("bystander", "administrator")

    for name, *more in (
        ("how",), ("few",), ("cancel",), ("facilitator",),
        ("people", pair.own), ("coordinator", pair.own),
    ):  # fmt: skip
        assert stranger.get(address(name, review, *more)).status_code == 404
    assert stranger.get(review.get_absolute_url()).status_code == 404


def test_it_is_said_who_sees_the_names_of_a_side_kept_for_another(pair):
    review = begun(staffed(pair))
    sides = RelationshipSide.objects.filter(relationship=pair.relationship)
    list_of = address("people", review, pair.own)
    keeper, kept = pair.side().acted_by, OrganisationFactory()
    assert "keeps this side" not in own(pair).get(review.get_absolute_url()).text
    assert f"Only {keeper.name} sees" in own(pair).get(list_of).text

    sides.filter(side=pair.own).update(organisation=kept)
    sides.filter(side=pair.other).update(acted_by=None)

    told = f"{keeper.name} keeps this side for {kept.name} and sees these names"
    page = own(pair).get(review.get_absolute_url()).text
    assert told in own(pair).get(list_of).text
    assert told in page
    assert "the other side chooses these people" in page
    list_of = address("people", review, pair.other)
    assert "the other side chooses these people" in own(pair).get(list_of).text
