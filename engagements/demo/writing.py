"""Hundreds of thousands of rows of the demo, written for less than one by one costs."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import connection, models


def write_many(model: type[models.Model], rows: Iterable[models.Model]) -> None:
    """The rows `bulk_create` would write, each value prepared by its field.

    One short statement that is made once; rows made by nobody but the demo, which knows
    no signals and asks for no ids back.
    """
    fields = [
        field
        for field in model._meta.concrete_fields
        if not isinstance(field, models.AutoField)
    ]
    quoted = connection.ops.quote_name
    names = ", ".join(quoted(field.column) for field in fields)
    places = ", ".join(["%s"] * len(fields))
    table = quoted(model._meta.db_table)
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {table} ({names}) VALUES ({places})",  # noqa: S608 - of the model
            (
                [
                    field.get_db_prep_save(field.pre_save(row, True), connection)
                    for field in fields
                ]
                for row in rows
            ),
        )
