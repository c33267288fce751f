"""Words that two people may write at once: whoever saves is held to what was shown."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from engagements.errors import RuleError


class StaleError(RuleError):
    """Somebody else saved the same part since the person opened it.

    `saved` is what is kept now, by the names of the fields.
    """

    def __init__(self, message: str, *, saved: Mapping[str, Any] | None = None) -> None:
        super().__init__(message)
        self.saved = saved or {}


def fingerprint(part: Any) -> str:
    """A short name of what a person saw, to notice that somebody else changed it."""
    written = json.dumps(part, sort_keys=True, default=str)
    return hashlib.sha256(written.encode()).hexdigest()[:16]


def seen_of(words: Mapping[str, Any]) -> str:
    """The name of the words a form showed; empty where there were none."""
    return fingerprint(dict(words)) if any(words.values()) else ""


def kept_already(
    seen: str | None, now: Mapping[str, Any], said: Mapping[str, Any]
) -> bool:
    """Whether these very words are kept since the form was shown, as after two presses.

    Raises StaleError where others are. Without `seen` nothing was shown to anybody.
    """
    if seen is None or seen == seen_of(now):
        return False
    if dict(now) == dict(said):
        return True
    raise StaleError(
        _("Somebody else saved this while you were writing. Nothing of yours is lost."),
        saved=now,
    )


def marks_of(words: Mapping[str, Any]) -> str:
    """The names of all parts of what a page showed, each by itself."""
    return " ".join(f"{name}:{fingerprint(value)}" for name, value in words.items())


def changed_since(marks: str, now: Mapping[str, Any]) -> list[str]:
    """Which parts are others now than those a page showed, by their names."""
    shown = set(marks.split())
    return [name for name in now if marks_of({name: now[name]}) not in shown]


def face(seen: str | None, now: Mapping[str, Any]) -> None:
    """Hold whoever acts on words to those that were shown.

    Raises StaleError where any part of them is another. Without `seen` nothing was
    shown to anybody.
    """
    if seen is not None and changed_since(seen, now):
        raise StaleError(
            _("This was changed since you opened the page. Read it again."), saved=now
        )
