"""What an agenda says to the people in the room."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from engagements.reviews.agenda import Stage


@dataclass(frozen=True)
class Line:
    """One stage as it is read out: its minutes, and the numbers it is about."""

    stage: str
    minutes: int
    title: str
    text: str
    topic: Mapping[str, Any] | None = None


def worded(stages: Iterable[Mapping[str, Any]]) -> list[Line]:
    """An agenda in words."""
    return [_line(one) for one in stages]


def _line(stage: Mapping[str, Any]) -> Line:
    topic = stage.get("topic")
    name = topic["name"] if topic else ""
    title = _titles()[Stage(stage["stage"])] % {"topic": name}
    text = _texts()[Stage(stage["stage"])]
    if stage.get("also_weakest"):
        text += " " + _("It is the weakest topic too: ask what would move it a step.")
    return Line(stage["stage"], stage["minutes"], title, text, topic)


def _titles() -> dict[Stage, str]:
    return {
        Stage.PREVIOUS: _("What was agreed before"),
        Stage.BEST: _("What goes best: %(topic)s"),
        Stage.GAP: _("Where it looks different: %(topic)s"),
        Stage.WEAKEST: _("What needs most: %(topic)s"),
        Stage.WELL: _("What goes well"),
        Stage.WISH: _("What would help most"),
        Stage.ASKING: _("How to ask next time"),
        Stage.ACTIONS: _("At most three actions"),
        Stage.NOTICE: _("How we will notice"),
    }


def _texts() -> dict[Stage, str]:
    return {
        Stage.PREVIOUS: _(
            "Each owner says where the action stands: done, under way, or to change."
        ),
        Stage.BEST: _("Each side says what makes this work, and what to keep."),
        Stage.GAP: _(
            "Both sides write down one example for their own number. Then each reads "
            "its own out, before anybody answers the other."
        ),
        Stage.WEAKEST: _(
            "Each side says what would move this a step, and what it needs for that."
        ),
        Stage.WELL: _("Each side names one thing to keep, with an example."),
        Stage.WISH: _(
            "Both sides write down one change that would help most. Then each reads "
            "its own out, before anybody answers the other."
        ),
        Stage.ASKING: _(
            "Too few people answered for figures. Named answers or interviews are two "
            "ways; agree which one suits both sides."
        ),
        Stage.ACTIONS: _(
            "For each: who, until when, and how both sides will see that it is done. "
            "Share the load between the sides."
        ),
        Stage.NOTICE: _(
            "Agree what will look different by the next review, and who looks when."
        ),
    }
