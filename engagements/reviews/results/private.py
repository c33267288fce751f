"""What one side alone, or the facilitator alone, may read."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import asdict
from typing import Any

from engagements.reviews.instrument.content import ENGLISH, Module
from engagements.reviews.ratings import answer, by_dimension, person
from engagements.reviews.results.figures import Figures
from engagements.reviews.results.showing import Showing
from engagements.reviews.results.wave import SIDES, Wave
from engagements.reviews.scoring.disclosure import comments_shown
from engagements.reviews.scoring.items import respondent_dimension
from engagements.reviews.scoring.mirror import blind_spots
from engagements.reviews.scoring.power import Stance, power_note
from engagements.reviews.scoring.renewal import (
    ExitEvidence,
    exit_propensity,
    for_other_side,
    renewal_risk,
)
from engagements.reviews.scoring.rounding import half_up
from engagements.reviews.scoring.sides import Mode, side_dimension, side_result
from engagements.reviews.scoring.suppression import suppress_groups_by_dimension

Document = dict[str, Any]


def own(wave: Wave, found: Figures, showing: Showing, side: str) -> Document:
    """What a side reads of itself; also where the other side had too few answers."""
    one = found.sides[side]
    least = 1 if showing.is_named else wave.method.least_per_side
    document: Document = {"side": side, "published": one.people >= least}
    if not document["published"]:
        return document
    document |= {
        "shown": showing.score(one.overall, one.people),
        "dimensions": {
            name: showing.cell(cell) for name, cell in one.result.cells.items()
        },
        "intent": showing.cell(one.intent),
        "rating": showing.cell(one.rating),
        "dependence": None if one.dependence is None else str(half_up(one.dependence)),
        "groups": _groups(wave, showing, side),
    }
    if found.is_sufficient:
        document["renewal"] = _renewal(wave, found, side)
        document["mirror"] = _mirror(wave, side)
    return document


def _groups(wave: Wave, showing: Showing, side: str) -> dict[str, Document]:
    """The one partition, decided once for all dimensions; small groups stay hidden."""
    people = defaultdict(list)
    for one in wave.sides[side].people:
        people[one.group].append(person(wave.content, wave.form, one.answers))
    if showing.is_named or len(people) < 2:
        return {}
    results = {
        group: side_result(rows, wave.weights, mode=wave.mode, method=wave.method)
        for group, rows in people.items()
    }
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
            "dimensions": {
                name: showing.cell(cell) for name, cell in results[group].cells.items()
            },
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
        decision_recorded=False,
        method=wave.method,
    )
    return {
        "risk": risk.risk.value,
        "band": risk.band.value,
        "urgency": risk.urgency.value,
    }


def _mirror(wave: Wave, side: str) -> dict[str, int]:
    """How much the side overrates itself, in each dimension both could be shown in."""
    if not wave.mirror:
        return {}
    other = next(one for one in SIDES if one != side)
    itself = _rated(wave, side, "own")
    by_other = _rated(wave, other, "other")
    return {
        name: int(half_up(gap)) for name, gap in blind_spots(itself, by_other).items()
    }


def _rated(wave: Wave, side: str, about: str) -> dict[str, float | None]:
    items = [
        one
        for one in wave.content.items
        if one.module is Module.MIRROR and one.about == about
    ]
    people = [
        by_dimension(wave.content, items, one.answers)
        for one in wave.sides[side].people
    ]
    return {
        name: side_dimension(
            [
                respondent_dimension(one[name], method=wave.method)
                for one in people
                if name in one
            ],
            mode=wave.mode,
            method=wave.method,
        ).value
        for name in wave.weights
    }


def facilitators(wave: Wave, found: Figures) -> Document:
    """Words for the facilitator alone, and of sides too small to show theirs."""
    texts = {one.key: one.text[ENGLISH] for one in wave.content.items}
    hidden = {
        side
        for side in SIDES
        if wave.mode is not Mode.NAMED
        and not comments_shown(len(wave.sides[side].people), method=wave.method)
    }
    note = None
    if found.is_sufficient:
        stances = [
            Stance(
                dependence=found.sides[side].dependence,
                voice=found.sides[side].result.profile.get("FAI"),
            )
            for side in SIDES
        ]
        note = power_note(found.power, *stances, method=wave.method)
    return {
        "comments": [
            asdict(one) | {"question": texts.get(one.item, "")}
            for one in wave.comments
            if one.facilitator_only or one.side in hidden
        ],
        "power_note": note.value if note else None,
        "all_alike": _all_alike(wave),
    }


def _all_alike(wave: Wave) -> int:
    """How many gave one answer to every statement: a note, no reason to leave out."""
    count = 0
    for side in SIDES:
        for one in wave.sides[side].people:
            given = {
                value
                for item in wave.content.asked(wave.form)
                if item.module is Module.CORE
                and (
                    value := answer(wave.content, item, one.answers.get(item.key)).value
                )
                is not None
            }
            count += len(one.answers) > 1 and len(given) == 1
    return count
