"""What is read from a review: frozen documents, the conversation, agreed actions."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from engagements.models.base import Row, Side
from engagements.models.commitments import Commitment
from engagements.models.parties import Organisation
from engagements.models.people import Contact
from engagements.models.relationships import Relationship
from engagements.models.reviews import HealthReview


class ReviewResult(Row):
    """What one audience may read of a wave, computed once when it closes.

    `series` holds unrounded figures for the arithmetic of later waves, never shown.
    Nothing that is suppressed is in any of them.
    """

    class Audience(models.TextChoices):
        SHARED = "shared", _("Both sides")
        CLIENT = "client", _("The client alone")
        SUPPLIER = "supplier", _("The supplier alone")
        FACILITATOR = "facilitator", _("The facilitator alone")
        SERIES = "series", _("Later waves")

    review = models.ForeignKey(
        HealthReview, on_delete=models.CASCADE, related_name="results"
    )
    audience = models.CharField(max_length=11, choices=Audience)
    document = models.JSONField()

    class Meta:
        ordering = ["audience"]
        constraints = [
            models.UniqueConstraint(
                fields=["review", "audience"], name="one_result_per_audience"
            )
        ]

    def __str__(self) -> str:
        return self.audience


class ReviewNote(Row):
    """Words beside a frozen result: the facilitator's paraphrase, a side's dispute."""

    class Kind(models.TextChoices):
        PARAPHRASE = "paraphrase", _("In other words, by the facilitator")
        DISPUTE = "dispute", _("Comment on the result")

    review = models.ForeignKey(
        HealthReview, on_delete=models.CASCADE, related_name="notes"
    )
    kind = models.CharField(max_length=10, choices=Kind)
    side = models.CharField(max_length=8, choices=Side)
    text = models.TextField(_("Text"))
    written_by = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["created_at"]

    def __str__(self) -> str:
        return self.text[:60]


class ReviewConversation(Row):
    """The meeting on a result: planned with an agenda, then held."""

    review = models.OneToOneField(
        HealthReview, on_delete=models.CASCADE, related_name="conversation"
    )
    planned_at = models.DateTimeField(_("When"), null=True, blank=True)
    place = models.CharField(_("Where"), max_length=200, blank=True)
    # The stages of the talk, taken from the result: [{"stage": ..., "dimension": ...}].
    agenda = models.JSONField(default=list)
    planned_by = models.ForeignKey(
        Contact, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    held_on = models.DateField(_("Held on"), null=True, blank=True)
    minutes = models.TextField(_("Minutes"), blank=True)
    # Widest gap, weakest and best dimension, as they were talked about.
    topics = models.JSONField(default=list)
    recorded_by = models.ForeignKey(
        Contact, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["planned_at"]

    def __str__(self) -> str:
        return f"conversation on {self.review_id}"

    def get_absolute_url(self) -> str:
        return reverse("engagements:review-conversation", args=[self.review_id])


class ConversationParticipant(Row):
    """Who was, or will be, at the meeting, and for which side."""

    conversation = models.ForeignKey(
        ReviewConversation, on_delete=models.CASCADE, related_name="participants"
    )
    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="+")
    side = models.CharField(max_length=8, choices=Side)

    class Meta:
        ordering = ["side", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["conversation", "contact"],
                name="a_person_takes_part_in_a_conversation_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.contact_id} {self.side}"


class ReviewAction(Row):
    """What a review led to: proposed, then agreed by both, then a commitment."""

    review = models.ForeignKey(
        HealthReview, on_delete=models.CASCADE, related_name="actions"
    )
    dimension = models.CharField(_("Topic"), max_length=40, blank=True)
    text = models.CharField(_("What"), max_length=300)
    side = models.CharField(_("Side"), max_length=8, choices=Side)
    owner = models.ForeignKey(
        Contact, on_delete=models.PROTECT, related_name="+", verbose_name=_("Owner")
    )
    due_on = models.DateField(_("Due on"))
    measure = models.CharField(_("How we will notice"), max_length=300)
    proposed_by = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="+")
    # Written when both sides have confirmed.
    commitment = models.OneToOneField(
        Commitment,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="review_action",
    )
    # The review that took it over, still open.
    carried_to = models.ForeignKey(
        HealthReview,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="carried",
    )

    class Meta:
        ordering = ["created_at"]

    def __str__(self) -> str:
        return self.text


class OwnerReading(Row):
    """How a person of one side sees the relationship: named, internal, in no status."""

    relationship = models.ForeignKey(
        Relationship, on_delete=models.CASCADE, related_name="readings"
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+"
    )
    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="+")
    read_on = models.DateField()
    # {"TRU": 5}: one tap a dimension on the instrument's scale.
    values = models.JSONField(default=dict)

    class Meta:
        ordering = ["-read_on", "-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["relationship", "contact", "read_on"],
                name="one_reading_a_person_and_day",
            )
        ]

    def __str__(self) -> str:
        return f"{self.contact_id} {self.read_on}"


class DependenceFacts(Row):
    """What a side says of its own dependence; seen across only if both opted in."""

    relationship = models.ForeignKey(
        Relationship, on_delete=models.CASCADE, related_name="dependence"
    )
    side = models.CharField(max_length=8, choices=Side)
    # Part of the supplier's revenue, or of the client's spend in the category, 0 to 1.
    share = models.DecimalField(
        _("Share"), max_digits=5, decimal_places=4, null=True, blank=True
    )
    alternatives = models.PositiveSmallIntegerField(
        _("Alternatives"), null=True, blank=True
    )
    months_to_replace = models.DecimalField(
        _("Months to replace"), max_digits=5, decimal_places=1, null=True, blank=True
    )
    # The side agrees to show dependence and power to both; needs the other as well.
    shared_at = models.DateTimeField(null=True, blank=True)
    stated_by = models.ForeignKey(
        Contact, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["side"]
        constraints = [
            models.UniqueConstraint(
                fields=["relationship", "side"],
                name="dependence_is_stated_once_a_side",
            ),
            models.CheckConstraint(
                condition=Q(share=None) | Q(share__gte=0, share__lte=1),
                name="a_share_is_a_part_of_the_whole",
                violation_error_message=_("A share is between 0 and 100 per cent."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.side} of {self.relationship_id}"
