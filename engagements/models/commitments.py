"""Promises of both sides, and one's own steps."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from engagements.models.base import Row, Side, Visibility
from engagements.models.parties import Organisation
from engagements.models.people import Contact
from engagements.models.relationships import Relationship
from engagements.models.standing import readable, standing_of

if TYPE_CHECKING:
    from datetime import date

    from accounts.models import User


class OwnOrSharedQuerySet(models.QuerySet):
    """Items on a relationship that are internal to one organisation, or shared."""

    def visible_to(self, user: User) -> Self:
        """Shared items and the own organisation's, on visible relationships."""
        standing = standing_of(user)
        if standing is None:
            return self.none()
        relationships = Relationship.objects.order_by().filter(readable(standing))
        return self.filter(relationship__in=relationships.values("pk")).own_or_shared(
            standing.organisation
        )

    def own_or_shared(self, organisation: Organisation) -> Self:
        """What an organisation may read on a relationship it is known to see."""
        return self.filter(
            Q(visibility=Visibility.SHARED)
            | Q(visibility=Visibility.INTERNAL, organisation=organisation)
        )


class CommitmentQuerySet(OwnOrSharedQuerySet):
    """Commitments, narrowed in the words of the business."""

    def open(self) -> CommitmentQuerySet:
        return self.filter(done_at=None, cancelled_at=None)

    def late(self, day: date) -> CommitmentQuerySet:
        return self.open().filter(original_due_on__lt=day)


class Commitment(Row):
    """A promise of one side with an owner and the date first agreed.

    `organisation` wrote it down; an internal one is seen by it alone.
    """

    class Origin(models.TextChoices):
        INTERACTION = "interaction", _("Conversation")
        MEETING = "meeting", _("Meeting")
        CONTRACT = "contract", _("Contract")
        REVIEW = "review", _("Health review")
        ISSUE = "issue", _("Joint issue")
        BOARD = "board", _("Advisory board")
        GOAL = "goal", _("Goal")
        DIRECT = "direct", _("Written directly")

    relationship = models.ForeignKey(
        Relationship, on_delete=models.CASCADE, related_name="commitments"
    )
    side = models.CharField(_("Side"), max_length=8, choices=Side)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+"
    )
    visibility = models.CharField(
        max_length=8, choices=Visibility, default=Visibility.INTERNAL
    )
    origin_kind = models.CharField(max_length=12, choices=Origin, default=Origin.DIRECT)
    # The row it stems from: the contract, the interaction, the issue.
    origin_id = models.UUIDField(null=True, blank=True, db_index=True)
    owner = models.ForeignKey(
        Contact,
        on_delete=models.PROTECT,
        related_name="commitments",
        verbose_name=_("Owner"),
    )
    text = models.CharField(_("Promise"), max_length=300)
    measure = models.CharField(_("Measure"), max_length=300, blank=True)
    original_due_on = models.DateField(_("Due on"))
    due_on = models.DateField(_("Now due on"))
    done_at = models.DateTimeField(null=True, blank=True)
    # The day it was done, as its side says; kept means: not after the original date.
    done_on = models.DateField(null=True, blank=True)
    verified_at = models.DateTimeField(null=True, blank=True)
    verified_by = models.ForeignKey(
        Contact, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    # A promise leaves the count only when both sides let it go.
    cancelled_by_client_at = models.DateTimeField(null=True, blank=True)
    cancelled_by_supplier_at = models.DateTimeField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    written_by = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="+")

    objects = CommitmentQuerySet.as_manager()
    _ORIGINS = {
        Origin.REVIEW.value: "engagements:review-conversation",
        Origin.ISSUE.value: "engagements:issue",
        Origin.GOAL.value: "engagements:goal",
        Origin.CONTRACT.value: "engagements:contract",
        Origin.INTERACTION.value: "engagements:interaction",
    }

    class Meta:
        ordering = ["due_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(verified_at=None) | Q(done_at__isnull=False),
                name="only_a_kept_promise_is_verified",
                violation_error_message=_("Only what is done can be verified."),
            )
        ]
        indexes = [
            models.Index(fields=["relationship", "due_on"]),
            models.Index(
                fields=["due_on"],
                condition=Q(done_at=None, cancelled_at=None),
                name="open_commitments_by_due_day",
            ),
            # What presses is counted without a look at the rows.
            models.Index(
                fields=[
                    "original_due_on",
                    "relationship",
                    "side",
                    "visibility",
                    "organisation",
                    "done_at",
                    "cancelled_at",
                ],
                condition=Q(done_at=None, cancelled_at=None),
                name="open_commitments_first_agreed",
            ),
        ]

    def __str__(self) -> str:
        return self.text

    def get_absolute_url(self) -> str:
        return reverse("engagements:commitment", args=[self.pk])

    @property
    def origin_url(self) -> str:
        """Where it was agreed, for origins the reader may read; else empty."""
        page = self._ORIGINS.get(self.origin_kind)
        # A conversation may be one side's own: queries that name it asked whose.
        talked = self.origin_kind == self.Origin.INTERACTION
        origin = self.__dict__.get("talk") if talked else self.origin_id
        return reverse(page, args=[origin]) if page and origin else ""

    @property
    def has_origin(self) -> bool:
        """Whether it was agreed somewhere, and not written down by itself."""
        return self.origin_kind != self.Origin.DIRECT


class StepQuerySet(models.QuerySet["Step"]):
    """Steps, narrowed in the words of the business."""

    def open(self) -> StepQuerySet:
        return self.filter(done_at=None, dropped_at=None)

    def visible_to(self, user: User) -> StepQuerySet:
        """The own organisation's steps, on visible relationships."""
        standing = standing_of(user)
        if standing is None:
            return self.none()
        relationships = Relationship.objects.order_by().filter(readable(standing))
        return self.filter(
            organisation=standing.organisation,
            relationship__in=relationships.values("pk"),
        )


class Step(Row):
    """An internal, movable to-do of one's own; in no rate, never mailed across."""

    relationship = models.ForeignKey(
        Relationship, on_delete=models.CASCADE, related_name="steps"
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+"
    )
    owner = models.ForeignKey(
        Contact,
        on_delete=models.PROTECT,
        related_name="steps",
        verbose_name=_("Owner"),
    )
    text = models.CharField(_("Next step"), max_length=300)
    due_on = models.DateField(_("Due on"), null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    dropped_at = models.DateTimeField(null=True, blank=True)
    written_by = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="+")

    objects = StepQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "pk"]
        indexes = [
            models.Index(fields=["relationship", "due_on"]),
            models.Index(
                fields=["owner", "due_on"],
                condition=Q(done_at=None, dropped_at=None),
                name="open_steps_by_owner",
            ),
        ]

    def __str__(self) -> str:
        return self.text

    def get_absolute_url(self) -> str:
        return reverse("engagements:step", args=[self.pk])
