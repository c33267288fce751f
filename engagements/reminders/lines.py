"""One line for each notice in the application, from the row itself: no query a line."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from engagements.models import Notice
from engagements.notices.kinds import known
from engagements.wording import long_day

# Kind -> the words, and the page it leads to; without a page, the relationship.
_WORDS = {
    "notice-deadline": (_("Notice on %(title)s by %(day)s"), "contract"),
    "contract-end": (_("%(title)s ends on %(day)s"), "contract"),
    "key-date": (_("%(title)s of %(contract)s by %(day)s"), ""),
    "commitment-due": (_("Due on %(day)s: %(text)s"), "commitment"),
    "commitment-overdue": (_("Late since %(day)s: %(text)s"), "commitment"),
    "review-prepare": (_("Health review to prepare, opens %(day)s"), ""),
    "review-extended": (_("Health review open for longer, until %(day)s"), "review"),
    "review-kept-back": (_("A health review did not open: too few people"), "review"),
    "review-released": (_("The result of a health review is there"), "review"),
    "review-insufficient": (_("A health review had too few answers"), "review"),
    "review-warning": (_("Early warning after a health review"), "review"),
    "review-meeting": (_("A health review is not yet talked about"), "review"),
    "review-actions": (_("A health review has no agreed actions yet"), "review"),
    "goal-past": (_("Goal past its day, %(day)s: %(text)s"), "goal"),
    "handover": (_("Interface person left on %(day)s"), ""),
    "silence": (_("Silent since %(since)s"), ""),
}


@dataclass(frozen=True)
class Line:
    """A notice as a list shows it."""

    words: str
    url: str
    kind: str
    pair: str
    at: datetime


def line(notice: Notice) -> Line:
    """The row must carry its relationship with both organisations."""
    kind = known(notice.kind)
    label = str(kind.label) if kind else ""
    words, page = _WORDS.get(notice.kind, (label, ""))
    relationship = notice.relationship
    if page and notice.object_id:
        url = reverse(f"engagements:{page}", args=[notice.object_id])
    else:
        url = relationship.get_absolute_url() if relationship else ""
    facts = dict.fromkeys(("title", "contract", "text", "since"), "") | notice.facts
    if facts["since"]:
        facts["since"] = long_day(date.fromisoformat(facts["since"]))
    day = long_day(notice.day) if notice.day else ""
    return Line(
        words=str(words) % (facts | {"day": day}),
        url=url,
        kind=label,
        pair=str(relationship) if relationship else "",
        at=notice.due_at,
    )
