"""What a person reads of the demo's world, as plain values two worlds can differ in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from html.parser import HTMLParser
from typing import Any

from django.db.models import Count, Model, QuerySet
from django.http import QueryDict
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.safestring import SafeString

from accounts.models import User
from engagements.commitments import queries as promises
from engagements.dashboards import (
    attention,
    export,
    home,
    lists,
    measures,
    portfolio,
)
from engagements.dashboards.across import across
from engagements.dashboards.by_topic import page_of
from engagements.dashboards.by_value import by_value
from engagements.dashboards.rows import rows_of
from engagements.models import (
    Contract,
    RelationshipSide,
    Side,
    TimelineEntry,
    standing_of,
)
from tests.engagements.demo import exchanged
from tests.engagements.demo.differing import Unordered, parted

# When something was computed is no figure.
_MOMENTS = {"updated_at", "health_at", "guarded_at"}
# Without a sign: how far apart, not who is above.
_APART = {"HealthLine", "Topic"}
_EMPTY = {"area", "br", "col", "hr", "img", "input", "link", "meta", "use", "wbr"}
_READ = {"href", "action", "aria-label", "alt", "title", "name", "value"}
_MAIN = re.compile(r"<main\b.*</main>", re.DOTALL)
_SKIPPED = ("csrfmiddlewaretoken", "submit_key")


def stored() -> dict[str, list[dict[str, Any]]]:
    """All figures that are kept beside what they are made of."""
    return {
        model.__name__: [
            {name: one for name, one in row.items() if name not in _MOMENTS}
            for row in model.objects.order_by("pk").values()
        ]
        for model in (RelationshipSide, Contract)
    }


def figures(user: User) -> dict[str, Any]:
    """What lists, files and the executive's page say, by the name of the figure."""
    today, standing = timezone.localdate(), standing_of(user)
    sides = RelationshipSide.objects.seen_by(user).active()
    summary = portfolio.summary(user, today)
    health = measures.measures(summary.counted, across(user, today).followed)
    ranks = attention.first(user, today)
    rows = rows_of(user, ranks, health.currency)
    chosen = attention.needing(ranks, rows)
    heat = {sort: page_of(sides, sort, "1", today)[1] for sort in ("worst", "DEL")}
    found = {
        "summary": summary,
        "health": health,
        "measures": [health.read, health.unread, health.on_time, health.answered],
        "attention": attention.attention(user, chosen, ranks, rows, today),
        "ranks": list(ranks.items()),
        "renewals": portfolio.deadlines(user, today),
        "heat": heat,
        "by value": by_value(rows, chosen, health.currency, health.of.total()),
        "due": home.due(standing, (), today),
        "timeline": _timeline(sides),
        **_listed(user),
        **_promised(user),
    }
    return {name: plain(one) for name, one in found.items()}


def _listed(user: User) -> dict[str, Any]:
    """The list in each order and narrowing, on the page and in the file."""
    today, found = timezone.localdate(), {}
    asked = [f"sort={name}" for name in lists.SORTS]
    asked += [f"side={side}" for side in Side.values]
    asked += [f"view={name}" for name in lists.NARROWINGS]
    for query in asked:
        of = lists.Asked.of(QueryDict(query))
        page = lists.relationships(user, of, page=1, today=today)
        found[f"list {query}"] = list(page.object_list)
    heads = [str(head) for head in export.HEADS]
    of = lists.Asked.of(QueryDict("sort=name"))
    file = export.rows(user, of, today)
    found["file"] = [dict(zip(heads, row, strict=True)) for row in file]
    return found


def _promised(user: User) -> dict[str, Any]:
    """The list in each state and of each side, and how many each side kept."""
    today = timezone.localdate()
    asked = [promises.Asked(state, "", "", mine=False) for state in promises.STATES]
    asked += [promises.Asked("", side, "", mine=False) for side in Side.values]
    found = {
        f"promises {of.state} {of.side}": [
            row.pk for row in promises.commitments(user, of, today)
        ]
        for of in asked
    }
    every = promises.commitments(user, promises.Asked("", "", "", mine=False), today)
    kept = promises.kept(every, today)
    return found | {"kept": {one.side: [one, one.share] for one in kept}}


def _timeline(sides: QuerySet[RelationshipSide]) -> dict[str, Any]:
    """How many entries of each kind stand on each relationship."""
    rows = TimelineEntry.objects.filter(relationship__in=sides.values("relationship"))
    counted = rows.order_by("relationship", "kind", "mark", "visibility")
    found = counted.values_list("relationship", "kind", "mark", "visibility")
    return {str(row): count for *row, count in found.annotate(Count("pk"))}


def plain(known: Any) -> Any:
    """Dictionaries, lists, texts and numbers; a row is its id."""
    if is_dataclass(known):
        return {
            _key(known, one.name): plain(getattr(known, one.name))
            for one in fields(known)
        }
    if isinstance(known, Mapping):
        return {str(key): plain(one) for key, one in known.items()}
    if isinstance(known, Model):
        return str(known.pk)
    if isinstance(known, SafeString):
        return Page(known).parts
    if isinstance(known, str | Promise):
        return str(known)
    if isinstance(known, Iterable):
        return [plain(one) for one in known]
    return known if exchanged.is_number(known) or known is None else str(known)


def _key(known: Any, name: str) -> str:
    return "apart" if name == "gap" and type(known).__name__ in _APART else name


class Page(HTMLParser):
    """A page as a tree of what is read on it and where it leads."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.parts = Unordered()
        self._open: list[tuple[str, Unordered]] = [("", self.parts)]
        # What stands around the page, the same on all of them, says nothing of it.
        found = _MAIN.search(html)
        self.feed(found[0] if found else html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A part begins, with what it says and where it leads."""
        known = dict(attrs)
        says = [
            part for name in _READ & known.keys() for part in parted(known[name] or "")
        ]
        says += _mark((known.get("class") or "").split())
        if known.get("name") in _SKIPPED:
            says = []
        if tag == "main":
            self.parts = Unordered()
            self._open.append((tag, self.parts))
        elif tag in _EMPTY:
            self._open[-1][1].extend(says)
        else:
            self._open.append((tag, Unordered(says)))

    def handle_endtag(self, tag: str) -> None:
        """A part ends; what was left open in it ends with it."""
        if tag not in {name for name, _parts in self._open[1:]}:
            return
        name = ""
        while name != tag:
            name, parts = self._open.pop()
            if parts and name not in {"script", "style"}:
                self._open[-1][1].append(parts)

    def handle_data(self, data: str) -> None:
        """Words of the part that is open."""
        self._open[-1][1].extend(parted(data))


def _mark(styles: list[str]) -> list[str]:
    """Discs are the client's, rings the supplier's."""
    if not {"mk", "av"} & {*styles} or "both" in styles:
        return []
    return [f"mark={Side.SUPPLIER if 's' in styles else Side.CLIENT}"]
