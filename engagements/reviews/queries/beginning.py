"""What one needs to know before a review is begun."""

from __future__ import annotations

from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.models import User
from engagements.models import HealthReview, Relationship, RelationshipSide
from engagements.reviews.calendar import APART

State = HealthReview.State


def under_way(relationship: Relationship) -> HealthReview | None:
    """The review of a relationship that somebody has begun and that is not over."""
    return _running().filter(relationship=relationship).first()


def _running() -> QuerySet[HealthReview]:
    begun = HealthReview.objects.exclude(set_up_at=None)
    states = (State.DRAFT, *HealthReview.RUNNING)
    return begun.filter(state__in=states).order_by()


def near(relationship: Relationship, today: date) -> HealthReview | None:
    """What the calendar has planned within weeks: one begun now takes its place."""
    rows = HealthReview.objects.planned().filter(relationship=relationship)
    return rows.filter(opens_on__range=(today, today + APART)).first()


def without_review(user: User) -> QuerySet[RelationshipSide]:
    """Own sides of active relationships with no review under way, by name: those of
    which the viewer may set one up."""
    running = _running().filter(relationship=OuterRef("relationship"))
    rows = _could_be_reviewed(user).exclude(Exists(running))
    return rows.select_related("relationship").order_by("counterpart", "pk")


def _could_be_reviewed(user: User) -> QuerySet[RelationshipSide]:
    active = Q(live_contracts__gt=0) | Q(marked_active=True)
    rows = RelationshipSide.objects.edited_by(user).active().filter(active)
    return rows.filter(relationship__proposed_to="")


def nothing_to_review(user: User) -> str:
    """Why none is offered: every one has a review ("running"), none is active
    ("inactive"), or there is no relationship yet ("none")."""
    if _could_be_reviewed(user).exists():
        return "running"
    known = RelationshipSide.objects.edited_by(user).active().exists()
    return "inactive" if known else "none"
