"""A version of the instrument is whole, or refused with the place named."""

import copy

import pytest

from engagements.reviews.forms.setting_up import FORM_WORDS
from engagements.reviews.instrument.content import Form, Module, read
from engagements.reviews.instrument.library import document, rhr_8


def test_rhr_8_asks_three_statements_on_each_of_eight_topics():
    content = rhr_8()

    core = [one for one in content.items if one.module is Module.CORE]
    assert len(content.dimensions) == 8
    assert [one.dimension for one in core] == [
        dimension.key for dimension in content.dimensions for _ in range(3)
    ]
    assert sum(content.weights.values()) == pytest.approx(1)
    assert list(content.scale.points) == [1, 2, 3, 4, 5, 6, 7]


@pytest.mark.parametrize(
    ("form", "mirror", "count"),
    [
        (Form.FULL, False, 24 + 3 + 2 + 3),
        (Form.FULL, True, 24 + 3 + 2 + 3 + 16),
        (Form.PULSE, False, 8 + 1),
        (Form.CHECK_IN, False, 8 + 2),
    ],
)
def test_each_form_asks_its_part(form, mirror, count):
    asked = rhr_8().asked(form, mirror=mirror)

    assert len(asked) == len({one.key for one in asked}) == count


def test_who_begins_a_full_review_reads_how_much_it_asks():
    asked = rhr_8().asked(Form.FULL)
    questions = sum(one.is_open for one in asked)

    said = str(FORM_WORDS["full"])

    assert f"{len(asked) - questions} statements and three questions" in said
    assert questions == 3


def test_a_pulse_asks_the_markers_and_the_wish_to_go_on():
    keys = [one.key for one in rhr_8().asked(Form.PULSE)]

    assert keys[-1] == "OUT1"
    assert [key[:3] for key in keys[:-1]] == list(rhr_8().weights)


def test_only_the_facilitator_reads_the_last_open_question():
    closed = [one.key for one in rhr_8().items if one.facilitator_only]

    assert closed == ["OPEN3"]


def without(*path):
    def change(given):
        *way, last = path
        for step in way:
            given = given[step]
        del given[last]

    return change


def put(value, *path):
    def change(given):
        *way, last = path
        for step in way:
            given = given[step]
        given[last] = value

    return change


def twice(place):
    return lambda given: given[place].append(copy.deepcopy(given[place][0]))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (without("scale"), "scale: is missing"),
        (without("items", 0, "module"), "module: is missing"),
        (put("sad", "items", 0, "module"), "sad"),
        (put("x", "items", 0, "colour"), "colour"),
        (put(0.3, "dimensions", 0, "weight"), "weight"),
        (put(0.01, "dimensions", 0, "weight"), "weight"),
        (put({"de": "Nein"}, "items", 0, "text"), "TRU1: the English words"),
        (put({"en": " "}, "dimensions", 1, "meaning"), "COM: the English words"),
        (put(0, "items", 0, "marker"), "TRU: one of its statements"),
        (put(1, "items", 1, "marker"), "TRU: one of its statements"),
        (put("ABC", "items", 3, "dimension"), "COM1: dimension 'ABC'"),
        (put(1, "scale", "most"), "scale: the most"),
        (put(["Low", "High"], "scale", "labels", "en"), "scale: en must label 7"),
        (put({}, "scale", "labels"), "scale: English labels"),
        (twice("items"), "items: TRU1"),
        (twice("dimensions"), "dimensions: TRU"),
    ],
)
def test_what_is_wrong_is_named(change, words):
    given = document()
    change(given)

    with pytest.raises(ValueError, match=words):
        read(given)
