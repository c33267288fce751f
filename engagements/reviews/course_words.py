"""How a result got where it is: earlier reviews, what moved since, in words and drawn.

Everything comes from the document of both sides; what it leaves out is not known here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from engagements.charts import Wave
from engagements.wording import long_day, month_words

Document = Mapping[str, Any]
_SIDES = ("client", "supplier")
# What is worth a word beside a topic.
_TOLD = {"clear", "possible"}
CHANGES: dict[str, str | Promise] = {
    "clear": gettext_lazy("a clear change"),
    "possible": gettext_lazy("possibly a change"),
    "no_clear_change": gettext_lazy("no clear change"),
    "not_testable": gettext_lazy("not testable, too few people"),
    "hidden": gettext_lazy("not shown, to protect who answered"),
    "rescaled": gettext_lazy("not testable, another scale"),
}
_DIRECTIONS: dict[str, str | Promise] = {
    "rising": gettext_lazy("Rising"),
    "steady": gettext_lazy("Steady"),
    "falling": gettext_lazy("Falling"),
}


def moved(wider_by: int | None) -> str:
    """How a gap moved since the last review, in words."""
    if wider_by is None:
        return ""
    if wider_by == 0:
        return _("no change")
    if wider_by > 0:
        return _("wider by %(n)s") % {"n": wider_by}
    return _("narrower by %(n)s") % {"n": -wider_by}


def change_words(change: Document | None) -> str:
    """What may be said about a side's change since the last review."""
    if change is None:
        return ""
    label = str(CHANGES.get(change["label"], ""))
    if change["delta"] is None:
        return label
    return f"{_points(change)}, {label}"


def _points(change: Document) -> str:
    return f"{change['delta']:+d}".replace("-", "\N{MINUS SIGN}")


def in_short(client: Document | None, supplier: Document | None) -> str:
    """Both sides' changes in few words: those that are told, else why none is."""
    known = [change for change in (client, supplier) if change]
    told = [
        words % {"points": _points(change)}
        for words, change in (
            (_("client %(points)s"), client),
            (_("supplier %(points)s"), supplier),
        )
        if change and change["label"] in _TOLD and change["delta"] is not None
    ]
    if told:
        return ", ".join(told)
    return str(CHANGES[known[0]["label"]]) if known else _("nothing to compare with")


def course(document: Document) -> str:
    """One sentence on where it is going; empty with fewer than two reviews."""
    found = document["momentum"]
    if found is None:
        return ""
    word = _DIRECTIONS[found["direction"]]
    if found["provisional"]:
        return _("%(word)s, from two reviews: provisional.") % {"word": word}
    if found["early"]:
        return _("%(word)s, from three reviews: early.") % {"word": word}
    return _("%(word)s over the last four reviews.") % {"word": word}


def waves(document: Document) -> list[dict[str, Any]]:
    """The last reviews with their days, oldest first, this one last."""
    return [
        row | {"day": date.fromisoformat(row["closed_on"])} for row in document["waves"]
    ]


def drawn(document: Document) -> list[Wave]:
    """The same as they are drawn; what is not shown is not there."""
    *earlier, now = document["waves"]
    client, supplier = (document["sides"][side]["shown"] for side in _SIDES)
    last = replace(_wave(now), printed=(client, supplier))
    return [*(_wave(row) for row in earlier), last]


def _wave(row: Document) -> Wave:
    day = date.fromisoformat(row["closed_on"])
    return Wave(
        month_words(day),
        row["client"],
        row["supplier"],
        fresh=row.get("after_break", False),
    )


def chart_words(document: Document) -> str:
    """What the chart of the last reviews shows, for who cannot see it.

    Nothing is said across a break: before it other things were asked.
    """
    rows = document["waves"]
    breaks = [n for n, row in enumerate(rows) if row.get("after_break")]
    rows = rows[breaks[-1] if breaks else 0 :]
    said = [_way(rows, side, document["names"][side]) for side in _SIDES]
    if breaks:
        words = _("What stands before %(day)s cannot be compared.")
        day = long_day(date.fromisoformat(rows[0]["closed_on"]))
        said.append(words % {"day": day})
    return " ".join(said)


def _way(rows: list[Document], side: str, name: str) -> str:
    known = [row for row in rows if row[side] is not None]
    if not known or rows[-1][side] is None:
        return _("%(name)s: not known throughout.") % {"name": name}
    words = {
        "name": name,
        "first": known[0][side],
        "day": long_day(date.fromisoformat(known[0]["closed_on"])),
        "last": known[-1][side],
    }
    if len(known) == 1:
        return _("%(name)s is at %(last)s.") % words
    return _("%(name)s went from %(first)s on %(day)s to %(last)s.") % words


def movements(document: Document) -> list[tuple[str, str, str]]:
    """By how much each side moved on each topic, and how sure that is, in words.

    Topic, client, supplier; empty where there is no review to compare with.
    """
    rows = [
        (row["name"], _of_topic(row["client"]), _of_topic(row["supplier"]))
        for row in document["dimensions"]
    ]
    return [row for row in rows if any(row[1:])]


def stirred(row: Document, names: Mapping[str, str]) -> list[str]:
    """Of one topic, each side's change that is more than chance may be."""
    return [
        _("%(name)s %(change)s") % {"name": names[side], "change": _of_topic(row[side])}
        for side in _SIDES
        if row[side].get("moved_label") in _TOLD
    ]


def _of_topic(cell: Document) -> str:
    label = cell.get("moved_label")
    if label is None:
        return ""
    return change_words({"delta": cell["moved"], "label": label})
