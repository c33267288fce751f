"""One import in the making, and what it leaves in the history."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import models

from engagements.exchange.queries import BATCH
from engagements.models import (
    Change,
    ChangeSet,
    Contact,
    Organisation,
    Side,
    Visibility,
)


@dataclass(frozen=True)
class Act:
    """One import in the making: for whom, by whom, under which change set."""

    own: Organisation
    by: Contact | None
    change_set: ChangeSet
    stands_for: Side
    reason: str

    def change(
        self,
        kind: str,
        pk: UUID,
        fields: dict[str, Any],
        relationship: UUID | None = None,
    ) -> Change:
        """The dated edit that says what the import wrote."""
        return Change(
            object_kind=kind,
            object_id=pk,
            relationship_id=relationship,
            organisation=self.own,
            visibility=Visibility.SHARED if relationship else Visibility.INTERNAL,
            by=self.by,
            reason=self.reason,
            fields=fields,
            change_set=self.change_set,
        )


def save_all(model: type[models.Model], rows: Iterable[Any]) -> None:
    """Insert many rows, some hundred in each statement."""
    model._default_manager.bulk_create(rows, batch_size=BATCH)
