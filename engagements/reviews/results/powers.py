"""Who depends on whom and who is heard, in words. Section 3.6, decision 16.

No number of it crosses the table, and no word before both sides agreed.
"""

from __future__ import annotations

from typing import Any

from engagements.reviews.results.figures import Figures
from engagements.reviews.results.showing import Showing
from engagements.reviews.results.wave import CLIENT, SIDES, SUPPLIER, Wave
from engagements.reviews.scoring.power import action_burden, power_note
from engagements.reviews.scoring.rounding import half_up, reaches

Document = dict[str, Any]


def agreed_to(wave: Wave) -> dict[str, bool]:
    """Which side agreed to show power to both."""
    return {side: wave.sides[side].shares_dependence for side in SIDES}


def shared_power(wave: Wave, found: Figures) -> Document | None:
    """What both sides read of it: words, after both agreed."""
    return words(wave, found) if all(agreed_to(wave).values()) else None


def words(wave: Wave, found: Figures) -> Document | None:
    """The balance in words; None where nothing can be compared."""
    power = found.power
    if power.label is None or power.basis is None:
        return None
    joint = power.joint_dependence
    high = wave.method.high_dependence
    return {
        "label": power.label.value,
        "basis": power.basis.value,
        # Above nought the supplier depends more, and the client is heard more.
        "depends_more": _who(wave, power.balance, SUPPLIER, CLIENT),
        "is_heard_more": _who(wave, power.voice_difference, CLIENT, SUPPLIER),
        "joint": None if joint is None else "high" if reaches(joint, high) else "low",
    }


def _who(wave: Wave, value: float | None, above: str, below: str) -> str | None:
    """Which side a difference speaks of; "alike" where it is too small to say."""
    if value is None:
        return None
    if not reaches(abs(value), wave.method.power_tilted):
        return "alike"
    return above if value > 0 else below


def note(wave: Wave, found: Figures) -> str | None:
    """What the facilitator may read from it."""
    if not found.is_sufficient:
        return None
    stances = [found.stances[side] for side in SIDES]
    read = power_note(found.power, *stances, method=wave.method)
    return read.value if read else None


def burden(wave: Wave) -> Document:
    """How many agreed actions each side carries, and whether that is one-sided."""
    carried = {side: wave.carried.get(side, 0) for side in SIDES}
    read = action_burden(carried[CLIENT], carried[SUPPLIER], method=wave.method)
    return carried | {"one_sided": read.one_sided}


def dependence(wave: Wave, found: Figures, side: str) -> str | None:
    """How much a side depends on the other, as its own people read it.

    What it declared is shown as it is; what its people answered, like every score.
    """
    answered = found.sides[side].dependence_answered
    if answered.value is not None:
        return Showing(wave).cell(answered)
    declared = wave.sides[side].declared_dependence
    return None if declared is None else str(half_up(declared))
