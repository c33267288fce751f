"""Steps written into the text of an entry: lines that begin with "next:"."""

from __future__ import annotations

import re

from django.forms import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from engagements.interactions.actions import NextStep
from engagements.typed_dates import TypedDateError, parse_day

_LINE = re.compile(r"^\s*next:\s*(.+)$", re.IGNORECASE | re.MULTILINE)
_DATE_WORDS = 3


def steps_in(text: str, *, day_first: bool) -> list[NextStep]:
    """Each such line, its last words a date where they are one."""
    return [_step(line.strip(), day_first) for line in _LINE.findall(text)]


def _step(line: str, day_first: bool) -> NextStep:  # noqa: FBT001 - one caller
    words, today = line.split(), timezone.localdate()
    for count in range(min(_DATE_WORDS, len(words) - 1), 0, -1):
        try:
            day = parse_day(" ".join(words[-count:]), today, day_first=day_first)
        except TypedDateError:
            continue
        return NextStep(" ".join(words[:-count]), day)
    return NextStep(line, None)


def refuse_longer(steps: list[NextStep], most: int) -> None:
    """A step has less room than the text, and none is cut in silence.

    Raises ValidationError that says which one is too long.
    """
    for step in steps:
        if len(step.text) > most:
            words = _(
                "The step “%(begin)s…” after “next:”: %(most)s characters at most, "
                "these are %(count)s."
            )
            facts = {"begin": step.text[:40], "most": most, "count": len(step.text)}
            raise ValidationError(words % facts)
