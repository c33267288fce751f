"""Owe a message, once for each key, in the transaction that causes it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from hashlib import sha256
from typing import Any
from uuid import UUID, uuid4

from celery import current_app
from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from engagements.models import Notice

DELIVER_TASK = "engagements.deliver"
_BATCH = 1_000


@dataclass(frozen=True)
class Owed:
    """A message owed to one person on one channel."""

    kind: str
    recipient: UUID
    organisation: UUID
    lane: int
    channel: str = Notice.Channel.MAIL
    relationship: UUID | None = None
    object_id: UUID | None = None
    side: str = ""
    threshold: int | None = None
    day: date | None = None
    counter: int = 0
    facts: dict = field(default_factory=dict)
    due_at: datetime | None = None
    not_after: datetime | None = None
    # The person does not want it: kept all the same, so that it is not found again.
    unwanted: bool = False

    @property
    def key(self) -> str:
        """Local calendar date and threshold, never an instant: a changed zone or clock
        rule cannot make a second one."""
        parts = (
            self.kind,
            self.object_id,
            self.side,
            self.threshold,
            self.day,
            self.counter,
            self.recipient,
            self.channel,
        )
        return "|".join("" if part is None else str(part) for part in parts)


def owe(owed: Iterable[Owed]) -> int:
    """Record messages; those already recorded stay as they are.

    Returns how many are new. Anything outside the database happens after commit.
    """
    messages = list(owed)
    if not messages:
        return 0
    with transaction.atomic():
        new = sum(
            _insert(messages[start : start + _BATCH])
            for start in range(0, len(messages), _BATCH)
        )
    nudge()
    return new


# What every new row begins with, beside what the model's columns leave empty.
_BEGINNING = {"fence": 0, "attempts": 0, "unknown_outcomes": 0, "last_error": ""}


def _insert(messages: list[Owed]) -> int:
    """Rows straight into the table: 50,000 at once take half as long as through
    model instances, whose defaults and conversions cost more than the database."""
    now = timezone.now()
    rows = [_row(message, now) | _BEGINNING for message in messages]
    names = {field.name: field.column or "" for field in Notice._meta.concrete_fields}
    quoted = connection.ops.quote_name
    columns = ", ".join(quoted(names[name]) for name in rows[0])
    table = quoted(Notice._meta.db_table)
    if connection.vendor == "postgresql":
        # One value to read instead of 25 for each row.
        source = f"SELECT {columns} FROM json_populate_recordset(NULL::{table}, %s)"  # noqa: S608 - names of our own columns
        keyed = [{names[name]: value for name, value in row.items()} for row in rows]
        values: list[Any] = [json.dumps(keyed, default=str)]
    else:
        marks = "(" + ", ".join(["%s"] * len(rows[0])) + ")"
        source = "VALUES " + ", ".join([marks] * len(rows))
        values = [_adapted(value) for row in rows for value in row.values()]
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} ({columns}) {source} ON CONFLICT DO NOTHING",
            values,
        )
        return max(cursor.rowcount, 0)


def _row(owed: Owed, now: datetime) -> dict[str, Any]:
    key, due = owed.key, owed.due_at or now
    return {
        "id": uuid4(),
        "created_at": now,
        "updated_at": now,
        "key": key,
        "kind": owed.kind,
        "lane": int(owed.lane),
        "channel": str(owed.channel),
        "recipient": owed.recipient,
        "organisation": owed.organisation,
        "relationship": owed.relationship,
        "object_id": owed.object_id,
        "side": str(owed.side),
        "threshold": owed.threshold,
        "day": owed.day,
        "counter": owed.counter,
        "facts": owed.facts,
        "due_at": due,
        "not_after": owed.not_after,
        "state": _CANCELLED if owed.unwanted else _PENDING,
        "next_attempt_at": due,
        "message_id": _message_id(key),
    }


_PENDING, _CANCELLED = Notice.State.PENDING.value, Notice.State.CANCELLED.value


def _adapted(value: Any) -> Any:
    """A value as SQLite's driver takes it."""
    if isinstance(value, UUID):
        return value.hex
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    if isinstance(value, dict):
        return json.dumps(value)
    return (
        connection.ops.adapt_datefield_value(value)
        if isinstance(value, date)
        else value
    )


def _message_id(key: str) -> str:
    """The same for the same message, so that a second copy is known as one."""

    host = settings.SITE_URL.partition("://")[2].partition(":")[0] or "localhost"
    return f"<{sha256(key.encode()).hexdigest()[:40]}@{host}>"


def nudge() -> None:
    """After commit, tell a worker to look. A broker that is down breaks nothing: the
    row is committed and the next tick finds it."""
    transaction.on_commit(_send_task, robust=True)


def _send_task() -> None:
    current_app.send_task(DELIVER_TASK, ignore_result=True, expires=60)


def cancel(notice: Notice) -> bool:
    """Let a message go that waits or needs a person; says whether it still did."""
    states = [Notice.State.PENDING, Notice.State.PARKED, Notice.State.DEAD]
    waiting = Notice.objects.filter(pk=notice.pk, state__in=states)
    return bool(waiting.update(state=Notice.State.CANCELLED, updated_at=timezone.now()))


def retry(notice: Notice) -> bool:
    """A person decided to send what was refused, or what may or may not have gone."""
    now = timezone.now()
    stuck = Notice.objects.filter(
        pk=notice.pk, state__in=[Notice.State.DEAD, Notice.State.PARKED]
    )
    changed = stuck.update(
        state=Notice.State.PENDING,
        next_attempt_at=now,
        attempts=0,
        unknown_outcomes=0,
        last_error="",
        updated_at=now,
    )
    if changed:
        nudge()
    return bool(changed)
