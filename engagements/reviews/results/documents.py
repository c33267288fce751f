"""The documents of a wave: one for each audience, made from its figures.

Only `series` holds unrounded figures, for the arithmetic of later waves; the others
hold what their page prints. Nothing suppressed is in any of them.
"""

from __future__ import annotations

from typing import Any

from engagements.reviews.results.figures import Figures, SideFigures, figures
from engagements.reviews.results.finding import finding
from engagements.reviews.results.private import facilitators, own
from engagements.reviews.results.shared import shared
from engagements.reviews.results.showing import Showing
from engagements.reviews.results.wave import SIDES, Wave
from engagements.reviews.scoring.agreement import published
from engagements.reviews.scoring.disclosure import people_band
from engagements.reviews.scoring.outcome import Outcome

Document = dict[str, Any]


def documents(wave: Wave) -> dict[str, Document]:
    """What each audience may read of a wave, by audience.

    With too few answers there is nothing for both sides but that it was so.
    """
    found = figures(wave)
    showing = Showing(wave)
    both = shared(wave, found, showing)
    both["finding"] = finding(wave, found, showing)
    return {
        "shared": both,
        **{side: own(wave, found, showing, side) for side in SIDES},
        "facilitator": facilitators(wave, found),
        "series": series(wave, found),
    }


def series(wave: Wave, found: Figures) -> Document:
    """What later waves compute with, and where the relationship stands after it."""
    known = found.is_sufficient
    return {
        "closed_on": wave.closed_on.isoformat(),
        "form": wave.form.value,
        "mode": wave.mode.value,
        "instrument": wave.instrument,
        "weights": dict(wave.weights),
        **{side: _side(wave, found, side) for side in SIDES},
        "health": found.health.value if known else None,
        "gap": found.gap.signed if known else None,
        "mean_gap": found.gap.mean_size if known else None,
        "largest_gap": found.gap.largest if known else None,
        "marker_health": found.marker.health.value,
        "marker_gap": found.marker.gap.signed,
        "actions_due": wave.actions_due,
        "actions_on_time": wave.actions_on_time,
        "warning": found.warning.level.value,
        "hits": [hit.rule.value for hit in found.warning.hits],
        "status": {
            "light": found.status.light.value if known else "unknown",
            "base": found.status.base.value if known and found.status.base else None,
            "caps": [cap.value for cap in found.status.caps] if known else [],
        },
    }


def _side(wave: Wave, found: Figures, side: str) -> Document:
    one = found.sides[side]
    marker = _marker(found.marker, side)
    showing = Showing(wave)
    return {
        "overall": one.overall,
        "profile": dict(one.result.profile),
        "marker": marker.overall.value,
        "marker_profile": dict(marker.profile),
        "rate": one.rate,
        "people": band(wave, one),
        "agreement": _agreement(wave, one),
        "confidence": one.confidence.value,
        "shown": {
            "overall": showing.score(one.overall, one.people),
            **{name: showing.cell(cell) for name, cell in one.result.cells.items()},
        },
    }


def _marker(marker: Outcome, side: str):
    return marker.client if side == "client" else marker.supplier


def band(wave: Wave, one: SideFigures) -> str | None:
    """How many people a side's figures rest on, as far as it is told."""
    found = people_band(one.people, method=wave.method)
    return found.value if found else None


def _agreement(wave: Wave, one: SideFigures) -> str | None:
    found = published(one.agreement, one.people, method=wave.method)
    return found.band.value if found else None
