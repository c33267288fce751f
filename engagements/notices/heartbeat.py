"""Keep the lease of a message while a slow relay takes its time over it.

A lease is short, so that what a killed worker held is free again within a minute; a
relay may take ten minutes over its final answer. The beat stops with its process.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from types import TracebackType
from typing import Self

from django.db import DatabaseError, connection
from django.utils import timezone

from engagements.models import Notice

logger = logging.getLogger(__name__)

LEASE = timedelta(seconds=60)


class Heartbeat:
    """A thread that renews the lease of the one message being handed over."""

    def __init__(self) -> None:
        self._over = threading.Event()
        self._held: Notice | None = None
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._over.set()
        self._thread.join()

    @contextmanager
    def holding(self, notice: Notice) -> Iterator[None]:
        """While inside, the lease of this message does not run out."""
        self._held = notice
        try:
            yield
        finally:
            self._held = None

    def _run(self) -> None:
        # Three beats a lease: two may fail before it runs out.
        pause = LEASE.total_seconds() / 3
        try:
            while not self._over.wait(pause):
                self._beat(self._held)
        finally:
            connection.close()

    def _beat(self, notice: Notice | None) -> None:
        if notice is None:
            return
        now = timezone.now()
        held = Notice.objects.filter(
            pk=notice.pk, fence=notice.fence, state=Notice.State.SENDING
        )
        try:
            held.update(lease_until=now + LEASE, updated_at=now)
        except DatabaseError:
            logger.warning("The lease of notice %s was not renewed", notice.pk)
            connection.close()
