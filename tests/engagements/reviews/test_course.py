"""How a result got where it is: drawn, as a table, and in words for each topic."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.test import Client

from engagements.models import OpenResponse, Side
from engagements.reviews import course_words
from engagements.reviews.actions import asking
from engagements.reviews.responses import key_of
from tests.engagements.reviews.waves import (
    after_closing,
    answered,
    closed_wave,
    open_wave,
    raters,
)
from tests.factories import MembershipFactory, RelationshipFactory

DAYS = ("2025-03-14", "2025-09-12", "2026-03-13")


def document(*scores, after_break=None, shown=("70", "80")):
    """A result after earlier ones; `after_break` is the place of the first alike."""
    rows = [
        {"closed_on": day, "client": client, "supplier": supplier}
        for day, (client, supplier) in zip(DAYS, scores, strict=False)
    ]
    for place, row in enumerate(rows[1:], 1):
        row["after_break"] = place == after_break
    return {
        "waves": rows,
        "names": {"client": "Hollin", "supplier": "Tarnmoor"},
        "sides": {
            side: {"shown": words}
            for side, words in zip(("client", "supplier"), shown, strict=True)
        },
    }


def topic(**sides):
    cells = {
        side: {"moved": moved, "moved_label": label}
        for side, (moved, label) in sides.items()
    }
    return {"name": "Trust", **cells}


def test_a_chart_has_what_was_shown_and_nothing_else():
    found = course_words.drawn(
        document((60, None), (64, 70), (70, 95), shown=("70", "95+"))
    )

    assert [(one.client, one.supplier) for one in found] == [
        (60, None),
        (64, 70),
        (70, 95),
    ]
    assert [one.label for one in found] == ["Mar 2025", "Sep 2025", "Mar 2026"]
    assert found[-1].printed == ("70", "95+")


def test_a_chart_is_broken_where_the_questions_changed():
    found = course_words.drawn(document((60, 65), (64, 70), (70, 80), after_break=1))

    assert [one.fresh for one in found] == [False, True, False]


def test_the_words_of_a_chart_go_from_the_first_to_the_last():
    said = course_words.chart_words(document((60, 90), (64, 70), (70, 80)))

    assert said == (
        "Hollin went from 60 on 14 Mar 2025 to 70. "
        "Tarnmoor went from 90 on 14 Mar 2025 to 80."
    )


def test_the_words_of_a_chart_say_nothing_across_a_break():
    said = course_words.chart_words(
        document((60, 90), (64, 70), (70, 80), after_break=1)
    )

    assert "60" not in said
    assert "Hollin went from 64 on 12 Sep 2025 to 70." in said
    assert said.endswith("What stands before 12 Sep 2025 cannot be compared.")


@pytest.mark.parametrize(
    ("scores", "said"),
    [
        (((60, 1), (64, 2), (None, 3)), "Hollin: not known throughout."),
        (((None, 1), (64, 2), (70, 3)), "Hollin went from 64 on 12 Sep 2025 to 70."),
        (((None, 1), (None, 2), (70, 3)), "Hollin is at 70."),
    ],
)
def test_the_words_of_a_chart_leave_out_what_is_not_shown(scores, said):
    assert course_words.chart_words(document(*scores)).startswith(said)


@pytest.mark.parametrize(
    ("moved", "words"),
    [
        ((-11, "possible"), "\N{MINUS SIGN}11, possibly a change"),
        ((9, "clear"), "+9, a clear change"),
        ((3, "no_clear_change"), "+3, no clear change"),
        ((3, "not_testable"), "+3, not testable, too few people"),
        ((None, "hidden"), "not shown, to protect who answered"),
        ((3, "rescaled"), "+3, not testable, another scale"),
        ((None, None), ""),
    ],
)
def test_a_topic_says_how_far_each_side_moved_and_how_sure_that_is(moved, words):
    row = topic(client=moved, supplier=(1, "clear"))

    found = course_words.movements({"dimensions": [row]})

    assert found == [("Trust", words, "+1, a clear change")]


def test_without_an_earlier_review_nothing_moved():
    row = topic(client=(None, None), supplier=(None, None))

    assert course_words.movements({"dimensions": [row]}) == []


def test_only_what_is_more_than_chance_stands_beside_the_topic():
    names = {"client": "Hollin", "supplier": "Tarnmoor"}
    row = topic(client=(-11, "clear"), supplier=(9, "no_clear_change"))

    assert course_words.stirred(row, names) == [
        "Hollin \N{MINUS SIGN}11, a clear change"
    ]


@pytest.fixture
def people():
    return {side: MembershipFactory(role="executive").contact for side in Side}


@pytest.fixture
def relationship(people):
    return RelationshipFactory(
        client=people[Side.CLIENT].organisation,
        supplier=people[Side.SUPPLIER].organisation,
    )


def page(review, contact) -> str:
    browser = Client()
    browser.force_login(contact.user)
    return browser.get(review.get_absolute_url()).content.decode()


@pytest.mark.django_db
def test_the_result_draws_two_reviews_and_says_what_moved(people, relationship):
    first = closed_wave(relationship, client_point=6, supplier_point=5)
    second = closed_wave(
        relationship,
        client_point=3,
        supplier_point=5,
        opens_on=date(2026, 9, 7),
    )

    found = page(second, people[Side.SUPPLIER])

    assert found.count('class="plot waves"') == 1
    assert "went from 83 on" in found
    assert "<summary>As a table</summary>" in found
    assert f"{relationship.client.name} \N{MINUS SIGN}50, a clear change" in found
    assert "+0, no clear change" in found
    assert "last time, if it moved" in found
    # One review has no course.
    alone = page(first, people[Side.SUPPLIER])
    assert "plot waves" not in alone
    assert "last time, if it moved" not in alone


@pytest.mark.django_db
def test_an_earlier_review_with_too_few_answers_is_nowhere(people, relationship):
    few = answered(open_wave(relationship), client=6, supplier=2)
    for rater in raters(few, Side.SUPPLIER)[2:]:
        OpenResponse.objects.get(pk=key_of(few.secret, rater)).delete()
    asking.close_review(review=few, now=after_closing(few))
    now = closed_wave(
        relationship, client_point=5, supplier_point=5, opens_on=date(2026, 9, 7)
    )

    for contact in people.values():
        found = page(now, contact)
        drawing = re.search(r'<svg class="plot waves".*?</svg>', found, re.DOTALL)
        assert drawing
        assert drawing[0].count("<circle") == 2
        # The organisations of tests are numbered.
        figures = re.sub(r"Organisation \d+", "", drawing[0])
        assert "83" not in figures
        assert ">17<" not in found
        assert ">83<" not in found
