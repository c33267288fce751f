"""The versions of the instrument that come with the application, and those stored.

A stored version that was used never changes, so its content is read once a process.
"""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import Any
from uuid import UUID

from django.utils import timezone

from engagements.models import InstrumentVersion
from engagements.reviews.instrument.content import Content, read


@cache
def rhr_8() -> Content:
    """RHR-8, version 1.0: eight dimensions of three statements, seven points."""
    return read(document())


def document() -> dict[str, Any]:
    """RHR-8 as it is kept with a review."""
    text = files(__package__).joinpath("rhr8.json").read_text(encoding="utf-8")
    return json.loads(text)


def supplied() -> InstrumentVersion:
    """RHR-8 as a row that reviews can use; written on its first use."""
    content = rhr_8()
    row, _created = InstrumentVersion.objects.get_or_create(
        organisation=None,
        key=content.key,
        version=content.version,
        defaults={"content": document(), "published_at": timezone.now()},
    )
    return row


def content_of(version: InstrumentVersion) -> Content:
    """What a version asks."""
    if version.used_at is None:
        return read(version.content)
    if version.pk not in _USED:
        _USED[version.pk] = read(version.content)
    return _USED[version.pk]


_USED: dict[UUID, Content] = {}
