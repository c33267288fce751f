"""Health reviews; so far the calendar of their waves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from engagements.models.base import Row
from engagements.models.relationships import Relationship
from engagements.models.standing import readable, standing_of

if TYPE_CHECKING:
    from accounts.models import User


class HealthReviewQuerySet(models.QuerySet["HealthReview"]):
    """Health reviews, narrowed in the words of the business."""

    def planned(self) -> HealthReviewQuerySet:
        return self.filter(state=HealthReview.State.DRAFT)

    def visible_to(self, user: User) -> HealthReviewQuerySet:
        """The calendar of visible relationships, alike for both sides."""
        standing = standing_of(user)
        if standing is None:
            return self.none()
        relationships = Relationship.objects.order_by().filter(readable(standing))
        return self.filter(relationship__in=relationships.values("pk"))


class HealthReview(Row):
    """One wave in which both sides answer; a draft says only when."""

    class Form(models.TextChoices):
        FULL = "full", _("Full review")
        PULSE = "pulse", _("Pulse")

    class State(models.TextChoices):
        DRAFT = "draft", _("Planned")
        CANCELLED = "cancelled", _("Cancelled")

    relationship = models.ForeignKey(
        Relationship, on_delete=models.CASCADE, related_name="reviews"
    )
    form = models.CharField(_("Form"), max_length=5, choices=Form)
    state = models.CharField(max_length=9, choices=State, default=State.DRAFT)
    # The day the anchored calendar names, before it is rolled to a working day; a
    # wave is known by it, so planning twice plans once.
    slot_on = models.DateField()
    prepare_on = models.DateField()
    opens_on = models.DateField()
    closes_on = models.DateField()
    publish_by = models.DateField()
    discuss_by = models.DateField()
    agree_by = models.DateField()
    cancelled_reason = models.CharField(max_length=300, blank=True)

    objects = HealthReviewQuerySet.as_manager()

    class Meta:
        ordering = ["opens_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["relationship", "slot_on"],
                name="one_review_per_relationship_and_slot",
            ),
            models.UniqueConstraint(
                fields=["relationship"],
                condition=Q(state="draft"),
                name="one_planned_review_per_relationship",
            ),
        ]
        indexes = [models.Index(fields=["state", "prepare_on"])]

    def __str__(self) -> str:
        return f"{self.form} {self.opens_on}"
