"""The stored days of contracts and of the sides they belong to.

Written again in the transaction that changes a term, by imports and by the daily sweep:
all of them through these two functions, so that an alarm does not depend on how a
contract came in.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from itertools import islice
from typing import Any

from django.db.models import QuerySet

from engagements.contracts.terms import (
    Notice,
    NoticeGiven,
    Standing,
    Terms,
    TermsError,
    Working,
    standing,
)
from engagements.models import Contract, KeyDate, Organisation, RelationshipSide, Side
from engagements.parties.calendars import calendars_of
from engagements.parties.working_days import JointCalendar, WorkingCalendar

_BATCH = 500
_STORED = (
    "state",
    "current_end_on",
    "next_end_on",
    "client_notice_by",
    "supplier_notice_by",
    "client_act_by",
    "supplier_act_by",
    "annual_value",
    "alarm_counter",
)
_DAYS_A_YEAR = Decimal("365.25")


def terms_of(contract: Contract) -> Terms:
    """The terms as the pure rules read them. Raises TermsError."""
    given = None
    if contract.notice_given_by and contract.notice_given_on:
        given = NoticeGiven(contract.notice_given_by, contract.notice_given_on)
    return Terms(
        start=contract.start_on,
        end=contract.end_on,
        initial_months=contract.initial_months,
        renewal=contract.renewal,
        renewal_months=contract.renewal_months,
        client_notice=_notice(contract.client_notice, contract.client_notice_unit),
        supplier_notice=_notice(
            contract.supplier_notice, contract.supplier_notice_unit
        ),
        confirmed_renewals=contract.confirmed_renewals,
        notice_given=given,
    )


def _notice(count: int | None, unit: str) -> Notice | None:
    return None if count is None else Notice(count, unit)


def compute(contract: Contract, today: date, working: Working) -> dict[str, Any]:
    """The stored days of one contract as they should be. Raises TermsError."""
    found = standing(terms_of(contract), today, working)
    found = _overlaid(contract, found, today)
    values = {
        "state": found.state,
        "current_end_on": found.current_end,
        "next_end_on": found.next_end,
        "annual_value": annual_value(contract, found),
    }
    for side in Side:
        values[f"{side}_notice_by"] = found.notice_by[side]
        values[f"{side}_act_by"] = found.act_by[side]
    return values


def _overlaid(contract: Contract, found: Standing, today: date) -> Standing:
    """A draft binds nobody; what was terminated early ended on that day."""
    nothing = dict.fromkeys(found.notice_by)
    if contract.drafted:
        return replace(found, state=Contract.State.DRAFT, act_by=nothing)
    ended = contract.terminated_on
    if ended is None or (found.current_end and found.current_end < ended):
        return found
    state = Contract.State.TERMINATED if ended < today else Contract.State.ENDING
    return replace(
        found,
        current_end=ended,
        next_end=None,
        notice_by=nothing,
        act_by=nothing,
        state=state,
    )


def annual_value(contract: Contract, found: Standing) -> Decimal | None:
    """Current value divided by the years of the term; None where it is not known."""
    if contract.typed_annual_value is not None:
        return contract.typed_annual_value
    if contract.value is None:
        return None
    if contract.value_basis == Contract.ValueBasis.YEAR:
        return contract.value
    first_end = None
    if not terms_of(contract).open_ended:
        first_end = terms_of(contract).end_after(0)
    if first_end is None:
        return None
    days = (first_end - contract.start_on).days + 1
    if days < 365:
        return contract.value
    yearly = contract.value * _DAYS_A_YEAR / days
    return yearly.quantize(Decimal("0.01"), ROUND_HALF_UP)


def refresh_terms(contracts: QuerySet[Contract], today: date) -> int:
    """Store the computed days of these contracts; returns how many changed.

    Contracts whose terms contradict themselves keep what they have: the forms and the
    importer refuse such terms before they are written.
    """
    rows = contracts.order_by().select_related(
        "relationship__client", "relationship__supplier"
    )
    changed = 0
    for batch in _batches(rows.iterator(chunk_size=_BATCH)):
        moved = compute_all(batch, today)
        Contract.objects.bulk_update(moved, _STORED, batch_size=_BATCH)
        changed += len(moved)
    return changed


def compute_all(contracts: Iterable[Contract], today: date) -> list[Contract]:
    """Set the computed days on rows, written or not yet; returns those that moved.

    The rows must carry their relationship with both organisations. One query.
    """
    rows = list(contracts)
    calendars = _calendars(rows)
    return [row for row in rows if _refreshed(row, today, calendars)]


def _batches(rows: Iterable[Contract]) -> Iterator[list[Contract]]:
    rows = iter(rows)
    while batch := list(islice(rows, _BATCH)):
        yield batch


def _calendars(batch: list[Contract]) -> dict[object, WorkingCalendar]:
    places: dict[object, Organisation] = {}
    for row in batch:
        places[row.relationship.client_id] = row.relationship.client
        places[row.relationship.supplier_id] = row.relationship.supplier
    return calendars_of(places.values())


def _refreshed(
    contract: Contract, today: date, calendars: dict[object, WorkingCalendar]
) -> bool:
    relationship = contract.relationship
    both = JointCalendar(
        (calendars[relationship.client_id], calendars[relationship.supplier_id])
    )
    try:
        values = compute(contract, today, both.works)
    except TermsError:
        return False
    return store(contract, values)


def store(contract: Contract, values: dict[str, Any]) -> bool:
    """Set the computed days on the row; says whether any of them moved.

    A moved deadline raises the counter in the key of its notices: a date that comes
    back to one already warned about is warned about again.
    """
    moved = {name for name, value in values.items() if getattr(contract, name) != value}
    for name in moved:
        setattr(contract, name, values[name])
    if moved & {"client_act_by", "supplier_act_by", "current_end_on"}:
        contract.alarm_counter += 1
    return bool(moved)


def refresh_sides(relationships: Iterable[object] | None, today: date) -> int:
    """Store each side's soonest deadline, live contracts and annual value.

    `relationships` are ids; None means all. Returns how many sides changed.
    """
    sides = RelationshipSide.objects.order_by()
    contracts = Contract.objects.live().order_by()
    if relationships is not None:
        ids = list(relationships)
        sides = sides.filter(relationship__in=ids)
        contracts = contracts.filter(relationship__in=ids)
    live = _by_relationship(contracts)
    windows = _windows(contracts, today)
    changed = []
    for side in sides.iterator(chunk_size=2_000):
        own = live.get(side.relationship_id, [])
        if _side_moved(side, own, windows, today):
            changed.append(side)
    RelationshipSide.objects.bulk_update(
        changed,
        ["act_by", "act_by_contract", "live_contracts", "annual_value", "currency"],
        batch_size=_BATCH,
    )
    return len(changed)


def _by_relationship(contracts: QuerySet[Contract]) -> dict[object, list[tuple]]:
    rows = contracts.values_list(
        "relationship_id",
        "pk",
        "client_act_by",
        "supplier_act_by",
        "annual_value",
        "currency",
    )
    found: dict[object, list[tuple]] = {}
    for row in rows.iterator():
        found.setdefault(row[0], []).append(row[1:])
    return found


def _windows(
    contracts: QuerySet[Contract], today: date
) -> dict[tuple[object, str], date]:
    """{(contract, side): the soonest option or break that side may still use}."""
    rows = (
        KeyDate.objects.filter(
            contract__in=contracts.values("pk"), settled_at=None, on__gte=today
        )
        .exclude(kind=KeyDate.Kind.OTHER)
        .values_list("contract_id", "side", "on")
    )
    found: dict[tuple[object, str], date] = {}
    for contract, whose, on in rows:
        for side in Side:
            if whose in {"", side.value}:
                key = (contract, side.value)
                found[key] = min(found.get(key, on), on)
    return found


def _side_moved(
    side: RelationshipSide,
    contracts: list[tuple],
    windows: dict[tuple[object, str], date],
    today: date,
) -> bool:
    place = 1 if side.side == Side.CLIENT else 2
    days = [
        (day, str(row[0]), row[0])
        for row in contracts
        for day in (row[place], windows.get((row[0], side.side)))
        if day is not None and day >= today
    ]
    act_by, contract = (min(days)[0], min(days)[2]) if days else (None, None)
    value, currency = _worth(contracts)
    values = {
        "act_by": act_by,
        "act_by_contract_id": contract,
        "live_contracts": len(contracts),
        "annual_value": value,
        "currency": currency,
    }
    moved = any(getattr(side, name) != value for name, value in values.items())
    for name, new in values.items():
        setattr(side, name, new)
    return moved


def _worth(contracts: list[tuple]) -> tuple[Decimal | None, str]:
    """The annual value of live contracts; None while one is unknown or they differ."""
    currencies = {row[4] for row in contracts}
    values = [row[3] for row in contracts]
    if not values or None in values or len(currencies) != 1:
        return None, ""
    return sum(values, Decimal(0)), currencies.pop()
