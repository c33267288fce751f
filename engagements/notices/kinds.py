"""What a message is about. A kind is registered by the part of the business it
belongs to; this layer only sends."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet
from django.utils.functional import Promise

from engagements.models import Notice


@dataclass(frozen=True)
class Letter:
    """The words of a mail: subject, paragraphs, and the one thing to do, if any.

    `lines` are short items under the paragraphs: (words, address).
    """

    subject: str
    paragraphs: list[str]
    action: str = ""
    url: str = ""
    lines: tuple[tuple[str, str], ...] = ()


def about(notice: Notice) -> UUID:
    """The object a message is about, where its kind always names one."""
    assert notice.object_id is not None  # noqa: S101 - see above
    return notice.object_id


@dataclass(frozen=True)
class Kind:
    """One kind of message.

    `still_wanted` is asked just before sending; `letter` is made then. A legal one
    cannot be switched off; a transactional one was asked for and has no way out in it.
    Of a sealed one nobody learns who got it, when or how many: its rows end alike
    whether they were sent or left out, and no page, count or log tells of them.
    `refused` is called where the relay knows no such address.
    One that `opens` a sign-in goes to people whose sign-in is switched off as well.
    """

    name: str
    label: str | Promise
    letter: Callable[[Notice], Letter]
    still_wanted: Callable[[Notice], bool]
    legal: bool = False
    transactional: bool = False
    sealed: bool = False
    refused: Callable[[Notice], None] | None = None
    opens: bool = False


_KINDS: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    """Make a kind known; the same name again replaces it."""
    _KINDS[kind.name] = kind


def retire(name: str) -> None:
    """Make a kind unknown again: what is still owed of it is never sent."""
    _KINDS.pop(name, None)


def known(name: str) -> Kind | None:
    """The kind of that name; None once its part of the business is gone."""
    return _KINDS.get(name)


def optional() -> list[Kind]:
    """The kinds a person may choose about, in the order they were registered."""
    return [kind for kind in _KINDS.values() if not kind.transactional]


def unsealed(rows: QuerySet[Notice]) -> QuerySet[Notice]:
    """What may be shown or counted to anybody but the recipient."""
    return rows.exclude(kind__in=sealed_names())


def sealed_names() -> list[str]:
    """The names of the sealed kinds."""
    return [kind.name for kind in _KINDS.values() if kind.sealed]


def every() -> list[Kind]:
    """All kinds, in the order they were registered."""
    return list(_KINDS.values())
