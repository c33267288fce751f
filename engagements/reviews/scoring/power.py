"""Who depends on whom, who is heard, who carries the actions. Section 3.6.

Dependence asymmetry and joint dependence as in Gulati & Sytch (2007) and Caniels &
Gelderman (2007); differences rather than ratios, which explode where dependence is
small. Above nought the client holds the power. No label here is good or bad.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from statistics import fmean

from engagements.reviews.scoring.parameters import STANDARD, Method
from engagements.reviews.scoring.ranges import (
    check_at_least,
    check_counts,
    check_scores,
    check_shares,
)
from engagements.reviews.scoring.rounding import exceeds, reaches
from engagements.reviews.scoring.weighting import weighted_mean


class Basis(StrEnum):
    """What dominance rests on."""

    BOTH = "structural+felt"
    STRUCTURAL = "structural"
    FELT = "felt"


class PowerLabel(StrEnum):
    """Who holds the power; contested where structure and voice say the opposite."""

    BALANCED = "balanced"
    TILTED_CLIENT = "tilted_client"
    TILTED_SUPPLIER = "tilted_supplier"
    DOMINATED_CLIENT = "dominated_client"
    DOMINATED_SUPPLIER = "dominated_supplier"
    CONTESTED = "contested"


class PowerNote(StrEnum):
    """What a facilitator may read from it."""

    STRATEGIC_FIT = "strategic_fit"
    LOOSE = "loose"
    COMPLIANCE = "compliance"


@dataclass(frozen=True)
class Stance:
    """One side: how much it depends on the other, and how freely it can speak.

    Scores of 0 to 100, or None: the mean of its own dependence items, or declared
    facts; and its score in fairness and voice. Raises ValueError for what is no score.
    """

    dependence: float | None = None
    voice: float | None = None

    def __post_init__(self) -> None:
        check_scores(dependence=self.dependence, voice=self.voice)


@dataclass(frozen=True)
class Power:
    """Points of -100 to 100, above nought in the client's favour; joint 0 to 100."""

    balance: float | None
    joint_dependence: float | None
    voice_difference: float | None
    dominance: float | None
    basis: Basis | None
    label: PowerLabel | None


@dataclass(frozen=True)
class ActionBurden:
    """Points of -100 (client does all) to 100 (supplier does all)."""

    imbalance: float | None
    one_sided: bool


def declared_dependence(
    share: float | None = None,
    alternatives: int | None = None,
    months_to_replace: float | None = None,
    *,
    method: Method = STANDARD,
) -> float | None:
    """A side's dependence, 0 to 100, from declared facts where its answers are too few.

    `share` (0 to 1): of the supplier's revenue from this client, or of the client's
    spend in the category with this supplier. The mean of what is known; None for
    nothing. Raises ValueError for facts out of range.
    """
    check_shares(share=share)
    check_counts(alternatives=alternatives)
    check_at_least(0, months_to_replace=months_to_replace)
    known: list[float] = []
    if share is not None:
        known.append(100 * min(1.0, share / method.full_share))
    if alternatives is not None:
        known.append(max(0.0, 100 - method.alternative_worth * alternatives))
    if months_to_replace is not None:
        known.append(100 * min(1.0, months_to_replace / method.full_months))
    return fmean(known) if known else None


def power(client: Stance, supplier: Stance, *, method: Method = STANDARD) -> Power:
    """Power from both sides' dependence and felt voice.

    Only what is known of both is compared; dominance rests on what could be.
    """
    balance = _difference(supplier.dependence, client.dependence)
    felt = _difference(client.voice, supplier.voice)
    parts = ((method.weight_structure, balance), (method.weight_felt, felt))
    known = [(weight, value) for weight, value in parts if value is not None]
    dominance = weighted_mean(known) if known else None
    joint = [one.dependence for one in (client, supplier) if one.dependence is not None]
    return Power(
        balance=balance,
        joint_dependence=fmean(joint) if len(joint) == 2 else None,
        voice_difference=felt,
        dominance=dominance,
        basis=_basis(balance, felt),
        label=None if dominance is None else _label(dominance, balance, felt, method),
    )


def power_note(
    found: Power, client: Stance, supplier: Stance, *, method: Method = STANDARD
) -> PowerNote | None:
    """What a facilitator may read from the power between two sides.

    Compliance instead of commitment where the dominated side hardly has a voice; fit
    or a loose tie where power is balanced, by joint dependence. What is high the method
    leaves open: here, the upper half.
    """
    weaker: dict[PowerLabel | None, float | None] = {
        PowerLabel.DOMINATED_CLIENT: supplier.voice,
        PowerLabel.DOMINATED_SUPPLIER: client.voice,
    }
    voice = weaker.get(found.label)
    if voice is not None and not reaches(voice, method.low_voice):
        return PowerNote.COMPLIANCE
    if found.label is not PowerLabel.BALANCED or found.joint_dependence is None:
        return None
    high = reaches(found.joint_dependence, method.high_dependence)
    return PowerNote.STRATEGIC_FIT if high else PowerNote.LOOSE


def action_burden(
    client: int, supplier: int, joint: int = 0, *, method: Method = STANDARD
) -> ActionBurden:
    """Who carries the agreed actions; one carried by both counts half for each.

    Few actions are never flagged. Raises ValueError for what is no count.
    """
    check_counts(client=client, supplier=supplier, joint=joint)
    total = client + supplier + joint
    if not total:
        return ActionBurden(None, one_sided=False)
    imbalance = 100 * (supplier - client) / total
    heavy = reaches(abs(imbalance), method.burden_imbalance)
    return ActionBurden(imbalance, one_sided=heavy and total >= method.burden_actions)


def _difference(first: float | None, second: float | None) -> float | None:
    return None if first is None or second is None else first - second


def _basis(balance: float | None, felt: float | None) -> Basis | None:
    if balance is None:
        return None if felt is None else Basis.FELT
    return Basis.STRUCTURAL if felt is None else Basis.BOTH


def _label(
    dominance: float, balance: float | None, felt: float | None, method: Method
) -> PowerLabel:
    if _contested(balance, felt, method):
        return PowerLabel.CONTESTED
    client = exceeds(dominance, 0)
    if reaches(abs(dominance), method.power_dominated):
        return PowerLabel.DOMINATED_CLIENT if client else PowerLabel.DOMINATED_SUPPLIER
    if reaches(abs(dominance), method.power_tilted):
        return PowerLabel.TILTED_CLIENT if client else PowerLabel.TILTED_SUPPLIER
    return PowerLabel.BALANCED


def _contested(balance: float | None, felt: float | None, method: Method) -> bool:
    if balance is None or felt is None or balance * felt >= 0:
        return False
    return reaches(min(abs(balance), abs(felt)), method.power_contested)
