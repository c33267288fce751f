"""The stored days of contracts: state, end, deadlines, annual value."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from engagements.contracts.figures.writing import batches, store_many
from engagements.contracts.terms import (
    Notice,
    NoticeGiven,
    Standing,
    Terms,
    TermsError,
    Working,
    add_months,
    standing,
)
from engagements.models import Contract, Organisation, Side
from engagements.parties.calendars import calendars_of
from engagements.parties.working_days import JointCalendar, WorkingCalendar
from engagements.wording import minor_unit

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
_DAYS_A_MONTH = Decimal("30.4375")


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
    """A draft binds nobody; what is ending asks nobody to act any more."""
    nothing: dict[str, date | None] = dict.fromkeys(found.notice_by)
    if contract.drafted:
        return replace(found, state=Contract.State.DRAFT, act_by=nothing)
    if found.state == Contract.State.ENDING:
        found = replace(found, act_by=nothing)
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
    years = _years(contract)
    if years is None:
        return None
    # A term under a year is spent within that year.
    yearly = contract.value / max(years, Decimal(1))
    return yearly.quantize(minor_unit(contract.currency), ROUND_HALF_UP)


def _years(contract: Contract) -> Decimal | None:
    """The years of the first term; None where it has no end."""
    terms = terms_of(contract)
    if terms.open_ended:
        return None
    after = terms.end_after(0) + timedelta(days=1)
    months = (after.year - terms.start.year) * 12 + after.month - terms.start.month
    if add_months(terms.start, months) > after:
        months -= 1
    rest = (after - add_months(terms.start, months)).days
    # Counted from the start in months, the last day is one more than the months.
    extra = 0 if terms.end is None else rest / _DAYS_A_MONTH
    return (months + extra) / Decimal(12)


def refresh_terms(contracts: QuerySet[Contract], today: date) -> int:
    """Store the computed days of these contracts; returns how many changed.

    Contracts whose terms contradict themselves keep what they have: the forms and the
    importer refuse such terms before they are written.
    """
    ids = contracts.order_by("pk").values_list("pk", flat=True)
    return sum(_refresh_terms(batch, today) for batch in batches(ids))


@transaction.atomic
def _refresh_terms(ids: list[UUID], today: date) -> int:
    """Read and write under one lock: nobody's change in between is overwritten."""
    rows = (
        Contract.objects.filter(pk__in=ids)
        .order_by("pk")
        .select_for_update(no_key=True, of=("self",))
        .select_related("relationship__client", "relationship__supplier")
    )
    moved = compute_all(rows, today)
    store_many(moved, _STORED)
    return len(moved)


def compute_all(contracts: Iterable[Contract], today: date) -> list[Contract]:
    """Set the computed days on rows, written or not yet; returns those that moved.

    The rows must carry their relationship with both organisations. One query.
    """
    rows = list(contracts)
    calendars = _calendars(rows)
    return [row for row in rows if _refreshed(row, today, calendars)]


def _calendars(batch: list[Contract]) -> dict[UUID, WorkingCalendar]:
    places: dict[UUID, Organisation] = {}
    for row in batch:
        places[row.relationship.client_id] = row.relationship.client
        places[row.relationship.supplier_id] = row.relationship.supplier
    return calendars_of(places.values())


def _refreshed(
    contract: Contract, today: date, calendars: dict[UUID, WorkingCalendar]
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
