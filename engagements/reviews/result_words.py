"""A frozen result as the page prints it: groups, sentences, words for codes.

Everything comes from the document of both sides; nothing is looked up that may change.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from engagements.models import Health
from engagements.reviews.health_words import told_reasons
from engagements.reviews.scoring.parameters import STANDARD
from engagements.reviews.scoring.rounding import half_up

Document = Mapping[str, Any]
_LIGHTS = {
    "green": Health.STEADY,
    "amber": Health.WATCH,
    "red": Health.RISK,
    "unknown": Health.NONE,
    "stale": Health.STALE,
}
CONFIDENCE: dict[str, str | Promise] = {
    "high": gettext_lazy(
        "The figures can be relied on: enough people, and most of them answered"
    ),
    "medium": gettext_lazy("The figures give a fair picture: at least half answered"),
    "low": gettext_lazy(
        "The figures say little: few answered, or their answers lie far apart"
    ),
    "none": gettext_lazy("Named answers of few people: a talk, not a measurement"),
}
AGREEMENT: dict[str, str | Promise] = {
    "agree": gettext_lazy("who gave much the same answers"),
    "mixed": gettext_lazy("who gave different answers"),
    "split": gettext_lazy("whose answers lie far apart"),
}
# What they name in points is said with the threshold frozen with the review.
_HITS: dict[str, str | Promise] = {
    "W1": gettext_lazy(
        "Health fell by %(fall_warning)s points or more since the last review."
    ),
    "W2": gettext_lazy("Health fell twice in a row."),
    "W3": gettext_lazy("The smoothed course left its usual range."),
    "W4": gettext_lazy(
        "One side's view of a topic fell by %(dimension_fall)s points or more."
    ),
    "W5": gettext_lazy("The two sides are far apart, or moved apart."),
    "W6": gettext_lazy(
        "On at least one topic the sides are %(gap_severe)s points or more apart."
    ),
    "W7C": gettext_lazy("Fewer people of the client answered."),
    "W7S": gettext_lazy("Fewer people of the supplier answered."),
    "W8": gettext_lazy("The people of one side are split now."),
    "W9": gettext_lazy("Many agreed actions were late."),
}

# Warnings that say what a reason says: the code of that reason.
_SAME = {"W6": "topic_gap", "W9": "actions_overdue"}


@dataclass(frozen=True)
class Group:
    """Topics under one heading, the widest gap first."""

    title: str
    rows: Sequence[Document]


def health_of(document: Document) -> str:
    """The word for its status: one of the health marks."""
    status = document["status"]
    if status.get("word"):
        return status["word"]
    if status.get("strong"):
        return Health.STRONG
    return _LIGHTS[status["light"]]


def groups(document: Document) -> list[Group]:
    """The topics as they are talked about: far apart, some distance, alike, unknown."""
    rows = document["dimensions"]
    parts = (
        (
            _("Talk about these first: gap of %(gap)s or more")
            % {"gap": limit(document, "gap_wide")},
            [row for row in rows if row["band"] in {"wide", "severe"}],
        ),
        (_("Some distance"), [row for row in rows if row["band"] == "note"]),
        (
            _("You agree: less than %(gap)s apart")
            % {"gap": limit(document, "gap_note")},
            [row for row in rows if row["band"] == "aligned"],
        ),
        (
            _("Too few answers of a side to compare"),
            [row for row in rows if row["band"] is None],
        ),
    )
    return [Group(title, found) for title, found in parts if found]


def finding(document: Document) -> list[str]:
    """The finding in one to three sentences, with both organisations' names."""
    found, names = document["finding"], document["names"]
    if found is None:
        return []
    said = [_counted(found)]
    if found["widest"] and found["is_wide"]:
        better = found["better"]
        worse = "supplier" if better == "client" else "client"
        said.append(
            _("%(better)s sees %(topic)s much better than %(worse)s does.")
            % {
                "better": names[better],
                "worse": names[worse],
                "topic": f"“{found['widest']}”",
            }
        )
        said += _grown(found["wider_by"])
    elif found["weakest"]:
        said.append(
            _("What both sides see least well is “%(topic)s”.")
            % {"topic": found["weakest"]["name"]}
        )
    return said


def _counted(found: Document) -> str:
    words = {
        "alike": found["alike"],
        "topics": found["compared"],
        "apart": found["apart"],
    }
    if not found["apart"]:
        return _(
            "Both sides agree on %(alike)s of %(topics)s topics, and on none are far"
        ) % words + _(" apart.")
    return (
        ngettext(
            "Both sides agree on %(alike)s of %(topics)s topics, and see %(apart)s very"
            " differently.",
            "Both sides agree on %(alike)s of %(topics)s topics, and see %(apart)s very"
            " differently.",
            found["apart"],
        )
        % words
    )


def _grown(wider_by: int | None) -> list[str]:
    if not wider_by:
        return []
    if wider_by > 0:
        return [
            _("That gap is wider by %(n)s since the last review.") % {"n": wider_by}
        ]
    return [_("That gap is narrower by %(n)s.") % {"n": -wider_by}]


def warnings(document: Document) -> list[str]:
    """What asks for attention, the same words for both sides; what is said as the
    reason for its word is not said again."""
    named = ("fall_warning", "dimension_fall", "gap_severe")
    limits = {name: limit(document, name) for name in named}
    told = set(told_reasons(document["status"].get("why", [])))
    return [
        str(_HITS[hit]) % limits
        for hit in document["warning"]["hits"]
        if hit in _HITS and _SAME.get(hit) not in told
    ]


def limit(document: Document, name: str) -> int:
    """A threshold as it was frozen with the review; older results name fewer."""
    known = document["status"]["limits"]
    return known[name] if name in known else int(half_up(getattr(STANDARD, name)))


_POWER: dict[str, str | Promise] = {
    "alike": gettext_lazy("Both sides depend on each other alike."),
    "client": gettext_lazy("%(client)s depends more on it."),
    "supplier": gettext_lazy("%(supplier)s depends more on it."),
}
_HEARD: dict[str, str | Promise] = {
    "alike": gettext_lazy("Both sides feel heard alike."),
    "client": gettext_lazy("People of %(client)s feel more heard."),
    "supplier": gettext_lazy("People of %(supplier)s feel more heard."),
}


def power(document: Document) -> list[str]:
    """Who depends on whom and who is heard, after both sides opted in."""
    found = document["power"]
    if found is None:
        return []
    said = []
    if found.get("depends_more"):
        said.append(str(_POWER[found["depends_more"]]) % document["names"])
    if found.get("is_heard_more"):
        said.append(str(_HEARD[found["is_heard_more"]]) % document["names"])
    return said


def comments(document: Document) -> list[tuple[str, list[Document] | None]]:
    """Each side's words, the client first; None where there are too few people."""
    return [(side, document["comments"][side]) for side in ("client", "supplier")]


def by_name(document: Document) -> list[dict[str, Any]]:
    """Everybody's answers, statement by statement, in named mode alone."""
    found = document.get("by_name")
    if not found:
        return []
    people = [*found["client"], *found["supplier"]]
    return [
        {
            "text": row["text"],
            "answers": [_said(person["answers"].get(row["key"])) for person in people],
        }
        for row in found["statements"]
    ]


def _said(value: int | str | None) -> str:
    if value is None:
        return _("no answer")
    return _("can't say") if value == "cannot_say" else str(value)
