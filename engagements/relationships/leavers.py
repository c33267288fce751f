"""What waits for somebody who is not there any more is passed on, row by row."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from typing import TypeVar

from engagements.models import Row

logger = logging.getLogger(__name__)
_Row = TypeVar("_Row", bound=Row)


def pass_each(rows: Iterable[_Row], pass_on: Callable[[_Row], bool]) -> int:
    """By the clock: each in a transaction of its own; returns how many were passed on.

    One that fails is tried again in the next round and keeps nobody else's.
    """
    done = 0
    for row in rows:
        try:
            done += pass_on(row)
        except Exception:
            logger.exception("%s %s was not passed on", row._meta.label, row.pk)
    return done
