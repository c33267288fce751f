"""What one side alone, or the facilitator alone, may read."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from engagements.reviews.instrument.content import ENGLISH
from engagements.reviews.results.figures import Figures
from engagements.reviews.results.measuring import mirrored, side_result
from engagements.reviews.results.powers import burden, dependence, note, words
from engagements.reviews.results.showing import Showing
from engagements.reviews.results.voices import comment, comments_may_be_shown
from engagements.reviews.results.wave import SIDES, Wave, other
from engagements.reviews.scoring.mirror import blind_spots
from engagements.reviews.scoring.renewal import (
    ExitEvidence,
    exit_propensity,
    for_other_side,
    renewal_risk,
)
from engagements.reviews.scoring.sides import SideResult
from engagements.reviews.scoring.status import Flag
from engagements.reviews.scoring.suppression import suppress_groups_by_dimension

Document = dict[str, Any]


def own(wave: Wave, found: Figures, showing: Showing, side: str) -> Document:
    """What a side reads of itself; also where the other side had too few answers."""
    one = found.sides[side]
    document: Document = {"side": side, "published": one.people >= wave.least}
    if not document["published"]:
        return document
    document |= {
        "shown": showing.score(one.overall, one.people),
        "at": showing.place(showing.score(one.overall, one.people)),
        "dimensions": _topics(wave, showing, one.result),
        "intent": showing.cell(one.intent),
        "rating": showing.cell(one.rating),
        "dependence": dependence(wave, found, side),
        "groups": _groups(wave, showing, side),
    }
    if found.is_sufficient:
        document["renewal"] = _renewal(wave, found, side)
        document["mirror"] = _mirror(wave, showing, side)
    return document


def _topics(wave: Wave, showing: Showing, found: SideResult) -> list[Document]:
    """Some people's figures, a topic each, with its words."""
    rows = []
    for one in wave.content.dimensions:
        shown = showing.cell(found.cells[one.key])
        rows.append(
            {
                "key": one.key,
                "name": one.name[ENGLISH],
                "shown": shown,
                "at": showing.place(shown),
            }
        )
    return rows


def _groups(wave: Wave, showing: Showing, side: str) -> dict[str, Document]:
    """The one partition, decided once for all dimensions; small groups stay hidden."""
    people = defaultdict(list)
    for one in wave.sides[side].people:
        people[one.group].append(one)
    if showing.is_named or len(people) < 2:
        return {}
    results = {group: side_result(wave, rows) for group, rows in people.items()}
    sizes = {
        group: {name: cell.n for name, cell in found.cells.items()}
        for group, found in results.items()
    }
    chosen = suppress_groups_by_dimension(sizes, wave.method.least_per_group)
    return {
        group: {
            "shown": showing.score(
                results[group].overall.value, results[group].completed
            ),
            "dimensions": _topics(wave, showing, results[group]),
        }
        for group in chosen.published
        if group
    }


def _renewal(wave: Wave, found: Figures, viewer: str) -> Document | None:
    """Its own side with its intent, the other without: no position is given away."""
    days = wave.days_to_notice.get(viewer)
    if days is None:
        return None
    on_time = None
    if wave.actions_due and wave.actions_on_time is not None:
        on_time = wave.actions_on_time / wave.actions_due
    propensity = {}
    for side in SIDES:
        one = found.sides[side]
        evidence = ExitEvidence(
            intent=one.intent.value,
            health=one.overall,
            momentum=found.momentum.slope,
            response_rate=one.rate,
            on_time_rate=on_time,
        )
        seen = evidence if side == viewer else for_other_side(evidence)
        propensity[side] = exit_propensity(seen, method=wave.method)
    risk = renewal_risk(
        propensity["client"],
        propensity["supplier"],
        days,
        decision_recorded=Flag.NOTICE_GIVEN in wave.flags,
        method=wave.method,
    )
    return {
        "risk": risk.risk.value,
        "band": risk.band.value,
        "urgency": risk.urgency.value,
    }


def _mirror(wave: Wave, showing: Showing, side: str) -> list[Document]:
    """What a side says of itself beside what the other says of it, by dimension."""
    itself, by_other = mirrored(wave, side, "own"), mirrored(wave, other(side), "other")
    names = {one.key: one.name[ENGLISH] for one in wave.content.dimensions}
    rows = []
    for name in itself.keys() & by_other.keys():
        own_shown, other_shown = (
            showing.cell(cells[name]) for cells in (itself, by_other)
        )
        spot = blind_spots(
            {name: itself[name].value}, {name: by_other[name].value}
        ).get(name)
        gap = showing.gap(spot, own_shown, other_shown)
        if gap is not None:
            rows.append(
                {
                    "key": name,
                    "name": names[name],
                    "own": own_shown,
                    "other": other_shown,
                    "over": gap,
                }
            )
    return sorted(rows, key=lambda row: (-row["over"], row["key"]))


def facilitators(wave: Wave, found: Figures, showing: Showing) -> Document:
    """Words for the facilitator alone, and of sides too small to show theirs."""
    hidden = {side for side in SIDES if not comments_may_be_shown(wave, side)}
    return {
        "comments": [
            comment(wave, one)
            | {"side": one.side, "facilitator_only": one.facilitator_only}
            for one in wave.comments
            if one.facilitator_only or one.side in hidden
        ],
        "to_paraphrase": sorted(
            {
                one.side
                for one in wave.comments
                if one.side in hidden and not one.facilitator_only
            }
        ),
        "power": words(wave, found),
        "power_note": note(wave, found),
        "burden": burden(wave),
        **{side: _of_side(wave, found, showing, side) for side in SIDES},
    }


def _of_side(wave: Wave, found: Figures, showing: Showing, side: str) -> Document:
    """What the facilitator reads of one side; nothing where there is no result."""
    if not found.is_sufficient:
        return {"groups": {}, "mirror": [], "dependence": None}
    return {
        "groups": _groups(wave, showing, side),
        "mirror": _mirror(wave, showing, side),
        "dependence": dependence(wave, found, side),
    }
