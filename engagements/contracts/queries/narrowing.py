"""What a list of contracts may be asked for: saved views, filters, orders."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Case, DateField, F, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from engagements.models import (
    Contract,
    KeyDate,
    Relationship,
    RelationshipSide,
    Side,
    standing_of,
)
from engagements.search import matching

Contracts = QuerySet[Contract]
NOTICE_DAYS = 90
WITHIN = (30, 90, 180, 365, 540)
STATES = dict(Contract.State.choices)
ENDED = (Contract.State.EXPIRED, Contract.State.TERMINATED)
_LIVE = Q(state__in=Contract.LIVE_STATES)


_RUNNING = _LIVE & ~Q(state=Contract.State.ENDING)


def _within(days: int, today: date) -> Q:
    """The reader's side must act in so many days."""
    last = today + timedelta(days=days)
    return _RUNNING & Q(own_act_by__gte=today, own_act_by__lte=last)


def _window(today: date) -> Q:
    """An option or a break the reader's side may use within 90 days."""
    last = today + timedelta(days=NOTICE_DAYS)
    open_dates = KeyDate.objects.filter(settled_at=None, on__gte=today, on__lte=last)
    open_dates = open_dates.exclude(kind=KeyDate.Kind.OTHER).order_by()
    usable = Q()
    for side in Side.values:
        own = open_dates.filter(side__in=["", side]).values("contract")
        usable |= Q(own_side=side, pk__in=own)
    return _RUNNING & usable


def _notice(today: date) -> Q:
    return _within(NOTICE_DAYS, today)


def _nobody(today: date) -> Q:
    return _notice(today) & Q(own_owner=None)


def _passed(today: date) -> Q:
    return _RUNNING & Q(own_act_by__lt=today)


def _no_notice(today: date) -> Q:
    return _LIVE & Q(client_notice=None, supplier_notice=None)


def _no_end(today: date) -> Q:
    return _LIVE & Q(current_end_on=None)


def _no_value(today: date) -> Q:
    return _LIVE & Q(annual_value=None)


def _no_document(today: date) -> Q:
    return _LIVE & ~Q(documents__archived_at=None, documents__isnull=False)


def _live(today: date) -> Q:
    return _LIVE


def _ended(today: date) -> Q:
    return Q(state__in=ENDED)


# Name in the address -> its words and its rule. `archived` looks elsewhere.
VIEWS: dict[str, tuple[Any, Callable[[date], Q]]] = {
    "live": (_("In force"), _live),
    "notice": (_("Notice in 90 days"), _notice),
    "notice-no-owner": (_("Notice, no owner"), _nobody),
    "window": (_("Option or break in 90 days"), _window),
    "passed": (_("Notice day passed"), _passed),
    "no-notice": (_("No notice period"), _no_notice),
    "no-end": (_("No end date"), _no_end),
    "no-value": (_("Value not known"), _no_value),
    "no-document": (_("No document"), _no_document),
    "ended": (_("Ended"), _ended),
    "archived": (_("Archived"), lambda today: Q()),
}
# Days ahead first, then days passed, then none at all.
RANK = "rank"
SORTS: dict[str, tuple[Any, ...]] = {
    "notice": (RANK, "own_act_by", "pk"),
    "title": (Lower("title"), "pk"),
    "end": (F("current_end_on").asc(nulls_last=True), "pk"),
    "value": (F("annual_value").desc(nulls_last=True), "pk"),
}


@dataclass(frozen=True)
class Asked:
    """What the list is asked for, as it stands in the address."""

    q: str = ""
    view: str = ""
    state: str = ""
    within: int = 0
    side: str = ""
    relationship: str = ""
    sort: str = "notice"

    @classmethod
    def of(cls, query: Mapping[str, str]) -> Asked:
        """Read an address; what it does not know counts as not asked."""
        view, sort = query.get("view", ""), query.get("sort", "")
        within = query.get("within", "")
        state, side = query.get("state", ""), query.get("side", "")
        return cls(
            q=query.get("q", "").replace("\x00", "").strip()[:100],
            view=view if view in VIEWS else "",
            state=state if state in STATES else "",
            within=int(within) if within in map(str, WITHIN) else 0,
            side=side if side in Side.values else "",
            relationship=query.get("relationship", "")[:36],
            sort=sort if sort in SORTS else "notice",
        )

    @property
    def narrows(self) -> bool:
        """Anything asked that leaves rows out."""
        parts = (self.q, self.view, self.state, self.within, self.side)
        return any(parts) or bool(self.relationship)

    @property
    def few(self) -> bool:
        """Asked for what few contracts are: walking an index of days would be long."""
        return bool(self.q or self.relationship or self.view == "archived")


def narrowed(user: User, asked: Asked, today: date) -> Contracts:
    """The contracts that fit, with the reader's side, owner and deadline on each."""
    standing = standing_of(user)
    if standing is None:
        return Contract.objects.none()
    # In one call: it must be the same side that is acted on and not archived.
    rows = Contract.objects.filter(
        relationship__sides__acted_by=standing.organisation,
        relationship__sides__archived=False,
    )
    if not standing.reads_everything:
        mine = RelationshipSide.objects.seen_by(user).order_by()
        rows = rows.filter(relationship__in=mine.values("relationship"))
    archived = asked.view == "archived"
    rows = rows.filter(archived_at__isnull=not archived).annotate(
        own_side=F("relationship__sides__side"),
        own_counterpart=F("relationship__sides__counterpart"),
        own_owner=F("relationship__sides__owner"),
    )
    return _fitting(_dated(rows, today), asked, today)


def _dated(rows: Contracts, today: date) -> Any:
    own = Case(
        When(own_side=Side.CLIENT, then=F("client_act_by")),
        default=F("supplier_act_by"),
        output_field=DateField(),
    )
    rank = Case(
        When(own_act_by__gte=today, then=Value(0)),
        When(own_act_by__lt=today, then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    return rows.annotate(own_act_by=own).alias(rank=rank)


def _fitting(rows: Any, asked: Asked, today: date) -> Contracts:
    if asked.view:
        rows = rows.filter(VIEWS[asked.view][1](today))
    if asked.state:
        rows = rows.filter(state=asked.state)
    if asked.within:
        rows = rows.filter(_within(asked.within, today))
    if asked.side:
        rows = rows.filter(own_side=asked.side)
    if asked.relationship:
        rows = _of_relationship(rows, asked.relationship)
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
