"""A question without an answer is asked once more, by whoever follows the review up."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from engagements.errors import RuleError
from engagements.models import Notice, Side
from engagements.reviews import links
from engagements.reviews.actions.confirming import ask_once_more
from tests.engagements.reviews.mailing import addresses, round_at, sink, taken
from tests.engagements.reviews.setups import NOW, ask, confirm, latest, ready, staffed
from tests.engagements.reviews.talks import released
from tests.sitting import Client

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("sink")]
__all__ = ["sink"]


@pytest.fixture
def clock():
    with time_machine.travel(NOW, tick=False) as moment:
        yield moment


@pytest.fixture
def asked(pair, clock):
    """The other side was asked on Monday about people and days; it is Wednesday."""
    review = ready(staffed(pair), "pulse")
    ask(pair, review)
    clock.shift(timedelta(days=2))
    return review


def again(row) -> str:
    return reverse("engagements:confirmation-ask-again", args=[row.pk])


def door(row) -> str:
    return links.path(links.Purpose.CONFIRM, row.pk, row.version)


def test_it_is_mailed_once_more_and_the_earlier_link_closes(pair, asked, sink):
    before = latest(asked)[pair.other]
    round_at(timezone.now())
    taken(sink)
    page = pair.browser().get(asked.get_absolute_url()).text
    assert again(before) in page
    assert again(latest(asked)[pair.own]) not in page

    pair.browser().post(again(before))
    round_at(timezone.now())

    row = latest(asked)[pair.other]
    assert (row.version, row.asked_on) == (before.version + 1, date(2026, 11, 25))
    [mail] = taken(sink)
    assert mail["To"] == row.contact.email
    assert set(addresses(mail, "c")) == {door(row)}
    assert Client().get(door(before)).status_code == 404
    assert Client().get(door(row)).status_code == 200
    page = pair.browser().get(asked.get_absolute_url()).text
    assert "Asked on 25 Nov 2026, no answer" in page
    assert again(row) not in page


def test_once_a_day_and_only_while_it_waits(pair, asked):
    row = ask_once_more(confirmation=latest(asked)[pair.other])

    with pytest.raises(RuleError, match="was asked today already"):
        ask_once_more(confirmation=row)
    confirm(asked, pair.other)
    with pytest.raises(RuleError, match="not asked any more"):
        ask_once_more(confirmation=row)
    said = pair.browser().post(again(row), follow=True).text
    assert "This is not asked any more." in said
    assert Notice.objects.filter(kind="review-confirm", object_id=row.pk).count() == 2


def test_whoever_left_is_not_asked(pair, asked):
    row = latest(asked)[pair.other]
    row.contact.left_on = timezone.localdate() - timedelta(days=1)
    row.contact.save()

    with pytest.raises(RuleError, match="ask somebody else"):
        ask_once_more(confirmation=row)


@pytest.mark.parametrize("side", list(Side))
def test_about_the_actions_too(clock, side, sink):
    talk = released()
    talk.hold()
    talk.propose()
    rows = talk.ask()
    clock.shift(timedelta(days=1))
    page = reverse("engagements:review-conversation", args=[talk.review.pk])
    browser = talk.browser(side)
    assert again(rows[side.other]) in browser.get(page).text
    taken(sink)

    response = browser.post(again(rows[side.other]))
    round_at(timezone.now())

    assert response["Location"] == page
    row = latest(talk.review, "actions")[side.other]
    assert row.version == 2
    assert [mail["To"] for mail in taken(sink) if addresses(mail, "c")].count(
        row.contact.email
    )
    assert again(row) not in browser.get(page).text
