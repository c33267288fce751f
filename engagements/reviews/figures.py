"""The health each side's row keeps: written when a result is released, when what caps
it changes, and by the daily sweep. Alike for both sides, because results are.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from datetime import date
from itertools import islice
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from engagements.models import (
    Commitment,
    Contract,
    Health,
    HealthReview,
    InstrumentVersion,
    JointIssue,
    Relationship,
    RelationshipSide,
    ReviewAction,
    ReviewResult,
    wave_on,
)
from engagements.reviews.current import Published, Wave, counting, current
from engagements.reviews.instrument.content import ENGLISH
from engagements.reviews.instrument.library import content_of
from engagements.reviews.instrument.thresholds import method_of
from engagements.reviews.lateness import fell_due
from engagements.reviews.reasons import Circumstances

_BATCH = 500
_STORED = (
    "health",
    "health_last",
    "health_why",
    "health_basis",
    "health_score",
    "health_topics",
    "client_score",
    "supplier_score",
    "score_gap",
    "reviewed_on",
    "health_review_id",
)
_COLUMNS = [name.removesuffix("_id") for name in _STORED]


def refresh_health(relationships: Iterable[UUID] | None, today: date) -> int:
    """Store what the last published waves say of these relationships; None means all.

    Returns how many sides changed.
    """
    if relationships is None:
        relationships = _reviewed().values_list("pk", flat=True)
    return sum(_refresh(batch, today) for batch in _batches(relationships))


def refresh_what_changed(today: date) -> int:
    """The same where contracts, agreed actions, issues or the segment changed since.

    One query where nothing did. Returns how many sides changed.
    """
    since = OuterRef("health_at")
    papers = Contract.objects.filter(
        relationship=OuterRef("relationship"), updated_at__gt=since
    )
    promises = ReviewAction.objects.filter(
        review__relationship=OuterRef("relationship"), commitment__updated_at__gt=since
    )
    problems = JointIssue.objects.filter(
        relationship=OuterRef("relationship"), updated_at__gt=since
    )
    changed = RelationshipSide.objects.filter(health_at__isnull=False).filter(
        Q(relationship__updated_at__gt=F("health_at"))
        | Q(Exists(papers.order_by()))
        | Q(Exists(promises.order_by()))
        | Q(Exists(problems.order_by()))
    )
    found = changed.order_by("relationship").values_list("relationship", flat=True)
    return refresh_health(list(found.distinct()), today)


def _reviewed() -> QuerySet[Relationship]:
    """All that ever had a published wave, or still show that they had one."""
    waves = _published().filter(relationship=OuterRef("pk"))
    sides = RelationshipSide.objects.filter(relationship=OuterRef("pk"))
    shown = sides.exclude(health=Health.NONE, health_review=None)
    return Relationship.objects.filter(
        Q(Exists(waves.order_by())) | Q(Exists(shown.order_by()))
    ).order_by("pk")


def _published() -> QuerySet[HealthReview]:
    """Both sides may read the result, or know that too few answered."""
    states = [*HealthReview.PUBLISHED, HealthReview.State.INSUFFICIENT]
    series = ReviewResult.Audience.SERIES
    return HealthReview.objects.filter(state__in=states, results__audience=series)


def _batches(ids: Iterable[UUID]) -> Iterator[list[UUID]]:
    rows = iter(list(ids))
    while batch := list(islice(rows, _BATCH)):
        yield batch


@transaction.atomic
def _refresh(ids: list[UUID], today: date) -> int:
    """Held in the order of their ids: two writers never wait for each other."""
    held = Relationship.objects.filter(pk__in=ids).order_by("pk")
    segments = dict(held.select_for_update(no_key=True).values_list("pk", "segment"))
    counted = _counting(segments, today)
    waves = _waves([one for found in counted.values() for one in found])
    known = _circumstances(segments, today)
    values = {
        pk: asdict(
            current([waves[one.review] for one in counted[pk]], known[pk], today)
        )
        for pk in segments
    }
    return _store(ids, values)


def _store(ids: list[UUID], values: Mapping[UUID, dict[str, Any]]) -> int:
    now = timezone.now()
    sides = RelationshipSide.objects.filter(relationship__in=ids).order_by("pk")
    changed = []
    for side in sides.only("relationship_id", *_COLUMNS):
        wanted = values[side.relationship_id]
        wanted["health_why"] = list(wanted["health_why"])
        wanted["health_topics"] = [list(one) for one in wanted["health_topics"]]
        if any(getattr(side, name) != wanted[name] for name in _STORED):
            for name in _STORED:
                setattr(side, name, wanted[name])
            side.updated_at = now
            changed.append(side)
    RelationshipSide.objects.bulk_update(
        changed, [*_COLUMNS, "updated_at"], batch_size=100
    )
    sides.exclude(health_review=None).update(health_at=now)
    return len(changed)


def _counting(segments: Mapping[UUID, str], today: date) -> dict[UUID, list[Published]]:
    """Of each relationship, the waves its health is read from."""
    rows = _published().filter(relationship__in=segments, closed_at__isnull=False)
    found: dict[UUID, list[Published]] = {pk: [] for pk in segments}
    for pk, review, form, closed_at, released_at in rows.order_by(
        "closed_at", "pk"
    ).values_list("relationship_id", "pk", "form", "closed_at", "released_at"):
        assert closed_at is not None  # noqa: S101 - only closed ones are asked
        published = released_at is not None
        found[pk].append(Published(review, form, wave_on(closed_at), published))
    return {pk: counting(all_, segments[pk], today) for pk, all_ in found.items()}


def _waves(published: list[Published]) -> dict[UUID, Wave]:
    by_review = {one.review: one for one in published}
    rows = ReviewResult.objects.filter(
        review__in=by_review, audience=ReviewResult.Audience.SERIES
    ).order_by()
    read = list(
        rows.values_list(
            "review_id", "document", "review__method", "review__instrument_id"
        )
    )
    topics = _topics({instrument for *_rest, instrument in read})
    gaps = _frozen_gaps(by_review)
    return {
        review: Wave(
            by_review[review],
            series,
            method_of(method),
            topics[instrument],
            gaps.get(review, {}),
        )
        for review, series, method, instrument in read
    }


def _frozen_gaps(reviews: Iterable[UUID]) -> dict[UUID, dict[str, int | None]]:
    """The gaps as each result prints them, by topic; the whole under no name.

    An older result may have rounded otherwise: both pages say what it says.
    """
    shared = ReviewResult.Audience.SHARED
    rows = ReviewResult.objects.filter(review__in=list(reviews), audience=shared)
    parts = rows.order_by().values_list(
        "review_id", "document__gap", "document__dimensions"
    )
    return {
        review: {"": gap} | {row["key"]: row["gap"] for row in dimensions}
        for review, gap, dimensions in parts
        if dimensions is not None
    }


def _topics(instruments: set[UUID]) -> dict[UUID, dict[str, str]]:
    rows = InstrumentVersion.objects.in_bulk(instruments)
    return {
        pk: {one.key: one.name[ENGLISH] for one in content_of(row).dimensions}
        for pk, row in rows.items()
    }


def _circumstances(
    segments: Mapping[UUID, str], today: date
) -> dict[UUID, Circumstances]:
    notices = _notices(segments)
    due, on_time = _actions(segments, today)
    first = JointIssue.Severity.FIRST
    issues = JointIssue.objects.open().filter(severity=first)
    severe = set(
        issues.filter(relationship__in=segments)
        .order_by()
        .values_list("relationship_id", flat=True)
    )
    return {
        pk: Circumstances(
            segment=segment,
            notice_given_by=notices[pk],
            actions_due=due.get(pk),
            actions_on_time=on_time.get(pk),
            is_severe=pk in severe,
        )
        for pk, segment in segments.items()
    }


def _notices(relationships: Iterable[UUID]) -> Mapping[UUID, set[str]]:
    """Which sides have given notice on a contract that is still running."""
    given = Contract.objects.live().filter(relationship__in=list(relationships))
    found: dict[UUID, set[str]] = defaultdict(set)
    rows = given.exclude(notice_given_by="").order_by()
    for pk, side in rows.values_list("relationship_id", "notice_given_by"):
        found[pk].add(side)
    return found


def _actions(
    relationships: Iterable[UUID], today: date
) -> tuple[Counter[UUID], Counter[UUID]]:
    """Agreed actions that fell due within a year: all, and those in time."""
    promised = ReviewAction.objects.filter(
        review__relationship__in=list(relationships), commitment__isnull=False
    )
    rows = (
        Commitment.objects.filter(
            fell_due(today),
            pk__in=promised.order_by().values("commitment"),
            cancelled_at=None,
        )
        .order_by()
        .values("relationship_id")
        .annotate(
            due=Count("pk"),
            kept=Count("pk", filter=Q(done_on__lte=F("original_due_on"))),
        )
    )
    due, kept = Counter[UUID](), Counter[UUID]()
    for row in rows:
        due[row["relationship_id"]] = row["due"]
        kept[row["relationship_id"]] = row["kept"]
    return due, kept
