"""The executive's page: what is counted over all relationships, and what ends soon.

Every figure is counted by a function that also makes the list it opens.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, DateField, Q, QuerySet, Sum
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from engagements.charts.renewals import Renewal
from engagements.contracts.queries.soonest import soonest
from engagements.dashboards.measures import Counted
from engagements.dashboards.narrowing import NOTICE_DAYS, silent_for, soon
from engagements.models import RelationshipSide
from engagements.prepared import Prepared
from engagements.relationships.rhythm import silent
from engagements.wording import compact_money, days_words

RENEWALS_SHOWN = 9
# Eighteen months, as the list of contracts counts them.
RENEWAL_DAYS = 540
# Work on a renewal starts this many days before the notice deadline.
LEAD_DAYS = {"strategic": 365, "bottleneck": 270, "leverage": 180, "routine": 120}
_USUAL_LEAD = 120
_PRINTED = ("title", "current_end_on", "annual_value", "currency")


@dataclass(frozen=True)
class Summary:
    """How many relationships there are, and how much of them is known."""

    relationships: int
    silent: int
    silent_60: int
    never: int
    no_meeting: int
    notice: int
    unowned: int
    no_contract: int
    no_value: int
    no_segment: int
    late_client: int
    late_supplier: int
    soon_client: int
    soon_supplier: int
    issues: int
    ideas: int
    counted: tuple[Counted, ...]


_GROUPED = ("currency", "health", "health_score", "value")
_FIGURES = tuple(one.name for one in fields(Summary) if one.name != "counted")


def summary(user: User, today: date) -> Summary:
    """Counts over all of the viewer's relationships: one query.

    By currency, so that no two are summed, and by health; the groups add up.
    """
    found = COUNTED.rows(user, today=today)
    names = (*_GROUPED, *_FIGURES)
    rows: list[Any] = [dict(zip(names, row, strict=True)) for row in found]
    totals = {name: sum(row[name] for row in rows) for name in _FIGURES}
    return Summary(**totals, counted=tuple(_group(row) for row in rows))


def _counted(user: User, today: date) -> QuerySet:
    return (
        RelationshipSide.objects.seen_by(user)
        .active()
        .order_by()
        .values(*_GROUPED[:-1])
        .annotate(value=Sum("annual_value"), **_counts(today))
        .values_list(*_GROUPED, *_FIGURES)
    )


COUNTED = Prepared(_counted, today=DateField())


def _group(row: dict[str, Any]) -> Counted:
    return Counted(
        row["health"],
        row["health_score"],
        row["currency"],
        row["relationships"],
        row["value"],
        row["no_value"],
    )


def _counts(today: date) -> dict[str, Count | Sum]:
    last = today + timedelta(days=NOTICE_DAYS)
    return {
        "relationships": Count("pk"),
        "silent": Count("pk", filter=silent(today)),
        "silent_60": Count("pk", filter=silent_for(60, today)),
        "never": Count("pk", filter=Q(last_contact_at=None)),
        "no_meeting": Count("pk", filter=Q(next_contact_at=None)),
        "notice": Count("pk", filter=Q(act_by__gte=today, act_by__lte=last)),
        "unowned": Count("pk", filter=Q(owner=None)),
        "no_contract": Count("pk", filter=Q(live_contracts=0)),
        "no_value": Count("pk", filter=Q(annual_value=None)),
        "no_segment": Count("pk", filter=Q(segment="")),
        "late_client": Count("pk", filter=Q(client_promise_on__lt=today)),
        "late_supplier": Count("pk", filter=Q(supplier_promise_on__lt=today)),
        "soon_client": Count("pk", filter=Q(client_promise_on__range=soon(today))),
        "soon_supplier": Count("pk", filter=Q(supplier_promise_on__range=soon(today))),
        "issues": Sum("open_issues"),
        "ideas": Count("pk", filter=Q(idea_since__isnull=False)),
    }


def deadlines(user: User, today: date) -> list[Renewal]:
    """The next notice deadlines of the own side in 18 months: two queries."""
    rows = soonest(user, RENEWAL_DAYS, today, most=RENEWALS_SHOWN, fields=_PRINTED)
    return [_renewal(row, today) for row in rows]


def _renewal(row: tuple, today: date) -> Renewal:
    act_by, pk, segment, title, ends, value, currency = row
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
