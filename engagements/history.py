"""What changed, by whom and why; the timeline both sides read.

Called inside the transaction that makes the change.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils import timezone

from engagements.models import (
    Change,
    ChangeSet,
    Contact,
    Organisation,
    Relationship,
    TimelineEntry,
    Visibility,
)

if TYPE_CHECKING:
    from engagements.models import Standing


def differences(
    row: models.Model, values: dict[str, Any]
) -> dict[str, list[str | None]]:
    """Which of the new values differ from the row: {"field": [before, after]}."""
    return {
        name: [_words(getattr(row, name)), _words(value)]
        for name, value in values.items()
        if getattr(row, name) != value
    }


def record_change(
    row: models.Model,
    fields: dict[str, list[str | None]],
    *,
    by: Standing,
    relationship: Relationship | None = None,
    visibility: str = Visibility.INTERNAL,
    reason: str = "",
    change_set: ChangeSet | None = None,
) -> Change | None:
    """Keep a dated edit; nothing is kept where nothing differs."""
    if not fields:
        return None
    return Change.objects.create(
        object_kind=row._meta.model_name or "",
        object_id=row.pk,
        relationship=relationship,
        organisation=by.organisation,
        visibility=visibility,
        by=by.contact,
        reason=reason,
        fields=fields,
        change_set=change_set,
    )


def record_event(
    relationship: Relationship,
    *,
    kind: str,
    title: str,
    at: datetime | None = None,
    mark: str = "",
    organisation: Organisation | None = None,
    visibility: str = Visibility.SHARED,
    row: models.Model | None = None,
    address: str = "",
    people: Iterable[Contact] = (),
    text: str = "",
    facts: Iterable[str] = (),
    first: bool = False,
) -> TimelineEntry:
    """Put one thing that happened on a timeline; the same event again replaces it.

    `first`: the row is new, so that there is nothing to look for.
    """
    values = {
        "relationship": relationship,
        "at": at or timezone.now(),
        "organisation": organisation,
        "visibility": visibility,
        "address": address,
        "title": title[:200],
        "people": ", ".join(person.name for person in people)[:300],
        "text": text,
        "facts": list(facts),
    }
    if row is None or first:
        return TimelineEntry.objects.create(
            kind=kind, mark=mark, object_id=row.pk if row else None, **values
        )
    entry, _created = TimelineEntry.objects.update_or_create(
        kind=kind, mark=mark, object_id=row.pk, defaults=values
    )
    return entry


def _words(value: Any) -> str | None:
    if value is None:
        return None
    if isinstance(value, models.Model):
        return str(value)
    return value.isoformat() if hasattr(value, "isoformat") else str(value)
