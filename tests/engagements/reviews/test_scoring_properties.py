"""What holds of all reviews: two equal sides, no order, no figure where none may be."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from engagements.reviews.scoring.agreement import agreement
from engagements.reviews.scoring.agreement import published as published_agreement
from engagements.reviews.scoring.confidence import (
    Confidence,
    confidence,
    of_both,
)
from engagements.reviews.scoring.disclosure import displayed, people_band
from engagements.reviews.scoring.early_warning import early_warning
from engagements.reviews.scoring.items import Answer
from engagements.reviews.scoring.mirror import blind_spots, reciprocity
from engagements.reviews.scoring.outcome import outcome
from engagements.reviews.scoring.power import Stance, action_burden, power, power_note
from engagements.reviews.scoring.renewal import (
    renewal_risk,
)
from engagements.reviews.scoring.sides import Mode, side_dimension, side_result
from engagements.reviews.scoring.status import Light, Picture, status
from tests.engagements.reviews.review_strategies import (
    MAYBE,
    SCORES,
    STANCES,
    evidence,
    figures,
    pictures,
    profiles,
    turned,
    waves,
)

# The two sides are equal.


@given(waves())
def test_exchanging_the_sides_turns_the_gap_and_nothing_else(wave):
    weights, ours, theirs = wave

    found, other = outcome(ours, theirs, weights), outcome(theirs, ours, weights)

    assert (other.client, other.supplier) == (found.supplier, found.client)
    assert other.health == found.health
    assert other.gap == replace(
        found.gap,
        by_dimension={name: -gap for name, gap in found.gap.by_dimension.items()},
        signed=turned(found.gap.signed),
    )


@given(STANCES, STANCES)
def test_exchanging_the_sides_turns_power_and_nothing_else(ours, theirs):
    found, other = power(ours, theirs), power(theirs, ours)

    swap = {"client": "supplier", "supplier": "client"}
    kind, _sep, side = (found.label or "").partition("_")
    mirrored = f"{kind}_{swap[side]}" if side else found.label
    assert other == replace(
        found,
        balance=turned(found.balance),
        voice_difference=turned(found.voice_difference),
        dominance=turned(found.dominance),
        label=mirrored,
    )
    assert power_note(other, theirs, ours) == power_note(found, ours, theirs)


@given(st.integers(0, 9), st.integers(0, 9), st.integers(0, 9))
def test_exchanging_the_sides_turns_the_burden(ours, theirs, joint):
    found, other = (
        action_burden(ours, theirs, joint),
        action_burden(theirs, ours, joint),
    )

    assert other == replace(found, imbalance=turned(found.imbalance))
    assert found.imbalance is None or -100 <= found.imbalance <= 100


@given(profiles())
def test_exchanging_the_sides_turns_what_they_think_of_each_other(case):
    _weights, ours, theirs = case

    assert reciprocity(theirs, ours) == {
        name: -gap for name, gap in reciprocity(ours, theirs).items()
    }
    assert blind_spots(ours, theirs).keys() == blind_spots(theirs, ours).keys()


@given(pictures())
def test_exchanging_the_sides_leaves_the_status(picture):
    mirrored = replace(
        picture,
        client=picture.supplier,
        supplier=picture.client,
        dimensions=picture.dimensions[::-1],
        gap=turned(picture.gap),
        client_rate=picture.supplier_rate,
        supplier_rate=picture.client_rate,
    )

    assert status(mirrored) == status(picture)


@given(evidence())
def test_exchanging_the_sides_exchanges_who_is_silent(found):
    mirrored = replace(
        found,
        gaps=[turned(gap) for gap in found.gaps],
        client_rate=found.supplier_rate,
        supplier_rate=found.client_rate,
        client_rate_before=found.supplier_rate_before,
        supplier_rate_before=found.client_rate_before,
    )
    swap = {"W7C": "W7S", "W7S": "W7C"}

    before, after = early_warning(found), early_warning(mirrored)

    assert after.level == before.level
    assert {(swap.get(hit.rule, hit.rule), hit.level) for hit in after.hits} == {
        (hit.rule, hit.level) for hit in before.hits
    }


@given(MAYBE, MAYBE, st.integers(-10, 500), st.booleans())
def test_exchanging_the_sides_leaves_the_risk_of_renewal(ours, theirs, days, decided):
    found = renewal_risk(ours, theirs, days, decision_recorded=decided)

    assert renewal_risk(theirs, ours, days, decision_recorded=decided) == found


@given(st.sampled_from(Confidence), st.sampled_from(Confidence))
def test_the_confidence_of_both_is_that_of_the_weaker(ours, theirs):
    found = of_both(ours, theirs)

    assert found == of_both(theirs, ours)
    assert found in {ours, theirs}
    assert of_both(found, Confidence.HIGH) == found


# No order matters.


@given(waves(), st.randoms(use_true_random=True))
def test_the_order_of_people_dimensions_and_items_is_nothing(wave, random):
    def mixed(people):
        people = [
            {name: random.sample(row, len(row)) for name, row in reversed(one.items())}
            for one in people
        ]
        return random.sample(people, len(people))

    weights, ours, theirs = wave

    found = outcome(mixed(ours), mixed(theirs), dict(reversed(weights.items())))

    assert found == outcome(ours, theirs, weights)


@given(waves())
def test_a_side_is_computed_without_the_other(wave):
    weights, ours, theirs = wave

    found = outcome(ours, theirs, weights)

    assert (
        found.client == side_result(ours, weights) == outcome(ours, [], weights).client
    )
    assert found.supplier == outcome([], theirs, weights).supplier


@given(
    st.lists(st.lists(st.none() | st.integers(1, 7), min_size=4, max_size=4)),
    st.permutations(range(4)),
)
def test_agreement_knows_neither_order_nor_direction(matrix, order):
    found = agreement(matrix, 7)

    mixed = [[row[person] for person in order] for row in reversed(matrix)]
    reversed_scale = [[None if x is None else 8 - x for x in row] for row in matrix]
    assert agreement(mixed, 7) == found
    assert found is None or agreement(reversed_scale, 7).band == found.band


# A null answer changes nothing else.


@given(waves(), st.data())
def test_a_null_answer_changes_no_other_cell(wave, data):
    weights, ours, theirs = wave
    chosen = data.draw(st.sampled_from(sorted(weights)))
    silent = {chosen: [Answer(None)]}
    at = data.draw(st.integers(0, len(ours)))

    joined = outcome(
        [*ours, {name: [Answer(None)] for name in weights}], theirs, weights
    )
    muted = outcome([*ours[:at], *(one | silent for one in ours[at:])], theirs, weights)

    found = outcome(ours, theirs, weights)
    assert joined == found
    assert muted.supplier == found.supplier
    for name in weights.keys() - {chosen}:
        assert muted.client.cells[name] == found.client.cells[name]


# What is suppressed stays so, and spreads.


@given(waves())
def test_no_cell_of_few_people_has_a_figure(wave):
    weights, ours, theirs = wave

    found = outcome(ours, theirs, weights)

    for side in (found.client, found.supplier):
        for cell in side.cells.values():
            assert (cell.value is None) == (cell.n < 3)
            assert (cell.state == "ok") == (cell.n >= 3)
            assert (cell.state == "no_data") == (cell.n == 0)


@given(waves())
def test_nothing_computed_from_a_suppressed_side_has_a_figure(wave):
    weights, ours, theirs = wave

    found = outcome(ours, theirs[:2], weights)

    assert figures(found.supplier) == []
    assert figures(found.health) == figures(found.gap) == []
    assert (found.gap.widest, found.gap.band) == (None, None)
    pictured = Picture(found.client.overall.value, found.supplier.overall.value)
    assert status(pictured).light is Light.UNKNOWN
    voices = [
        Stance(voice=one.profile.get("FAI")) for one in (found.client, found.supplier)
    ]
    assert figures(power(*voices)) == []


@given(SCORES, st.integers(0, 2), st.lists(st.lists(st.integers(1, 7), max_size=2)))
def test_no_function_shows_a_figure_of_few_people(score, n, matrix):
    assert side_dimension([score] * n).value is None
    assert displayed(score, n) is None
    assert people_band(n) is None
    assert confidence(n, n) is Confidence.NONE
    assert published_agreement(agreement(matrix, 7), n) is None


@given(waves())
def test_with_names_every_answer_counts(wave):
    weights, ours, theirs = wave

    found = outcome(ours, theirs, weights, mode=Mode.NAMED)

    for cell in (*found.client.cells.values(), *found.supplier.cells.values()):
        assert (cell.value is None) == (cell.n == 0)
