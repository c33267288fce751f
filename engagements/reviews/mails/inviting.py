"""Owe what the people asked are told: each a mail of their own, sealed."""

from __future__ import annotations

import zoneinfo
from collections.abc import Iterable
from datetime import UTC, datetime, time
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from engagements.models import HealthReview, Notice, NoticePreference, Rater
from engagements.notices.ledger import Owed, owe
from engagements.notices.sealing import settle
from engagements.reviews.mails import kinds
from engagements.reviews.responses import asked

# When somebody is asked later than the others: early on that day, where they are.
ASKED_AT = time(7, 30)


def owe_invitations(review: HealthReview) -> None:
    """Ask everybody on the list; called when the review opens.

    Who is asked by another open review as well gets one mail that names both.
    """
    raters = asked(review)
    others = _asked_elsewhere(review, raters)
    unwanted = stopped(kinds.INVITATION, raters)
    now = timezone.now()
    for rater in raters:
        due = _due(rater, now)
        # What waits with this one to be sent now was due a moment earlier.
        since = due if due > now else datetime.min.replace(tzinfo=UTC)
        _take_over(rater, others.get(rater.contact_id, ()), since=since)
    owe(
        to_rater(
            kinds.INVITATION,
            review,
            rater,
            counter=rater.link_version,
            due_at=_due(rater, now),
            also=others.get(rater.contact_id, ()),
            unwanted=rater.contact_id in unwanted,
        )
        for rater in raters
    )


def _asked_elsewhere(
    review: HealthReview, raters: list[Rater]
) -> dict[UUID, list[UUID]]:
    """Which other reviews ask the same people now: {person: reviews}."""
    rows = Rater.objects.filter(
        contact__in=[rater.contact_id for rater in raters],
        review__state__in=HealthReview.ASKING,
        revoked_at=None,
        ineligible=Rater.Ineligible.NO,
    ).exclude(review=review)
    found: dict[UUID, list[UUID]] = {}
    for person, other in rows.order_by("review__opens_on", "review_id").values_list(
        "contact_id", "review_id"
    ):
        found.setdefault(person, []).append(other)
    return found


def _take_over(rater: Rater, reviews: Iterable[UUID], *, since: datetime) -> None:
    """An invitation that still waits is said by the one that names both."""
    waiting = Notice.objects.filter(
        kind=kinds.INVITATION,
        recipient=rater.contact_id,
        object_id__in=reviews,
        state=Notice.State.PENDING,
        due_at__gte=since,
    )
    settle(waiting)


def _due(rater: Rater, now: datetime) -> datetime:
    if rater.ask_on is None:
        return now
    zone = zoneinfo.ZoneInfo(rater.contact.organisation.time_zone)
    return max(now, datetime.combine(rater.ask_on, ASKED_AT, zone).astimezone(UTC))


def to_rater(
    kind: str,
    review: HealthReview,
    rater: Rater,
    *,
    threshold: int | None = None,
    counter: int = 0,
    due_at: datetime | None = None,
    also: Iterable[UUID] = (),
    unwanted: bool = False,
) -> Owed:
    """A mail to one person asked: sealed, in no list, naming no side."""
    return Owed(
        kind=kind,
        recipient=rater.contact_id,
        organisation=rater.contact.organisation_id,
        lane=Notice.Lane.ORDINARY,
        relationship=review.relationship_id,
        object_id=review.pk,
        threshold=threshold,
        day=review.opens_on,
        counter=counter,
        facts={"also": [str(other) for other in also]},
        due_at=due_at,
        not_after=review.closes_at,
        unwanted=unwanted,
    )


def stopped(kind: str, raters: Iterable[Rater]) -> set[UUID]:
    """Those of the people asked who want no mails of a kind."""
    people = [rater.contact_id for rater in raters]
    rows = NoticePreference.objects.filter(
        contact__in=people, kind=kind, choice=NoticePreference.Choice.OFF
    )
    return set(rows.order_by().values_list("contact_id", flat=True))


def forget_asked() -> int:
    """Take away what reviews that are over have sent to the people asked.

    Its rows told nothing while they stood; now nobody needs them. Returns how many.
    """
    over = HealthReview.objects.filter(
        Q(closed_at__isnull=False) | Q(state=HealthReview.State.CANCELLED)
    )
    waiting = [Notice.State.PENDING, Notice.State.LEASED, Notice.State.SENDING]
    rows = Notice.objects.filter(
        kind__in=kinds.SEALED, object_id__in=over.order_by().values("pk")
    )
    return rows.exclude(state__in=waiting).delete()[0]


def owe_called_off(review: HealthReview) -> None:
    """Tell those who were told of the review that nothing is asked any more."""
    told = Notice.objects.filter(
        kind__in=[kinds.AHEAD, kinds.INVITATION], object_id=review.pk
    ).exclude(state=Notice.State.PENDING)
    known = set(told.order_by().values_list("recipient_id", flat=True))
    owe(
        to_rater(kinds.CALLED_OFF, review, rater)
        for rater in asked(review)
        if rater.contact_id in known
    )
