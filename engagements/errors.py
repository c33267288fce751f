"""A broken rule, worded for the person who broke it."""

from __future__ import annotations

from django.utils.translation import gettext as _

# How many letters a reason may have, wherever one is given.
LONGEST_REASON = 300


class RuleError(Exception):
    """A rule of the business that a person can break; the view shows the words.

    `field` names the form field the words belong to; empty for the whole form.
    """

    def __init__(self, message: str, *, field: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.field = field


def trimmed(words: str) -> str:
    """What was typed as it is kept: without the space around it."""
    return words.replace("\r\n", "\n").strip()


def whole(words: str, label: str, *, field: str, most: int = LONGEST_REASON) -> str:
    """What was typed, without the space around it, and never cut in silence.

    Raises RuleError, by the label the person reads, where it is longer than there is
    room for.
    """
    said = trimmed(words)
    if len(said) > most:
        too_long = _("%(label)s: %(most)s characters at most, these are %(count)s.")
        facts = {"label": label, "most": most, "count": len(said)}
        raise RuleError(too_long % facts, field=field)
    return said
