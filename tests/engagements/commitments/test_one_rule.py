"""Wherever a promise is written down for the other side, that side is asked first."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from engagements import links
from engagements.commitments import asking
from engagements.errors import RuleError
from engagements.links import Purpose
from engagements.models import (
    Commitment,
    Contact,
    Goal,
    Notice,
    PromiseAsk,
    TeamRole,
)
from engagements.notices.kinds import known
from tests.engagements.commitments.conftest import asked_of
from tests.factories import ContractFactory
from tests.sitting import Client

pytestmark = pytest.mark.django_db
HERE = "/c/promise/"
LIST = "/commitments/"


def browser(seat) -> Client:
    client = Client()
    client.force_login(seat.contact.user)
    return client


def press(seat, name, ask, **more):
    return browser(seat).post(reverse(f"engagements:{name}", args=[ask.pk]), **more)


def places(relationship, own, other):
    """{kind of origin: (where a promise is written down, what it is about)}."""
    owners = {f"{one.side}_owner": one.contact for one in (own, other)}
    goal = Goal.objects.create(
        relationship=relationship,
        title="Fewer night calls",
        measure="Calls a month",
        expected=10,
        unit="calls",
        due_on=date(2030, 3, 31),
        organisation=own.by.organisation,
        written_by=own.contact,
        **owners,
    )
    contract = ContractFactory(relationship=relationship)
    return {
        "direct": ("commitment-create", relationship),
        "goal": ("goal-promise", goal),
        "contract": ("contract-promise", contract),
    }


@pytest.mark.parametrize("kind", ["direct", "goal", "contract"])
def test_it_is_asked_first_shown_to_both_and_counts_from_the_yes(seats, kind):
    own, other = seats
    page, row = places(own.relationship, own, other)[kind]
    said = {"text": "Ring both desks", "side": other.side.value, "shared": "on"}
    said |= {"owner": other.contact.pk, "due_on": "2030-01-14"}
    address = reverse(f"engagements:{page}", args=[row.pk])

    told = [browser(own).post(address, said, follow=True).text for _twice in range(2)]

    ask = PromiseAsk.objects.get()
    words = f"Asked {other.contact.name}; it counts once they say yes."
    assert all(words in text for text in told)
    assert (ask.origin_kind, ask.side, ask.asked) == (kind, other.side, other.contact)
    assert not Commitment.objects.exists()
    for place in {row.get_absolute_url(), own.relationship.get_absolute_url(), LIST}:
        mine, theirs = (browser(seat).get(place).text for seat in seats)
        for shown in (mine, theirs):
            assert f"{other.contact.name} was asked on" in shown
        assert "Take back</button>" in mine
        assert "Take back</button>" not in theirs
    asking.answer(asked=ask, yes=True)
    made = Commitment.objects.get()
    assert (made.origin_kind, made.side) == (kind, other.side)
    assert "was asked on" not in browser(own).get(LIST).text


def test_who_was_asked_answers_signed_in_without_the_mail(seats):
    own, other = seats
    ask = asked_of(own, other)
    client = browser(other)
    assert "Answer</button>" in client.get(LIST).text
    assert "Answer</button>" not in browser(own).get(LIST).text

    onward = client.post(reverse("engagements:promise-ask-answer", args=[ask.pk]))
    client.post(HERE, {"answer": "no", "reason": "The night desk is yours"})

    assert onward["Location"] == HERE
    shown = browser(own).get(LIST).text
    assert "The night desk is yours" in shown
    assert "The night desk is yours" not in browser(own).get(f"{LIST}?state=done").text
    PromiseAsk.objects.update(answered_on=timezone.localdate() - timedelta(days=31))
    assert "The night desk is yours" not in browser(own).get(LIST).text


def test_taken_back_it_is_asked_no_longer(seats):
    own, other = seats
    ask = asked_of(own, other)
    notice = Notice.objects.get()
    waits = f"Promise asked of your side: {ask.text}"
    assert waits in browser(other).get("/home/").text
    address = links.path(Purpose.PROMISE, ask.pk, ask.version)

    came_from = {"referer": f"http://testserver{LIST}"}
    sent = press(own, "promise-ask-take-back", ask, headers=came_from)
    twice = press(own, "promise-ask-take-back", ask, follow=True)

    assert sent["Location"].endswith(LIST)
    assert "This is no longer asked." in twice.text
    assert Client().get(address).status_code == 404
    assert not known(notice.kind).still_wanted(notice)
    assert waits not in browser(other).get("/home/").text
    for seat in seats:
        for page in (LIST, own.relationship.get_absolute_url()):
            assert "was asked on" not in browser(seat).get(page).text
    ask.refresh_from_db()
    with pytest.raises(RuleError, match="no longer asked"):
        asking.answer(asked=ask, yes=True)
    # The same words again are a new question.
    assert asked_of(own, other, text=ask.text) != ask


def test_what_is_answered_is_not_taken_back(seats):
    ask = asked_of(*seats)
    asking.answer(asked=ask, yes=True)

    with pytest.raises(RuleError, match="answered already"):
        asking.take_back(asked=ask)


def test_where_nobody_can_be_reached_it_is_noted_and_asked_later(seats):
    own, other = seats
    place = getattr(own.relationship, other.side.value)
    person = Contact.objects.create(organisation=place, name="Mira Lind")
    TeamRole.objects.filter(side=other.side).delete()
    own.relationship.sides.filter(side=other.side).update(owner=None, acted_by=None)

    ask = asked_of(own, other, owner=person)
    shown = browser(own).get(LIST).text
    beside = browser(own).get(own.relationship.get_absolute_url()).text
    nobody = press(own, "promise-ask-now", ask, follow=True).text

    said = f"Noted, not confirmed: nobody of {place.name} can be reached by mail."
    assert asking.outcome(ask, "") == said
    assert f"Noted by {own.by.organisation.name} on" in shown
    assert f"not confirmed by {place.name}" in shown
    assert "not confirmed" in beside
    assert "can be asked: add an interface person" in nobody
    assert not Notice.objects.exists()
    Contact.objects.filter(pk=person.pk).update(email="mira@example.org")
    for _twice in range(2):
        now = press(own, "promise-ask-now", ask, follow=True).text
        assert "Asked Mira Lind; it counts once they say yes." in now
    assert Notice.objects.get().recipient == person
