"""What a message is about. A kind is registered by the part of the business it
belongs to; this layer only sends."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise

from engagements.models import Notice


@dataclass(frozen=True)
class Letter:
    """The words of a mail: subject, paragraphs, and the one thing to do.

    `lines` are short items under the paragraphs: (words, address).
    """

    subject: str
    paragraphs: list[str]
    action: str
    url: str
    lines: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Kind:
    """One kind of message.

    `still_wanted` is asked just before sending; `letter` is made then. A legal one
    cannot be switched off; a transactional one was asked for and has no way out in it.
    """

    name: str
    label: str | Promise
    letter: Callable[[Notice], Letter]
    still_wanted: Callable[[Notice], bool]
    legal: bool = False
    transactional: bool = False


_KINDS: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    """Make a kind known; the same name again replaces it."""
    _KINDS[kind.name] = kind


def known(name: str) -> Kind | None:
    """The kind of that name; None once its part of the business is gone."""
    return _KINDS.get(name)


def optional() -> list[Kind]:
    """The kinds a person may choose about, in the order they were registered."""
    return [kind for kind in _KINDS.values() if not kind.transactional]


def every() -> list[Kind]:
    """All kinds, in the order they were registered."""
    return list(_KINDS.values())
