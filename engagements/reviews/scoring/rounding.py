"""How figures are compared and shown: at six decimals, and rounded half up.

Figures keep their full precision; whether one reaches a threshold is decided on the
difference rounded to six decimals, so that the noise of binary fractions decides
nothing. Section 3.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

PLACES = 6


def reaches(value: float, threshold: float) -> bool:
    """Whether a value is at a threshold or above it; never for "not a number"."""
    return round(value - threshold, PLACES) >= 0


def exceeds(value: float, threshold: float) -> bool:
    """Whether a value is above a threshold; never for "not a number"."""
    return round(value - threshold, PLACES) > 0


def half_up(value: float, places: int = 0) -> Decimal:
    """A figure for people: ties go away from nought, so both signs round alike."""
    settled = Decimal(repr(round(value, PLACES)))
    shown = settled.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    # No "-0" on a screen.
    return abs(shown) if shown.is_zero() else shown
