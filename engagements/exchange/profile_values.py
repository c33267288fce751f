"""Values of a profile's JSON, refused by the path of their key and the reason."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from engagements.errors import RuleError


class ProfileError(RuleError):
    """A profile that cannot be used, with the key and the reason."""

    def __init__(self, key: str, reason: str) -> None:
        super().__init__(
            _("Profile, “%(key)s”: %(reason)s") % {"key": key, "reason": reason}
        )
        self.key = key


def object_at(key: str, value: Any) -> dict[str, Any]:
    """The object under a key. Raises ProfileError, as all of these."""
    if not isinstance(value, dict):
        raise ProfileError(key, _("must be an object: {…}"))
    return value


def text_at(key: str, value: Any) -> str:
    """The text under a key, without white space around it."""
    if not isinstance(value, str):
        raise ProfileError(key, _("must be a text"))
    return value.strip()


def texts_at(key: str, data: dict[str, Any]) -> list[str]:
    """The list of texts under a key of an object; empty where it has none."""
    value = data.get(key, [])
    if not isinstance(value, list):
        raise ProfileError(key, _("must be a list of texts"))
    return [text_at(key, word) for word in value]


def one_of(key: str, value: Any, allowed: list[str]) -> str:
    """One of the texts allowed under a key."""
    if value not in allowed:
        choices = ", ".join(f"“{choice}”" for choice in allowed if choice)
        raise ProfileError(key, _("must be one of %s") % choices)
    return str(value)


def refuse_unknown(key: str, data: dict[str, Any], known: Iterable[str]) -> None:
    """Name the first key that does not belong there."""
    unknown = sorted(set(data) - set(known))
    if unknown:
        path = f"{key}.{unknown[0]}".strip(".")
        raise ProfileError(
            path, _("is not a key here; known are %s") % ", ".join(sorted(known))
        )
