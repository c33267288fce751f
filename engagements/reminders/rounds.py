"""One round: sweep once a day, plan, give back, deliver. Twice is once."""

from __future__ import annotations

import os
import socket
from datetime import UTC, date, datetime, timedelta

from django.utils import timezone

from engagements.boards.actions.charter import take_counts
from engagements.charters.actions.passing import pass_on_charters, pass_on_mirrors
from engagements.commitments.passing import pass_on_promises
from engagements.contracts.figures import refresh_sides, refresh_terms
from engagements.issues.actions.closing import close_silent
from engagements.issues.actions.passing import pass_on_seats
from engagements.models import Contract, RelationshipSide, SideSnapshot, Sweep, Tick
from engagements.notices.delivery import deliver, reap
from engagements.relationships.actions import let_go
from engagements.relationships.figures import (
    refresh_contacts,
    refresh_ideas,
    refresh_issues,
    refresh_promises,
)
from engagements.relationships.guarding import refresh_guards
from engagements.reminders.planning import plan
from engagements.reviews.actions import clock as reviews
from engagements.reviews.actions import (
    plan_event_pulses,
    plan_reviews,
    plan_what_changed,
)
from engagements.reviews.figures import refresh_health, refresh_what_changed
from engagements.reviews.mails.inviting import forget_asked

KEEP_TICKS = timedelta(days=2)
# A sweep that is not finished by then was cut short, and is done again.
ABANDONED = timedelta(minutes=10)
_BATCH = 2_000


def run(now: datetime | None = None, *, seconds: float = 45.0) -> dict[str, int]:
    """Do one round and record it; returns what was done.

    `now` is another moment only by hand, to try what a day will bring.
    """
    moment = now or timezone.now()
    today = timezone.localdate(moment, UTC)
    tick = Tick.objects.create(worker=f"{socket.gethostname()} {os.getpid()}"[:120])
    try:
        counts = {
            "let_go": let_go(),
            "swept": int(sweep(moment)),
            "reviews": plan_what_changed(today),
            "reviews_moved": reviews.advance(moment),
            "issues_closed": close_silent(today),
            **_pass_on(today),
            "healths": refresh_what_changed(today),
            "guards": refresh_guards(today),
            "planned": plan(moment),
            "reaped": reap(timezone.now()),
        }
        sent = deliver(seconds)
        names = ("shown", "sent", "failed", "parked", "left_out")
        counts |= {name: getattr(sent, name) for name in names}
    except Exception as error:
        tick.failed = f"{type(error).__name__}: {error}"[:300]
        tick.finished_at = timezone.now()
        tick.save(update_fields=["failed", "finished_at", "updated_at"])
        raise
    tick.counts = counts
    tick.finished_at = timezone.now()
    tick.save(update_fields=["counts", "finished_at", "updated_at"])
    Tick.objects.filter(started_at__lt=timezone.now() - KEEP_TICKS).delete()
    return counts


def _pass_on(today: date) -> dict[str, int]:
    """What waits for somebody who is not there any more, to who speaks now."""
    return {
        "issues_passed": pass_on_seats(today),
        "promises_passed": pass_on_promises(today),
        "charters_passed": pass_on_charters(today),
        "mirrors_passed": pass_on_mirrors(today),
    }


def sweep(now: datetime) -> bool:
    """Once a day, write again what a new day changes; says whether it was this time."""
    today = timezone.localdate(now, UTC)
    if not _begin(f"day|{today}"):
        return False
    refresh_terms(Contract.objects.active(), today)
    refresh_sides(None, today)
    # Asks for the guards anew as well.
    refresh_contacts(None)
    refresh_promises(None)
    refresh_issues(None)
    refresh_ideas(None)
    reviews.begin_day(now)
    take_counts()
    forget_asked()
    plan_reviews(None, today)
    plan_event_pulses(None, today)
    refresh_health(None, today)
    _snapshot(today.replace(day=1))
    _finish(f"day|{today}")
    return True


def _begin(key: str) -> bool:
    """Whether this worker does it: nobody did, or who began was killed over it."""
    now = timezone.now()
    _sweep, first = Sweep.objects.get_or_create(key=key)
    abandoned = Sweep.objects.filter(
        key=key, finished_at=None, updated_at__lt=now - ABANDONED
    )
    return first or bool(abandoned.update(updated_at=now))


def _finish(key: str) -> None:
    now = timezone.now()
    Sweep.objects.filter(key=key).update(finished_at=now, updated_at=now)


def _snapshot(month: date) -> None:
    """Each side's figures at the beginning of a month, so that change can be told."""
    if not _begin(f"month|{month}"):
        return
    rows = RelationshipSide.objects.exclude(acted_by=None).iterator(chunk_size=_BATCH)
    SideSnapshot.objects.bulk_create(
        (
            SideSnapshot(
                relationship_side=row,
                month=month,
                figures={
                    "last_contact_at": row.last_contact_at
                    and row.last_contact_at.isoformat(),
                    "act_by": row.act_by and row.act_by.isoformat(),
                    "live_contracts": row.live_contracts,
                    "annual_value": row.annual_value and str(row.annual_value),
                    "currency": row.currency,
                    "health": row.health,
                    "health_score": row.health_score,
                    "client_score": row.client_score,
                    "supplier_score": row.supplier_score,
                    "score_gap": row.score_gap,
                },
            )
            for row in rows
        ),
        batch_size=_BATCH,
        ignore_conflicts=True,
    )
    _finish(f"month|{month}")
