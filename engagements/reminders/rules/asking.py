"""What one side asked of the other by a mailed link: once more, then the asker is told.

Both after working days of the side that is asked, and no more than that.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import TypeVar

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from engagements.charters import mirror_mails
from engagements.charters.actions.mirroring import LISTS
from engagements.commitments import mails
from engagements.models import MirrorPart, Notice, Organisation, PromiseAsk, Side
from engagements.notices.ledger import Owed
from engagements.parties.calendars import calendars_of
from engagements.parties.working_days import JointCalendar

# Nobody is reminded of what has lain for longer than this.
_OLDEST = timedelta(days=60)
_PAIR = ("relationship__client", "relationship__supplier")
_Row = TypeVar("_Row", PromiseAsk, MirrorPart)


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
    """Five working days without the other part: who speaks for that side, once more."""
    rows = _parts(mirror_mails.ASKED, mirror_mails.AGAIN, today)
    due = _passed(rows, _asked_of_mirror, mirror_mails.AGAIN, today)
    yield [
        owed
        for part in due
        for owed in mirror_mails.questions(part.mirror, threshold=mirror_mails.AGAIN)
    ]


def mirrors_silent(today: date) -> Iterator[list[Owed]]:
    """Ten working days without the other part: whoever wrote the first."""
    asked = Notice.objects.filter(kind=mirror_mails.ASKED, object_id=OuterRef("mirror"))
    rows = _parts(mirror_mails.SILENT, mirror_mails.GIVEN_UP, today)
    found = rows.filter(Exists(asked))
    due = _passed(found, _asked_of_mirror, mirror_mails.GIVEN_UP, today)
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


def _parts(kind: str, threshold: int, today: date) -> QuerySet[MirrorPart]:
    """The parts written alone so far, of mirrors without a message at a threshold."""
    told = _told(kind, threshold).filter(object_id=OuterRef("mirror"))
    rows = MirrorPart.objects.filter(
        ~Exists(told),
        _lain("created_at__date", threshold, today),
        mirror__revealed_at=None,
        mirror__relationship__archived_at=None,
    )
    # The words of a part are nobody's business here.
    shown = rows.defer(*LISTS).select_related(*(f"mirror__{name}" for name in _PAIR))
    return shown.prefetch_related("mirror__relationship__sides")


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


def _asked_of_mirror(part: MirrorPart) -> tuple[Organisation, date]:
    place = getattr(part.mirror.relationship, Side(part.side).other.value)
    return place, timezone.localdate(part.created_at)


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
