"""Health by topic: one row a relationship, worst first or as the address asks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import F, QuerySet
from django.db.models.functions import Least, Lower
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from engagements.charts.heat import heat, not_asked
from engagements.dashboards import health, rows
from engagements.dashboards.lists import address_of
from engagements.dashboards.printed import Printed
from engagements.models import RelationshipSide
from engagements.wording import compact_money

ROWS = 50
# With fewer relationships than this a list says more than a table of tints.
FEWEST = 5
WORST, NAME, VALUE, OVERALL = "worst", "name", "value", "overall"


@dataclass(frozen=True)
class Row:
    """One relationship in the table, ready to print."""

    url: str
    name: str
    side: str
    value: str
    health: health.HealthLine
    reason: str
    cells: SafeString


@dataclass(frozen=True)
class ByTopic:
    """The table: the names of its topics by key, and its rows."""

    topics: dict[str, str]
    rows: list[Row]

    @property
    def span(self) -> int:
        """How many cells a row without figures fills: overall and the topics."""
        return 1 + len(self.topics)


def by_topic(
    found: Iterable[Printed], today: date, *, with_reasons: bool = False
) -> ByTopic:
    """These rows under the topics any of them was asked about."""
    chosen = list(found)
    topics: dict[str, str] = {}
    for row in chosen:
        for key, name, *_scores in row.health_topics:
            topics.setdefault(key, name)
    made = [_row(row, topics, today) for row in chosen]
    if with_reasons:
        said = [health.shown(row, today).reason for row in chosen]
        made = [replace(row, reason=one) for row, one in zip(made, said, strict=True)]
    return ByTopic(topics, made)


def _row(row: Printed, topics: Iterable[str], today: date) -> Row:
    line = health.line(*(getattr(row, name) for name in health.LINE), today=today)
    return Row(
        url=address_of(row.relationship_id),
        name=row.counterpart,
        side=row.side,
        value=compact_money(row.annual_value, row.currency)
        if row.annual_value is not None
        else "",
        health=line,
        reason=line.reason,
        cells=_cells(row, line, topics),
    )


def _cells(row: Printed, line: health.HealthLine, topics: Iterable[str]) -> SafeString:
    """Overall, then topic by topic: the lower side, the other where it is far off."""
    stale, state = "", line.state
    if line.is_stale:
        stale, state = _("read %(age)s ago") % {"age": line.age}, line.last
    asked = {key: both for key, _name, *both, _gap in row.health_topics}
    cells = [heat(line.client or None, line.supplier or None, state=state, stale=stale)]
    for key in topics:
        client, supplier = asked.get(key, (None, None))
        cells.append(
            heat(client, supplier, stale=stale) if key in asked else not_asked()
        )
    # Each is escaped already, and there are a hundred on a page.
    return SafeString("".join(cells))


def page_of(
    sides: QuerySet[RelationshipSide], sort: str, number: str, today: date
) -> tuple[Page[Any], ByTopic]:
    """A page of all of them in the order asked for: two queries."""
    page: Page[Any] = Paginator(_ordered(sides, sort), ROWS).get_page(number)
    ids = list(page.object_list)
    found = {row.pk: row for row in rows.printed(sides.filter(pk__in=ids))}
    return page, by_topic([found[pk] for pk in ids if pk in found], today)


def _ordered(sides: QuerySet[RelationshipSide], sort: str) -> list[UUID]:
    """The ids; what is not known comes last in any order."""
    lowest = Least("client_score", "supplier_score").asc(nulls_last=True)
    orders = {
        NAME: (Lower("counterpart"), "pk"),
        VALUE: (F("annual_value").desc(nulls_last=True), "pk"),
        OVERALL: (lowest, "pk"),
    }
    if sort in orders:
        return list(sides.order_by(*orders[sort]).values_list("pk", flat=True))
    worst = list(rows.by_health(sides).values_list("pk", "health_topics"))
    if sort == WORST:
        return [pk for pk, _topics in worst]
    # Topics are kept as one value a row: they are put in order here, the rest by worst.
    worst.sort(key=lambda found: _lowest_of(found[1], sort))
    return [pk for pk, _topics in worst]


def _lowest_of(topics: Iterable[Sequence[Any]], key: str) -> int:
    for name, _words, *scores in topics:
        known = [int(one.rstrip("+-")) for one in scores[:2] if one is not None]
        if name == key and len(known) == 2:
            return min(known)
    return 101
