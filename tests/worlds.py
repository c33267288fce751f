"""Worlds that several tests share."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection, transaction

from tests.schema import set_aside, written_over


def once(kept: Path, make: Callable[[], object]) -> None:
    """A world for tests that commit: on SQLite made once, copied for the others."""
    if connection.vendor != "sqlite":
        make()
    elif kept.exists():
        written_over(connection, kept)
    else:
        make()
        set_aside(connection, kept)


@contextmanager
def kept(django_db_blocker) -> Iterator[None]:
    """What is written inside is there for the tests of a module, and gone after them.

    For a fixture of a module that asks for `django_db_setup` first: whatever a test
    does to the rows is taken back, as ever; rows it holds in memory are not, so let
    each test fetch its own.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)
