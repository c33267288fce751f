"""The executive's page: what needs attention and why, before any review exists.

Every figure is counted by a function that also makes the list it opens.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Sum, Window
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from engagements.charts.renewals import Renewal
from engagements.contracts.queries.narrowing import Asked, narrowed
from engagements.dashboards.lists import COUNTERPART
from engagements.dashboards.narrowing import NOTICE_DAYS, silent_for
from engagements.models import RelationshipSide
from engagements.wording import compact_money, days_words

RENEWALS_SHOWN = 9
# Eighteen months, as the list of contracts counts them.
RENEWAL_DAYS = 540
CONTACTS_SHOWN = 6
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
    silent_60: int
    never: int
    no_meeting: int
    notice: int
    unowned: int
    no_contract: int
    no_value: int
    no_segment: int
    amounts: tuple[Amount, ...]


def summary(sides: QuerySet[RelationshipSide], today: date) -> Summary:
    """Counts over all of the viewer's relationships: two queries."""
    soon = today + timedelta(days=NOTICE_DAYS)
    counted = sides.order_by().aggregate(
        relationships=Count("pk"),
        silent=Count("pk", filter=Q(contact_due_on__lt=today)),
        silent_60=Count("pk", filter=silent_for(60, today)),
        no_meeting=Count("pk", filter=Q(next_contact_at=None)),
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


def longest_silent(sides: QuerySet[RelationshipSide]) -> list[RelationshipSide]:
    """The relationships not spoken to for longest, never first: one query."""
    rows = sides.annotate(counterpart=COUNTERPART).select_related("last_contact_with")
    first = F("last_contact_at").asc(nulls_first=True)
    return list(rows.order_by(first, "pk")[:CONTACTS_SHOWN])


def deadlines(user: User, today: date) -> tuple[list[Renewal], int]:
    """Notice deadlines of the own side in 18 months, and how many: one query."""
    ahead: Any = narrowed(user, Asked(within=RENEWAL_DAYS), today)
    rows = list(
        ahead.annotate(all=Window(Count("pk")))
        .order_by("own_act_by", "pk")
        .values_list(
            "all",
            "pk",
            "title",
            "own_act_by",
            "current_end_on",
            "annual_value",
            "currency",
            "relationship__segment",
        )[:RENEWALS_SHOWN]
    )
    return [_renewal(row[1:], today) for row in rows], rows[0][0] if rows else 0


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
