"""How likely a side is to leave, and how soon it must say so. Section 3.12.

An aid for ordering, not a probability: no page may print it as one.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from math import isfinite

from engagements.reviews.scoring.parameters import STANDARD, Method
from engagements.reviews.scoring.ranges import (
    check_scores,
    check_shares,
)
from engagements.reviews.scoring.rounding import reaches
from engagements.reviews.scoring.weighting import weighted_mean


class PropensityBand(StrEnum):
    """How likely the likelier side is to leave."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"
    UNKNOWN = "unknown"


class Urgency(StrEnum):
    """How near the notice deadline is."""

    IMMINENT = "imminent"
    NEAR = "near"
    PLANNED = "planned"
    DISTANT = "distant"
    LOCKED_OR_LAPSED = "locked_or_lapsed"


class Risk(StrEnum):
    """What to look at first; after the deadline there is nothing left to order."""

    CRITICAL = "critical"
    HIGH = "high"
    ELEVATED = "elevated"
    WATCH = "watch"
    LOW = "low"
    UNKNOWN = "unknown"
    LOCKED_OR_LAPSED = "locked_or_lapsed"


@dataclass(frozen=True)
class ExitEvidence:
    """What is known of one side; None is "not known".

    `intent`, its wish to go on, and `health`, its overall score: 0 to 100. `momentum`:
    points a quarter. `response_rate` and `on_time_rate`, of its actions: shares. Raises
    ValueError for figures out of range.
    """

    intent: float | None = None
    health: float | None = None
    momentum: float | None = None
    response_rate: float | None = None
    on_time_rate: float | None = None

    def __post_init__(self) -> None:
        check_scores(intent=self.intent, health=self.health)
        if self.momentum is not None and not isfinite(self.momentum):
            raise ValueError(f"momentum: {self.momentum!r} is not a number.")
        check_shares(response_rate=self.response_rate, on_time_rate=self.on_time_rate)


@dataclass(frozen=True)
class RenewalRisk:
    """The propensity of the likelier side, 0 to 100, and what follows."""

    propensity: float | None
    band: PropensityBand
    urgency: Urgency
    risk: Risk


def exit_propensity(
    evidence: ExitEvidence, *, method: Method = STANDARD
) -> float | None:
    """How likely a side is to leave, 0 to 100: the weighted mean of what is known.

    None unless its intent or its score is known.
    """
    if evidence.intent is None and evidence.health is None:
        return None
    parts = (
        (method.weight_intent, _lack(evidence.intent)),
        (method.weight_health, _lack(evidence.health)),
        (method.weight_decline, _decline(evidence.momentum, method)),
        (method.weight_silence, _missing(evidence.response_rate)),
        (method.weight_actions, _missing(evidence.on_time_rate)),
    )
    return weighted_mean((weight, one) for weight, one in parts if one is not None)


def for_other_side(evidence: ExitEvidence) -> ExitEvidence:
    """What the other side's view may rest on: all but the intent.

    Else it could be read off the number, which is a negotiating position.
    """
    return replace(evidence, intent=None)


def renewal_risk(
    client: float | None,
    supplier: float | None,
    days_to_notice: int,
    *,
    decision_recorded: bool,
    method: Method = STANDARD,
) -> RenewalRisk:
    """The risk from both sides' propensities and the days to the notice deadline.

    The higher propensity counts, since either side can leave. Raises ValueError for
    what is no propensity of 0 to 100.
    """
    check_scores(client=client, supplier=supplier)
    propensity = max(
        (one for one in (client, supplier) if one is not None), default=None
    )
    band, urgency = _band(propensity, method), _urgency(days_to_notice, method)
    risk = _RISKS[band].get(urgency, Risk.LOCKED_OR_LAPSED)
    undecided = urgency is Urgency.IMMINENT and not decision_recorded
    if band is PropensityBand.LOW and undecided:
        risk = Risk.ELEVATED
    return RenewalRisk(propensity, band, urgency, risk)


def _lack(score: float | None) -> float | None:
    return None if score is None else 100 - score


def _missing(share: float | None) -> float | None:
    return None if share is None else 100 * (1 - share)


def _decline(slope: float | None, method: Method) -> float | None:
    if slope is None:
        return None
    return min(max(-method.decline_factor * slope, 0.0), 100.0)


def _band(propensity: float | None, method: Method) -> PropensityBand:
    if propensity is None:
        return PropensityBand.UNKNOWN
    if reaches(propensity, method.risk_high):
        return PropensityBand.HIGH
    medium = reaches(propensity, method.risk_medium)
    return PropensityBand.MEDIUM if medium else PropensityBand.LOW


def _urgency(days: int, method: Method) -> Urgency:
    if days < 0:
        return Urgency.LOCKED_OR_LAPSED
    limits = (
        (method.imminent_days, Urgency.IMMINENT),
        (method.near_days, Urgency.NEAR),
        (method.planned_days, Urgency.PLANNED),
    )
    for limit, urgency in limits:
        if days <= limit:
            return urgency
    return Urgency.DISTANT


def _row(*risks: Risk) -> dict[Urgency, Risk]:
    urgencies = (Urgency.IMMINENT, Urgency.NEAR, Urgency.PLANNED, Urgency.DISTANT)
    return dict(zip(urgencies, risks, strict=True))


_RISKS = {
    PropensityBand.HIGH: _row(Risk.CRITICAL, Risk.HIGH, Risk.HIGH, Risk.ELEVATED),
    PropensityBand.MEDIUM: _row(Risk.HIGH, Risk.ELEVATED, Risk.ELEVATED, Risk.WATCH),
    PropensityBand.LOW: _row(Risk.WATCH, Risk.WATCH, Risk.LOW, Risk.LOW),
    PropensityBand.UNKNOWN: _row(
        Risk.ELEVATED, Risk.ELEVATED, Risk.UNKNOWN, Risk.UNKNOWN
    ),
}
