"""Django's SQLite, that asks SQLite how many values a statement may have.

Django 5.2 assumes 999, the limit of SQLite before 2020; wide rows are then written a
few at a time. Django 6 asks as well, and this module goes away with it.
"""

from __future__ import annotations

import sqlite3

from django.db.backends.sqlite3 import base, features
from django.utils.functional import cached_property


class DatabaseFeatures(features.DatabaseFeatures):
    """What this SQLite can do."""

    @cached_property
    def max_query_params(self) -> int:  # type: ignore[override]  # a constant there
        """How many values a statement may have."""
        self.connection.ensure_connection()
        limit = sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER
        return self.connection.connection.getlimit(limit)


class DatabaseWrapper(base.DatabaseWrapper):
    """The connection."""

    features_class = DatabaseFeatures
