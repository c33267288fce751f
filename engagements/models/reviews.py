"""Health reviews: their waves, and how each went from one state to the next.

Who is asked is in `participation`, the answers are in `answers`, what is read from them
in `results`.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from engagements.models.base import Row, Side
from engagements.models.instruments import InstrumentVersion
from engagements.models.people import Contact
from engagements.models.relationships import Relationship
from engagements.models.standing import readable, standing_of

if TYPE_CHECKING:
    from accounts.models import User


class HealthReviewQuerySet(models.QuerySet["HealthReview"]):
    """Health reviews, narrowed in the words of the business."""

    def planned(self) -> HealthReviewQuerySet:
        """What the calendar names and nobody has begun to set up."""
        return self.filter(state=HealthReview.State.DRAFT, set_up_at=None)

    def running(self) -> HealthReviewQuerySet:
        return self.filter(state__in=HealthReview.RUNNING)

    def asking(self) -> HealthReviewQuerySet:
        return self.filter(state__in=HealthReview.ASKING)

    def readable_results(self) -> HealthReviewQuerySet:
        """Both sides may read what came of it."""
        return self.filter(state__in=HealthReview.PUBLISHED)

    def visible_to(self, user: User) -> HealthReviewQuerySet:
        """Reviews of visible relationships, alike for both sides; and those a person
        facilitates."""
        facilitated = Q(facilitator__user=user.pk) & ~Q(facilitator=None)
        standing = standing_of(user)
        if standing is None:
            if not user.is_active:
                return self.none()
            return self.filter(facilitated)
        relationships = Relationship.objects.order_by().filter(readable(standing))
        return self.filter(Q(relationship__in=relationships.values("pk")) | facilitated)


class HealthReview(Row):
    """One wave in which both sides answer the same statements.

    A planned one says only when; from opening on, everything by which it is computed
    is frozen, here and by the database.
    """

    class Form(models.TextChoices):
        FULL = "full", _("Full review")
        PULSE = "pulse", _("Pulse")
        CHECK_IN = "check_in", _("Check-in")

    class Mode(models.TextChoices):
        CONFIDENTIAL = "confidential", _("Confidential")
        NAMED = "named", _("Named")

    class State(models.TextChoices):
        DRAFT = "draft", _("Planned")
        SCHEDULED = "scheduled", _("Scheduled")
        OPEN = "open", _("Open")
        EXTENDED = "extended", _("Extended")
        CLOSED = "closed", _("Closed")
        INSUFFICIENT = "insufficient", _("Too few answers")
        RELEASED = "released", _("Released")
        DISCUSSED = "discussed", _("Discussed")
        AGREED = "agreed", _("Actions agreed")
        COMPLETED = "completed", _("Completed")
        CANCELLED = "cancelled", _("Cancelled")

    class Cause(models.TextChoices):
        CALENDAR = "", _("Calendar")
        BY_HAND = "by_hand", _("Begun by hand")
        TRANSITION = "transition", _("90 days after the beginning")
        PEOPLE = "people", _("A new sponsor or interface person")
        CONTRACT = "contract", _("A contract's value changed by more than a tenth")
        SEGMENT = "segment", _("Another segment")
        WARNING = "warning", _("An early warning")
        ISSUE = "issue", _("A severe joint issue that was closed")

    ASKING = (State.OPEN, State.EXTENDED)
    # Set up and not yet over: a relationship has one of these at a time.
    RUNNING = (State.SCHEDULED, *ASKING, State.CLOSED)
    PUBLISHED = (State.RELEASED, State.DISCUSSED, State.AGREED, State.COMPLETED)

    relationship = models.ForeignKey(
        Relationship, on_delete=models.CASCADE, related_name="reviews"
    )
    form = models.CharField(_("Form"), max_length=8, choices=Form)
    state = models.CharField(max_length=12, choices=State, default=State.DRAFT)
    cause = models.CharField(
        max_length=10, choices=Cause, blank=True, default=Cause.CALENDAR
    )
    # The day of the event that caused it; with the cause, what an event is known by.
    caused_on = models.DateField(null=True, blank=True)
    # The day the anchored calendar names, before it is rolled to a working day; a
    # wave is known by it, so planning twice plans once.
    slot_on = models.DateField()
    prepare_on = models.DateField()
    opens_on = models.DateField(_("Opens on"))
    closes_on = models.DateField(_("Closes on"))
    publish_by = models.DateField()
    discuss_by = models.DateField()
    agree_by = models.DateField()
    cancelled_reason = models.CharField(max_length=300, blank=True)

    # Set up by a person of one side; without one it is only a line of the calendar.
    set_up_at = models.DateTimeField(null=True, blank=True)
    owner = models.ForeignKey(
        Contact, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    owner_side = models.CharField(max_length=8, choices=Side, blank=True, default="")
    facilitator = models.ForeignKey(
        Contact,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="facilitates",
        verbose_name=_("Facilitator"),
    )
    facilitator_version = models.PositiveSmallIntegerField(default=1)
    # "Paid by", "formerly of": told to everybody who is asked.
    facilitator_disclosure = models.CharField(max_length=200, blank=True, default="")
    few_raters_reason = models.CharField(max_length=300, blank=True, default="")

    # Frozen from opening on.
    instrument = models.ForeignKey(
        InstrumentVersion,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="reviews",
    )
    mode = models.CharField(
        _("Mode"), max_length=12, choices=Mode, default=Mode.CONFIDENTIAL
    )
    mirror = models.BooleanField(default=False)
    # Every threshold of the method and the weights, as they were at opening.
    method = models.JSONField(default=dict)
    weights = models.JSONField(default=dict)
    # {"client": ["lead", "ops"], ...}: the one partition of each side.
    partition = models.JSONField(default=dict)
    # Answers are taken until then: the end of the day in the westernmost zone asked.
    closes_at = models.DateTimeField(null=True, blank=True)

    opened_at = models.DateTimeField(null=True, blank=True)
    extended_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    released_at = models.DateTimeField(null=True, blank=True)
    completed_at = models.DateTimeField(null=True, blank=True)

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
                condition=Q(state="draft", set_up_at=None, cause=""),
                name="one_planned_review_per_relationship",
            ),
            models.UniqueConstraint(
                fields=["relationship", "cause", "caused_on"],
                condition=Q(caused_on__isnull=False),
                name="one_review_per_event",
            ),
            models.UniqueConstraint(
                fields=["relationship"],
                condition=Q(state__in=["scheduled", "open", "extended", "closed"])
                | Q(state="draft", set_up_at__isnull=False),
                name="one_running_review_per_relationship",
                violation_error_message=_(
                    "A review of this relationship is already under way."
                ),
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "cancelled"])
                | Q(set_up_at__isnull=False, instrument__isnull=False),
                name="a_review_is_set_up_before_it_is_scheduled",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "prepare_on"]),
            models.Index(fields=["state", "closes_at"]),
            models.Index(fields=["relationship", "-released_at"]),
        ]

    def __str__(self) -> str:
        return f"{self.form} {self.opens_on}"

    def get_absolute_url(self) -> str:
        return reverse("engagements:review", args=[self.pk])

    @property
    def wave_on(self) -> date:
        """The day a wave is called by, its month for short: on which it closed, or is
        to close. It is the day its figures are of."""
        return wave_on(self.closed_at) if self.closed_at else self.closes_on

    @property
    def is_planned(self) -> bool:
        """A line of the calendar; nobody has begun to set it up."""
        return self.state == self.State.DRAFT and self.set_up_at is None

    @property
    def is_asking(self) -> bool:
        """Answers are taken."""
        return self.state in self.ASKING

    @property
    def is_published(self) -> bool:
        """Both sides may read the result."""
        return self.state in self.PUBLISHED

    @property
    def is_named(self) -> bool:
        """Answers are shown with names, by everybody's consent."""
        return self.mode == self.Mode.NAMED


def wave_on(closed_at: datetime) -> date:
    """The day a wave that closed then is called by."""
    return timezone.localdate(closed_at, UTC)


class ReviewTransition(Row):
    """A review went from one state to the next: who, when, why."""

    review = models.ForeignKey(
        HealthReview, on_delete=models.CASCADE, related_name="transitions"
    )
    from_state = models.CharField(max_length=12, choices=HealthReview.State, blank=True)
    to_state = models.CharField(max_length=12, choices=HealthReview.State)
    # Nobody: the clock.
    by = models.ForeignKey(
        Contact, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["created_at"]

    def __str__(self) -> str:
        return f"{self.from_state} to {self.to_state}"
