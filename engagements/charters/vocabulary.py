"""Words to choose from in the mirror; a side may add its own.

A chosen word is stored by its key, so that both sides mean the same in any language.
"""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from engagements.charters.mirror import fold

VALUES: dict[str, str | Promise] = {
    "honesty": _("Honesty"),
    "fairness": _("Fairness"),
    "safety": _("Safety"),
    "reliability": _("Reliability"),
    "openness": _("Openness"),
    "respect": _("Respect"),
    "care": _("Care for people"),
    "thrift": _("Thrift"),
    "quality": _("Quality of work"),
    "pace": _("Pace"),
    "courage": _("Courage to change"),
    "responsibility": _("Responsibility"),
}
ABILITIES: dict[str, str | Promise] = {
    "skill": _("Technical skill"),
    "planning": _("Planning"),
    "listening": _("Listening"),
    "decisions": _("Deciding quickly"),
    "knowledge": _("Knowing the business"),
    "improvement": _("Improving steadily"),
    "crisis": _("Acting in a crisis"),
    "communication": _("Saying things early"),
    "people": _("Keeping good people"),
    "figures": _("Figures one can trust"),
    "invention": _("New ideas"),
    "coordination": _("Working across sites"),
}


def label(word: str) -> str:
    """A word as it is read: a chosen one in the reader's language."""
    known = VALUES.get(fold(word)) or ABILITIES.get(fold(word))
    return str(known) if known else word
