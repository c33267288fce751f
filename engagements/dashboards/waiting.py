"""What a signed-in person is asked and has not answered: one line each on Home.

Steps and promises of one's own are `home.due`. Here stands what others wait for: the
same for both sides, each by the rule of the part it belongs to.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from engagements.dashboards.asked import Asked, of_boards, waits
from engagements.dashboards.outstanding import outstanding
from engagements.links import Purpose, path
from engagements.models import RecommendationPromise, standing_of

# What comes to pass without the person once its day is over.
_LAPSING = {"closing"}
_WORDS: dict[str, tuple[str, str | Promise]] = {
    "charter": ("pair", gettext_lazy("Charter to accept")),
    "again": ("pair", gettext_lazy("Does the charter still hold?")),
    "mirror": ("pair", gettext_lazy("Values and abilities: the part of your side")),
    "step": ("knot", gettext_lazy("To settle, one level up: %(title)s")),
    "account": ("knot", gettext_lazy("Account of your side: %(title)s")),
    "facts": ("knot", gettext_lazy("Facts to agree: %(title)s")),
    "closing": ("knot", gettext_lazy("Closing to confirm: %(title)s")),
    "check": ("knot", gettext_lazy("Has it come back? %(title)s")),
    "milder": ("knot", gettext_lazy("Less severe, to agree: %(title)s")),
    "promise": ("note", gettext_lazy("Promise asked of your side: %(title)s")),
    "left": ("note", gettext_lazy("Promise asked of who has left: %(title)s")),
    "idea": ("note", gettext_lazy("Idea to answer: %(title)s")),
}
_PAGES = {
    **dict.fromkeys(("charter", "again"), "charter"),
    "mirror": "mirror",
    **dict.fromkeys(
        ("step", "account", "facts", "closing", "check", "milder"), "issue"
    ),
    "idea": "idea",
}


def asked(
    user: User, promised: Iterable[RecommendationPromise], today: date
) -> list[Asked]:
    """Of this person, what lapses first, then the longest waiting: one query, and two
    more for a host, which is told what of the `promised` nobody owns."""
    standing = standing_of(user)
    if standing is None:
        return []
    lines = (_line(row, today) for row in outstanding(standing, user, today))
    found = [line for line in lines if line is not None]
    found += of_boards(standing, promised, today)
    return sorted(found, key=_order)


def _order(one: Asked) -> tuple[Any, ...]:
    return not one.lapses, one.since or date.max, one.text, one.relationship


def _line(row: tuple[Any, ...], today: date) -> Asked | None:
    kind, pk, version, title, relationship, whom, since = row
    if kind == "handover":
        return _handover(title, (relationship, whom), today)
    if kind == "promise" and not version:
        kind = "left"
    icon, words = _WORDS[kind]
    if kind == "promise":
        # Answered where the mail leads: there is no other page of it.
        url = path(Purpose.PROMISE, pk, version)
    elif kind == "left":
        url = f"{reverse('engagements:commitments')}?relationship={relationship}"
    else:
        url = reverse(f"engagements:{_PAGES[kind]}", args=[pk])
    said, pair = str(words) % {"title": title}, (relationship, whom)
    return _asked(icon, said, url, pair, since, today, lapses=kind in _LAPSING)


def _asked(
    icon: str,
    text: str,
    url: str,
    pair: tuple[UUID, str],
    since: date | None,
    today: date,
    *,
    lapses: bool = False,
) -> Asked:
    page = reverse("engagements:relationship", args=[pair[0]])
    return Asked(icon, text, url, pair[1], page, since, waits(since, today), lapses)


def _handover(told: str, pair: tuple[UUID, str], today: date) -> Asked | None:
    """The line about one; none where it was the other side's person who left."""
    if not told:
        return None
    left = json.loads(told)
    words = _("Handover to confirm: %(now)s follows %(left)s")
    if not left["now"]:
        words = _("Handover: nobody follows %(left)s yet")
    url = reverse("engagements:handover", args=[pair[0]])
    since = date.fromisoformat(left["on"])
    return _asked("people", words % left, url, pair, since, today)
