"""Owe a message, once for each key, in the transaction that causes it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from hashlib import sha256
from uuid import UUID

from celery import current_app
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from engagements.models import Notice

DELIVER_TASK = "engagements.deliver"
_BATCH = 2_000


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
    now = timezone.now()
    rows = [_row(message, now) for message in owed]
    if not rows:
        return 0
    keys = [row.key for row in rows]
    before = _count(keys)
    Notice.objects.bulk_create(rows, batch_size=_BATCH, ignore_conflicts=True)
    nudge()
    return _count(keys) - before


def _count(keys: list[str]) -> int:
    return sum(
        Notice.objects.filter(key__in=keys[start : start + _BATCH]).count()
        for start in range(0, len(keys), _BATCH)
    )


def _row(owed: Owed, now: datetime) -> Notice:
    due = owed.due_at or now
    return Notice(
        key=owed.key,
        kind=owed.kind,
        lane=owed.lane,
        channel=owed.channel,
        recipient_id=owed.recipient,
        organisation_id=owed.organisation,
        relationship_id=owed.relationship,
        object_id=owed.object_id,
        side=owed.side,
        threshold=owed.threshold,
        day=owed.day,
        counter=owed.counter,
        facts=owed.facts,
        due_at=due,
        not_after=owed.not_after,
        next_attempt_at=due,
        message_id=_message_id(owed.key),
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
