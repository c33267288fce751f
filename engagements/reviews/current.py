"""How a relationship is today, from its published waves: plain values in and out.

The last wave that carries a status counts: a full one or a check-in. A pulse counts
where there is nothing else, or where the segment has pulses alone and the last full one
went stale; after another wave it improves nothing, but its alert is told. What is
known today caps the status: notice given, actions late, an alert.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from engagements.models import Health, HealthReview, Side
from engagements.reviews.calendar import CADENCES
from engagements.reviews.reasons import Circumstances, reason, reasons
from engagements.reviews.results.shared import STRONG
from engagements.reviews.results.showing import gap, mean, place
from engagements.reviews.scoring.early_warning import Level, actions_late
from engagements.reviews.scoring.parameters import STANDARD, Method
from engagements.reviews.scoring.rounding import exceeds
from engagements.reviews.scoring.status import (
    Flag,
    Light,
    Picture,
    Status,
    status,
)

_DAYS_A_MONTH = 30.4375
_PULSE = HealthReview.Form.PULSE
_WORDS = {Light.GREEN: Health.STEADY, Light.AMBER: Health.WATCH, Light.RED: Health.RISK}


@dataclass(frozen=True)
class Published:
    """A wave both sides may read, or of which they know that too few answered."""

    review: UUID
    form: str
    closed_on: date
    sufficient: bool


@dataclass(frozen=True)
class Wave:
    """A published wave with its unrounded figures and the thresholds it froze."""

    published: Published
    series: Mapping[str, Any]
    method: Method = STANDARD
    # The names of its topics, by key.
    topics: Mapping[str, str] = field(default_factory=dict)
    # The gaps its result prints: by topic, and the whole under no name.
    gaps: Mapping[str, int | None] = field(default_factory=dict)


@dataclass(frozen=True)
class Current:
    """What each side's row keeps, field by field."""

    health: str = Health.NONE
    health_last: str = ""
    health_why: Sequence[str] = ()
    health_basis: str = ""
    health_score: int | None = None
    health_topics: Sequence[Sequence[Any]] = ()
    client_score: int | None = None
    supplier_score: int | None = None
    score_gap: int | None = None
    reviewed_on: date | None = None
    health_review_id: UUID | None = None


def full_period_months(segment: str) -> int:
    """The months between two waves that carry a status."""
    cadence = CADENCES[segment]
    return cadence.months * max(cadence.full_every, 1)


def age(closed_on: date, segment: str, today: date) -> float:
    """How many periods ago a wave closed."""
    days = max((today - closed_on).days, 0)
    return days / (full_period_months(segment) * _DAYS_A_MONTH)


def counting(waves: Sequence[Published], segment: str, today: date) -> list[Published]:
    """The wave that carries the status, then those after it; oldest comes first.

    `waves` are all that are published, in the order in which they closed.
    """
    if not waves:
        return []
    carriers = [one for one in waves if one.form != _PULSE]
    carrier = carriers[-1] if carriers else waves[-1]
    pulses_alone = not CADENCES[segment].full_every
    if pulses_alone and _is_stale(carrier, segment, today):
        carrier = waves[-1]
    return list(waves[waves.index(carrier) :])


def _is_stale(wave: Published, segment: str, today: date) -> bool:
    return exceeds(age(wave.closed_on, segment, today), STANDARD.stale_age)


def current(waves: Sequence[Wave], known: Circumstances, today: date) -> Current:
    """What is stored, from the waves that count."""
    if not waves:
        return Current()
    carrier = waves[0]
    about: dict[str, Any] = {
        "health_basis": carrier.published.form,
        "reviewed_on": carrier.published.closed_on,
        "health_review_id": carrier.published.review,
    }
    if not carrier.published.sufficient:
        return Current(health=Health.FEW, health_why=["few"], **about)
    picture = _picture(carrier.series, _flags(waves, known))
    found = status(picture, method=carrier.method)
    if found.light is Light.UNKNOWN:
        return Current(health=Health.NONE, health_why=["one_sided"], **about)
    word = _word(found, carrier.series)
    about |= _printed(carrier)
    about["health_why"] = reasons(found, carrier.series, known, carrier.method)
    if word is Health.STRONG:
        about["health_why"] = [reason("strong", limit=STRONG)]
    old = age(carrier.published.closed_on, known.segment, today)
    if exceeds(old, carrier.method.stale_age):
        return Current(health=Health.STALE, health_last=word, **about)
    return Current(health=word, **about)


def _flags(waves: Sequence[Wave], known: Circumstances) -> set[Flag]:
    flags = set()
    if known.notice_given_by:
        flags.add(Flag.NOTICE_GIVEN)
    if known.is_severe:
        flags.add(Flag.OPEN_SEV1)
    method = waves[0].method
    if actions_late(known.actions_due, known.actions_on_time, method=method):
        flags.add(Flag.ACTIONS_OVERDUE)
    if any(one.series.get("warning") == Level.ALERT for one in waves):
        flags.add(Flag.EARLY_WARNING_ALERT)
    return flags


def _picture(series: Mapping[str, Any], flags: Collection[Flag]) -> Picture:
    client, supplier = series[Side.CLIENT], series[Side.SUPPLIER]
    return Picture(
        client=client["overall"],
        supplier=supplier["overall"],
        dimensions=[*client["profile"].values(), *supplier["profile"].values()],
        gap=series["gap"],
        largest_gap=series["largest_gap"],
        client_rate=client["rate"],
        supplier_rate=supplier["rate"],
        flags=flags,
    )


def _word(found: Status, series: Mapping[str, Any]) -> Health:
    places = [place(series[side]["shown"]["overall"]) or 0 for side in Side]
    if found.light is Light.GREEN and min(places) >= STRONG:
        return Health.STRONG
    return _WORDS[found.light]


def _printed(wave: Wave) -> dict[str, Any]:
    """The figures as both sides read them in the result."""
    client, supplier = (wave.series[side]["shown"]["overall"] for side in Side)
    return {
        "client_score": place(client),
        "supplier_score": place(supplier),
        "health_score": mean(wave.series["health"], client, supplier),
        "score_gap": _gap(wave, "", wave.series["gap"], client, supplier),
        "health_topics": [_topic(wave, key) for key in wave.topics],
    }


def _topic(wave: Wave, key: str) -> list[Any]:
    sides = [wave.series[side] for side in Side]
    client, supplier = (one["shown"].get(key) for one in sides)
    ours, theirs = (one["profile"].get(key) for one in sides)
    exact = None if ours is None or theirs is None else ours - theirs
    return [
        key,
        wave.topics[key],
        client,
        supplier,
        _gap(wave, key, exact, client, supplier),
    ]


def _gap(
    wave: Wave, key: str, exact: float | None, client: str | None, supplier: str | None
) -> int | None:
    """As its result prints it: frozen, it is right even where rounding changed."""
    if key in wave.gaps:
        return wave.gaps[key]
    return gap(exact, client, supplier, wave.method)
