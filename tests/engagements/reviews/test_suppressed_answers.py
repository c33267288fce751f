"""Suppressed answers move nothing: two waves that differ in them alone read the same.

Searching for a number finds it only as it was written down. What depends on it at all,
rounded, banded or as a word, shows here.
"""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from engagements.reviews.results.documents import documents
from engagements.reviews.results.wave import Respondent, Wave
from tests.engagements.reviews.test_documents import (
    CONTENT,
    CORE,
    all_alike,
    answers,
    earlier,
    wave,
)

TOPICS = [one.key for one in CONTENT.dimensions]
people = st.lists(answers, min_size=3, max_size=6)
points = st.integers(1, 7)


def items_of(topic: str) -> list[str]:
    return [
        one.key
        for one in CONTENT.items
        if one.dimension == topic and one.module == "core"
    ]


def said_by_few(rows: list[Respondent], topic: str, given: list[int]) -> list:
    """The same people; one for each point rates the topic, the others cannot."""
    found = []
    for number, row in enumerate(rows):
        point = given[number] if number < len(given) else "cannot_say"
        found.append(Respondent(row.answers | dict.fromkeys(items_of(topic), point)))
    return found


def told(one: Wave) -> str:
    return json.dumps(documents(one), sort_keys=True)


@given(
    client=people,
    supplier=people,
    topic=st.sampled_from(TOPICS),
    few=st.lists(st.tuples(points, points), min_size=1, max_size=2),
)
def test_a_topic_that_few_can_rate_moves_nothing(client, supplier, topic, few):
    one, other = (
        said_by_few(client, topic, [pair[number] for pair in few]) for number in (0, 1)
    )
    then = wave([all_alike(6)] * 5, [all_alike(5)] * 5)
    before = earlier(then, date(2025, 9, 16))

    first, second = wave(one, supplier), wave(other, supplier)
    assert told(first) == told(second)

    course = {"earlier": (before,)}
    assert told(replace(first, **course)) == told(replace(second, **course))
    # And seen from the other side of the table.
    assert told(wave(supplier, one)) == told(wave(supplier, other))


def test_agreement_is_that_on_the_topics_that_are_shown():
    """Near a threshold, where two answers would tip it."""
    near = [all_alike(point) for point in (2, 4, 5)]
    alike, apart = (said_by_few(near, "DEL", given) for given in ([1, 1], [1, 7]))

    assert told(wave(alike, near)) == told(wave(apart, near))


@given(
    many=people,
    few=st.lists(st.tuples(answers, answers), min_size=1, max_size=2),
)
def test_a_side_of_few_moves_nothing(many, few):
    # Whether somebody answered enough is counted, and counts are shown: all of them do.
    one, other = (
        [Respondent(said(pair[number].answers, CORE)) for pair in few]
        for number in (0, 1)
    )

    assert told(wave(many, one)) == told(wave(many, other))
    assert told(wave(one, many)) == told(wave(other, many))


def said(given: dict, keys: list[str]) -> dict:
    """The same answers, "I can't say" replaced by a point."""
    return {key: 4 if given[key] == "cannot_say" else given[key] for key in keys}
