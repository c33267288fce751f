"""The ongoing work between one client and one supplier.

Its two sides are in `sides`, who speaks for them in `team`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from engagements.models.base import Row, Side
from engagements.models.parties import Organisation
from engagements.models.people import Contact
from engagements.models.standing import readable, standing_of

if TYPE_CHECKING:
    from accounts.models import User


class RelationshipQuerySet(models.QuerySet["Relationship"]):
    """Relationships, narrowed in the words of the business."""

    def active(self) -> RelationshipQuerySet:
        return self.filter(archived_at=None)

    def visible_to(self, user: User) -> RelationshipQuerySet:
        """Those the person's organisation acts on; a manager must be on the team."""
        standing = standing_of(user)
        if standing is None:
            return self.none()
        if standing.reads_everything:
            return self.filter(readable(standing))
        allowed = Relationship.objects.order_by().filter(readable(standing))
        return self.filter(pk__in=allowed.values("pk"))


class Relationship(Row):
    """The ongoing work between one client and one supplier for one scope."""

    class Segment(models.TextChoices):
        UNCLASSIFIED = "", _("Not classified")
        STRATEGIC = "strategic", _("Strategic")
        BOTTLENECK = "bottleneck", _("Bottleneck")
        LEVERAGE = "leverage", _("Leverage")
        ROUTINE = "routine", _("Routine")

    client = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="as_client"
    )
    supplier = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="as_supplier"
    )
    scope = models.CharField(_("Scope"), max_length=120, default="General")
    segment = models.CharField(
        _("Segment"), max_length=10, choices=Segment, blank=True, default=""
    )
    inside_boundary = models.BooleanField(
        _("The supplier works inside the client's own operation"), default=False
    )
    # The calendar of reviews is counted from this day.
    started_on = models.DateField(_("Began on"))
    contact_rhythm_days = models.PositiveSmallIntegerField(
        _("Days between contacts"), null=True, blank=True
    )
    # Without a live contract a relationship is active only when somebody says so.
    marked_active_at = models.DateTimeField(null=True, blank=True)
    next_review_on = models.DateField(null=True, blank=True)
    # The side whose administrators have not yet accepted the relationship.
    proposed_to = models.CharField(max_length=8, choices=Side, blank=True, default="")
    archived_at = models.DateTimeField(null=True, blank=True)
    change_set = models.ForeignKey(
        "engagements.ChangeSet", on_delete=models.PROTECT, null=True, blank=True
    )

    objects = RelationshipQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["client", "supplier", "scope"],
                name="one_relationship_per_client_supplier_and_scope",
                violation_error_message=_(
                    "These two organisations already have a relationship of this scope."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(client=F("supplier")),
                name="client_and_supplier_differ",
                violation_error_message=_(
                    "The client and the supplier must be two organisations."
                ),
            ),
            models.CheckConstraint(
                condition=Q(contact_rhythm_days=None) | Q(contact_rhythm_days__gte=1),
                name="a_contact_rhythm_is_a_day_or_more",
                violation_error_message=_("The rhythm must be at least 1 day."),
            ),
        ]
        indexes = [
            models.Index(fields=["next_review_on"]),
        ]

    def __str__(self) -> str:
        return f"{self.client} / {self.supplier}"

    def get_absolute_url(self) -> str:
        return reverse("engagements:relationship", args=[self.pk])

    @property
    def copied(self) -> dict[str, Any]:
        """What each of its sides keeps a copy of."""
        return {
            "archived": self.archived_at is not None,
            "marked_active": self.marked_active_at is not None,
            "segment": self.segment,
        }


class Pin(Row):
    """A relationship a person keeps at hand; up to seven."""

    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="pins")
    relationship = models.ForeignKey(
        Relationship, on_delete=models.CASCADE, related_name="pins"
    )

    class Meta:
        ordering = ["created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["contact", "relationship"], name="a_relationship_is_pinned_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.contact_id} {self.relationship_id}"


class ExternalReference(Row):
    """The number another system knows a relationship by."""

    relationship = models.ForeignKey(
        Relationship, on_delete=models.CASCADE, related_name="references"
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="+"
    )
    system = models.CharField(_("System"), max_length=60)
    value = models.CharField(_("Reference"), max_length=120)

    class Meta:
        ordering = ["system", "value"]
        constraints = [
            models.UniqueConstraint(
                fields=["relationship", "organisation", "system", "value"],
                name="an_external_reference_is_kept_once",
                violation_error_message=_("This reference is already kept."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.system} {self.value}"
