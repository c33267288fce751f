"""Owe what coordinators, sponsors and the facilitator are told, at once and alike."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from uuid import UUID

from django.utils import timezone

from engagements.models import (
    HealthReview,
    Notice,
    NoticePreference,
    ReviewConfirmation,
    ReviewResult,
    Side,
)
from engagements.notices.ledger import Owed, owe
from engagements.reviews.mails import kinds
from engagements.reviews.mails.speakers import Person, Speakers, speakers

_Choice = NoticePreference.Choice


def owe_confirmations(review: HealthReview, purpose: str) -> None:
    """Ask each side's coordinator what has no answer yet, in its latest round."""
    rows = ReviewConfirmation.objects.filter(review=review, purpose=purpose)
    latest = {(row.side, row.action_id): row for row in rows.order_by("round")}
    told = speakers([review], timezone.localdate())
    owe(
        Owed(
            kind=kinds.CONFIRM,
            recipient=row.contact_id,
            organisation=_ledger(told, review, row.side),
            lane=Notice.Lane.ORDINARY,
            relationship=review.relationship_id,
            object_id=row.pk,
            side=row.side,
            counter=row.version,
        )
        for row in latest.values()
        if not row.answer and row.version
    )


def _ledger(told: Speakers, review: HealthReview, side: str) -> UUID:
    return told.sides[review.relationship_id, side].acted_by_id or told.keeper(review)


def owe_facilitation(review: HealthReview) -> None:
    """Give the facilitator the page: once scheduled, and again once it has closed."""
    told = speakers([review], timezone.localdate())
    owe(
        Owed(
            kind=kinds.FACILITATE,
            recipient=person.contact,
            organisation=person.ledger,
            lane=Notice.Lane.ORDINARY,
            relationship=review.relationship_id,
            object_id=review.pk,
            threshold=int(review.closed_at is not None),
            counter=review.facilitator_version,
        )
        for person in told.facilitator(review)
    )


def owe_extended(review: HealthReview) -> None:
    """Both coordinators and the facilitator: it stays open longer, and why."""
    told = speakers([review], timezone.localdate())
    messages = [
        *to_both(told, review, kinds.EXTENDED, "coordinators", day=review.closes_on),
        *to_people(
            told,
            review,
            kinds.EXTENDED,
            told.facilitator(review),
            day=review.closes_on,
        ),
    ]
    owe(messages)


def owe_kept_back(review: HealthReview, planned_on: date) -> None:
    """Both coordinators, once for each day it was to open: it did not, and why."""
    notices = Notice.objects.filter(kind=kinds.KEPT_BACK, object_id=review.pk)
    if notices.filter(day=planned_on).exists():
        return
    told = speakers([review], timezone.localdate())
    owe(to_both(told, review, kinds.KEPT_BACK, "coordinators", day=planned_on))


def owe_released(review: HealthReview) -> None:
    """Coordinators and sponsors of both sides: the result is there. With it, where the
    figures give an alert, what speaks for it."""
    told = speakers([review], timezone.localdate())
    messages = [
        *to_both(told, review, kinds.RELEASED, "coordinators"),
        *to_both(told, review, kinds.RELEASED, "sponsors"),
    ]
    if _alerts(review):
        messages += to_both(told, review, kinds.WARNING, "coordinators")
    owe(messages)


def _alerts(review: HealthReview) -> bool:
    series = ReviewResult.objects.filter(
        review=review,
        audience=ReviewResult.Audience.SERIES,
        document__warning="alert",
    )
    return series.exists()


def owe_insufficient(review: HealthReview) -> None:
    """Both sponsors: too few answers, and what could be done instead."""
    told = speakers([review], timezone.localdate())
    owe(to_both(told, review, kinds.INSUFFICIENT, "sponsors"))


def to_both(
    told: Speakers,
    review: HealthReview,
    kind: str,
    people: str,
    *,
    threshold: int | None = None,
    day: date | None = None,
) -> Iterator[Owed]:
    """The same message to both sides: `people` are "coordinators" or "sponsors"."""
    for side in Side:
        yield from to_people(
            told,
            review,
            kind,
            getattr(told, people)(review, side.value),
            side=side.value,
            threshold=threshold,
            day=day,
        )


def to_people(
    told: Speakers,
    review: HealthReview,
    kind: str,
    people: Iterable[Person],
    *,
    side: str = "",
    threshold: int | None = None,
    day: date | None = None,
) -> Iterator[Owed]:
    """A mail at once to each, whether they sign in or not: a digest for the one and a
    mail for the other would tell one side first."""
    sealed = kind in kinds.SEALED
    for person in people:
        choice = told.choice(person.contact, kind)
        for channel, lane, unwanted in _ways(person, choice, sealed=sealed):
            yield Owed(
                kind=kind,
                recipient=person.contact,
                organisation=person.ledger,
                lane=lane,
                channel=channel,
                relationship=review.relationship_id,
                object_id=review.pk,
                side=side,
                threshold=threshold,
                day=day,
                not_after=review.closes_at if sealed else None,
                unwanted=unwanted,
            )


def _ways(
    person: Person, choice: str | None, *, sealed: bool
) -> Iterator[tuple[str, int, bool]]:
    """(channel, lane, unwanted): in the application for who signs in, and by mail;
    what is sealed by mail alone."""
    mail = (Notice.Channel.MAIL.value, Notice.Lane.ORDINARY.value)
    off = choice == _Choice.OFF
    if sealed or not person.signs_in:
        yield *mail, off or choice == _Choice.IN_APP
        return
    digest = choice == _Choice.DIGEST
    lane = Notice.Lane.DIGEST if digest else Notice.Lane.ORDINARY
    yield Notice.Channel.IN_APP.value, lane.value, off
    if choice in {None, _Choice.AT_ONCE}:
        yield *mail, False
