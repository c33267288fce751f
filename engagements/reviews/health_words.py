"""Health in one sentence: the word, and always the reason."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from engagements.models import Health, HealthReview, Side
from engagements.reviews.reasons import parts
from engagements.wording import age_words, long_day

_SAID = 2
# Code of a stored reason -> its words; with a side where it names one.
_REASONS: dict[str, str | Promise] = {
    "strong": gettext_lazy("both sides are at %(limit)s or more"),
    "well": gettext_lazy(
        "both sides together are at %(limit)s or more and nothing speaks against it"
    ),
    "low_health": gettext_lazy("both sides together are under %(limit)s"),
    "weak_side": gettext_lazy("the %(side)s's side is under %(limit)s"),
    "weak_topic": gettext_lazy("a topic is under %(limit)s for the %(side)s's side"),
    "gap": gettext_lazy("the two sides are %(limit)s or more apart"),
    "topic_gap": gettext_lazy(
        "on at least one topic the sides are %(limit)s or more apart"
    ),
    "silence": gettext_lazy("under %(limit)s%% of the %(side)s's side answered"),
    "notice_given": gettext_lazy("the %(side)s has given notice"),
    "actions_overdue": gettext_lazy("many agreed actions were late"),
    "early_warning_alert": gettext_lazy("the early warning is at alert"),
    "formal_dispute": gettext_lazy("there is a formal dispute"),
    "open_sev1": gettext_lazy("a critical issue is open"),
}
_SIDES = {
    Side.CLIENT.value: gettext_lazy("client"),
    Side.SUPPLIER.value: gettext_lazy("supplier"),
}


def reason_words(stored: str) -> str:
    """One stored reason, to stand behind "because"."""
    code, side, limit = parts(stored)
    return str(_REASONS[code]) % {"side": _SIDES.get(side, ""), "limit": limit}


def told_reasons(stored: Sequence[str]) -> list[str]:
    """The codes of the reasons that `because` puts into words."""
    return [parts(one)[0] for one in stored[:_SAID]]


def because(stored: Sequence[str], *, most: int = _SAID) -> str:
    """The first reasons as one clause; how many more there are."""
    said = [reason_words(one) for one in stored[:most]]
    words = _(" and ").join(said)
    more = len(stored) - len(said)
    if more:
        words += ngettext(", and %(n)d more reason", ", and %(n)d more reasons", more)
        words %= {"n": more}
    return words


def health_reason(
    health: str,
    why: Sequence[str],
    *,
    last: str = "",
    basis: str = "",
    reviewed_on: date | None = None,
    today: date,
    most: int = _SAID,
) -> str:
    """Why, to stand behind the word: "because the client's side is under 60"."""
    if health == Health.NONE:
        return _unread(reviewed_on)
    if health == Health.FEW:
        return _("in the review of %(day)s") % {"day": _day(reviewed_on)}
    if health == Health.STALE:
        return _("%(word)s %(ago)s ago, nothing since") % {
            "word": str(Health(last).label).lower(),
            "ago": age_words(_known(reviewed_on), today),
        }
    words = _("because %(reasons)s") % {"reasons": because(why, most=most)}
    if basis == HealthReview.Form.PULSE:
        words += _(" (from a pulse)")
    return words


def health_sentence(health: str, why: Sequence[str], **more: Any) -> str:
    """Word and reason: "Watch, because the client's side is under 60."."""
    reason = health_reason(health, why, **more)
    joined = {
        Health.STALE: _("%(word)s: %(reason)s."),
        Health.FEW: _("%(word)s %(reason)s."),
        Health.NONE: _("%(word)s: %(reason)s."),
    }
    words = joined.get(Health(health), _("%(word)s, %(reason)s."))
    return words % {"word": Health(health).label, "reason": reason}


def _unread(reviewed_on: date | None) -> str:
    if reviewed_on is None:
        return _("no review yet")
    return _("the review of %(day)s says too little of one side") % {
        "day": _day(reviewed_on)
    }


def _day(day: date | None) -> str:
    return long_day(_known(day))


def _known(day: date | None) -> date:
    assert day is not None  # noqa: S101 - what was read has its day
    return day


def score_words(score: int | None, *, unknown: str = "") -> str:
    """A stored score as both sides read it: extremes are cut off."""
    if score is None:
        return unknown
    return {95: "95+", 5: "5-"}.get(score, str(score))
