"""The guards each side's row keeps, from what that side may see.

Whoever writes what they are made of calls `ask_anew`: the next round of the clock, and
every new day, writes them again. A page reads them from the row.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Count, Min
from django.utils import timezone

from engagements.models import (
    Charter,
    Interaction,
    InteractionParticipant,
    JointIssue,
    RelationshipSide,
    Side,
    TeamRole,
    Visibility,
)
from engagements.relationships.guards import (
    LOOK_BACK,
    Guard,
    Held,
    Spoken,
    commodity,
    handover,
    single_thread,
)

_BATCH = 200


def ask_anew(relationships: Iterable[Any] | None) -> None:
    """What guards are made of changed on these relationships; None means all."""
    sides = RelationshipSide.objects.exclude(guarded_at=None)
    if relationships is not None:
        sides = sides.filter(relationship__in=list(relationships))
    sides.update(guarded_at=None)


def refresh_guards(today: date) -> int:
    """Write the guards of all sides that ask for it; returns how many changed.

    One query where none does.
    """
    asking = RelationshipSide.objects.filter(guarded_at=None, archived=False)
    rows = asking.order_by("relationship").values_list("relationship", flat=True)
    ids = list(dict.fromkeys(rows))
    batches = [ids[start : start + _BATCH] for start in range(0, len(ids), _BATCH)]
    return sum(_refresh(batch, today) for batch in batches)


@transaction.atomic
def _refresh(ids: list[UUID], today: date) -> int:
    """Those that somebody writes on at this moment are left to the next round."""
    sides = RelationshipSide.objects.filter(relationship__in=ids, guarded_at=None)
    held = sides.select_for_update(no_key=True, skip_locked=True, of=("self",))
    rows = list(held.select_related("relationship").order_by("relationship", "side"))
    known = _known(ids, today)
    changed = []
    for row in rows:
        facts = _facts(row, known, today)
        letters = "".join(guard for guard in Guard if guard in facts)
        if (row.guards, row.guard_facts) != (letters, facts):
            row.guards, row.guard_facts = letters, facts
            changed.append(row)
    asked = RelationshipSide.objects.filter(pk__in=[row.pk for row in rows])
    asked.update(guarded_at=timezone.now())
    # Row by row costs far more than all at once: only where something moved.
    RelationshipSide.objects.bulk_update(
        changed, ["guards", "guard_facts"], batch_size=_BATCH
    )
    return len(changed)


@dataclass(frozen=True)
class _Entry:
    """A contact and who may read it: everybody of both sides, or one organisation."""

    spoken: Spoken
    only: UUID | None


@dataclass(frozen=True)
class _Known:
    """What guards are made of, by relationship; names by person."""

    entries: dict[UUID, list[_Entry]]
    roles: dict[UUID, list[Held]]
    lapsed: dict[UUID, date]
    severe: dict[UUID, tuple[int, date]]
    names: dict[UUID, str]


def _known(ids: list[UUID], today: date) -> _Known:
    """Six queries, whatever the number."""
    names: dict[UUID, str] = {}
    charters = Charter.objects.filter(
        relationship__in=ids, state=Charter.State.ACCEPTED, holds_until__lt=today
    )
    first = JointIssue.Severity.FIRST
    issues = JointIssue.objects.open().filter(relationship__in=ids, severity=first)
    grouped = issues.order_by().values_list("relationship")
    return _Known(
        entries=_entries(ids, today, names),
        roles=_roles(ids),
        lapsed={row.relationship_id: _day(row.holds_until) for row in charters},
        severe={
            pk: (count, since)
            for pk, count, since in grouped.annotate(Count("pk"), Min("opened_on"))
        },
        names=names,
    )


def _entries(
    ids: list[UUID], today: date, names: dict[UUID, str]
) -> dict[UUID, list[_Entry]]:
    since = timezone.make_aware(
        datetime.combine(today - timedelta(days=LOOK_BACK), time.min)
    )
    rows = Interaction.objects.filter(
        relationship__in=ids,
        kind__in=Interaction.CONTACT_KINDS,
        happened_at__gte=since,
    ).order_by("-happened_at", "pk")
    people = _people(ids, since, names)
    found: dict[UUID, list[_Entry]] = defaultdict(list)
    for pk, relationship, place, visibility, topic, at in rows.values_list(
        "pk", "relationship", "organisation", "visibility", "topic", "happened_at"
    ):
        if visibility == Visibility.SEALED:
            continue
        spoken = Spoken(timezone.localdate(at), topic, people.get(pk, {}))
        only = None if visibility == Visibility.SHARED else place
        found[relationship].append(_Entry(spoken, only))
    return found


def _people(
    ids: list[UUID], since: datetime, names: dict[UUID, str]
) -> dict[UUID, dict[str, frozenset[UUID]]]:
    rows = InteractionParticipant.objects.filter(
        interaction__relationship__in=ids, interaction__happened_at__gte=since
    ).order_by()
    found: dict[UUID, dict[str, frozenset[UUID]]] = defaultdict(dict)
    for pk, side, person, name in rows.values_list(
        "interaction", "side", "contact", "contact__name"
    ):
        found[pk][side] = found[pk].get(side, frozenset()) | {person}
        names[person] = name
    return found


def _roles(ids: list[UUID]) -> dict[UUID, list[Held]]:
    rows = TeamRole.objects.filter(
        relationship__in=ids, role=TeamRole.Role.INTERFACE
    ).order_by("from_on", "pk")
    found: dict[UUID, list[Held]] = defaultdict(list)
    for row in rows.select_related("contact"):
        name = row.contact.name
        found[row.relationship_id].append(
            Held(row.side, row.contact_id, name, row.from_on, row.to_on)
        )
    return found


def _day(day: date | None) -> date:
    assert day is not None  # noqa: S101 - an accepted charter says until when
    return day


def _facts(row: RelationshipSide, known: _Known, today: date) -> dict[str, Any]:
    """{letter: what is printed of it}, as this side may see it."""
    return {letter: facts for letter, facts in _found(row, known, today) if facts}


def _found(
    row: RelationshipSide, known: _Known, today: date
) -> Iterator[tuple[str, dict[str, Any]]]:
    pk, about = row.relationship_id, row.relationship
    spoken = [
        entry.spoken
        for entry in known.entries.get(pk, ())
        if row.acted_by_id and entry.only in (None, row.acted_by_id)
    ]
    yield Guard.COMMODITY, commodity(about.segment, about.started_on, spoken, today)
    pair = single_thread(spoken, today)
    named = {side.value: known.names[pair[side.value]] for side in Side if pair}
    yield Guard.THREAD, pair | named
    held = known.roles.get(pk, [])
    sides = {side.value: handover(side, held, spoken, today) for side in Side}
    yield Guard.HANDOVER, {side: facts for side, facts in sides.items() if facts}
    if pk in known.lapsed:
        yield Guard.CHARTER, {"until": known.lapsed[pk].isoformat()}
    if pk in known.severe:
        count, since = known.severe[pk]
        yield Guard.ISSUE, {"count": count, "since": since.isoformat()}
