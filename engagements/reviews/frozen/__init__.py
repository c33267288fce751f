"""What the database itself refuses once a review is open, closed or released, and
once both sides agreed to a charter, to facts, or read each other's account.

The application asks the same rules first and words them for people; these hold for
whatever else writes. Installed after every migrate, on both databases; removed before
one, because SQLite makes tables anew.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from engagements.reviews.frozen.joint import JOINT
from engagements.reviews.frozen.refusals import PREFIX, REFUSALS, Refusal


def install(using: str = "default", **_signal: Any) -> None:
    """Make the database refuse; again is the same."""
    connection = connections[using]
    present = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for one in (*REFUSALS, *JOINT):
            if one.table in present:
                for statement in _made(connection, one):
                    cursor.execute(statement)


def remove(using: str = "default", **_signal: Any) -> None:
    """Let the database take everything, while its tables are made anew."""
    connection = connections[using]
    with connection.cursor() as cursor:
        for trigger, table in _installed(connection):
            on = f" ON {table} CASCADE" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER IF EXISTS {trigger}{on}")


def installed(using: str = "default") -> set[str]:
    """The names of what the database refuses now."""
    return {trigger for trigger, _table in _installed(connections[using])}


def _installed(connection: BaseDatabaseWrapper) -> list[tuple[str, str]]:
    if connection.vendor == "postgresql":
        query = (
            "SELECT tgname, tgrelid::regclass::text FROM pg_trigger "
            "WHERE NOT tgisinternal AND starts_with(tgname, %s)"
        )
    else:
        query = (
            "SELECT name, tbl_name FROM sqlite_master "
            "WHERE type = 'trigger' AND substr(name, 1, 7) = %s"
        )
    with connection.cursor() as cursor:
        cursor.execute(query, [PREFIX])
        return cursor.fetchall()


def _made(connection: BaseDatabaseWrapper, one: Refusal) -> Iterable[str]:
    if connection.vendor == "postgresql":
        return _for_postgresql(one)
    return _for_sqlite(one)


def _for_sqlite(one: Refusal) -> Iterable[str]:
    condition = one.condition.replace("IS DISTINCT FROM", "IS NOT")
    yield f"DROP TRIGGER IF EXISTS {one.trigger}"
    yield (
        f"CREATE TRIGGER {one.trigger} BEFORE {one.event} ON {one.table} "
        f"FOR EACH ROW WHEN {condition} "
        f"BEGIN SELECT RAISE(ABORT, '{one.words}'); END"
    )


def _for_postgresql(one: Refusal) -> Iterable[str]:
    passed = "OLD" if one.event == "DELETE" else "NEW"
    yield (
        f"CREATE OR REPLACE FUNCTION {one.trigger}() RETURNS trigger "
        f"LANGUAGE plpgsql AS $$ BEGIN IF {one.condition} THEN "
        f"RAISE EXCEPTION '{one.words}' USING ERRCODE = 'check_violation'; END IF; "
        f"RETURN {passed}; END $$"
    )
    yield (
        f"CREATE OR REPLACE TRIGGER {one.trigger} BEFORE {one.event} ON {one.table} "
        f"FOR EACH ROW EXECUTE FUNCTION {one.trigger}()"
    )
