"""After a test that committed: the tables as they were made, rows of migrations too."""

from __future__ import annotations

from typing import Any

from django.core.management.commands import flush
from django.db import connections

from tests.schema import made_anew


class Command(flush.Command):
    """Django would empty every table, and write what it knows of each model again."""

    def handle(self, **options: Any) -> None:
        connection = connections[options["database"]]
        if connection.vendor == "sqlite":
            made_anew(connection)
        else:
            super().handle(**options)
