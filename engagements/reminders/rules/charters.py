"""Charters: who is asked and has not answered, the year that ends, the one that ended.

Whoever is named may never sign in: the first two owe mails themselves.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, QuerySet

from engagements.charters import mails, passing_mails
from engagements.charters.queries.asked import waiting
from engagements.models import Charter, CharterAcceptance, Goal, Notice, Side
from engagements.notices.ledger import Owed
from engagements.reminders.due import Due, own_side, without_notice

State = Charter.State
# Nobody is told of what has been left undone for longer than this.
_OLDEST = timedelta(days=60)
_RELATED = ("charter__relationship",)


def charters_asked(today: date) -> Iterator[list[Owed]]:
    """On the day a charter is to be confirmed for another year, both named people."""
    yield _owed(_waiting(today), threshold=0)


def charters_asked_again(today: date) -> Iterator[list[Owed]]:
    """A week after it was asked without an answer, once more."""
    rows = _waiting(today).filter(asked_on__lte=today - timedelta(days=mails.AGAIN))
    yield _owed(rows, threshold=mails.AGAIN)


def _waiting(today: date) -> QuerySet[CharterAcceptance]:
    return waiting(today).filter(asked_on__gte=today - _OLDEST)


def _owed(rows: QuerySet[CharterAcceptance], *, threshold: int) -> list[Owed]:
    told = Notice.objects.filter(
        kind=mails.ASKED,
        object_id=OuterRef("pk"),
        threshold=threshold,
        counter=OuterRef("version"),
    )
    found = rows.filter(~Exists(told)).select_related(*_RELATED).order_by("pk")
    return list(mails.questions(list(found), threshold=threshold))


def charters_over(today: date) -> Iterator[list[Owed]]:
    """The year is over without both answers: the two people named, alike."""
    told = Notice.objects.filter(
        kind=mails.OVER,
        object_id=OuterRef("pk"),
        day=OuterRef("charter__holds_until"),
        counter=OuterRef("version"),
    )
    newer = CharterAcceptance.objects.filter(
        charter=OuterRef("charter"), round__gt=OuterRef("round")
    )
    rows = CharterAcceptance.objects.filter(
        ~Exists(told),
        ~Exists(newer),
        charter__state=State.ACCEPTED,
        charter__holds_until__lt=today,
        charter__holds_until__gte=today - _OLDEST,
        charter__relationship__archived_at=None,
    )
    yield list(mails.ends(list(rows.select_related(*_RELATED).order_by("pk"))))


def charters_passed_on(today: date) -> Iterator[Due]:
    """Somebody is asked instead of who left: the coordinators of that side, who may
    name another."""
    passed = Notice.objects.filter(
        kind=mails.ASKED,
        object_id=OuterRef("pk"),
        counter=OuterRef("version"),
        facts__has_key=mails.BEFORE,
    )
    rows = _waiting(today).filter(Exists(passed)).select_related(*_RELATED)
    for side in Side:
        found = without_notice(
            own_side(rows.filter(side=side), side.value, "charter__relationship__"),
            passing_mails.PASSED,
            side=side.value,
            threshold=0,
            day="asked_on",
            counter="version",
        )
        for row in found:
            yield Due(
                kind=passing_mails.PASSED,
                object_id=row.pk,
                relationship=row.charter.relationship_id,
                organisation=row.acting,
                side=side.value,
                people="coordinators",
                day=row.asked_on,
                threshold=0,
                counter=row.version,
            )


def charters_lapsed(today: date) -> Iterator[Due]:
    """The year is over without both answers: the coordinators of both sides, alike."""
    rows = Charter.objects.filter(
        state=State.ACCEPTED,
        holds_until__lt=today,
        holds_until__gte=today - _OLDEST,
        relationship__archived_at=None,
    )
    for side in Side:
        found = without_notice(
            own_side(rows, side.value),
            mails.LAPSED,
            side=side.value,
            threshold=0,
            day="holds_until",
        )
        for row in found:
            assert row.holds_until is not None  # noqa: S101 - asked for above
            yield Due(
                kind=mails.LAPSED,
                object_id=row.pk,
                relationship=row.relationship_id,
                organisation=row.acting,
                side=side.value,
                people="coordinators",
                day=row.holds_until,
                threshold=0,
            )


def goals_past(today: date) -> Iterator[Due]:
    """The day of a goal has passed and nobody said how it ended: its two owners."""
    rows = Goal.objects.open().filter(
        due_on__lt=today,
        due_on__gte=today - _OLDEST,
        relationship__archived_at=None,
    )
    for side in Side:
        found = without_notice(
            own_side(rows, side.value),
            "goal-past",
            side=side.value,
            threshold=0,
            day="due_on",
        )
        for row in found:
            yield Due(
                kind="goal-past",
                object_id=row.pk,
                relationship=row.relationship_id,
                organisation=row.acting,
                side=side.value,
                people="owner",
                day=row.due_on,
                threshold=0,
                owner=getattr(row, f"{side.value}_owner_id"),
                facts={"text": row.title},
            )
