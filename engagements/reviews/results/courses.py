"""The way here: earlier waves beside this one, as both sides read them."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import Any

from engagements.reviews.instrument.content import Form
from engagements.reviews.results.comparing import comparable
from engagements.reviews.results.figures import Figures
from engagements.reviews.results.showing import Showing
from engagements.reviews.results.wave import SIDES, Earlier, Wave
from engagements.reviews.scoring.rounding import half_up
from engagements.reviews.scoring.versions import Link, linked_change

Document = dict[str, Any]
_WAVES = 6


def kinds(wave: Wave) -> tuple[str, str, str]:
    """Where the figures stand that a wave is compared by: profile, shown, overall."""
    if wave.is_full:
        return "profile", "shown", "overall"
    return "marker_profile", "marker_shown", "marker"


def previous(wave: Wave, found: Figures) -> Document | None:
    """The wave this one is compared with, and whether it can be."""
    if wave.previous is None or found.previous is None:
        return None
    return {
        "closed_on": wave.previous.closed_on.isoformat(),
        "form": wave.previous.form.value,
        "state": found.previous.state.value,
    }


def change(wave: Wave, found: Figures, showing: Showing, side: str) -> Document | None:
    """By how much a side went up since then, and how sure that is."""
    one, before = found.sides[side], wave.previous
    shown = showing.score(one.overall, one.people)
    moved = one.movement
    if moved is None or before is None or found.previous is None or shown is None:
        return None
    if moved.is_hidden:
        return {"delta": None, "label": moved.overall}
    _profile, place, overall = kinds(wave)
    then: Mapping[str, Any] = before.series[side]
    printed = then[place]["overall"]
    if printed is None:
        return None
    if found.previous.same or shown[-1] in "+-" or printed[-1] in "+-":
        delta = showing.step(one.overall, then[overall], shown, printed)
    else:
        delta = _linked(wave, found, before, side)
    return {"delta": delta, "label": moved.overall}


def _linked(wave: Wave, found: Figures, before: Earlier, side: str) -> int | None:
    """The change over what two versions of the instrument have in common."""
    assert found.previous is not None  # noqa: S101 - it was just compared
    kind, _place, _overall = kinds(wave)
    old, new = before.series[side][kind], found.sides[side].result.profile
    common = sorted(found.previous.dimensions)
    delta = linked_change(
        {name: old.get(name) for name in common},
        {name: new.get(name) for name in common},
        before.series["weights"],
        wave.weights,
        method=wave.method,
    ).delta
    return None if delta is None else int(half_up(delta))


def waves(wave: Wave, found: Figures, showing: Showing) -> list[Document]:
    """Up to six waves that ask alike, oldest first, this one last.

    `after_break`: what stands before cannot be compared with it. A side whose change is
    hidden has no course here: beside one another, the figures would tell it.
    """
    same = [
        one
        for one in wave.earlier
        if one.mode is wave.mode and (not wave.is_full or one.form is Form.FULL)
    ][1 - _WAVES :]
    hidden = {
        side: None
        for side, one in found.sides.items()
        if one.movement is not None and one.movement.is_hidden
    }
    rows = [_row(wave, showing, one) | hidden for one in same]
    now = {
        side: showing.place(showing.score(one.overall, one.people))
        for side, one in found.sides.items()
    }
    rows.append({"closed_on": wave.closed_on.isoformat(), **now, "state": "linked"})
    for earlier, row in pairwise(rows):
        broken = earlier["state"] == Link.BREAK and row["state"] != Link.BREAK
        row["after_break"] = broken
    return rows


def _row(wave: Wave, showing: Showing, one: Earlier) -> Document:
    _profile, place, _overall = kinds(wave)
    return {
        "closed_on": one.closed_on.isoformat(),
        **{side: showing.place(one.series[side][place]["overall"]) for side in SIDES},
        "state": comparable(wave, one).state.value,
    }


def momentum(found: Figures) -> Document | None:
    """Where it is going, in a word; None with fewer than two waves."""
    if found.momentum.slope is None or found.momentum.direction is None:
        return None
    return {
        "direction": found.momentum.direction.value,
        "provisional": found.momentum.provisional,
        "early": found.momentum.early,
        "waves": found.momentum.waves,
    }
