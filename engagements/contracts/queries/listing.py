"""The list of contracts: one row each, as the reader's side sees it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Sum
from django.urls import reverse
from django.utils.functional import cached_property

from accounts.models import User
from engagements.contracts.queries.narrowing import (
    NOTICE_DAYS,
    SORTS,
    STATES,
    Asked,
    Contracts,
    narrowed,
)
from engagements.models import Contract, RelationshipSide, Side
from engagements.wording import compact_money, long_day

ROWS = 50
# So many pages of the usual order are read along the index of days.
_FAST_PAGES = 10
_FIELDS = (
    "pk",
    "title",
    "client_reference",
    "supplier_reference",
    "own_side",
    "own_counterpart",
    "state",
    "own_act_by",
    "current_end_on",
    "annual_value",
    "currency",
)


@dataclass(frozen=True)
class Listed:
    """One contract in a list, words ready to print."""

    url: str
    title: str
    reference: str
    counterpart: str
    side: str
    state: str
    deadline: str
    passed: bool
    near: bool
    end: str
    value: str


def contracts(
    user: User, asked: Asked, *, page: str | int, today: date
) -> Page[Listed]:
    """One page of the contracts a person may see: four queries at most."""
    paginator = _Contracts(user, asked, today)
    found = paginator.get_page(page)
    address = reverse("engagements:contracts")
    found.object_list = [_listed(row, today, address) for row in found.object_list]
    return found


class _Contracts(Paginator):
    """Pages of rows; counts without the columns that only the rows need."""

    def __init__(self, user: User, asked: Asked, today: date) -> None:
        self._user, self._rows = user, narrowed(user, asked, today)
        self._asked, self._today = asked, today
        super().__init__(self._rows, ROWS)

    @cached_property
    def count(self) -> int:
        """How many rows there are."""
        if self._asked.narrows:
            return self._rows.order_by().count()
        sides = RelationshipSide.objects.seen_by(self._user).active().order_by()
        return sides.aggregate(all=Sum("contracts"))["all"] or 0

    def page(self, number: Any) -> Page:
        """The rows of one page."""
        number = self.validate_number(number)
        first, last = (number - 1) * ROWS, number * ROWS
        quick = self._asked.sort == "notice" and not self._asked.few
        keys = None
        if quick and number <= _FAST_PAGES:
            keys = _soonest(self._rows, self._today, first, last)
        if keys is None:
            rows = self._rows.order_by(*SORTS[self._asked.sort])
            return Page(rows.values_list(*_FIELDS)[first:last], number, self)
        known = {row[0]: row for row in _named(self._rows, keys)}
        return Page([known[key] for key in keys], number, self)


def _named(rows: Contracts, keys: list[UUID]) -> Any:
    return rows.filter(pk__in=keys).values_list(*_FIELDS)


def _soonest(rows: Any, today: date, first: int, last: int) -> list[UUID] | None:
    """The ids of a page of deadlines ahead, side by side along their indexes.

    None where fewer than a page of them are ahead: then all rows must be put in order.
    """
    days: list[tuple[date, Any]] = []
    for side in Side:
        name = f"{side.value}_act_by"
        ahead = rows.filter(own_side=side, **{f"{name}__gte": today})
        days += ahead.order_by(name, "pk").values_list(name, "pk")[:last]
    if len(days) < last:
        return None
    return [pk for _day, pk in sorted(days)[first:last]]


def _listed(row: tuple, today: date, address: str) -> Listed:
    (pk, title, client_reference, supplier_reference, side, counterpart, state,
     deadline, end, value, currency) = row  # fmt: skip
    ours = client_reference if side == Side.CLIENT else supplier_reference
    running = state in Contract.LIVE_STATES or state == Contract.State.UPCOMING
    passed = deadline is not None and deadline < today
    return Listed(
        url=f"{address}{pk}/",
        title=title,
        reference=ours or client_reference or supplier_reference,
        counterpart=counterpart,
        side=Side(side).other.value,
        state=str(STATES[state]),
        deadline=long_day(deadline) if deadline and running else "",
        passed=passed,
        near=bool(deadline and 0 <= (deadline - today).days <= NOTICE_DAYS),
        end=long_day(end) if end else "",
        value=compact_money(value, currency) if value is not None else "",
    )
