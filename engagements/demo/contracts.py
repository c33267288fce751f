"""The demo's contracts: every state, a few of them close to their deadline."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from engagements.demo.people import World
from engagements.models import Amendment, Contract, KeyDate, Relationship

# What the first contracts look like; the rest are drawn. Days are counted from
# today to the end of the current term.
_SHAPES: list[dict[str, Any]] = [
    {"renewal": "none", "ends_in": 127, "client_notice": 77, "unit": "days"},
    {"renewal": "tacit", "ends_in": 151, "client_notice": 3, "supplier_notice": 6},
    {"renewal": "tacit", "ends_in": 420, "client_notice": 6, "supplier_notice": 6},
    {"renewal": "evergreen", "ends_in": 0, "client_notice": 3, "supplier_notice": 6},
    {"renewal": "express", "ends_in": 230, "client_notice": 4, "supplier_notice": 4},
    {"renewal": "tacit", "ends_in": 62, "client_notice": 3, "supplier_notice": 3},
    {"renewal": "tacit", "ends_in": 98, "client_notice": 3, "supplier_notice": 2},
    {"renewal": "none", "ends_in": -40},
    {"renewal": "tacit", "ends_in": 300, "client_notice": 30, "unit": "business_days"},
    {"renewal": "tacit", "ends_in": 510},
]


def draw(world: World, count: int) -> list[Contract]:
    """One contract for each relationship, then more for the largest ones."""
    total = len(world.relationships)
    return [
        _contract(world, world.relationships[number % total], number)
        for number in range(count)
    ]


def _contract(world: World, relationship: Relationship, number: int) -> Contract:
    shape = _SHAPES[number % len(_SHAPES)]
    months = world.random.choice([24, 36, 36, 48])
    end = world.today + timedelta(days=_spread(world, shape["ends_in"], number))
    start = _months_before(end, months)
    evergreen = shape["renewal"] == "evergreen"
    yearly = Decimal(_yearly_value(world, number))
    value = yearly if evergreen else yearly * months / 12
    return Contract(
        relationship=relationship,
        title=_title(relationship, number, len(world.relationships)),
        client_reference=f"C-{start.year}-{number + 17:03d}" if number % 3 else "",
        supplier_reference=f"TS-{start.year}-{number + 101:04d}",
        signed_on=start - timedelta(days=20),
        start_on=start,
        end_on=None if evergreen else end,
        renewal=shape["renewal"],
        renewal_months=12 if shape["renewal"] in {"tacit", "express"} else None,
        client_notice=shape.get("client_notice"),
        client_notice_unit=shape.get("unit", "months"),
        supplier_notice=shape.get("supplier_notice"),
        notice_clause="18.2" if shape.get("client_notice") else "",
        value=None if number % 23 == 11 else value,
        value_basis="year" if evergreen else "whole_term",
        currency="" if number % 23 == 11 else "GBP",
        typed_annual_value=yearly if evergreen else None,
        original_value=value,
        original_start_on=start,
        original_end_on=None if evergreen else end,
        change_set=world.change_set,
    )


def _spread(world: World, days: int, number: int) -> int:
    """The shapes as they are, then the same ones scattered over three years."""
    if number < len(_SHAPES):
        return days
    return days + world.random.randint(-200, 500)


def _yearly_value(world: World, number: int) -> int:
    if number < 20:
        return int(round(6_100_000 * 0.84**number, -4))
    return world.random.randint(2, 90) * 10_000


def _title(relationship: Relationship, number: int, total: int) -> str:
    kinds = ["", " extension works", " consumables", " training"]
    return f"{relationship.scope}{kinds[(number // total) % len(kinds)]}"


def _months_before(day: date, months: int) -> date:
    index = day.year * 12 + day.month - 1 - months
    return date(index // 12, index % 12 + 1, min(day.day, 28))


def details(
    world: World, contracts: list[Contract]
) -> tuple[list[Amendment], list[KeyDate]]:
    """Amendments, options and other key dates of a part of the contracts."""
    amendments = [_amendment(world, row) for row in contracts[1::9] if row.value]
    dates = []
    for row in contracts[::5]:
        if row.end_on is None:
            continue
        dates.append(
            KeyDate(
                contract=row,
                kind=KeyDate.Kind.OPTION,
                title="Option of twelve months",
                opens_on=row.end_on - timedelta(days=270),
                on=row.end_on - timedelta(days=120),
                extends_months=12,
                clause="4.3",
            )
        )
    return amendments, dates


def _amendment(world: World, contract: Contract) -> Amendment:
    before = contract.value
    assert before is not None  # noqa: S101 - the caller chose contracts with a value
    contract.value = before * Decimal("1.08")
    return Amendment(
        contract=contract,
        number=1,
        reference=f"{contract.supplier_reference}-A1",
        signed_on=world.ago(world.random.randint(60, 400)),
        reason="A second shift at weekends",
        changes={"value": [f"{before:.2f}", f"{contract.value:.2f}"]},
        change_set=world.change_set,
    )
