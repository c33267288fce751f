"""An agenda as it is typed: a line a topic, and the time it begins if any. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import time

from django.utils.translation import gettext as _

from engagements.errors import RuleError

MOST_TOPICS, MOST_LETTERS = 30, 150
_LINE = re.compile(r"(?:(\d{1,2})[:.](\d{2})\b[\s,\u2013-]*)?(.*)")


@dataclass(frozen=True)
class Point:
    """Something to speak about, and from when."""

    title: str
    starts_at: time | None = None

    @property
    def line(self) -> str:
        """As it is typed."""
        return f"{self.starts_at:%H:%M} {self.title}" if self.starts_at else self.title


def read(text: str) -> list[Point]:
    """The topics in their order. Raises RuleError with the line that is not one."""
    points = [_point(line.strip()) for line in text.splitlines() if line.strip()]
    if len(points) > MOST_TOPICS:
        words = _("An agenda has %(most)d topics at most.")
        raise RuleError(words % {"most": MOST_TOPICS}, field="lines")
    return points


def written(points: Iterable[Point]) -> str:
    """The lines, as they are typed again."""
    return "\n".join(point.line for point in points)


def _point(line: str) -> Point:
    found = _LINE.fullmatch(line)
    assert found is not None  # noqa: S101 - every line without a break matches
    hour, minute, title = found.groups()
    if hour and (int(hour) > 23 or int(minute) > 59):
        words = _("There is no such time: %(line)s.")
        raise RuleError(words % {"line": line}, field="lines")
    if not title:
        words = _("Say what it is about: %(line)s.")
        raise RuleError(words % {"line": line}, field="lines")
    if len(title) > MOST_LETTERS:
        words = _("A topic has %(most)d letters at most: %(line)s…")
        said = {"most": MOST_LETTERS, "line": title[:40]}
        raise RuleError(words % said, field="lines")
    return Point(title, time(int(hour), int(minute)) if hour else None)
