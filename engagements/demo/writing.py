"""Hundreds of thousands of rows of the demo, written for less than one by one costs."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from operator import attrgetter
from typing import Any

from django.db import connection, models
from django.utils import timezone
from psycopg2.extras import execute_values

# Rows a statement, where a statement is sent to a server.
_AT_ONCE = 500
# Kilobytes; of its own accord SQLite keeps two thousand of what it writes to.
_AT_HAND = 262_144


def keep_at_hand() -> None:
    """Many rows in one act touch all of an index, again and again: SQLite would write
    its pages out and read them back."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA cache_size = -{_AT_HAND}")


def write_many(model: type[models.Model], rows: Iterable[models.Model]) -> None:
    """The rows `bulk_create` would write, each value prepared by its field.

    What is said of many rows is prepared once. For rows that are made to be written and
    then forgotten.
    """
    fields = [
        field
        for field in model._meta.concrete_fields
        if not isinstance(field, models.AutoField)
    ]
    quoted = connection.ops.quote_name
    columns = ", ".join(quoted(str(field.column)) for field in fields)
    table = quoted(model._meta.db_table)
    readers = [_value(field) for field in fields]
    values = [[read(row) for read in readers] for row in rows]
    into = f"INSERT INTO {table} ({columns}) VALUES "  # noqa: S608 - names of the model
    _insert(into, len(fields), values)


def _insert(into: str, width: int, values: list[list[Any]]) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # Row by row, each would be a journey to the server and back.
            execute_values(cursor.cursor, f"{into}%s", values, page_size=_AT_ONCE)
        else:
            places = ", ".join(["%s"] * width)
            cursor.executemany(f"{into}({places})", values)


def _value(field: models.Field) -> Callable[[models.Model], Any]:
    """What the database takes for this column of a row."""
    read = attrgetter(field.attname)
    if getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False):
        now = field.get_db_prep_save(timezone.now(), connection)
        return lambda _row: now
    if isinstance(field, models.JSONField):
        # Nothing that can be looked up by its value.
        return lambda row: field.get_db_prep_save(read(row), connection)
    known: dict[Any, Any] = {}

    def prepared(row: models.Model) -> Any:
        value = read(row)
        try:
            return known[value]
        except KeyError:
            known[value] = field.get_db_prep_save(value, connection)
            return known[value]

    return prepared
