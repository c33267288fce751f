"""Why a review is asked outside the calendar, in words both sides read alike."""

from __future__ import annotations

from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from engagements.models import HealthReview
from engagements.wording import long_day

Cause = HealthReview.Cause
_WORDS: dict[str, str | Promise] = {
    Cause.TRANSITION: gettext_lazy("90 days after the beginning"),
    Cause.PEOPLE: gettext_lazy(
        "after a change of sponsor or interface person on %(day)s"
    ),
    Cause.CONTRACT: gettext_lazy(
        "after a contract's value changed by more than a tenth on %(day)s"
    ),
    Cause.SEGMENT: gettext_lazy("after a change of segment on %(day)s"),
    Cause.ISSUE: gettext_lazy("after a severe joint issue was closed on %(day)s"),
    Cause.WARNING: gettext_lazy("after the early warning of %(day)s"),
}
# Whoever answers is not told what a result said: it would answer for them.
_KEPT = (Cause.WARNING,)


def why(cause: str, on: date | None) -> str:
    """What caused it; empty for the calendar and for one begun by hand."""
    if on is None:
        return ""
    return str(_WORDS.get(cause, "")) % {"day": long_day(on)}


def why_asked(cause: str, on: date | None) -> str:
    """The same to the people asked, where it says nothing of how others see it."""
    return "" if cause in _KEPT else why(cause, on)
