"""Questions that are put into words once a process: only their values differ.

A page about all relationships asks everybody's the same few large questions. Making
such a statement takes several times as long as answering it; so the statement is kept,
never an answer, and values are filled in each time.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import reduce
from operator import or_
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connections, models
from django.db.models import Q, QuerySet, Value
from django.utils import timezone

from accounts.models import User
from engagements.models import Standing, standing_of

Make = Callable[[Any], Any]
_NOBODY = UUID(int=0)


class Slot(Value):
    """The place of a value: a day, an id, a currency.

    A day is moved like a day: what is made of one is made again of each value.
    """

    def __init__(
        self, name: str, output_field: models.Field, make: Make | None = None
    ) -> None:
        super().__init__(name, output_field)
        self.name, self.make = name, make

    @property
    def pk(self) -> Slot:
        """Where a row stands for its id, so does this."""
        return self

    def then(self, make: Make, output_field: models.Field) -> Slot:
        """What is made of the value, in its place."""
        before = self.make
        both = make if before is None else lambda value: make(before(value))
        return Slot(self.name, output_field, both)

    def __add__(self, other: timedelta) -> Slot:  # type: ignore[override]  # days only
        return self.then(lambda day: day + other, self.output_field)

    def __sub__(self, other: timedelta) -> Slot:  # type: ignore[override]  # days only
        return self + -other

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        """A place in the statement; `filled` says what stands there."""
        return "%s", (self,)

    def filled(self, values: Mapping[str, Any]) -> Any:
        """The value as the database takes it."""
        value = values[self.name]
        if self.make is not None:
            value = self.make(value)
        return self.output_field.get_db_prep_value(value, connections[DEFAULT_DB_ALIAS])


def midnight(day: Any) -> Any:
    """When a day begins where the reader is; of the place of a day, its place."""
    if isinstance(day, Slot):
        return day.then(midnight, models.DateTimeField())
    return timezone.make_aware(datetime.combine(day, time.min))


def among(name: str, ids: Iterable[Any]) -> Q:
    """That a relation is one of these; a list of places none takes."""
    found = list(ids)
    if not any(isinstance(one, Slot) for one in found):
        return Q(**{f"{name}__in": found})
    return reduce(or_, (Q(**{name: one}) for one in found))


@dataclass(frozen=True)
class Few:
    """Up to so many ids in one place."""

    most: int


class Prepared:
    """A query of plain rows, made by a function of the reader and named values.

    Whatever else the function looks at, a clock or a setting, stays as it was when the
    statement was made: it must look at nothing else.
    """

    def __init__(
        self, build: Callable[..., QuerySet[Any, Any]], **places: models.Field | Few
    ) -> None:
        self.build, self.places = build, places
        # A statement belongs to a connection, and a connection to a thread.
        self.kept = threading.local()

    def rows(self, user: User, **values: Any) -> list[tuple]:
        """What it finds for this person: one query.

        What account managers see depends on teams: for them it is made each time.
        """
        standing = standing_of(user)
        known = self._known(values)
        if standing is None or not standing.reads_everything or known is None:
            return list(self.build(user, **values))
        if not hasattr(self.kept, "made"):
            self.kept.made = self._made()
        compiler, sql, params = self.kept.made
        known["organisation"] = standing.organisation.pk
        filled = [one.filled(known) if isinstance(one, Slot) else one for one in params]
        compiler.as_sql = lambda: (sql, tuple(filled))
        return list(compiler.results_iter(tuple_expected=True))

    def _made(self) -> tuple[Any, str, tuple]:
        slots: dict[str, Any] = {}
        for name, place in self.places.items():
            if isinstance(place, Few):
                numbered = (f"{name} {number}" for number in range(place.most))
                slots[name] = [Slot(one, models.UUIDField()) for one in numbered]
            else:
                slots[name] = Slot(name, place)
        query = self.build(_ANYBODY, **slots).query
        compiler = query.get_compiler(connection=connections[DEFAULT_DB_ALIAS])
        return compiler, *compiler.as_sql()

    def _known(self, values: Mapping[str, Any]) -> dict[str, Any] | None:
        """A value for each slot; None where there are more ids than places."""
        known = dict(values)
        for name, place in self.places.items():
            if isinstance(place, Few):
                ids = list(known.pop(name))
                if len(ids) > place.most:
                    return None
                for number in range(place.most):
                    found = ids[number] if number < len(ids) else _NOBODY
                    known[f"{name} {number}"] = found
        return known


# Somebody who reads everything of an organisation that is filled in later.
_ANYBODY: Any = SimpleNamespace(
    is_active=True,
    standing=Standing(
        contact=None,  # type: ignore[arg-type]  # whoever asks for it fails at once
        organisation=Slot("organisation", models.UUIDField()),  # type: ignore[arg-type]  # stands for one
        role="executive",
    ),
)
