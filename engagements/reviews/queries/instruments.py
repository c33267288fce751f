"""Versions of the instrument as their pages show them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import groupby
from operator import attrgetter
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _t

from accounts.models import User
from engagements.models import (
    Change,
    HealthReview,
    InstrumentVersion,
    standing_of,
)
from engagements.reviews.explanation.units import printed
from engagements.reviews.instrument import editing
from engagements.reviews.instrument.comparing import linked_topics
from engagements.reviews.instrument.content import (
    ENGLISH,
    Content,
    Item,
    Module,
    read,
)
from engagements.reviews.instrument.editing import ITEMS, TOPICS
from engagements.reviews.instrument.thresholds import method_of
from engagements.reviews.instrument.words import (
    language_name,
    languages_of,
    missing_in,
    places,
)
from engagements.reviews.scoring.parameters import STANDARD, Parameter, parameters
from engagements.reviews.scoring.rounding import reaches
from engagements.reviews.scoring.versions import Link
from engagements.reviews.scoring.weighting import coverage

CHANGES = 20
_MODULES: dict[Module, str | Promise] = {
    Module.DEPENDENCE: _t("Dependence"),
    Module.OUTCOME: _t("On the whole"),
    Module.OPEN: _t("In one's own words"),
    Module.MIRROR: _t("The mirror"),
    Module.CHECK_IN: _t("Asked by check-ins alone"),
}
_ACTS: Mapping[str, str | Promise] = {
    "copied_from": _t("Copied from %(version)s"),
    "published_at": _t("Published"),
    "withdrawn_at": _t("Withdrawn"),
}


def kept(user: User) -> QuerySet[InstrumentVersion]:
    """The versions a person may look at, with what their pages say of them."""
    rows = InstrumentVersion.objects.visible_to(user)
    return rows.select_related("organisation", "written_by", "copied_from")


def explainable(user: User) -> QuerySet[InstrumentVersion]:
    """Those, and the other side's that a shared review is set up with."""
    standing = standing_of(user)
    if standing is None:
        return InstrumentVersion.objects.none()
    reviews = HealthReview.objects.visible_to(user).exclude(set_up_at=None)
    used = Exists(reviews.filter(instrument=OuterRef("pk")).order_by())
    own = Q(organisation=None) | Q(organisation=standing.organisation)
    return InstrumentVersion.objects.filter(own | used)


@dataclass(frozen=True)
class Statement:
    """A statement or question; `other` means another than the version copied from."""

    item: Item
    text: str
    other: bool


@dataclass(frozen=True)
class Group:
    """A topic with its statements, or the questions of one other part of the form."""

    key: str
    title: str
    meaning: str
    weight: float | None
    statements: list[Statement]
    other: bool = False


def groups(version: InstrumentVersion, content: Content) -> list[Group]:
    """All that is asked, as the form asks it: topics first, then the other parts."""
    moved = _moved(version)
    asked = {item.key: _statement(item, moved) for item in content.items}
    topics = [
        Group(
            key=topic.key,
            title=topic.name[ENGLISH],
            meaning=topic.meaning[ENGLISH],
            weight=topic.weight,
            statements=[
                asked[item.key]
                for item in content.items
                if item.module is Module.CORE and item.dimension == topic.key
            ],
            other=(TOPICS, topic.key) in moved,
        )
        for topic in content.dimensions
    ]
    others = groupby(content.items, key=attrgetter("module"))
    return topics + [
        Group("", str(_MODULES[module]), "", None, [asked[item.key] for item in items])
        for module, items in others
        if module is not Module.CORE
    ]


def _statement(item: Item, moved: set[tuple[str, str]]) -> Statement:
    return Statement(item, item.text[ENGLISH], (ITEMS, item.key) in moved)


def _moved(version: InstrumentVersion) -> set[tuple[str, str]]:
    """What means something else than in the version it was copied from."""
    if version.copied_from is None:
        return set()
    before = editing.revisions_of(version.copied_from.content)
    now = editing.revisions_of(version.content)
    return {key for key, revision in now.items() if before.get(key) != revision}


@dataclass(frozen=True)
class Comparison:
    """How reviews with two versions compare: the topics that do not, and whether
    enough is left for a figure over all."""

    earlier: InstrumentVersion
    broken: list[str]
    rescaled: bool
    overall: bool


def compared(version: InstrumentVersion, content: Content) -> Comparison | None:
    """The version beside the one it was copied from."""
    earlier = version.copied_from
    if earlier is None:
        return None
    method, old = method_of(version.method), read(earlier.content)
    links = linked_topics(old, content, method=method)
    common = [key for key, link in links.items() if link is not Link.BREAK]
    shares = [coverage(common, one.weights) for one in (old, content)]
    return Comparison(
        earlier=earlier,
        broken=[
            one.name[ENGLISH]
            for one in content.dimensions
            if links[one.key] is Link.BREAK
        ],
        rescaled=Link.RESCALED in links.values(),
        overall=all(reaches(share, method.least_coverage) for share in shares),
    )


@dataclass(frozen=True)
class Translation:
    """One language of a version: how many texts it has, of how many."""

    language: str
    name: str
    done: int
    of: int


def translations(version: InstrumentVersion) -> list[Translation]:
    """The languages a version is translated into."""
    document = version.content
    count = sum(1 for _place in places(document))
    return [
        Translation(
            one, language_name(one), count - len(missing_in(document, one)), count
        )
        for one in languages_of(document)
        if one != ENGLISH
    ]


def own_thresholds(version: InstrumentVersion) -> list[str]:
    """What the version sets otherwise than usual, in words."""
    usual = {one.name: one.value for one in parameters(STANDARD)}
    return [
        _(one.meaning)
        for one in parameters(method_of(version.method))
        if one.value != usual[one.name]
    ]


@dataclass(frozen=True)
class Edit:
    """One change with its lines: what, before, after."""

    change: Change
    lines: list[tuple[str, str, str]]


def history(user: User, version: InstrumentVersion) -> list[Edit]:
    """The last changes of a version; one query."""
    rows = Change.objects.visible_to(user).of(version).select_related("by")
    return [Edit(one, _lines(one.fields)) for one in rows[:CHANGES]]


def _lines(fields: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    usual = {one.name: one for one in parameters(STANDARD)}
    lines = []
    for name, (before, after) in fields.items():
        if name in _ACTS:
            lines.append((str(_ACTS[name]) % {"version": after}, "", ""))
        elif name in usual:
            one = usual[name]
            lines.append((_(one.meaning), _printed(one, before), _printed(one, after)))
        else:
            lines.append((_named(name), before or "", after or _("nothing")))
    return lines


def _printed(usual: Parameter, value: str | None) -> str:
    return printed(usual if value is None else replace(usual, value=float(value)))


def _named(name: str) -> str:
    """What was changed, in words: "TRU1 revision", "language de"."""
    key, _space, what = name.partition(" ")
    if key == "language":
        return _("Texts in %(language)s") % {"language": language_name(what)}
    words = {
        "": key,
        "revision": _("%(key)s, revision of the meaning"),
        "meaning": _("%(key)s, what is meant"),
        "marker": _("%(key)s, asked by pulses"),
        "reverse": _("%(key)s, turned round"),
        "weight": _("%(key)s, weight"),
    }
    known = {"title": _("Name"), "scale": _("Labels of the points")}
    return known.get(key) or words[what] % {"key": key}
