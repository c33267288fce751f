"""What a side of a relationship has in contracts: the soonest deadline, the worth."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Count, QuerySet

from engagements.contracts.figures.writing import batches, store_many
from engagements.models import Contract, KeyDate, Relationship, RelationshipSide, Side

_STORED = (
    "act_by",
    "act_by_contract",
    "live_contracts",
    "contracts",
    "annual_value",
    "currency",
)


def refresh_sides(relationships: Iterable[UUID] | None, today: date) -> int:
    """Store each side's soonest deadline, live contracts and annual value.

    `relationships` are ids; None means all. Returns how many sides changed.
    """
    if relationships is None:
        relationships = Relationship.objects.order_by("pk").values_list("pk", flat=True)
    return sum(_refresh_sides(batch, today) for batch in batches(relationships))


@transaction.atomic
def _refresh_sides(ids: list[UUID], today: date) -> int:
    """Held in the order of their ids, so that two writers never wait for each other."""
    held = Relationship.objects.filter(pk__in=ids).order_by("pk")
    list(held.select_for_update(no_key=True).values_list("pk"))
    sides = RelationshipSide.objects.filter(relationship__in=ids).order_by()
    contracts = Contract.objects.live().filter(relationship__in=ids).order_by()
    live, counted = _by_relationship(contracts), _counted(ids)
    windows = _windows(contracts, today)
    changed = []
    for side in sides:
        side_live = live.get(side.relationship_id, [])
        figures = _figures(side.side, side_live, windows, today)
        figures["contracts"] = counted.get(side.relationship_id, 0)
        if any(getattr(side, name) != value for name, value in figures.items()):
            for name, value in figures.items():
                setattr(side, name, value)
            changed.append(side)
    store_many(changed, _STORED)
    return len(changed)


def _by_relationship(contracts: QuerySet[Contract]) -> dict[UUID, list[tuple]]:
    rows = contracts.values_list(
        "relationship_id",
        "pk",
        "client_act_by",
        "supplier_act_by",
        "annual_value",
        "currency",
    )
    found: dict[UUID, list[tuple]] = {}
    for row in rows.iterator():
        found.setdefault(row[0], []).append(row[1:])
    return found


def _counted(relationships: list[UUID]) -> dict[UUID, int]:
    rows = Contract.objects.filter(relationship__in=relationships, archived_at=None)
    counted = rows.order_by().values_list("relationship_id").annotate(n=Count("pk"))
    return dict(counted)


def _windows(
    contracts: QuerySet[Contract], today: date
) -> dict[tuple[UUID, str], date]:
    """{(contract, side): the soonest option or break that side may still use}."""
    # What is ending asks nobody to act any more.
    running = contracts.exclude(state=Contract.State.ENDING)
    rows = (
        KeyDate.objects.filter(
            contract__in=running.values("pk"), settled_at=None, on__gte=today
        )
        .exclude(kind=KeyDate.Kind.OTHER)
        .values_list("contract_id", "side", "on")
    )
    found: dict[tuple[UUID, str], date] = {}
    for contract, whose, on in rows:
        for side in Side:
            if whose in {"", side.value}:
                key = (contract, side.value)
                found[key] = min(found.get(key, on), on)
    return found


def _figures(
    side: str,
    contracts: list[tuple],
    windows: dict[tuple[UUID, str], date],
    today: date,
) -> dict[str, Any]:
    place = 1 if side == Side.CLIENT else 2
    days = [
        (day, str(row[0]), row[0])
        for row in contracts
        for day in (row[place], windows.get((row[0], side)))
        if day is not None and day >= today
    ]
    act_by, contract = (min(days)[0], min(days)[2]) if days else (None, None)
    value, currency = _worth(contracts)
    return {
        "act_by": act_by,
        "act_by_contract_id": contract,
        "live_contracts": len(contracts),
        "annual_value": value,
        "currency": currency,
    }


def _worth(contracts: list[tuple]) -> tuple[Decimal | None, str]:
    """The annual value of live contracts; None while one is unknown or they differ."""
    currencies = {row[4] for row in contracts}
    values = [row[3] for row in contracts]
    if not values or None in values or len(currencies) != 1:
        return None, ""
    return sum(values, Decimal(0)), currencies.pop()
