"""Where words may get to beside pages: rows, sessions, cache, messages, log, disk."""

from __future__ import annotations

import base64
import logging
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from io import StringIO
from pathlib import Path
from typing import Any

from django.apps import apps
from django.contrib.sessions.models import Session
from django.db import connection, models
from kombu.transport.memory import Channel

from relman.logs import WithoutTokens

_WHEN = re.compile(r"^\d{4}-\d\d-\d\d [\d:,]+ ", re.MULTILINE)
# As LOG_LEVEL=DEBUG makes them, and Django's own word on requests. Its others keep
# their level: one that traces templates quotes all that these are given.
_LOGGERS = ("", "django.request", "celery", "kombu")


def rows(*but: type[models.Model]) -> dict[str, str]:
    """All rows of all tables but these, and what sessions hold, opened."""
    found = {
        model._meta.label: repr(
            [
                {name: plain(one) for name, one in row.items()}
                for row in model._default_manager.order_by("pk").values()
            ]
        )
        for model in apps.get_models()
        if model not in but
    }
    held = [session.get_decoded() for session in Session.objects.order_by("pk")]
    return found | {"opened sessions": repr(held)}


def plain(one: Any) -> Any:
    """A value as it is written; PostgreSQL gives bytes as where they lie in memory."""
    return bytes(one) if isinstance(one, memoryview) else one


def remembered() -> dict[str, str]:
    """All that the cache holds, and every message that waits for a worker.

    Without Redis; what that is told, `tests/faults/test_closed_room.py` overhears.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM cache")
        cached = repr(cursor.fetchall())
    waiting = [one for queue in Channel.queues.values() for one in queue.queue]
    return {"cache": cached, "messages": repr([opened(one) for one in waiting])}


def mails(messages: Iterable[EmailMessage]) -> dict[str, str]:
    """What each of these says: its lines of address, and every part, opened."""
    return {
        f"mail {number}": "\n".join([*map(str, mail.items()), *_parts(mail)])
        for number, mail in enumerate(messages)
    }


def _parts(mail: EmailMessage) -> Iterator[str]:
    return (str(one.get_content()) for one in mail.walk() if not one.is_multipart())


def opened(message: dict) -> str:
    """A message with its body, which travels encoded."""
    return f"{base64.b64decode(message['body']).decode()} {message}"


@contextmanager
def logged() -> Iterator[StringIO]:
    """What the installation writes at its most talkative, by its own handler."""
    root, written = logging.getLogger(), StringIO()
    (console,) = (one for one in root.handlers if _is_ours(one))
    before = console.setStream(written)
    talking = {logging.getLogger(name) for name in _LOGGERS}
    levels = {one: one.level for one in talking}
    for one in talking:
        one.setLevel(logging.DEBUG)
    try:
        yield written
    finally:
        console.setStream(before)
        for one, level in levels.items():
            one.setLevel(level)


def words_of(log: StringIO) -> str:
    """What was written, without the hour each line begins with: it has decimals."""
    return _WHEN.sub("", log.getvalue())


def _is_ours(handler: logging.Handler) -> bool:
    return any(isinstance(one, WithoutTokens) for one in handler.filters)


def kept(folder: Path, *but: str) -> dict[str, str]:
    """Every path below a folder, and what stands in the files outside some of it."""
    found = {}
    for path in folder.rglob("*"):
        place = path.relative_to(folder)
        told = path.is_file() and place.parts[0] not in but
        content = path.read_bytes() if told else b""
        found[f"file {place}"] = f"{place} {content!r}"
    return found
