"""Signed links: to answer, to confirm, to facilitate, without an account.

A token is computed from what is asked and its version; nothing is stored. GET shows a
page and changes nothing; a POST puts a short cookie into the browser and goes on to an
address without the token, so that no log, history or referrer holds it. A new version
closes every earlier link.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from django.conf import settings
from django.core import signing
from django.urls import reverse

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

_SALT = "engagements.reviews.link"
_COOKIE_SALT = "engagements.reviews.door"
# A sitting; after it the mailed link opens again.
SITTING = 12 * 3600
# Where a request keeps the mark of the sitting it was let into.
_OF = "relman.of"
_PAGES = {
    "a": "answer",
    "c": "confirm",
    "f": "facilitate",
    "c/charter": "charter-link",
    "c/idea": "idea-link",
    "c/mirror": "mirror-link",
    "c/promise": "promise-link",
    "i": "issue-link",
    "i/up": "issue-step-link",
    "b": "board-link",
}


class Purpose(StrEnum):
    """What a link is for; also the beginning of its addresses: /a/, /b/, /c/ …"""

    ANSWER = "a"
    CONFIRM = "c"
    FACILITATE = "f"
    CHARTER = "c/charter"
    IDEA = "c/idea"
    MIRROR = "c/mirror"
    PROMISE = "c/promise"
    ISSUE = "i"
    STEP = "i/up"
    BOARD = "b"

    @property
    def page(self) -> str:
        """The name of the page a mailed link opens."""
        return _PAGES[self.value]

    @property
    def cookie(self) -> str:
        """The name of its cookie."""
        return f"relman_{self.value.replace('/', '_')}"


@dataclass(frozen=True)
class Held:
    """What a browser may open: the row, its version, and what was consented to."""

    pk: uuid.UUID
    version: int
    consented: bool = False

    @property
    def mark(self) -> str:
        """What a form of the sitting sends along: of which link it was shown."""
        return f"{self.pk.hex}-{self.version}"


def token_of(purpose: Purpose, pk: uuid.UUID, version: int) -> str:
    """The token of a link; the same for the same thing and version."""
    return signing.Signer(salt=f"{_SALT}.{purpose}", sep=".").sign(
        f"{pk.hex}-{version}"
    )


def address(purpose: Purpose, pk: uuid.UUID, version: int) -> str:
    """The whole address a person is mailed."""
    return f"{settings.SITE_URL}{path(purpose, pk, version)}"


def path(purpose: Purpose, pk: uuid.UUID, version: int) -> str:
    """The same without the server's name, for a page that links on."""
    return reverse(f"engagements:{purpose.page}", args=[token_of(purpose, pk, version)])


def read(purpose: Purpose, token: str) -> Held | None:
    """What a token names; None for one that was not made here."""
    try:
        signer = signing.Signer(salt=f"{_SALT}.{purpose}", sep=".")
        hexes, version = signer.unsign(token).split("-")
        return Held(uuid.UUID(hexes), int(version))
    except (signing.BadSignature, ValueError):
        return None


def let_in(response: HttpResponse, purpose: Purpose, held: Held) -> None:
    """Put the cookie of a sitting into the browser; it is sent to these pages only."""
    value = signing.dumps(
        [held.pk.hex, held.version, held.consented], salt=f"{_COOKIE_SALT}.{purpose}"
    )
    response.set_cookie(
        purpose.cookie,
        value,
        max_age=SITTING,
        path=f"/{purpose.value}/",
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def held_by(request: HttpRequest, purpose: Purpose) -> Held | None:
    """What the browser of a request may open; None without a valid cookie.

    None too for a form that another link showed, or that does not say which: a browser
    holds one cookie of a purpose, and what was typed on one page is never kept of
    another.
    """
    held = in_cookie(request, purpose)
    if held is None:
        return None
    if request.method == "POST" and request.POST.get("of") != held.mark:
        return None
    request.META[_OF] = held.mark
    return held


def sitting(request: HttpRequest) -> dict[str, str]:
    """For every template: `of`, which the forms of a sitting send along."""
    return {"of": request.META.get(_OF, "")}


def in_cookie(request: HttpRequest, purpose: Purpose) -> Held | None:
    """The same, whatever was sent: for a page that asks itself what its form shows."""
    try:
        hexes, version, consented = signing.loads(
            request.COOKIES.get(purpose.cookie, ""),
            salt=f"{_COOKIE_SALT}.{purpose}",
            max_age=SITTING,
        )
        return Held(uuid.UUID(hexes), version, consented)
    except (signing.BadSignature, ValueError, TypeError):
        return None
