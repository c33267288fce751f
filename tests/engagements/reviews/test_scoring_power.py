"""Examples of power between the sides, and of what may be shown."""

import pytest

from engagements.reviews.scoring.disclosure import (
    PeopleBand,
    displayed,
    exposed_mean,
    may_publish_matched,
    may_recompute,
    people_band,
)
from engagements.reviews.scoring.power import (
    Basis,
    PowerLabel,
    PowerNote,
    Stance,
    action_burden,
    declared_dependence,
    power,
    power_note,
)
from engagements.reviews.scoring.suppression import suppress_groups


def test_power_may_be_balanced():
    found = power(Stance(75, 70), Stance(70, 66))

    assert found.dominance == -0.5
    assert found.label is PowerLabel.BALANCED


@pytest.mark.parametrize(
    ("client", "supplier", "basis", "label"),
    [
        (Stance(40), Stance(60), Basis.STRUCTURAL, PowerLabel.TILTED_CLIENT),
        (Stance(60), Stance(40), Basis.STRUCTURAL, PowerLabel.TILTED_SUPPLIER),
        (Stance(80), Stance(40), Basis.STRUCTURAL, PowerLabel.DOMINATED_SUPPLIER),
        (Stance(80, 70), Stance(None, 40), Basis.FELT, PowerLabel.DOMINATED_CLIENT),
        (Stance(40, 90), Stance(80, 70), Basis.BOTH, PowerLabel.DOMINATED_CLIENT),
        (Stance(40, 14), Stance(80), Basis.STRUCTURAL, PowerLabel.DOMINATED_CLIENT),
        (Stance(90, 15), Stance(0, 0), Basis.BOTH, PowerLabel.CONTESTED),
        (Stance(15, 90), Stance(0, 0), Basis.BOTH, PowerLabel.CONTESTED),
        (Stance(14, 15), Stance(0, 0), Basis.BOTH, PowerLabel.BALANCED),
    ],
)
def test_dominance_rests_on_what_is_known_of_both(client, supplier, basis, label):
    found = power(client, supplier)

    assert (found.basis, found.label) == (basis, label)


@pytest.mark.parametrize(
    ("client", "supplier", "note"),
    [
        (Stance(20, 90), Stance(80, 40), PowerNote.COMPLIANCE),
        (Stance(80, 40), Stance(20, 90), PowerNote.COMPLIANCE),
        (Stance(20, 90), Stance(80, 60), None),
        (Stance(20), Stance(80), None),
        (Stance(45, 70), Stance(65, 40), None),
        (Stance(80, 70), Stance(80, 70), PowerNote.STRATEGIC_FIT),
        (Stance(20, 40), Stance(20, 40), PowerNote.LOOSE),
        (Stance(None, 40), Stance(20, 40), None),
        (Stance(), Stance(), None),
    ],
)
def test_a_facilitator_is_told_what_power_may_mean(client, supplier, note):
    assert power_note(power(client, supplier), client, supplier) is note


def test_facts_that_nobody_declared_say_nothing():
    assert declared_dependence() is None
    assert declared_dependence(share=0.9) == 100
    assert declared_dependence(0.4, 4, 36) == pytest.approx(66.67, abs=0.005)


def test_what_both_carry_counts_half_for_each():
    assert action_burden(1, 1, 2).imbalance == 0
    assert action_burden(0, 1, 1).imbalance == 50
    assert action_burden(9, 1).imbalance == -80
    assert action_burden(0, 0).imbalance is None
    assert not action_burden(0, 0).one_sided


# What may be shown.


@pytest.mark.parametrize(
    ("sizes", "published"),
    [
        ({"lead": 2, "ops": 6, "fin": 3}, ("ops",)),
        ({"b": 5, "a": 5, "lead": 2, "c": 5}, ("b", "c")),
        ({"lead": 4, "ops": 6}, ()),
        ({"lead": 0, "ops": 6}, ("ops",)),
        ({}, ()),
    ],
)
def test_groups_are_hidden_until_the_hidden_are_enough(sizes, published):
    assert suppress_groups(sizes).published == published


def test_a_copy_with_one_person_fewer_tells_that_person():
    assert exposed_mean(3, 200 / 3, 4, 62.5) == pytest.approx(50.0, abs=0.005)
    assert exposed_mean(4, 62.5, 3, 200 / 3) == pytest.approx(50.0, abs=0.005)
    assert exposed_mean(4, 62.5, 4, 66.67) is None


def test_enough_people_may_be_compared_with_themselves():
    assert may_publish_matched(3, 0, 0)
    assert may_publish_matched(5, 3, 4)
    assert not may_publish_matched(2, 0, 0)
    assert not may_publish_matched(5, 0, 2)
    assert may_recompute(0)
    assert may_recompute(3)
    assert not may_recompute(2)


def test_a_figure_on_a_screen_is_whole_and_its_people_a_band():
    assert displayed(72.5, 6) == "73"
    assert displayed(64.49999, 6) == "64"
    assert displayed(64.4999999, 6) == "65"
    assert displayed(0, 3) == "5-"
    assert displayed(0, 10) == "0"
    assert displayed(None, 6) is None
    assert people_band(3) is PeopleBand.FEW
