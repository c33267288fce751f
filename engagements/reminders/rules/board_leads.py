"""Boards: what those who lead one are told of its charter, its terms and its host."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from django.db.models import Exists, F, Max, OuterRef
from django.utils import timezone

from engagements.boards import lead_mails as mails
from engagements.models import BoardCharter, BoardSeat, Recommendation
from engagements.notices.ledger import Owed
from engagements.wording import day_of


def charter_years_ending(today: date) -> Iterator[list[Owed]]:
    """A charter in force whose year ends: once ahead, and once when it has lapsed."""
    ratified = BoardCharter.objects.filter(ratified_on__isnull=False)
    newer = ratified.filter(board=OuterRef("board"), number__gt=OuterRef("number"))
    rows = ratified.filter(
        ~Exists(newer),
        review_on__lte=today + timedelta(days=mails.AHEAD),
        review_on__gte=today - mails.OLDEST,
        board__archived_at=None,
    )
    for row in rows.order_by("pk"):
        assert row.review_on is not None  # noqa: S101 - asked for above
        lapsed = row.review_on <= today
        yield mails.year_ends(row, mails.ON_THE_DAY if lapsed else mails.AHEAD)


def terms_ending(today: date) -> Iterator[list[Owed]]:
    """A member whose term ends: the person and the facilitator, sixty days ahead."""
    rows = BoardSeat.objects.current(today).neutral().members()
    rows = rows.filter(
        to_on__lte=today + timedelta(days=mails.AHEAD), board__archived_at=None
    )
    for row in rows.order_by("pk"):
        yield mails.term_ends(row)


def answers_to_tell(today: date) -> Iterator[list[Owed]]:
    """The facilitator, of the last day before today on which the host answered: after
    a downtime one message tells of all."""
    midnight = timezone.make_aware(datetime.combine(today, time.min))
    rows = Recommendation.objects.filter(
        decided_at__lt=midnight,
        decided_at__gte=midnight - mails.OLDEST,
        board__archived_at=None,
    )
    last = rows.order_by().values("board").annotate(last=Max("decided_at"))
    for board, moment in last.values_list(F("board"), "last"):
        yield mails.answers_told(board, day_of(moment))
