"""Who speaks for a side of a relationship, in which role, from when to when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from engagements.models.base import Row, Side
from engagements.models.people import Contact
from engagements.models.relationships import Relationship

if TYPE_CHECKING:
    from datetime import date


class TeamRoleQuerySet(models.QuerySet["TeamRole"]):
    """Roles on relationships, narrowed in the words of the business."""

    def current(self, on: date | None = None) -> TeamRoleQuerySet:
        day = on or timezone.localdate()
        return self.filter(from_on__lte=day).filter(Q(to_on=None) | Q(to_on__gte=day))


class TeamRole(Row):
    """Who speaks for a side, in which role, from when to when."""

    class Role(models.TextChoices):
        INTERFACE = "interface", _("Interface person")
        SPONSOR = "sponsor", _("Sponsor")
        DELIVERY = "delivery", _("Delivery")
        COMMERCIAL = "commercial", _("Commercial")
        LEGAL = "legal", _("Legal")

    relationship = models.ForeignKey(
        Relationship, on_delete=models.CASCADE, related_name="team"
    )
    side = models.CharField(max_length=8, choices=Side)
    contact = models.ForeignKey(
        Contact, on_delete=models.PROTECT, related_name="team_roles"
    )
    role = models.CharField(_("Role"), max_length=10, choices=Role)
    from_on = models.DateField(_("From"))
    to_on = models.DateField(_("To"), null=True, blank=True)
    # Its person's last day ends it; beside it the end it had of its own, if any.
    ends_with_person = models.BooleanField(default=False, editable=False)
    own_end_on = models.DateField(null=True, blank=True, editable=False)

    objects = TeamRoleQuerySet.as_manager()

    class Meta:
        ordering = ["side", "role", "from_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(to_on=None) | Q(to_on__gte=F("from_on")),
                name="a_role_ends_after_it_begins",
                violation_error_message=_("The last day must not be before the first."),
            ),
            models.UniqueConstraint(
                fields=["relationship", "side", "contact", "role"],
                condition=Q(to_on=None),
                name="a_person_holds_a_role_once",
                violation_error_message=_("This person already has this role."),
            ),
        ]
        indexes = [models.Index(fields=["contact", "relationship"])]

    def __str__(self) -> str:
        return f"{self.contact_id} {self.role}"

    @property
    def own_end(self) -> date | None:
        """The end it has of its own, whatever its person's last day is."""
        return self.own_end_on if self.ends_with_person else self.to_on
