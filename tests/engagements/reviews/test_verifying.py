"""The other side verifies an action; who never signs in is asked by a link."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from accounts.models import User
from engagements.commitments import actions as commitments
from engagements.models import (
    Commitment,
    Contact,
    HealthReview,
    ReviewAction,
    ReviewConfirmation,
    Side,
    standing_of,
)
from engagements.reviews import links
from engagements.reviews.actions import clock, confirming
from engagements.reviews.actions.verifying import ask_to_verify
from tests.engagements.reviews import talks
from tests.sitting import Client

pytestmark = pytest.mark.django_db
Purpose = ReviewConfirmation.Purpose


@pytest.fixture(params=list(Side), ids=["client", "supplier"])
def done(request):
    """An action of a side that is said to be done; the other side never signs in."""
    side = request.param
    relationship, people = talks.relationship_with_people(signed_in=False)
    people[side] = talks.speaker(relationship, side, signed_in=True)
    relationship.sides.filter(side=side.other).update(acted_by=None)
    talk = talks.released(relationship=relationship, people=people)
    talk.hold(by=people[side])
    action = talk.propose(side)
    talk.agree()
    action.refresh_from_db()
    finish(action)
    return talk, action


def finish(action):
    by = standing_of(action.owner.user)
    commitments.finish(
        by=by, commitment=action.commitment, done_on=timezone.localdate()
    )
    action.refresh_from_db()


def asked():
    return ReviewConfirmation.objects.filter(purpose=Purpose.DONE)


def test_the_coordinator_of_a_side_that_never_signs_in_is_asked_once(done):
    talk, action = done

    assert [ask_to_verify(timezone.localdate()) for _each in range(2)] == [1, 0]

    row = asked().get()
    other = Side(action.side).other
    assert (row.action, row.side) == (action, other)
    assert row.contact == talk.people[other]
    assert row.asked_on == timezone.localdate()


def test_the_clock_asks(done):
    clock.begin_day(timezone.now())

    assert asked().count() == 1


def test_one_that_cannot_be_asked_about_holds_up_no_other(done, caplog):
    _talk, action = done
    broken = ReviewAction.objects.create(
        review=action.review,
        side="neither",
        owner=action.owner,
        proposed_by=action.proposed_by,
        text="Broken",
        due_on=action.due_on,
        measure=action.measure,
        dimension=action.dimension,
        commitment=commitment_like(action.commitment),
    )

    clock.begin_day(timezone.now())

    assert str(broken.pk) in caplog.text
    assert asked().get().action == action


def commitment_like(promise):
    promise = Commitment.objects.get(pk=promise.pk)
    promise.pk, promise.text = uuid4(), "Broken"
    promise._state.adding = True
    promise.save()
    return promise


def test_a_side_that_signs_in_is_not_mailed():
    talk = talks.released()
    talk.hold()
    action = talk.propose()
    talk.agree()
    action.refresh_from_db()
    finish(action)

    assert ask_to_verify(timezone.localdate()) == 0

    # Nobody of it can sign in any more.
    User.objects.filter(contact=talk.people[Side.SUPPLIER]).update(is_active=False)
    assert ask_to_verify(timezone.localdate()) == 1


def test_nobody_is_asked_about_what_is_open_or_verified(done):
    _talk, action = done
    commitments.reopen(by=standing_of(action.owner.user), commitment=action.commitment)
    assert ask_to_verify(timezone.localdate()) == 0

    finish(action)
    action.commitment.verified_at = timezone.now()
    action.commitment.save()
    assert ask_to_verify(timezone.localdate()) == 0


def test_nobody_is_asked_who_cannot_be_reached(done):
    Contact.objects.update(email="")

    assert ask_to_verify(timezone.localdate()) == 0


def test_a_yes_by_the_link_verifies_also_when_the_review_is_complete(done):
    talk, action = done
    clock.begin_day(timezone.now())
    assert talk.fresh().state == HealthReview.State.COMPLETED
    row = asked().get()
    browser = Client()
    page = links.address(links.Purpose.CONFIRM, row.pk, row.version)
    browser.post(page)
    html = browser.get("/c/").content.decode()
    assert "Is this done?" in html
    assert action.text in html

    browser.post("/c/", {"answer": "yes"})

    action.commitment.refresh_from_db()
    assert action.commitment.verified_at is not None
    assert action.commitment.verified_by == row.contact


def test_opening_the_link_verifies_nothing(done):
    _talk, action = done
    ask_to_verify(timezone.localdate())
    row = asked().get()
    browser = Client()
    page = links.address(links.Purpose.CONFIRM, row.pk, row.version)

    browser.get(page)
    browser.post(page)
    browser.get("/c/")

    action.commitment.refresh_from_db()
    assert action.commitment.verified_at is None


def promise_page(talk, action):
    html = talk.browser(Side(action.side)).get(action.commitment.get_absolute_url())
    return html.content.decode()


def test_the_promise_says_since_when_it_waits_and_what_is_still_missed(done):
    talk, action = done
    assert "the other side verifies" in promise_page(talk, action)
    ask_to_verify(timezone.localdate())
    assert "no answer" in promise_page(talk, action)

    row = asked().get()
    confirming.answer(
        confirmation=row, yes=False, by=row.contact, reason="One desk is still silent"
    )

    assert "One desk is still silent" in promise_page(talk, action)
    action.commitment.refresh_from_db()
    assert action.commitment.verified_at is None
    assert ask_to_verify(timezone.localdate()) == 0


def test_done_once_more_it_is_asked_once_more(done):
    _talk, action = done
    ask_to_verify(timezone.localdate())
    by = standing_of(action.owner.user)
    commitments.reopen(by=by, commitment=action.commitment)
    old = asked().get()
    finish(action)

    assert ask_to_verify(timezone.localdate()) == 1

    assert [row.round for row in asked().order_by("round")] == [1, 2]
    # The link of the first time leads nowhere now.
    held = links.Held(old.pk, old.version)
    assert links.confirmation(held) is None


def test_what_was_reopened_is_not_verified_by_the_link(done):
    _talk, action = done
    ask_to_verify(timezone.localdate())
    by = standing_of(action.owner.user)
    commitments.reopen(by=by, commitment=action.commitment)
    row = asked().get()
    browser = Client()
    browser.post(links.address(links.Purpose.CONFIRM, row.pk, row.version))

    response = browser.post("/c/", {"answer": "yes"})

    assert response.status_code == 422
    assert "Only what is done can be verified." in response.content.decode()
    assert asked().get().answer == ""


def test_what_nobody_asks_costs_one_query(django_assert_num_queries, db):
    with django_assert_num_queries(1):
        ask_to_verify(timezone.localdate())
    assert ReviewAction.objects.count() == 0


def test_days_pass_and_it_is_still_asked_once(done):
    today = timezone.localdate()
    ask_to_verify(today)

    assert ask_to_verify(today + timedelta(days=30)) == 0
