"""What one side asked of the other by a mailed link: once more, then the asker is told.

Both after working days of the side that is asked, and no more than that.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import TypeVar

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from engagements.charters import mirror_mails
from engagements.charters.actions.mirroring import LISTS
from engagements.commitments import mails
from engagements.models import (
    MirrorAsk,
    MirrorPart,
    Notice,
    Organisation,
    PromiseAsk,
)
from engagements.notices.ledger import Owed
from engagements.parties.calendars import calendars_of
from engagements.parties.working_days import JointCalendar

# Nobody is reminded of what has lain for longer than this.
_OLDEST = timedelta(days=60)
_PAIR = ("relationship__client", "relationship__supplier")
_Row = TypeVar("_Row", PromiseAsk, MirrorAsk)


def promises_asked_again(today: date) -> Iterator[list[Owed]]:
    """Five working days without an answer: the same person, once more."""
    rows = _promises(mails.ASKED, mails.AGAIN, today).filter(due_on__gte=today)
    due = _passed(rows, _asked_of_promise, mails.AGAIN, today)
    yield list(mails.questions(due, threshold=mails.AGAIN))


def promises_silent(today: date) -> Iterator[list[Owed]]:
    """Ten working days without an answer: whoever asked."""
    rows = _promises(mails.SILENT, mails.GIVEN_UP, today)
    yield list(mails.silences(_passed(rows, _asked_of_promise, mails.GIVEN_UP, today)))


def mirrors_asked_again(today: date) -> Iterator[list[Owed]]:
    """Five working days without the other part: who is asked for it, once more."""
    rows = _mirrors(mirror_mails.ASKED, "pk", mirror_mails.AGAIN, today)
    due = _passed(rows, _asked_of_mirror, mirror_mails.AGAIN, today)
    yield list(mirror_mails.questions(due, threshold=mirror_mails.AGAIN))


def mirrors_silent(today: date) -> Iterator[list[Owed]]:
    """Ten working days without the other part: whoever wrote the first."""
    rows = _mirrors(mirror_mails.SILENT, "mirror", mirror_mails.GIVEN_UP, today)
    due = _passed(rows, _asked_of_mirror, mirror_mails.GIVEN_UP, today)
    yield list(mirror_mails.silences(due))


def _promises(kind: str, threshold: int, today: date) -> QuerySet[PromiseAsk]:
    """Those waiting that were asked and have no message at a threshold."""
    told = _told(kind, threshold).filter(
        object_id=OuterRef("pk"), counter=OuterRef("version")
    )
    rows = PromiseAsk.objects.waiting().filter(
        ~Exists(told),
        _lain("asked_on", threshold, today),
        asked__isnull=False,
        relationship__archived_at=None,
    )
    return rows.select_related(*_PAIR).prefetch_related("relationship__sides")


def _mirrors(kind: str, about: str, days: int, today: date) -> QuerySet[MirrorAsk]:
    """Those asked for a part that is missing, without a message at a threshold."""
    told = _told(kind, days).filter(
        object_id=OuterRef(about), counter=OuterRef("version")
    )
    rows = MirrorAsk.objects.filter(
        ~Exists(told),
        _lain("asked_on", days, today),
        mirror__revealed_at=None,
        mirror__relationship__archived_at=None,
    )
    # The words of a part are nobody's business here.
    parts = Prefetch("mirror__parts", MirrorPart.objects.defer(*LISTS))
    found = rows.select_related(*(f"mirror__{name}" for name in _PAIR))
    return found.prefetch_related("mirror__relationship__sides", parts)


def _told(kind: str, threshold: int) -> QuerySet[Notice]:
    return Notice.objects.filter(kind=kind, threshold=threshold)


def _lain(column: str, days: int, today: date) -> Q:
    """So many working days are never fewer calendar days."""
    return Q(
        **{
            f"{column}__lte": today - timedelta(days=days),
            f"{column}__gte": today - _OLDEST,
        }
    )


def _asked_of_promise(row: PromiseAsk) -> tuple[Organisation, date]:
    return row.place, row.asked_on


def _asked_of_mirror(row: MirrorAsk) -> tuple[Organisation, date]:
    return getattr(row.mirror.relationship, row.side), row.asked_on


def _passed(
    rows: QuerySet[_Row],
    asked: Callable[[_Row], tuple[Organisation, date]],
    days: int,
    today: date,
) -> list[_Row]:
    """Those of which the side that is asked has worked for so many days since."""
    found = list(rows)
    since = [asked(row) for row in found]
    known = calendars_of({place.pk: place for place, _on in since}.values())
    return [
        row
        for row, (place, on) in zip(found, since, strict=True)
        if JointCalendar((known[place.pk],)).add(on, days) <= today
    ]
