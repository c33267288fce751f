"""Who hears of a charter: the named people by mail, both sides when it lapses."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
import time_machine
from django.conf import settings

from engagements.charters.actions import drafting
from engagements.links import Purpose, address
from engagements.models import Notice, Side
from tests.engagements.charters import charters
from tests.engagements.reviews.mailing import (
    addresses,
    post,
    round_at,
    sink,
    taken,
    text,
)
from tests.sitting import Client

pytestmark = pytest.mark.usefixtures("sink")
__all__ = ["sink"]
BEGAN = "2025-11-27 10:00"


def morning(month: int, day: int, year: int = 2026) -> datetime:
    return datetime(year, month, day, 10, 0, tzinfo=UTC)


def email(pair, side) -> str:
    return charters.people(pair)[side.value].email


def test_both_are_asked_at_once_and_answer_from_the_mail(pair, sink):
    charter = charters.proposed(pair)
    round_at(datetime.now(UTC))

    for side in (pair.own, pair.other):
        (mail,) = post(sink, email(pair, side))
        assert mail["Subject"].startswith("A charter to accept")
        (link,) = addresses(mail, "c")
        browser = Client()
        browser.post(link)
        browser.post("/c/charter/", {"answer": "yes"})

    charter.refresh_from_db()
    assert charter.state == "accepted"


def test_a_week_later_once_more_to_who_has_not_answered(pair, sink):
    with time_machine.travel(BEGAN, tick=False):
        charter = charters.proposed(pair)
        row = charters.asked(charter, pair.own)
        drafting_answer(row)
    round_at(morning(11, 27, 2025))
    taken(sink)

    round_at(morning(12, 3, 2025))
    early = taken(sink)
    round_at(morning(12, 4, 2025))
    round_at(morning(12, 5, 2025))

    asked = [mail for mail in taken(sink) if "charter" in mail["Subject"]]
    assert not [mail for mail in early if "charter" in mail["Subject"]]
    assert [mail["To"] for mail in asked] == [email(pair, pair.other)]


def drafting_answer(row) -> None:
    charters.answering.answer(acceptance=row, yes=True)


def test_nobody_is_asked_what_was_withdrawn(pair, sink):
    charter = charters.proposed(pair)
    drafting.take_back(by=pair.by(), charter=charter)

    round_at(datetime.now(UTC))

    assert not [mail for mail in sink.messages if "charter" in mail["Subject"]]


def test_thirty_days_before_the_year_is_over_both_are_asked(pair, sink):
    with time_machine.travel(BEGAN, tick=False):
        charters.accepted(pair)
    round_at(morning(10, 27))
    assert not [mail for mail in taken(sink) if "charter" in mail["Subject"]]

    round_at(morning(10, 28))
    round_at(morning(10, 28))

    for side in (pair.own, pair.other):
        (mail,) = [
            mail for mail in post(sink, email(pair, side)) if "charter" in text(mail)
        ]
        assert mail["Subject"].startswith("Does the charter still hold?")
        assert "27 Nov 2026" in text(mail)


def test_both_sides_hear_alike_that_it_has_lapsed(pair):
    with time_machine.travel(BEGAN, tick=False):
        charters.accepted(pair)
    told = Notice.objects.filter(kind="charter-lapsed")

    round_at(morning(11, 27))
    assert not told.exists()
    round_at(morning(11, 28))
    round_at(morning(11, 29))

    people = {pair.by(side).contact.pk for side in (pair.own, pair.other)}
    assert set(told.values_list("recipient_id", flat=True)) == people
    assert told.count() == len(people)


def test_once_it_is_confirmed_nobody_hears_that_it_lapsed(pair, sink):
    with time_machine.travel(BEGAN, tick=False):
        charter = charters.accepted(pair)
    with time_machine.travel(morning(11, 28), tick=False):
        charters.say_yes(charter, 2)

    round_at(morning(11, 28))
    round_at(morning(11, 30))

    assert not Notice.objects.filter(kind="charter-lapsed").exists()
    assert not [mail for mail in sink.messages if "lapsed" in mail["Subject"]]


def test_the_two_people_named_hear_that_it_is_over_and_may_still_confirm(pair, sink):
    with time_machine.travel(BEGAN, tick=False):
        charter = charters.accepted(pair)
    with time_machine.travel(morning(11, 20), tick=False):
        drafting_answer(charters.asked(charter, pair.own, 2))
    round_at(morning(11, 27))
    taken(sink)

    for day in (28, 29):
        round_at(morning(11, day))

    bodies = set()
    for side in (pair.own, pair.other):
        mails = post(sink, email(pair, side))
        (mail,) = [mail for mail in mails if "lapsed" in mail["Subject"]]
        bodies.add(text(mail).split("http")[0])
        assert "it still holds, 20 Nov 2026." in text(mail)
        assert "asked on 28 Oct 2026, no answer yet." in text(mail)
        (link,) = addresses(mail, "c")
    browser = Client()
    with time_machine.travel(morning(11, 29), tick=False):
        browser.post(link)
        browser.post("/c/charter/", {"answer": "yes"})
    charter.refresh_from_db()
    assert charter.holds_until.year == 2027


def test_after_a_no_a_new_version_is_the_way(pair, sink):
    with time_machine.travel(BEGAN, tick=False):
        charter = charters.accepted(pair)
    with time_machine.travel(morning(11, 20), tick=False):
        row = charters.asked(charter, pair.own, 2)
        charters.answering.answer(acceptance=row, yes=False, reason="New work")

    round_at(morning(11, 28))

    mails = [mail for mail in sink.messages if "lapsed" in mail["Subject"]]
    named = [mail for mail in mails if "said no: a new version" in text(mail)]
    assert len(named) == 2


def test_who_is_named_and_coordinates_hears_it_once(pair, sink):
    with time_machine.travel(BEGAN, tick=False):
        managers = {side.value: pair.by(side).contact for side in Side}
        charter = drafting.propose(
            by=pair.by(), charter=charters.draft(pair), people=managers
        )
        for side in (pair.own, pair.other):
            drafting_answer(charters.asked(charter, side))

    round_at(morning(11, 28))

    for person in managers.values():
        mails = [m for m in post(sink, person.email) if "lapsed" in m["Subject"]]
        assert len(mails) == 1


@pytest.mark.parametrize(
    ("yes", "words"), [(True, "Accepted by"), (False, "Not accepted by")]
)
def test_an_opened_link_says_what_was_answered(pair, yes, words):
    charter = charters.proposed(pair)
    row = charters.asked(charter, pair.own)
    charters.answering.answer(acceptance=row, yes=yes, reason="" if yes else "Too long")
    door = address(Purpose.CHARTER, row.pk, row.version)

    page = Client().get(door.removeprefix(settings.SITE_URL)).text

    assert words in page
    assert "is asked about the charter" not in page
