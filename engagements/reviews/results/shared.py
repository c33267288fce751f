"""What both sides read: the same for each, with the words of the instrument in it."""

from __future__ import annotations

from typing import Any

from engagements.reviews.reasons import Circumstances, reasons
from engagements.reviews.results import courses, voices
from engagements.reviews.results.figures import Figures
from engagements.reviews.results.measuring import SideFigures
from engagements.reviews.results.powers import agreed_to, shared_power
from engagements.reviews.results.showing import Showing
from engagements.reviews.results.topics import dimensions, span
from engagements.reviews.results.wave import CLIENT, SIDES, SUPPLIER, Wave
from engagements.reviews.scoring.confidence import of_both
from engagements.reviews.scoring.disclosure import people_band
from engagements.reviews.scoring.health import is_mismatch
from engagements.reviews.scoring.rounding import half_up, reaches
from engagements.reviews.scoring.status import Light

Document = dict[str, Any]
# Both sides at this or above: the word is strong.
STRONG = 80
# What headings, early warnings and the notes on what is hidden need.
_LIMITS = (
    *("gap_note", "gap_wide", "gap_severe", "least_per_side", "least_for_comments"),
    *("fall_warning", "dimension_fall"),
)


def shared(wave: Wave, found: Figures, showing: Showing) -> Document:
    """The document of both sides."""
    head: Document = {
        "form": wave.form.value,
        "mode": wave.mode.value,
        "closed_on": wave.closed_on.isoformat(),
        "instrument": {
            "id": wave.instrument,
            "key": wave.content.key,
            "version": wave.content.version,
        },
        "names": {side: wave.sides[side].name for side in SIDES},
        "scope": wave.scope,
        "sufficient": found.is_sufficient,
        "too_few": [side for side in SIDES if found.sides[side].people < wave.least],
    }
    return head | _figures(wave, found, showing) if found.is_sufficient else head


def _figures(wave: Wave, found: Figures, showing: Showing) -> Document:
    sides = {side: _side(wave, found, showing, side) for side in SIDES}
    client, supplier = sides[CLIENT]["shown"], sides[SUPPLIER]["shown"]
    gap = showing.gap(found.gap.signed, client, supplier)
    return {
        "sides": sides,
        "health": showing.mean(found.health.value, client, supplier),
        "gap": gap,
        "gap_shown": span(gap, client, supplier),
        "confidence": of_both(
            found.sides[CLIENT].confidence, found.sides[SUPPLIER].confidence
        ).value,
        "status": _status(wave, found, sides),
        "dimensions": dimensions(wave, found, showing),
        "previous": courses.previous(wave, found),
        "waves": courses.waves(wave, found, showing),
        "momentum": courses.momentum(found),
        "warning": {
            "level": found.warning.level.value,
            "hits": [hit.rule.value for hit in found.warning.hits],
        },
        "power": shared_power(wave, found),
        "agreed_to_power": agreed_to(wave),
        "comments": voices.comments(wave),
        "by_name": voices.by_name(wave),
    }


def _side(wave: Wave, found: Figures, showing: Showing, side: str) -> Document:
    one = found.sides[side]
    shown = showing.score(one.overall, one.people)
    return {
        "shown": shown,
        "at": showing.place(shown),
        "people": _people(wave, one, showing),
        "asked": wave.sides[side].eligible if showing.is_named else None,
        "turnout": _turnout(wave, one),
        "confidence": one.confidence.value,
        "agreement": one.agreement.value if one.agreement else None,
        "change": courses.change(wave, found, showing, side),
        "mismatch": bool(
            is_mismatch(one.rating.value, one.overall, method=wave.method)
        ),
    }


def _people(wave: Wave, one: SideFigures, showing: Showing) -> str | None:
    """A band; the number itself only where everybody is named."""
    if showing.is_named:
        return str(one.people)
    band = people_band(one.people, method=wave.method)
    return band.value if band else None


def _turnout(wave: Wave, one: SideFigures) -> str | None:
    """In words coarse enough not to give the number away."""
    if one.rate is None:
        return None
    return "most" if reaches(one.rate, wave.method.low_rate) else "few"


def _status(wave: Wave, found: Figures, sides: dict[str, Document]) -> Document:
    """The light and the caps, the word for it, and why it is no better."""
    kept, status, method = found.kept, found.status, wave.method
    series = kept.series if kept else _as_series(found)
    known = Circumstances(notice_given_by=wave.notice_given_by)
    return {
        "light": status.light.value,
        "base": status.base.value if status.base else None,
        "caps": [cap.value for cap in status.caps],
        "word": _word(status.light, sides),
        "why": []
        if status.light is Light.UNKNOWN
        else reasons(status, series, known, method),
        "basis": (kept.form if kept else wave.form).value,
        "kept_from": kept.closed_on.isoformat() if kept else None,
        "limits": {name: int(half_up(getattr(method, name))) for name in _LIMITS},
    }


def _as_series(found: Figures) -> Document:
    """The figures a reason is made from; nothing of them is kept."""
    return {
        "gap": found.gap.signed,
        "largest_gap": found.gap.largest,
        **{
            side: {
                "overall": one.overall,
                "profile": one.result.profile,
                "rate": one.rate,
            }
            for side, one in found.sides.items()
        },
    }


def _word(light: Light, sides: dict[str, Document]) -> str:
    if light is Light.GREEN:
        strong = all((one["at"] or 0) >= STRONG for one in sides.values())
        return "strong" if strong else "steady"
    return {Light.AMBER: "watch", Light.RED: "risk"}.get(light, "none")
