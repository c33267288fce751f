"""Reviews of every kind, for properties; and all figures of a record."""

from dataclasses import fields, is_dataclass

from hypothesis import strategies as st

from engagements.reviews.scoring.early_warning import Evidence
from engagements.reviews.scoring.items import Answer
from engagements.reviews.scoring.power import Stance
from engagements.reviews.scoring.status import Flag, Picture

NAMES = ("COM", "DEL", "DIR", "FAI", "INN", "SOL", "TEA", "TRU")
SCORES = st.integers(0, 100).map(float) | st.floats(0, 100)
MAYBE = st.none() | SCORES
SHARES = st.none() | st.floats(0, 1)
STANCES = st.builds(Stance, MAYBE, MAYBE)
WEIGHTS = st.dictionaries(st.sampled_from(NAMES), st.integers(1, 6), min_size=1)


@st.composite
def profiles(draw, count=2):
    """Weights, and so many profiles in some of their dimensions."""
    weights = draw(WEIGHTS)
    full = st.fixed_dictionaries(dict.fromkeys(weights, SCORES))
    known = full | st.fixed_dictionaries({}, optional=dict.fromkeys(weights, MAYBE))
    return weights, *(draw(known) for _profile in range(count))


@st.composite
def waves(draw):
    """Weights, and the people of both sides with their answers."""
    weights = draw(WEIGHTS)
    rows = st.lists(st.none() | st.integers(1, 7), min_size=1, max_size=3)
    full = st.fixed_dictionaries(dict.fromkeys(weights, rows))
    some = st.fixed_dictionaries({}, optional=dict.fromkeys(weights, rows))
    # Half of the time as many as a figure needs.
    people = st.lists(full, min_size=3, max_size=5) | st.lists(some, max_size=5)
    return weights, *([persons(draw(people)) for _side in range(2)])


def persons(rows):
    return [
        {name: [Answer(x) for x in row] for name, row in person.items()}
        for person in rows
    ]


@st.composite
def pictures(draw):
    return Picture(
        client=draw(MAYBE),
        supplier=draw(MAYBE),
        dimensions=draw(st.lists(MAYBE, max_size=4)),
        gap=draw(st.none() | st.floats(-100, 100)),
        largest_gap=draw(MAYBE),
        client_rate=draw(SHARES),
        supplier_rate=draw(SHARES),
        flags=draw(st.sets(st.sampled_from(Flag))),
        age=draw(st.floats(0, 3)),
    )


@st.composite
def evidence(draw):
    return Evidence(
        healths=draw(st.lists(MAYBE, max_size=7)),
        gaps=draw(st.lists(st.none() | st.floats(-100, 100), max_size=3)),
        largest_gap=draw(MAYBE),
        lowest_change=draw(st.none() | st.floats(-100, 100)),
        client_rate=draw(SHARES),
        supplier_rate=draw(SHARES),
        client_rate_before=draw(SHARES),
        supplier_rate_before=draw(SHARES),
        newly_split=draw(st.none() | st.booleans()),
        actions_due=draw(st.none() | st.integers(5, 9)),
        actions_on_time=draw(st.none() | st.integers(0, 5)),
    )


def figures(record):
    """All numbers in a record, however deep; counts and shares of weight aside."""
    if is_dataclass(record):
        told = [one for one in fields(record) if one.name not in {"n", "coverage"}]
        return [x for one in told for x in figures(getattr(record, one.name))]
    if isinstance(record, dict):
        return [x for one in record.values() for x in figures(one)]
    return [record] if isinstance(record, float) else []


def turned(value):
    return None if value is None else -value
