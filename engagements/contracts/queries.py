"""Reads of contracts: the list and the page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.core.paginator import Page, Paginator
from django.db.models import Case, DateField, F, Q, QuerySet, When
from django.http import QueryDict
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from engagements.charts.key_dates import KeyDate as Point
from engagements.charts.key_dates import Option, Rail
from engagements.contracts.wording import act_by, notice_by
from engagements.models import Contract, KeyDate, Relationship, Side, standing_of
from engagements.search import matching
from engagements.wording import compact_money, long_day

ROWS = 50
NOTICE_DAYS = 90
# Work on a renewal begins this many days before the deadline.
LEAD_DAYS = {"strategic": 365, "bottleneck": 270, "leverage": 180, "routine": 120}
USUAL_LEAD = 120
_STATES = dict(Contract.State.choices)

Contracts = QuerySet[Contract]


def _notice_soon(rows: Contracts, today: date) -> Contracts:
    soon = today + timedelta(days=NOTICE_DAYS)
    return rows.live().filter(own_act_by__gte=today, own_act_by__lte=soon)


def _no_notice(rows: Contracts, today: date) -> Contracts:
    return rows.live().filter(client_notice=None, supplier_notice=None)


def _no_end(rows: Contracts, today: date) -> Contracts:
    return rows.live().filter(current_end_on=None)


def _no_value(rows: Contracts, today: date) -> Contracts:
    return rows.live().filter(annual_value=None)


def _no_document(rows: Contracts, today: date) -> Contracts:
    return rows.live().filter(documents=None)


def _live(rows: Contracts, today: date) -> Contracts:
    return rows.live()


def _ended(rows: Contracts, today: date) -> Contracts:
    return rows.filter(state__in=[Contract.State.EXPIRED, Contract.State.TERMINATED])


VIEWS: dict[str, tuple[str, Callable[[Contracts, date], Contracts]]] = {
    "live": (_("In force"), _live),
    "notice": (_("Notice in 90 days"), _notice_soon),
    "no-notice": (_("No notice period"), _no_notice),
    "no-end": (_("No end date"), _no_end),
    "no-value": (_("Value not known"), _no_value),
    "no-document": (_("No document"), _no_document),
    "ended": (_("Ended"), _ended),
}
SORTS = {
    "notice": (F("own_act_by").asc(nulls_last=True), "pk"),
    "title": ("title", "pk"),
    "end": (F("current_end_on").asc(nulls_last=True), "pk"),
    "value": (F("annual_value").desc(nulls_last=True), "pk"),
}


@dataclass(frozen=True)
class Asked:
    """What the list is asked for, as it stands in the address."""

    q: str
    view: str
    relationship: str
    sort: str

    @classmethod
    def of(cls, query: QueryDict) -> Asked:
        """Read an address; what it does not know counts as not asked."""
        view, sort = query.get("view", ""), query.get("sort", "")
        return cls(
            q=query.get("q", "").strip()[:100],
            view=view if view in VIEWS else "",
            relationship=query.get("relationship", "")[:36],
            sort=sort if sort in SORTS else next(iter(SORTS)),
        )

    @property
    def narrows(self) -> bool:
        """Anything asked that leaves rows out."""
        return bool(self.q or self.view or self.relationship)


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
    """One page of the contracts a person may see: two queries."""
    rows = narrowed(user, asked, today)
    listed = rows.order_by(*SORTS[asked.sort]).values_list(
        "pk",
        "title",
        "client_reference",
        "supplier_reference",
        "own_side",
        "relationship__client__name",
        "relationship__supplier__name",
        "state",
        "own_act_by",
        "current_end_on",
        "annual_value",
        "currency",
    )
    found = _Counted(listed, rows).get_page(page)
    address = reverse("engagements:contracts")
    found.object_list = [_listed(row, today, address) for row in found.object_list]
    return found


class _Counted(Paginator):
    """Counts without the columns that only the rows need."""

    def __init__(self, rows: QuerySet, counted: QuerySet) -> None:
        super().__init__(rows, ROWS)
        self._counted = counted

    @cached_property
    def count(self) -> int:
        """How many rows there are."""
        return self._counted.order_by().count()


def narrowed(user: User, asked: Asked, today: date) -> Contracts:
    """The contracts that fit, with the reader's own side and deadline on each."""
    standing = standing_of(user)
    if standing is None:
        return Contract.objects.none()
    own = Q(relationship__sides__acted_by=standing.organisation)
    rows = (
        Contract.objects.visible_to(user)
        .active()
        .filter(own, relationship__archived_at=None)
        .annotate(own_side=F("relationship__sides__side"))
        .annotate(
            own_act_by=Case(
                When(own_side=Side.CLIENT, then=F("client_act_by")),
                default=F("supplier_act_by"),
                output_field=DateField(),
            )
        )
    )
    if asked.relationship:
        rows = _of_relationship(rows, asked.relationship)
    if asked.view:
        rows = VIEWS[asked.view][1](rows, today)
    if asked.q:
        found = matching(asked.q).order_by().values("object_id")
        rows = rows.filter(pk__in=found)
    return rows


def _of_relationship(rows: Contracts, pk: str) -> Contracts:
    try:
        known = Relationship._meta.pk.to_python(pk)
    except ValidationError:
        return rows.none()
    return rows.filter(relationship=known)


def _listed(row: tuple, today: date, address: str) -> Listed:
    (pk, title, client_reference, supplier_reference, side, client, supplier, state,
     deadline, end, value, currency) = row  # fmt: skip
    ours = client_reference if side == Side.CLIENT else supplier_reference
    passed = deadline is not None and deadline < today
    return Listed(
        url=f"{address}{pk}/",
        title=title,
        reference=ours or client_reference or supplier_reference,
        counterpart=supplier if side == Side.CLIENT else client,
        side=Side(side).other.value,
        state=str(_STATES[state]),
        deadline=long_day(deadline) if deadline else "",
        passed=passed,
        near=bool(deadline and 0 <= (deadline - today).days <= NOTICE_DAYS),
        end=long_day(end) if end else "",
        value=compact_money(value, currency) if value is not None else "",
    )


def rail(contract: Contract, dates: list[KeyDate], side: Side, today: date) -> Rail:
    """The dates of a contract as the reader's side meets them."""
    points = [
        Point(row.on, row.title, legal=row.kind != KeyDate.Kind.OTHER)
        for row in dates
        if row.settled_at is None
    ]
    deadline, legal = act_by(contract, side), notice_by(contract, side)
    window = None
    if deadline is not None:
        segment = contract.relationship.segment
        opens = deadline - timedelta(days=LEAD_DAYS.get(segment, USUAL_LEAD))
        window = (max(opens, contract.start_on), deadline)
        points.append(Point(deadline, str(_("Last day to give notice")), legal=True))
        if legal != deadline and legal is not None:
            points.append(
                Point(legal, str(_("Notice day of the contract")), legal=True)
            )
    if contract.current_end_on:
        points.append(Point(contract.current_end_on, str(_("Term ends")), legal=True))
    return Rail(
        today=today,
        points=tuple(sorted(points, key=lambda point: point.on)),
        begins=contract.start_on,
        ends=contract.current_end_on,
        term_label=str(_("Term")),
        window=window,
        options=_options(contract),
    )


def _options(contract: Contract) -> tuple[Option, ...]:
    if not contract.current_end_on or not contract.next_end_on:
        return ()
    label = str(_("Renewal to %(day)s")) % {"day": long_day(contract.next_end_on)}
    return (Option(contract.current_end_on, contract.next_end_on, label),)
