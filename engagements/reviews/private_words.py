"""What one side, or the facilitator, reads alone: in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from engagements.models import Rater
from engagements.reviews.result_words import limit

Document = Mapping[str, Any]
Words = str | Promise
_SIDES = ("client", "supplier")
_GROUPS = dict(Rater.Group.choices)


@dataclass(frozen=True)
class GroupTable:
    """Role groups beside the whole side: a row a topic, the overall last."""

    heads: list[str]
    rows: list[tuple[str, list[str]]]


@dataclass(frozen=True)
class Own:
    """What a side reads of itself alone."""

    facts: list[tuple[str, str]]
    groups: GroupTable | None
    mirror: list[Document]


def own(document: Document | None) -> Own | None:
    """The own side's document in words; None where it has too few answers."""
    if document is None or not document["published"]:
        return None
    facts = [
        (_("Would choose to continue"), _of_hundred(document["intent"])),
        (_("The relationship as a whole"), _of_hundred(document["rating"])),
        (_("Our dependence on it"), _of_hundred(document["dependence"])),
        (_("When a contract renews"), _renewal(document.get("renewal"))),
    ]
    return Own(
        facts=[(name, words) for name, words in facts if words],
        groups=groups(document),
        mirror=document.get("mirror", []),
    )


def _of_hundred(shown: str | None) -> str:
    return _("%(score)s of 100") % {"score": shown} if shown else ""


def groups(document: Document) -> GroupTable | None:
    """Role groups that may be shown, topic by topic; None where there are none."""
    found = document["groups"]
    if not found:
        return None
    few = _("Too few answers to show")
    names = [row["name"] for row in next(iter(found.values()))["dimensions"]]
    rows = [
        (name, [one["dimensions"][place]["shown"] or few for one in found.values()])
        for place, name in enumerate(names)
    ]
    rows.append((_("Overall"), [one["shown"] or few for one in found.values()]))
    return GroupTable([str(_GROUPS[group]) for group in found], rows)


_RISKS: dict[str, Words] = {
    "critical": gettext_lazy("Look at it now"),
    "high": gettext_lazy("Look at it soon"),
    "elevated": gettext_lazy("Look at it in time"),
    "watch": gettext_lazy("Worth watching"),
    "low": gettext_lazy("Nothing presses"),
}
_URGENCIES: dict[str, Words] = {
    "imminent": gettext_lazy("the day to give notice is near"),
    "near": gettext_lazy("the day to give notice is within half a year"),
    "planned": gettext_lazy("the day to give notice is within a year"),
    "distant": gettext_lazy("the day to give notice is far off"),
}


def _renewal(found: Document | None) -> str:
    """What to look at first, never as a probability; empty where nothing is known."""
    if not found or found["risk"] not in _RISKS:
        return ""
    words = {"risk": _RISKS[found["risk"]], "day": _URGENCIES[found["urgency"]]}
    return (
        _("%(risk)s: %(day)s. This tells what to look at first, not what will happen.")
        % words
    )


_NOTES: dict[str, Words] = {
    "strategic_fit": gettext_lazy("Power is balanced and both depend on each other."),
    "loose": gettext_lazy("Power is balanced and neither depends much on the other."),
    "compliance": gettext_lazy(
        "The weaker side hardly has a voice: what looks like agreement may be "
        "compliance."
    ),
}
_POWER: dict[str, Words] = {
    "balanced": gettext_lazy("Balanced"),
    "tilted_client": gettext_lazy("Tilted to the client"),
    "tilted_supplier": gettext_lazy("Tilted to the supplier"),
    "dominated_client": gettext_lazy("The client dominates"),
    "dominated_supplier": gettext_lazy("The supplier dominates"),
    "contested": gettext_lazy(
        "Contested: who depends more and who is heard more say the opposite"
    ),
}


@dataclass(frozen=True)
class Facilitated:
    """What the facilitator reads alone."""

    comments: list[Document]
    facts: list[tuple[str, str]]
    groups: list[tuple[str, GroupTable]]
    mirror: list[tuple[str, list[Document]]]


def facilitated(document: Document | None) -> Facilitated | None:
    """The facilitator's document in words."""
    if document is None:
        return None
    power = document["power"]
    note = document["power_note"]
    carried = document["burden"]
    facts = [(_("Power"), str(_POWER[power["label"]]))] if power else []
    if note:
        facts.append((_("What that may mean"), str(_NOTES[note])))
    if carried["client"] + carried["supplier"]:
        words = _("%(client)d by the client, %(supplier)d by the supplier") % carried
        if carried["one_sided"]:
            words = _("%(words)s: one-sided") % {"words": words}
        facts.append((_("Agreed actions so far"), words))
    tables = [(side, groups(document[side])) for side in _SIDES]
    return Facilitated(
        comments=document["comments"],
        facts=facts,
        groups=[(side, table) for side, table in tables if table],
        mirror=[(side, document[side]["mirror"]) for side in _SIDES],
    )


def who_reads(
    shared: Document | None, own: Document | None
) -> list[tuple[str, str, bool]]:
    """Side by side, who reads the comments of its people, and whether they can be put
    into other words: not what both sides read as it is."""
    if shared is None or own is None:
        return [(side, "", True) for side in _SIDES]
    return [
        (side, _who_reads(shared, own, side), not _are_shown(shared, side))
        for side in _SIDES
    ]


def _are_shown(shared: Document, side: str) -> bool:
    return bool(shared["sufficient"]) and shared["comments"][side] is not None


def _who_reads(shared: Document, own: Document, side: str) -> str:
    if not shared["sufficient"]:
        if side in own["to_paraphrase"]:
            return _("Their comments are shown to you alone.")
        return _("Without a result of both sides their comments are not shown.")
    if _are_shown(shared, side):
        return _("Both sides read their comments as they are.")
    words = _(
        "Fewer than %(least)s people answered: their comments are shown to you alone."
    )
    return words % {"least": limit(shared, "least_for_comments")}
