"""The documents of a wave: one for each audience, made from its figures.

Only `series` holds unrounded figures, for the arithmetic of later waves; the others
hold what their page prints. Nothing suppressed is in any of them.
"""

from __future__ import annotations

from typing import Any

from engagements.reviews.results.figures import Figures, figures
from engagements.reviews.results.finding import finding
from engagements.reviews.results.private import facilitators, own
from engagements.reviews.results.shared import shared
from engagements.reviews.results.showing import Showing
from engagements.reviews.results.wave import SIDES, Wave
from engagements.reviews.scoring.disclosure import people_band
from engagements.reviews.scoring.sides import SideResult

Document = dict[str, Any]


def documents(wave: Wave) -> dict[str, Document]:
    """What each audience may read of a wave, by audience.

    With too few answers there is nothing for both sides but that it was so.
    """
    found = figures(wave)
    showing = Showing(wave)
    both = shared(wave, found, showing)
    both["finding"] = finding(both)
    return {
        "shared": both,
        **{side: own(wave, found, showing, side) for side in SIDES},
        "facilitator": facilitators(wave, found, showing),
        "series": series(wave, found),
    }


def series(wave: Wave, found: Figures) -> Document:
    """What later waves compute with, and where the relationship stands after it.

    Of a wave with too few answers only who took part, as a rate.
    """
    return {
        "closed_on": wave.closed_on.isoformat(),
        "form": wave.form.value,
        "mode": wave.mode.value,
        "instrument": wave.instrument,
        "weights": dict(wave.weights),
        **{side: _side(wave, found, side) for side in SIDES},
        "health": found.health.value,
        "gap": found.gap.signed,
        "mean_gap": found.gap.mean_size,
        "largest_gap": found.gap.largest,
        "marker_health": found.marker.health.value,
        "marker_gap": found.marker.gap.signed,
        "actions_due": wave.actions_due,
        "actions_on_time": wave.actions_on_time,
        "warning": found.warning.level.value,
        "hits": [hit.rule.value for hit in found.warning.hits],
        "status": {
            "light": found.status.light.value,
            "base": found.status.base.value if found.status.base else None,
            "caps": [cap.value for cap in found.status.caps],
        },
    }


def _side(wave: Wave, found: Figures, side: str) -> Document:
    one = found.sides[side]
    known = {
        "profile": dict.fromkeys(wave.weights),
        "marker_profile": dict.fromkeys(wave.weights),
        "shown": dict.fromkeys(("overall", *wave.weights)),
        "marker_shown": dict.fromkeys(("overall", *wave.weights)),
    }
    document: Document = {
        "overall": None,
        "marker": None,
        **known,
        "rate": one.rate,
        "people": None,
        "agreement": None,
        "confidence": "none",
    }
    return document | _figures(wave, found, side) if found.is_sufficient else document


def _figures(wave: Wave, found: Figures, side: str) -> Document:
    one, marker = found.sides[side], getattr(found.marker, side)
    band = people_band(one.people, method=wave.method)
    return {
        "overall": one.overall,
        "profile": dict(one.result.profile),
        "marker": marker.overall.value,
        "marker_profile": dict(marker.profile),
        "people": band.value if band else None,
        "agreement": one.agreement.value if one.agreement else None,
        "confidence": one.confidence.value,
        "shown": _shown(wave, one.result),
        "marker_shown": _shown(wave, marker),
    }


def _shown(wave: Wave, result: SideResult) -> Document:
    showing = Showing(wave)
    return {
        "overall": showing.score(result.overall.value, result.completed),
        **{name: showing.cell(cell) for name, cell in result.cells.items()},
    }
