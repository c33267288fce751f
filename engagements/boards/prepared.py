"""A question to the database whose words are made once: only its values change.

What the door asks is asked at every look at a room, and putting the question together
costs ten times what answering it does.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Field, QuerySet


@dataclass(frozen=True)
class Mark:
    """A value that changes: what stands in for it while the question is made, and the
    column whose kind it is of."""

    stand_in: Any
    column: Field

    def written(self, value: Any) -> Any:
        """A value as this database takes it."""
        return self.column.get_db_prep_value(value, connection)


@dataclass(frozen=True)
class Prepared:
    """The words, and for each place in them a value or the name of one."""

    sql: str
    places: tuple[tuple[str, Any], ...]
    marks: Mapping[str, Mark]

    def values(self, **named: Any) -> tuple[Any, ...]:
        """What stands in the places, in their order."""
        written = {name: self.marks[name].written(one) for name, one in named.items()}
        return tuple(written[name] if name else one for name, one in self.places)

    def fetch(self, **named: Any) -> list[tuple[Any, ...]]:
        """The rows as the database gives them: keys are not made objects of."""
        with connection.cursor() as cursor:
            cursor.execute(self.sql, self.values(**named))
            return cursor.fetchall()


def prepare(rows: QuerySet, marks: Mapping[str, Mark]) -> Prepared:
    """Make the words of a question. Every mark has to stand in it."""
    sql, found = rows.query.sql_with_params()
    names = {mark.written(mark.stand_in): name for name, mark in marks.items()}
    places = tuple((names.get(one, ""), one) for one in found)
    missing = set(marks) - {name for name, _one in places}
    if missing:
        message = f"Not asked about: {sorted(missing)}"
        raise LookupError(message)
    return Prepared(sql, places, marks)
