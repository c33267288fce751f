"""When somebody has left: once their last day is over where their organisation is.

The last day is a day of work. Until its end every door, list and mail is as before.
"""

from __future__ import annotations

from typing import Any

from django.db.models import DateField, F, Func, Q
from django.db.models.functions import Now


class DayThere(Func):
    """The day it is now by the clock of a time zone kept in a column.

    The database's clock: questions whose words are made once must not keep a moment.
    """

    output_field = DateField()

    def __init__(self, zone: str) -> None:
        super().__init__(Now(), F(zone))

    def as_postgresql(self, compiler: Any, connection: Any, **more: Any) -> Any:
        """The moment as that zone's clock shows it, without its time."""
        return super().as_sql(
            compiler,
            connection,
            template="(%(expressions)s)::date",
            arg_joiner=" AT TIME ZONE ",
            **more,
        )

    def as_sqlite(self, compiler: Any, connection: Any, **more: Any) -> Any:
        """The same by the function every connection of Django brings along."""
        template = "django_datetime_cast_date(%(expressions)s, 'UTC')"
        return super().as_sql(compiler, connection, template=template, **more)


def still_there(path: str = "") -> Q:
    """A condition on rows: whoever `path` leads to has no last day behind them."""
    day = DayThere(f"{path}organisation__time_zone")
    return Q(**{f"{path}left_on": None}) | Q(**{f"{path}left_on__gte": day})


def reachable(path: str = "") -> Q:
    """A condition on rows: a link that was mailed to whoever `path` leads to is theirs
    still. Whose sign-in was switched off is not let in by a link instead."""
    user = f"{path}user"
    signs_in = Q(**{user: None}) | Q(**{f"{user}__is_active": True})
    return still_there(path) & Q(**{f"{path}archived_at": None}) & signs_in


def unreachable(path: str = "") -> Q:
    """The other rows: whoever `path` leads to is not asked by that link any more. Of
    nobody, it is not said."""
    off = Q(**{f"{path}user__is_active": False})
    return gone(path) | Q(**{f"{path}archived_at__isnull": False}) | off


def gone(path: str = "") -> Q:
    """The other rows: the last day is over."""
    day = DayThere(f"{path}organisation__time_zone")
    return Q(**{f"{path}left_on__lt": day})
