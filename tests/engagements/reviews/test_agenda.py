"""The talk about a result: the right topics, in order, in the time there is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engagements.reviews.agenda import LENGTHS, Stage, agenda, topics


def row(key, client, supplier):
    both = client is not None and supplier is not None
    gap = int(client) - int(supplier) if both else None
    return {
        "key": key,
        "name": f"About {key}",
        "client": {"shown": client},
        "supplier": {"shown": supplier},
        "gap": gap,
    }


def document(best="TRU", widest="DEL", weakest="INN"):
    return {
        "dimensions": [
            row("DEL", "58", "82"),
            row("INN", "49", "45"),
            row("TRU", "88", "84"),
            row("COM", None, "71"),
        ],
        "finding": {
            "widest_key": widest,
            "best": best and {"key": best, "name": ""},
            "weakest": weakest and {"key": weakest, "name": ""},
        },
    }


def stages(*args, **values):
    return [one["stage"] for one in agenda(*args, **values)]


def test_the_stages_come_in_the_order_of_the_method():
    assert stages(document(), previous=2) == [
        "previous",
        "best",
        "gap",
        "weakest",
        "actions",
        "notice",
    ]


def test_a_stage_says_about_what_with_the_numbers_as_they_are_shown():
    found = {one["stage"]: one.get("topic") for one in agenda(document(), previous=0)}

    assert found["gap"] == {
        "key": "DEL",
        "name": "About DEL",
        "client": "58",
        "supplier": "82",
        "gap": -24,
    }
    assert found["best"]["key"] == "TRU"
    assert found["weakest"]["key"] == "INN"
    assert found["actions"] is None


def test_without_earlier_actions_nothing_is_looked_back_at():
    assert "previous" not in stages(document(), previous=0)


def test_the_widest_gap_that_is_the_weakest_as_well_is_talked_about_once_for_longer():
    apart = agenda(document(), previous=0)
    once = agenda(document(weakest="DEL"), previous=0)
    minutes = {one["stage"]: one["minutes"] for one in apart}

    assert "weakest" not in [one["stage"] for one in once]
    gap = next(one for one in once if one["stage"] == "gap")
    assert gap["minutes"] == minutes["gap"] + minutes["weakest"]
    assert gap["also_weakest"]
    assert not next(one for one in apart if one["stage"] == "gap")["also_weakest"]


@pytest.mark.parametrize(
    "nothing", [None, {}, {"finding": None}, {"sufficient": False}]
)
def test_without_figures_each_side_says_what_goes_well_and_what_it_wishes(nothing):
    found = agenda(nothing, previous=1)

    assert [one["stage"] for one in found] == [
        "previous",
        "well",
        "wish",
        "asking",
        "actions",
        "notice",
    ]
    assert all("topic" not in one for one in found)
    assert topics(nothing) == {}


def test_a_topic_that_neither_side_may_read_is_not_on_the_agenda():
    found = document(best=None, weakest=None, widest=None)

    assert "best" not in stages(found, previous=0)
    # A gap alone still is one.
    assert stages(document(best=None, weakest=None), previous=0) == [
        "gap",
        "actions",
        "notice",
    ]


@pytest.mark.parametrize("minutes", [44, 61])
def test_a_talk_takes_from_45_to_60_minutes(minutes):
    with pytest.raises(ValueError, match="45 to 60"):
        agenda(document(), previous=0, minutes=minutes)


@given(
    minutes=st.integers(45, 60),
    previous=st.integers(0, 6),
    found=st.sampled_from(
        [None, document(), document(weakest="DEL"), document(best=None, weakest=None)]
    ),
)
def test_the_minutes_add_up_and_every_stage_has_some(minutes, previous, found):
    rows = agenda(found, previous=previous, minutes=minutes)

    assert sum(one["minutes"] for one in rows) == minutes
    assert min(one["minutes"] for one in rows) >= 3


def test_the_lengths_offered_are_within_the_method():
    for minutes in LENGTHS:
        assert agenda(None, previous=0, minutes=minutes)
    assert Stage(agenda(None, previous=0)[0]["stage"]) is Stage.WELL
