"""What endangers a relationship before a review says so: rules without rows or clock.

Each is asked of what one side may see. Where too little is on record a rule says
nothing: it speaks of how the two deal with each other, not of how much is written down.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from engagements.models import Interaction, Relationship, Side

# Managed like a commodity: of so many last contacts more than half about price...
LAST = 10
# ...or none about improvement in so many days.
IMPROVEMENT_DAYS = 90
# Single thread: more than so many per cent of the contacts of so many days.
THREAD_SHARE, THREAD_DAYS, THREAD_LEAST = 70, 180, 5
# Nothing older is looked at.
LOOK_BACK = 365
_CRITICAL = (Relationship.Segment.STRATEGIC, Relationship.Segment.BOTTLENECK)
_Topic = Interaction.Topic


class Guard(StrEnum):
    """A letter each, as they are stored."""

    COMMODITY = "p"
    THREAD = "t"
    HANDOVER = "h"
    CHARTER = "c"
    ISSUE = "s"


@dataclass(frozen=True)
class Spoken:
    """One contact: its day, its topic, and who took part, by side."""

    on: date
    topic: str
    people: dict[str, frozenset[Any]] = field(default_factory=dict)


@dataclass(frozen=True)
class Held:
    """Who was interface person of a side, from when to when."""

    side: str
    person: Any
    name: str
    from_on: date
    to_on: date | None


def commodity(
    segment: str, began: date, spoken: Sequence[Spoken], today: date
) -> dict[str, int]:
    """Of a critical relationship: {"price", "of"} and {"improvement"}, newest first.

    More than half of ten about price; no improvement in 90 days in which it was said
    what was spoken about, once the relationship is older than that.
    """
    if segment not in _CRITICAL:
        return {}
    found: dict[str, int] = {}
    price = sum(one.topic == _Topic.PRICE for one in spoken[:LAST])
    if 2 * price > LAST:
        found |= {"price": price, "of": LAST}
    since = today - timedelta(days=IMPROVEMENT_DAYS)
    topics = {one.topic for one in spoken if one.on >= since} - {""}
    if began <= since and topics and _Topic.IMPROVEMENT not in topics:
        found["improvement"] = IMPROVEMENT_DAYS
    return found


def single_thread(spoken: Iterable[Spoken], today: date) -> dict[str, Any]:
    """{"share", "of", "client", "supplier"}: the one pair of people.

    A contact goes through a pair where nobody else took part. Fewer than five contacts
    with people of both sides say nothing.
    """
    since = today - timedelta(days=THREAD_DAYS)
    both = [
        one
        for one in spoken
        if one.on >= since and all(one.people.get(side) for side in Side)
    ]
    pairs = Counter(
        tuple(next(iter(one.people[side])) for side in Side)
        for one in both
        if all(len(one.people[side]) == 1 for side in Side)
    )
    if len(both) < THREAD_LEAST or not pairs:
        return {}
    ((client, supplier), count) = pairs.most_common(1)[0]
    if 100 * count <= THREAD_SHARE * len(both):
        return {}
    share = round(100 * count / len(both))
    return {"share": share, "of": len(both), "client": client, "supplier": supplier}


def handover(
    side: str, held: Iterable[Held], spoken: Iterable[Spoken], today: date
) -> dict[str, str]:
    """{"person", "left", "on", "now"}: the interface person left, and nobody who is one
    now has spoken to the other side since. "now" is empty where nobody follows.
    """
    roles = [role for role in held if role.side == side and role.from_on <= today]
    current = [role for role in roles if role.to_on is None or role.to_on >= today]
    here = {role.person for role in current}
    gone = [role for role in roles if role not in current and role.person not in here]
    recent = [role for role in gone if _ended(role) >= today - timedelta(LOOK_BACK)]
    if not recent or any(_has_spoken(role, spoken) for role in current):
        return {}
    last = max(recent, key=_ended)
    now = max(current, key=lambda role: role.from_on, default=None)
    return {
        "person": str(last.person),
        "left": last.name,
        "on": _ended(last).isoformat(),
        "now": now.name if now else "",
    }


def _ended(role: Held) -> date:
    return role.to_on or date.max


def _has_spoken(role: Held, spoken: Iterable[Spoken]) -> bool:
    other = Side(role.side).other
    return any(
        one.on >= role.from_on
        and role.person in one.people.get(role.side, ())
        and one.people.get(other)
        for one in spoken
    )
