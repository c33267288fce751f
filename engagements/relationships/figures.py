"""Contacts, promises, open issues and waiting ideas of each side, as it sees them.

Written in the transaction that changes them, by imports and by the daily sweep.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import Count, Min, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from engagements.models import (
    Commitment,
    Contact,
    Idea,
    Interaction,
    InteractionParticipant,
    JointIssue,
    Meeting,
    Relationship,
    RelationshipSide,
    Side,
    Visibility,
)
from engagements.relationships.guarding import ask_anew
from engagements.relationships.rhythm import contact_due_on

_BATCH = 500
_STORED = ["last_contact_at", "last_contact_with", "contact_due_on", "next_contact_at"]


def refresh_contacts(relationships: Iterable[object] | None) -> int:
    """Store last and next contact of these relationships' sides; None means all.

    Returns how many sides changed.
    """
    sides = RelationshipSide.objects.order_by().exclude(acted_by=None)
    if relationships is not None:
        sides = sides.filter(relationship__in=list(relationships))
    rows = list(
        sides.annotate(
            latest=Subquery(_last_contacts().values("pk")[:1]),
            latest_at=Subquery(_last_contacts().values("happened_at")[:1]),
            ahead=Subquery(_next_meetings().values("first")[:1]),
        ).select_related("relationship")
    )
    across = _people_across([row.latest for row in rows if row.latest])
    changed = [row for row in rows if _moved(row, across)]
    RelationshipSide.objects.bulk_update(changed, _STORED, batch_size=_BATCH)
    ask_anew(relationships)
    return len(changed)


def refresh_promises(relationships: Iterable[object] | None) -> int:
    """Store the day first agreed of the soonest open promises each side may read.

    Those of the client and those of the supplier. None means all relationships. One
    statement; returns how many sides there are.
    """
    sides = RelationshipSide.objects.order_by()
    if relationships is not None:
        sides = sides.filter(relationship__in=list(relationships))
    seen = Commitment.objects.open().filter(
        _own_or_shared(), relationship=OuterRef("relationship")
    )
    first = {
        f"{side.value}_promise_on": Subquery(
            seen.filter(side=side)
            .order_by()
            .values("relationship")
            .annotate(on=Min("original_due_on"))
            .values("on")
        )
        for side in Side
    }
    return sides.update(**first)


def refresh_issues(relationships: Iterable[object] | None) -> int:
    """Store how many joint issues are open and since when, alike on both sides.

    None means all relationships. One statement; returns how many sides there are.
    """
    sides = RelationshipSide.objects.order_by()
    if relationships is not None:
        sides = sides.filter(relationship__in=list(relationships))
    open_ones = (
        JointIssue.objects.open()
        .filter(relationship=OuterRef("relationship"))
        .order_by()
        .values("relationship")
    )
    count = open_ones.annotate(count=Count("pk")).values("count")
    since = open_ones.annotate(since=Min("opened_on")).values("since")
    return sides.update(
        open_issues=Coalesce(Subquery(count), 0), issues_since=Subquery(since)
    )


def refresh_ideas(relationships: Iterable[object] | None) -> int:
    """Store since when the oldest idea of the other side waits for each side's answer.

    None means all relationships. Returns how many sides there are.
    """
    sides = RelationshipSide.objects.order_by()
    if relationships is not None:
        sides = sides.filter(relationship__in=list(relationships))
    waiting = Idea.objects.filter(
        relationship=OuterRef("relationship"), state=Idea.State.OPEN
    )
    changed = 0
    for side in Side:
        theirs = waiting.filter(side=side.other).order_by().values("relationship")
        since = theirs.annotate(since=Min("given_on")).values("since")
        changed += sides.filter(side=side).update(idea_since=Subquery(since))
    return changed


def _own_or_shared() -> Q:
    return Q(visibility=Visibility.SHARED) | Q(
        visibility=Visibility.INTERNAL, organisation=OuterRef("acted_by")
    )


def _last_contacts() -> QuerySet[Interaction]:
    return Interaction.objects.filter(
        _own_or_shared(),
        relationship=OuterRef("relationship"),
        kind__in=Interaction.CONTACT_KINDS,
    ).order_by("-happened_at", "pk")


def _next_meetings() -> QuerySet:
    ahead = Meeting.objects.planned().filter(
        _own_or_shared(),
        relationship=OuterRef("relationship"),
        starts_at__gte=timezone.now(),
    )
    return ahead.order_by().values("relationship").annotate(first=Min("starts_at"))


def _people_across(interactions: list) -> dict[object, dict[str, object]]:
    """{interaction: {side: a participant}}, in portions a database takes."""
    found: dict[object, dict[str, object]] = {}
    for start in range(0, len(interactions), _BATCH):
        rows = InteractionParticipant.objects.filter(
            interaction__in=interactions[start : start + _BATCH]
        ).order_by("-created_at", "-pk")
        for interaction, side, contact in rows.values_list(
            "interaction_id", "side", "contact_id"
        ):
            found.setdefault(interaction, {})[side] = contact
    return found


def _moved(row: Any, across: dict) -> bool:
    people = across.get(row.latest, {})
    other = next((pk for side, pk in people.items() if side != row.side), None)
    relationship: Relationship = row.relationship
    last_on = timezone.localdate(row.latest_at) if row.latest_at else None
    values = {
        "last_contact_at": row.latest_at,
        "last_contact_with_id": other,
        "contact_due_on": contact_due_on(
            last_on,
            relationship.started_on,
            relationship.segment,
            relationship.contact_rhythm_days,
        ),
        "next_contact_at": row.ahead,
    }
    moved = any(getattr(row, name) != value for name, value in values.items())
    for name, value in values.items():
        setattr(row, name, value)
    return moved


def note_contact(
    relationship: Relationship,
    at: datetime,
    people: dict[str, Contact | None],
    *,
    seen_by: RelationshipSide | None,
) -> None:
    """After one new contact: the sides that see it, where it is their latest.

    `people` names one participant of each side; `seen_by` is the side that alone sees
    an internal one, None for both. One statement a side.
    """
    due = contact_due_on(
        timezone.localdate(at),
        relationship.started_on,
        relationship.segment,
        relationship.contact_rhythm_days,
    )
    older = Q(last_contact_at=None) | Q(last_contact_at__lte=at)
    sides = RelationshipSide.objects.filter(relationship=relationship)
    for side in Side if seen_by is None else [Side(seen_by.side)]:
        latest = sides.filter(older, side=side).exclude(acted_by=None)
        changed = latest.update(
            last_contact_at=at,
            last_contact_with=people.get(side.other),
            contact_due_on=due,
            updated_at=timezone.now(),
            guarded_at=None,
        )
        if not changed:
            sides.filter(side=side).update(guarded_at=None)
