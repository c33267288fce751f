"""What a closed wave tells whom: exact, fair, and safe for who answered."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engagements.reviews.instrument.content import Form
from engagements.reviews.instrument.library import rhr_8
from engagements.reviews.results.documents import documents
from engagements.reviews.results.wave import (
    Comment,
    Earlier,
    Respondent,
    SideOfWave,
    Wave,
)
from engagements.reviews.scoring.parameters import STANDARD
from engagements.reviews.scoring.sides import Mode

CONTENT = rhr_8()
CORE = [one.key for one in CONTENT.items if one.module == "core"]
PUBLIC = ("shared", "client", "supplier", "facilitator")


def all_alike(point: int, **others) -> Respondent:
    return Respondent(dict.fromkeys(CORE, point) | others)


def wave(client: list[Respondent], supplier: list[Respondent], **values) -> Wave:
    sides = {
        "client": SideOfWave("Hollin", tuple(client), len(client)),
        "supplier": SideOfWave("Tarnmoor", tuple(supplier), len(supplier)),
    }
    return Wave(
        form=values.pop("form", Form.FULL),
        mode=values.pop("mode", Mode.CONFIDENTIAL),
        closed_on=values.pop("closed_on", date(2026, 3, 16)),
        content=CONTENT,
        instrument="rhr-8",
        method=STANDARD,
        weights=CONTENT.weights,
        sides=sides,
        **values,
    )


def dimension(document: dict, key: str) -> dict:
    return next(one for one in document["dimensions"] if one["key"] == key)


def test_the_worked_example_of_the_method():
    client = [
        {"TRU": (6, 5, 6), "DEL": (3, 4, 3)},
        {"TRU": (7, 6, None), "DEL": (4, 4, 5)},
        {"TRU": (5, 5, 5), "DEL": (2, None, None)},
        {"TRU": (6, 6, 7), "DEL": (4, 3, 4)},
    ]
    supplier = [
        {"TRU": (6, 6, 6), "DEL": (6, 6, 7)},
        {"TRU": (5, 6, 5), "DEL": (6, 5, 6)},
        {"TRU": (6, 7, 6), "DEL": (7, 6, 6)},
    ]
    content = replace(
        CONTENT,
        dimensions=tuple(
            replace(one, weight=0.5)
            for one in CONTENT.dimensions
            if one.key in {"TRU", "DEL"}
        ),
        items=tuple(one for one in CONTENT.items if one.dimension in {"TRU", "DEL"}),
    )
    asked = replace(
        wave(people(client), people(supplier)),
        content=content,
        weights={"TRU": 0.5, "DEL": 0.5},
    )

    found = documents(asked)
    series, shared = found["series"], found["shared"]

    assert series["client"]["profile"]["TRU"] == pytest.approx(81.25)
    assert series["client"]["profile"]["DEL"] == pytest.approx(46.30, abs=0.005)
    assert series["health"] == pytest.approx(73.55, abs=0.005)
    assert series["gap"] == pytest.approx(-19.56, abs=0.005)
    assert shared["status"]["light"] == "amber"
    assert shared["status"]["caps"] == ["gap"]
    assert [one["key"] for one in shared["dimensions"]] == ["DEL", "TRU"]
    assert dimension(shared, "DEL")["gap"] == -39
    assert (shared["sides"]["client"]["shown"], shared["health"]) == ("64", 74)
    assert shared["sides"]["client"]["people"] == "3-4"


def people(rows: list[dict]) -> list[Respondent]:
    return [
        Respondent(
            {
                f"{name}{number}": point
                for name, points in row.items()
                for number, point in enumerate(points, 1)
                if point is not None
            }
        )
        for row in rows
    ]


def test_two_answers_of_a_side_hide_everything_made_of_them():
    found = documents(wave([all_alike(6)] * 5, [all_alike(2)] * 2))

    assert found["shared"]["sufficient"] is False
    assert "sides" not in found["shared"]
    assert found["supplier"] == {"side": "supplier", "published": False}
    assert found["client"]["shown"] == "83"
    assert numbers(found["series"]["supplier"]) <= {1.0}
    assert found["series"]["health"] is None
    assert found["series"]["status"]["light"] == "unknown"


def test_a_suppressed_topic_takes_its_gap_along():
    blind = {f"DEL{n}": "cannot_say" for n in (1, 2, 3)}
    client = [all_alike(6)] * 2 + [all_alike(6, **blind)] * 3

    shared = documents(wave(client, [all_alike(5)] * 5))["shared"]

    row = dimension(shared, "DEL")
    assert row["client"]["shown"] is None
    assert row["client"]["state"] == "suppressed"
    assert (row["gap"], row["band"]) == (None, None)
    assert row["supplier"]["shown"] == "67"


def test_extremes_of_few_are_cut_off_and_their_gap_is_that_of_what_is_shown():
    shared = documents(wave([all_alike(7)] * 5, [all_alike(4)] * 5))["shared"]

    assert shared["sides"]["client"]["shown"] == "95+"
    assert shared["sides"]["client"]["at"] == 95
    assert shared["gap"] == 45
    assert dimension(shared, "TRU")["gap"] == 45
    assert 100 not in numbers(shared)


def test_named_answers_are_shown_as_they_are():
    client = [Respondent(all_alike(7).answers, name="Priya")]

    shared = documents(
        wave(client, [all_alike(4)], form=Form.CHECK_IN, mode=Mode.NAMED)
    )["shared"]

    assert shared["sides"]["client"]["shown"] == "100"
    assert shared["sides"]["client"]["people"] == "1"


@pytest.mark.parametrize(("people", "shown"), [(4, None), (5, 5)])
def test_comments_need_five_people(people, shown):
    comments = tuple(Comment("client", "OPEN1", f"Words {n}") for n in range(people))

    found = documents(
        wave([all_alike(6)] * people, [all_alike(5)] * 5, comments=comments)
    )

    told = found["shared"]["comments"]["client"]
    assert (told if told is None else len(told)) == shown
    assert len(found["facilitator"]["comments"]) == (people if shown is None else 0)


def test_words_for_the_facilitator_reach_nobody_else():
    secret = Comment("client", "OPEN3", "Zanzibar", facilitator_only=True)

    found = documents(wave([all_alike(6)] * 6, [all_alike(5)] * 6, comments=(secret,)))

    assert "Zanzibar" in json.dumps(found["facilitator"])
    others = [document for name, document in found.items() if name != "facilitator"]
    assert "Zanzibar" not in json.dumps(others)


def test_the_wish_to_go_on_is_told_to_its_own_side_alone():
    client = [all_alike(5, OUT1=6)] * 5
    supplier = [all_alike(5, OUT1=2)] * 5

    found = documents(
        wave(client, supplier, days_to_notice={"client": 60, "supplier": 60})
    )

    assert found["client"]["intent"] == "83"
    assert found["supplier"]["intent"] == "17"
    assert "intent" not in json.dumps(found["shared"])
    # The supplier's wish to leave must not reach the client through the risk.
    assert found["client"]["renewal"]["risk"] == "elevated"
    assert found["supplier"]["renewal"]["risk"] == "high"


def test_power_crosses_the_table_only_after_both_agreed():
    dependent = {"DEP1": 7, "DEP2": 7, "DEP3": 7}
    free = {"DEP1": 1, "DEP2": 1, "DEP3": 1}
    asked = wave([all_alike(5, **free)] * 5, [all_alike(5, **dependent)] * 5)
    one = {
        **asked.sides,
        "client": replace(asked.sides["client"], shares_dependence=True),
    }
    both = {
        side: replace(row, shares_dependence=True) for side, row in asked.sides.items()
    }

    assert documents(asked)["shared"]["power"] is None
    assert documents(replace(asked, sides=one))["shared"]["power"] is None
    assert documents(replace(asked, sides=both))["shared"]["power"] == {
        "label": "dominated_client",
        "basis": "structural+felt",
        "depends_more": "supplier",
        "is_heard_more": "alike",
        "joint": "high",
    }


def earlier(asked: Wave, day: date) -> Earlier:
    return Earlier(
        closed_on=day,
        form=asked.form,
        content=asked.content,
        series=documents(asked)["series"],
        answers={
            side: tuple(one.answers for one in row.people)
            for side, row in asked.sides.items()
        },
    )


def test_a_change_is_tested_against_the_last_wave_of_the_form():
    before = wave([all_alike(4)] * 5, [all_alike(5)] * 5)
    now = wave(
        [all_alike(6)] * 5,
        [all_alike(5)] * 5,
        closed_on=date(2026, 9, 16),
        earlier=(earlier(before, date(2026, 3, 16)),),
    )

    shared = documents(now)["shared"]

    assert shared["sides"]["client"]["change"] == {"delta": 33, "label": "clear"}
    assert shared["sides"]["supplier"]["change"]["label"] == "no_clear_change"
    assert dimension(shared, "TRU")["before"]["wider_by"] == 0
    assert [row["client"] for row in shared["waves"]] == [50, 83]


def test_three_people_against_three_are_never_a_change():
    before = wave([all_alike(2)] * 3, [all_alike(5)] * 3)
    now = wave(
        [all_alike(6)] * 3,
        [all_alike(5)] * 3,
        closed_on=date(2026, 9, 16),
        earlier=(earlier(before, date(2026, 3, 16)),),
    )

    shared = documents(now)["shared"]

    assert shared["sides"]["client"]["change"]["label"] == "not_testable"


def test_one_new_seat_of_a_small_side_hides_its_course():
    before = wave([all_alike(2)] * 4, [all_alike(5)] * 4)
    now = wave(
        [all_alike(6)] * 4,
        [all_alike(5)] * 4,
        closed_on=date(2026, 9, 16),
        earlier=(earlier(before, date(2026, 3, 16)),),
    )
    sides = {**now.sides, "client": replace(now.sides["client"], joined=1, left=1)}

    shared = documents(replace(now, sides=sides))["shared"]

    assert shared["sides"]["client"]["change"] == {"delta": None, "label": "hidden"}
    row = dimension(shared, "TRU")
    assert (row["client"]["moved"], row["client"]["moved_label"]) == (None, "hidden")
    assert row["before"] == {
        "client": None,
        "supplier": 67,
        "gap": None,
        "wider_by": None,
    }
    assert shared["sides"]["supplier"]["change"] is not None


@pytest.mark.parametrize("told", [True, False])
def test_what_is_hidden_is_not_told_by_its_course_nor_by_a_warning(told):
    """Where it stood beside where it stands would be the change, and so the answer."""
    before = wave([all_alike(6)] * 3, [all_alike(5)] * 5)
    now = wave(
        [all_alike(6), all_alike(6), all_alike(2)],
        [all_alike(5)] * 5,
        closed_on=date(2026, 9, 16),
        earlier=(earlier(before, date(2026, 3, 16)),),
    )
    new = 0 if told else 1
    client = replace(now.sides["client"], joined=new, left=new)

    found = documents(replace(now, sides={**now.sides, "client": client}))

    shared = found["shared"]
    assert [one["client"] for one in shared["waves"]] == [83 if told else None, 61]
    assert [one["supplier"] for one in shared["waves"]] == [67, 67]
    # A topic that fell, and a side newly split, are of the one side that changed.
    assert bool({"W4", "W8"} & set(shared["warning"]["hits"])) is told
    assert ("83" in json.dumps(found["shared"])) is told


def test_another_instrument_breaks_the_series():
    before = wave([all_alike(4)] * 5, [all_alike(5)] * 5)
    old = replace(
        CONTENT,
        items=tuple(
            replace(one, revision=9) if one.module == "core" else one
            for one in CONTENT.items
        ),
    )
    last = replace(earlier(before, date(2026, 3, 16)), content=old)
    now = wave([all_alike(6)] * 5, [all_alike(5)] * 5, earlier=(last,))

    shared = documents(now)["shared"]

    assert shared["previous"]["state"] == "break"
    assert shared["sides"]["client"]["change"] is None
    assert shared["waves"][-1]["after_break"] is True
    assert shared["momentum"] is None


def test_a_fall_is_an_alert_and_caps_the_status():
    before = wave([all_alike(7)] * 5, [all_alike(6)] * 5)
    now = wave(
        [all_alike(6)] * 5,
        [all_alike(5)] * 5,
        closed_on=date(2026, 9, 16),
        earlier=(earlier(before, date(2026, 3, 16)),),
    )

    shared = documents(now)["shared"]

    assert shared["warning"] == {"level": "alert", "hits": ["W1"]}
    assert shared["status"]["caps"] == ["early_warning_alert"]
    assert shared["status"]["light"] == "amber"


def numbers(document) -> set[float]:
    """Every number anywhere in a document."""
    if isinstance(document, dict):
        return set().union(*map(numbers, document.values())) if document else set()
    if isinstance(document, list):
        return set().union(*map(numbers, document)) if document else set()
    is_number = isinstance(document, int | float) and not isinstance(document, bool)
    return {float(document)} if is_number else set()


# Half of the time a point, half of the time none: drawn at once, as a person has many.
points = st.sampled_from([*range(1, 8), *["cannot_say"] * 7])
answers = st.fixed_dictionaries(dict.fromkeys(CORE, points)).map(Respondent)


@given(
    few=st.lists(answers, max_size=2), many=st.lists(answers, min_size=3, max_size=6)
)
def test_no_document_has_a_figure_of_a_suppressed_side(few, many):
    found = documents(wave(many, few))

    assert found["shared"]["sufficient"] is False
    assert "sides" not in found["shared"]
    assert found["supplier"] == {"side": "supplier", "published": False}
    told = found["series"]["supplier"]
    assert told["overall"] is None
    assert set(told["profile"].values()) == {None}
    assert found["series"]["marker_health"] is None


@given(
    client=st.lists(answers, min_size=3, max_size=6),
    supplier=st.lists(answers, min_size=3, max_size=6),
)
def test_exchanging_the_sides_exchanges_labels_and_signs(client, supplier):
    one, other = documents(wave(client, supplier)), documents(wave(supplier, client))

    assert one["shared"].get("health") == other["shared"].get("health")
    gap = one["shared"].get("gap")
    assert gap == (None if gap is None else -other["shared"]["gap"])
    assert one["series"]["client"] == other["series"]["supplier"]
    if one["shared"]["sufficient"]:
        assert one["shared"]["status"]["light"] == other["shared"]["status"]["light"]
        for row in one["shared"]["dimensions"]:
            mirrored = dimension(other["shared"], row["key"])
            assert row["client"] == mirrored["supplier"]
