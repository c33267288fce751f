"""Deadlines of contracts: an alarm does not depend on how a contract came in."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.db.models import Q, QuerySet

from engagements.models import Contract, KeyDate, Side
from engagements.reminders.due import (
    AT_ONCE_DAYS,
    Due,
    bands,
    in_band,
    own_side,
    without_notice,
)

NOTICE_DAYS = (180, 90, 60, 30, 10)
END_DAYS = (90, 30, 7, 0)
KEY_DATE_DAYS = (90, 30, 10)


def notice_deadlines(today: date) -> Iterator[Due]:
    """Each side's notice deadline, counted from the day to act by."""
    live = Contract.objects.live().filter(
        relationship__archived_at=None, notice_given_by=""
    )
    for side in Side:
        column = f"{side.value}_act_by"
        for threshold, first, last in bands(NOTICE_DAYS, today):
            rows = own_side(live.filter(in_band(column, first, last)), side.value)
            rows = without_notice(
                rows,
                "notice-deadline",
                side=side.value,
                threshold=threshold,
                day=column,
                counter="alarm_counter",
            )
            for row in _facts(rows, column):
                yield _of_contract("notice-deadline", row, side, threshold, today)


def contract_ends(today: date) -> Iterator[Due]:
    """The end of a contract that does not renew by itself."""
    ending = Contract.objects.live().filter(
        Q(renewal__in=[Contract.Renewal.NONE, Contract.Renewal.EXPRESS])
        | Q(state=Contract.State.ENDING),
        relationship__archived_at=None,
    )
    for side in Side:
        for threshold, first, last in bands(END_DAYS, today):
            rows = own_side(
                ending.filter(in_band("current_end_on", first, last)), side.value
            )
            rows = without_notice(
                rows,
                "contract-end",
                side=side.value,
                threshold=threshold,
                day="current_end_on",
                counter="alarm_counter",
            )
            for row in _facts(rows, "current_end_on"):
                yield _of_contract("contract-end", row, side, threshold, today)


def _facts(rows: QuerySet[Contract], column: str) -> Iterator[tuple]:
    """Only what a message needs: a register may hold very many contracts."""
    return rows.values_list(
        "pk", "relationship_id", "acting", column, "alarm_counter", "title"
    ).iterator()


def _of_contract(kind: str, row: tuple, side: Side, threshold: int, today: date) -> Due:
    contract, relationship, acting, day, counter, title = row
    return Due(
        kind=kind,
        object_id=contract,
        relationship=relationship,
        organisation=acting,
        side=side.value,
        people="responsible",
        day=day,
        threshold=threshold,
        counter=counter,
        at_once=(day - today).days <= AT_ONCE_DAYS,
        facts={"title": title},
    )


def key_dates(today: date) -> Iterator[Due]:
    """Options, breaks and other days, for the sides that may act."""
    ahead = KeyDate.objects.filter(
        settled_at=None,
        contract__archived_at=None,
        contract__state__in=Contract.LIVE_STATES,
    )
    for side in Side:
        for threshold, first, last in bands(KEY_DATE_DAYS, today):
            rows = ahead.filter(in_band("on", first, last), side__in=["", side.value])
            rows = own_side(rows, side.value, "contract__relationship__")
            rows = without_notice(
                rows, "key-date", side=side.value, threshold=threshold, day="on"
            )
            for row in rows.select_related("contract").iterator():
                yield Due(
                    kind="key-date",
                    object_id=row.pk,
                    relationship=row.contract.relationship_id,
                    organisation=row.acting,  # type: ignore[attr-defined]  # annotated
                    side=side.value,
                    people="responsible",
                    day=row.on,
                    threshold=threshold,
                    at_once=(row.on - today).days <= AT_ONCE_DAYS,
                    facts={"title": row.title, "contract": row.contract.title},
                )
