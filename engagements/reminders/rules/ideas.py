"""Ideas: one that was not answered, and one whose later day has come. Once each."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, QuerySet

from engagements.ideas import mails
from engagements.models import Idea, Notice
from engagements.notices.ledger import Owed
from engagements.parties.calendars import joint_calendar

# So many working days are never fewer calendar days; nobody is asked of what has lain
# for longer than the oldest.
_SOONEST = timedelta(days=mails.AGAIN)
_OLDEST = timedelta(days=90)


def ideas_unanswered(today: date) -> Iterator[list[Owed]]:
    """Ten working days of both sides without an answer: the person asked, once more."""
    rows = _unasked(Idea.State.OPEN, mails.AGAIN).filter(
        asked_on__lte=today - _SOONEST, asked_on__gte=today - _OLDEST
    )
    yield list(
        mails.questions(
            [idea for idea in rows if _passed(idea, today)], threshold=mails.AGAIN
        )
    )


def ideas_put_off(today: date) -> Iterator[list[Owed]]:
    """The day has come until which an idea was put off: the same person is asked."""
    rows = _unasked(Idea.State.LATER, mails.THEN).filter(
        later_until__lte=today, later_until__gte=today - _OLDEST
    )
    yield list(mails.questions(rows, threshold=mails.THEN))


def _passed(idea: Idea, today: date) -> bool:
    pair = idea.relationship
    both = joint_calendar(pair.client, pair.supplier)
    return both.add(idea.asked_on, mails.AGAIN) <= today


def _unasked(state: Idea.State, threshold: int) -> QuerySet[Idea]:
    """In a state and not yet asked at a threshold."""
    told = Notice.objects.filter(
        kind=mails.ASKED,
        object_id=OuterRef("pk"),
        threshold=threshold,
        counter=OuterRef("version"),
    )
    rows = Idea.objects.filter(
        ~Exists(told), state=state, relationship__archived_at=None
    )
    return rows.select_related("relationship__client", "relationship__supplier")
