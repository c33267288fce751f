"""What stands beside a timeline, of several tables, read by one statement.

Steps, promises, a charter, goals, ideas: few rows each, and each statement of its own
would cost a page more than the rows do.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from django.db import models
from django.db.models import F, QuerySet, Value
from django.db.models.functions import Cast


class Beside(NamedTuple):
    """A row of any of them; what a kind does not have is empty or None."""

    kind: str
    relationship_id: UUID
    side: str
    pk: UUID | None
    text: str
    on: date | None
    until: date | None
    number: int | None
    owner: str


_EMPTY = {
    "side": Value(""),
    "pk": Cast(Value(None), models.UUIDField()),
    "text": Value(""),
    "on": Cast(Value(None), models.DateField()),
    "until": Cast(Value(None), models.DateField()),
    "number": Cast(Value(None), models.IntegerField()),
    "owner": Value(""),
}


def part(rows: QuerySet, kind: str, **columns: str) -> QuerySet:
    """Rows of one table, with the names of the columns that fill those of `Beside`."""
    found = {name: F(column) for name, column in columns.items()}
    filled: dict[str, Any] = _EMPTY | found
    return rows.order_by().values_list(
        Value(kind), "relationship_id", *(filled[name] for name in Beside._fields[2:])
    )


def first(rows: Any, most: int) -> QuerySet:
    """The first few of one table: a part of a union has no end of its own on SQLite."""
    return rows.model.objects.filter(pk__in=rows.values("pk")[:most])


def beside(parts: Iterable[QuerySet]) -> list[Beside]:
    """The rows of all parts, in no order: one query."""
    return [Beside(*row) for row in together(parts)]


def together(parts: Iterable[QuerySet]) -> QuerySet:
    """The statement of all parts, side by side: one in another, SQLite's parser has no
    room for many."""
    one, *others = parts
    return one.union(*others, all=True) if others else one
