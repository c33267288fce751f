"""Where the value sits: the largest relationships on the chart of health and value."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from engagements.charts import Spot
from engagements.charts.quadrant import SPLIT
from engagements.dashboards.health import READ
from engagements.dashboards.printed import Printed
from engagements.dashboards.rows import LARGEST_SHOWN, Rows, before, lower
from engagements.wording import compact_money

# So many of the largest are named beside those that need attention.
_NAMED = 5


@dataclass(frozen=True)
class ByValue:
    """The chart, in words as well; `left_out` tells what is not on it."""

    currency: str
    spots: list[Spot]
    summary: str
    left_out: str
    has_tails: bool


def by_value(rows: Rows, needing: Collection[UUID], currency: str, of: int) -> ByValue:
    """Only readings that hold today, of a known value in one currency; `of` all."""
    placed = [
        row
        for row in rows.values()
        if row.health in READ and row.currency == currency and row.annual_value
    ]
    placed.sort(key=lambda row: (-(row.annual_value or 0), row.pk))
    placed = placed[:LARGEST_SHOWN]
    named = {*needing, *(row.pk for row in placed[:_NAMED])}
    spots = [_spot(row, row.pk in named) for row in placed]
    return ByValue(
        currency=currency,
        spots=spots,
        summary=_summary(placed, currency),
        left_out=_left_out(of - len(placed)),
        has_tails=any(one.was is not None for one in spots),
    )


def _left_out(count: int) -> str:
    """Why some are not on the chart; empty where all are."""
    if not count:
        return ""
    words = ngettext(
        "%(count)d is not drawn: no reading of today, no value in this currency, or"
        " not among the largest.",
        "%(count)d are not drawn: no reading of today, no value in this currency, or"
        " not among the largest.",
        count,
    )
    return words % {"count": count}


def _spot(row: Printed, named: bool) -> Spot:  # noqa: FBT001 - of this row
    return Spot(
        label=row.counterpart,
        health=row.health,
        at=lower(row) or 0,
        value=float(row.annual_value or 0),
        was=before(row),
        named=named,
    )


def _summary(placed: list[Printed], currency: str) -> str:
    """The chart in words: who is weak, the most valuable first."""
    weak = [row for row in placed if (lower(row) or 0) < SPLIT]
    if not weak:
        return _("On every one of them both sides are at %(limit)d or more.") % {
            "limit": SPLIT
        }
    said = ngettext(
        "%(count)d of %(all)d has a side under %(limit)d, the largest: %(names)s.",
        "%(count)d of %(all)d have a side under %(limit)d, the largest: %(names)s.",
        len(weak),
    )
    names = ", ".join(
        f"{row.counterpart} ({compact_money(row.annual_value, currency)}, {lower(row)})"
        for row in weak[:3]
    )
    return said % {
        "count": len(weak),
        "all": len(placed),
        "limit": SPLIT,
        "names": names,
    }
