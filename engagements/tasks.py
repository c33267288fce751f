"""Every Celery task: each wakes the same few functions; none carries state."""

from __future__ import annotations

import logging
import threading
import time
from datetime import timedelta

from celery import shared_task
from celery.signals import worker_ready
from django.db import close_old_connections
from django.utils import timezone

from engagements.models import Tick
from engagements.notices.delivery import deliver as deliver_notices
from engagements.reminders import rounds

logger = logging.getLogger(__name__)
# Without a finished round for this long a worker no longer waits for the clock.
PATIENCE = timedelta(seconds=180)


@shared_task(name="engagements.tick")
def tick() -> int:
    """One round of sweep, plan, give back, deliver."""
    return rounds.run()["sent"]


@shared_task(name="engagements.deliver")
def deliver() -> int:
    """Send what is due now; owed messages nudge it after commit."""
    return deliver_notices(seconds=20).sent


@worker_ready.connect
def watch_the_clock(**_signal: object) -> None:
    """Where no beat arrives, the worker does the rounds by itself."""
    threading.Thread(target=_do_missed_rounds, name="clock-watch", daemon=True).start()


def _do_missed_rounds() -> None:
    while True:
        time.sleep(60)
        try:
            if clock_has_stopped():
                logger.warning("No round for %s: doing one without the clock", PATIENCE)
                rounds.run()
        except Exception:
            logger.exception("A round without the clock failed")
        finally:
            close_old_connections()


def clock_has_stopped() -> bool:
    """No round was finished within the worker's patience."""
    since = timezone.now() - PATIENCE
    return not Tick.objects.filter(finished_at__gt=since, failed="").exists()
