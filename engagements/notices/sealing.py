"""Rows of sealed kinds end alike, so that the ledger tells nothing about people.

Whether somebody was reminded says whether that person had answered. So a message that
was sent, left out, too late or refused leaves the same row behind: no moment, no
attempts, no words of a server.
"""

from __future__ import annotations

from typing import Any

from django.db.models import F, QuerySet

from engagements.models import Notice
from engagements.notices.kinds import known

_ENDED = frozenset(
    {
        Notice.State.SENT,
        Notice.State.DEAD,
        Notice.State.PARKED,
        Notice.State.CANCELLED,
        Notice.State.STALE,
    }
)
_ALIKE = {
    "state": Notice.State.SETTLED,
    "sent_at": None,
    "attempts": 0,
    "unknown_outcomes": 0,
    "fence": 0,
    "lease_until": None,
    "next_attempt_at": F("due_at"),
    "updated_at": F("created_at"),
    "last_error": "",
}


def is_sealed(notice: Notice) -> bool:
    """Whether nobody may learn what became of it."""
    kind = known(notice.kind)
    return kind is not None and kind.sealed


def named(notice: Notice) -> str:
    """As a log may name it: of a sealed kind nothing tells which it was."""
    return "of a sealed kind" if is_sealed(notice) else str(notice.pk)


def sealed_outcome(values: dict[str, Any]) -> dict[str, Any]:
    """What is written instead of an outcome; a message that waits goes on waiting."""
    if values.get("state") in _ENDED:
        return values | _ALIKE
    return values


def settle(rows: QuerySet[Notice]) -> int:
    """Let messages of sealed kinds go, as if they had been sent; returns how many."""
    return rows.update(**sealed_outcome({"state": Notice.State.CANCELLED}))
