"""What both sides read: the same for each, with the words of the instrument in it."""

from __future__ import annotations

from typing import Any

from engagements.reviews.instrument.content import ENGLISH
from engagements.reviews.results.figures import Figures, SideFigures
from engagements.reviews.results.showing import Showing
from engagements.reviews.results.topics import dimensions
from engagements.reviews.results.wave import CLIENT, SIDES, SUPPLIER, Wave
from engagements.reviews.scoring.agreement import published
from engagements.reviews.scoring.change import Change
from engagements.reviews.scoring.confidence import of_both
from engagements.reviews.scoring.disclosure import comments_shown, people_band
from engagements.reviews.scoring.health import is_mismatch
from engagements.reviews.scoring.rounding import half_up, reaches
from engagements.reviews.scoring.status import Light

Document = dict[str, Any]
_WAVES = 6
# Both sides at this or above: the word is strong.
STRONG = 80


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
        "sufficient": found.is_sufficient,
    }
    return head | _figures(wave, found, showing) if found.is_sufficient else head


def _figures(wave: Wave, found: Figures, showing: Showing) -> Document:
    sides = {side: _side(wave, found, showing, side) for side in SIDES}
    client, supplier = sides[CLIENT]["shown"], sides[SUPPLIER]["shown"]
    return {
        "sides": sides,
        "health": showing.mean(found.health.value, client, supplier),
        "gap": showing.gap(found.gap.signed, client, supplier),
        "mean_gap": _whole(found.gap.mean_size),
        "confidence": of_both(
            found.sides[CLIENT].confidence, found.sides[SUPPLIER].confidence
        ).value,
        "status": _status(wave, found, sides),
        "dimensions": dimensions(wave, found, showing),
        "previous": _previous(wave, found),
        "waves": _waves(wave, found, showing),
        "momentum": _momentum(found),
        "warning": {
            "level": found.warning.level.value,
            "hits": [hit.rule.value for hit in found.warning.hits],
        },
        "power": _power(wave, found),
        "comments": _comments(wave, found),
    }


def _whole(value: float | None) -> int | None:
    return None if value is None else int(half_up(value))


def _side(wave: Wave, found: Figures, showing: Showing, side: str) -> Document:
    one = found.sides[side]
    shown = showing.score(one.overall, one.people)
    agreed = published(one.agreement, one.people, method=wave.method)
    return {
        "shown": shown,
        "at": showing.place(shown),
        "people": _people(wave, one, showing),
        "asked": wave.sides[side].eligible if showing.is_named else None,
        "turnout": _turnout(one),
        "confidence": one.confidence.value,
        "agreement": agreed.band.value if agreed else None,
        "change": _change(one.change),
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


def _turnout(one: SideFigures) -> str | None:
    """In words coarse enough not to give the number away."""
    if one.rate is None:
        return None
    if one.rate >= 1:
        return "all"
    return "most" if one.rate >= 0.5 else "few"


def _change(change: Change | None) -> Document | None:
    if change is None:
        return None
    return {"delta": _whole(change.delta), "label": change.label.value}


def _status(wave: Wave, found: Figures, sides: dict[str, Document]) -> Document:
    """The light and the caps, with what the words of the reason need."""
    method = wave.method
    under = [
        side
        for side in SIDES
        if not reaches(found.sides[side].overall or 0, method.weak_side)
    ]
    places = [sides[side]["at"] or 0 for side in SIDES]
    rates = [side for side in SIDES if (found.sides[side].rate or 0) < method.low_rate]
    return {
        "light": found.status.light.value,
        "base": found.status.base.value if found.status.base else None,
        "caps": [cap.value for cap in found.status.caps],
        "weak_sides": under,
        "silent_sides": rates,
        "strong": found.status.light is Light.GREEN and min(places) >= STRONG,
        "limits": {
            name: int(half_up(getattr(method, name)))
            for name in ("green", "amber", "weak_side", "failing_side", "gap_wide")
        },
    }


def _previous(wave: Wave, found: Figures) -> Document | None:
    if wave.previous is None or found.previous is None:
        return None
    return {
        "closed_on": wave.previous.closed_on.isoformat(),
        "state": found.previous.state.value,
    }


def _waves(wave: Wave, found: Figures, showing: Showing) -> list[Document]:
    """Up to six waves of this form, oldest first, this one last."""
    same = [one for one in wave.earlier if one.form == wave.form][1 - _WAVES :]
    rows = [
        {
            "closed_on": one.closed_on.isoformat(),
            **{
                side: showing.place(one.series[side]["shown"].get("overall"))
                for side in SIDES
            },
        }
        for one in same
    ]
    now = {
        side: showing.place(
            showing.score(found.sides[side].overall, found.sides[side].people)
        )
        for side in SIDES
    }
    rows.append({"closed_on": wave.closed_on.isoformat(), **now})
    if found.previous is not None and found.previous.is_break:
        rows[-1]["after_break"] = True
    return rows


def _momentum(found: Figures) -> Document | None:
    if found.momentum.slope is None or found.momentum.direction is None:
        return None
    return {
        "direction": found.momentum.direction.value,
        "provisional": found.momentum.provisional,
        "early": found.momentum.early,
        "waves": found.momentum.waves,
    }


def _power(wave: Wave, found: Figures) -> Document | None:
    """In words, after both opted in; else nothing of it crosses the table."""
    if not all(wave.sides[side].shares_dependence for side in SIDES):
        return None
    power = found.power
    if power.label is None or power.basis is None:
        return None
    return {
        "label": power.label.value,
        "basis": power.basis.value,
        "balance": _whole(power.balance),
        "joint": _whole(power.joint_dependence),
        "voice": _whole(power.voice_difference),
        "dominance": _whole(power.dominance),
    }


def _comments(wave: Wave, found: Figures) -> dict[str, list[Document] | None]:
    """Each side's words, unattributed; None where there are too few people."""
    texts = {one.key: one.text[ENGLISH] for one in wave.content.items}
    shown: dict[str, list[Document] | None] = {}
    for side in SIDES:
        named = wave.mode.value == "named"
        enough = comments_shown(len(wave.sides[side].people), method=wave.method)
        if not (named or enough):
            shown[side] = None
            continue
        shown[side] = [
            {
                "item": one.item,
                "question": texts.get(one.item, ""),
                "text": one.text,
                "name": one.name,
            }
            for one in wave.comments
            if one.side == side and not one.facilitator_only
        ]
    return shown
