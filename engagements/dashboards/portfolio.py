"""The executive's page: what needs attention and why, before any review exists.

Every figure is counted by a function that also makes the list it opens.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Case, Count, DateField, F, Q, QuerySet, Sum, When
from django.urls import reverse
from django.utils.translation import gettext as _

from engagements.charts.renewals import Renewal
from engagements.charts.scale import months_after
from engagements.dashboards.narrowing import NOTICE_DAYS
from engagements.models import (
    Commitment,
    Contract,
    Relationship,
    RelationshipSide,
    Side,
    Standing,
    readable,
)
from engagements.wording import compact_money, days_words

RENEWALS_SHOWN = 9
RENEWAL_MONTHS = 18
# Work on a renewal starts this many days before the notice deadline.
LEAD_DAYS = {"strategic": 365, "bottleneck": 270, "leverage": 180, "routine": 120}
_USUAL_LEAD = 120


@dataclass(frozen=True)
class Amount:
    """Live annual value in one currency; never summed with another."""

    currency: str
    value: Decimal

    @property
    def words(self) -> str:
        """At a glance: "£4.2m"."""
        return compact_money(self.value, self.currency)


@dataclass(frozen=True)
class Summary:
    """How many relationships there are, and how much of them is known."""

    relationships: int
    silent: int
    never: int
    notice: int
    unowned: int
    no_contract: int
    no_value: int
    no_segment: int
    amounts: tuple[Amount, ...]


@dataclass(frozen=True)
class Promises:
    """One side's promises that the viewer may read, over the last year and ahead."""

    side: str
    open: int
    late: int
    passed: int
    kept: int
    verified: int

    @property
    def kept_words(self) -> str:
        """The kept rate; unknown while no due date has passed."""
        if not self.passed:
            return _("No due date has passed")
        share = round(100 * self.kept / self.passed)
        return _("%(share)d%% of %(count)d kept on time") % {
            "share": share,
            "count": self.passed,
        }


def summary(sides: QuerySet[RelationshipSide], today: date) -> Summary:
    """Counts over all of the viewer's relationships: two queries."""
    soon = today + timedelta(days=NOTICE_DAYS)
    counted = sides.order_by().aggregate(
        relationships=Count("pk"),
        silent=Count("pk", filter=Q(contact_due_on__lt=today)),
        never=Count("pk", filter=Q(last_contact_at=None)),
        notice=Count("pk", filter=Q(act_by__gte=today, act_by__lte=soon)),
        unowned=Count("pk", filter=Q(owner=None)),
        no_contract=Count("pk", filter=Q(live_contracts=0)),
        no_value=Count("pk", filter=Q(annual_value=None)),
        no_segment=Count("pk", filter=Q(relationship__segment="")),
    )
    amounts = (
        sides.order_by()
        .exclude(annual_value=None)
        .values_list("currency")
        .annotate(total=Sum("annual_value"))
        .order_by("-total")
    )
    return Summary(**counted, amounts=tuple(Amount(*row) for row in amounts if row[0]))


def promises(standing: Standing, today: date) -> list[Promises]:
    """What each side promised and kept, as the viewer may read it: one query."""
    relationships = Relationship.objects.active().order_by().filter(readable(standing))
    passed = Q(original_due_on__lt=today, cancelled_at=None)
    on_time = Q(done_on__lte=F("original_due_on"))
    rows = (
        Commitment.objects.own_or_shared(standing.organisation)
        .filter(relationship__in=relationships.values("pk"))
        .order_by()
        .values("side")
        .annotate(
            open=Count("pk", filter=Q(done_at=None, cancelled_at=None)),
            late=Count("pk", filter=passed & Q(done_at=None)),
            passed=Count("pk", filter=passed),
            kept=Count("pk", filter=passed & on_time),
            verified=Count("pk", filter=passed & Q(verified_at__isnull=False)),
        )
    )
    by_side: dict[str, dict[str, Any]] = {row["side"]: dict(row) for row in rows}
    return [_promises(side, by_side.get(side, {})) for side in Side]


def _promises(side: Side, counted: dict[str, Any]) -> Promises:
    names = ("open", "late", "passed", "kept", "verified")
    return Promises(side.value, **{name: counted.get(name, 0) for name in names})


def deadlines(standing: Standing, today: date) -> tuple[list[Renewal], int]:
    """Live contracts by the own side's notice deadline for 18 months: two queries."""
    until = months_after(today, RENEWAL_MONTHS)
    # One join to the own side: its deadline is in one column or the other.
    ahead = Contract.objects.live().filter(
        Q(relationship__sides__side=Side.CLIENT, client_act_by__range=(today, until))
        | Q(
            relationship__sides__side=Side.SUPPLIER,
            supplier_act_by__range=(today, until),
        ),
        relationship__sides__acted_by=standing.organisation,
        relationship__archived_at=None,
    )
    if not standing.reads_everything:
        own = Relationship.objects.order_by().filter(readable(standing))
        ahead = ahead.filter(relationship__in=own.values("pk"))
    ahead = ahead.annotate(
        own_act_by=Case(
            When(relationship__sides__side=Side.CLIENT, then=F("client_act_by")),
            default=F("supplier_act_by"),
            output_field=DateField(),
        )
    )
    rows = ahead.order_by("own_act_by", "pk").values_list(
        "pk",
        "title",
        "own_act_by",
        "current_end_on",
        "annual_value",
        "currency",
        "relationship__segment",
    )
    return [_renewal(row, today) for row in rows[:RENEWALS_SHOWN]], ahead.count()


def _renewal(row: tuple, today: date) -> Renewal:
    pk, title, act_by, ends, value, currency, segment = row
    lead = timedelta(days=LEAD_DAYS.get(segment, _USUAL_LEAD))
    return Renewal(
        label=title,
        url=reverse("engagements:contract", args=[pk]),
        ends=ends,
        amount=compact_money(value, currency) if value is not None else "",
        state=_("%(days)s to notice") % {"days": days_words((act_by - today).days)},
        window=(act_by - lead, act_by),
        notice_by=act_by,
    )
