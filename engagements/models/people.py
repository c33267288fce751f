"""The people in organisations, and who acts for whom."""

from __future__ import annotations

from datetime import UTC, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from engagements.models.base import Row
from engagements.models.last_days import still_there
from engagements.models.parties import Organisation
from engagements.models.standing import standing_of

if TYPE_CHECKING:
    from datetime import date

    from accounts.models import User


class ContactQuerySet(models.QuerySet["Contact"]):
    """People, narrowed in the words of the business."""

    def present(self) -> ContactQuerySet:
        """Not put away, and their last day is not over."""
        return self.filter(still_there(), archived_at=None)

    def visible_to(self, user: User) -> ContactQuerySet:
        """Own people, and people of organisations the person may see."""
        standing = standing_of(user)
        if standing is None:
            return self.none()
        organisations = Organisation.objects.visible_to(user).order_by().values("pk")
        return self.filter(organisation__in=organisations)


class Contact(Row):
    """A person at an organisation, with or without a sign-in."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="contacts"
    )
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="contact",
    )
    name = models.CharField(_("Name"), max_length=200)
    email = models.EmailField(_("E-mail address"), blank=True)
    phone = models.CharField(_("Telephone"), max_length=40, blank=True)
    job_title = models.CharField(_("Job title"), max_length=120, blank=True)
    left_on = models.DateField(_("Left on"), null=True, blank=True)
    archived_at = models.DateTimeField(null=True, blank=True)

    objects = ContactQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        indexes = [models.Index(fields=["email"])]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("engagements:contact", args=[self.pk])

    @property
    def has_left(self) -> bool:
        """Their last day is over where their organisation is; asks for that only
        around the day."""
        if self.left_on is None:
            return False
        now = timezone.now()
        today = timezone.localdate(now, UTC)
        if abs(self.left_on - today) > timedelta(days=1):
            return self.left_on < today
        zone = ZoneInfo(self.organisation.time_zone)
        return self.left_on < timezone.localdate(now, zone)

    @property
    def is_present(self) -> bool:
        """What `present` asks the database, of one person."""
        return self.archived_at is None and not self.has_left


class MembershipQuerySet(models.QuerySet["Membership"]):
    """Memberships, narrowed in the words of the business."""

    def active(self) -> MembershipQuerySet:
        return self.filter(ended_at=None)


class Membership(Row):
    """A person with a sign-in acts for an organisation in one role."""

    class Role(models.TextChoices):
        ADMINISTRATOR = "administrator", _("Administrator")
        ACCOUNT_MANAGER = "account_manager", _("Account manager")
        EXECUTIVE = "executive", _("Executive")

    contact = models.ForeignKey(
        Contact, on_delete=models.PROTECT, related_name="memberships"
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="memberships"
    )
    role = models.CharField(_("Role"), max_length=20, choices=Role)
    started_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        ordering = ["started_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["contact"],
                condition=Q(ended_at=None),
                name="one_active_membership_per_person",
                violation_error_message=_(
                    "This person already acts for an organisation."
                ),
            )
        ]

    def __str__(self) -> str:
        return f"{self.contact_id} {self.role}"


class Invitation(Row):
    """A mailed offer to sign in: to join an organisation, or to claim a kept one."""

    class Purpose(models.TextChoices):
        JOIN = "join", _("Join the organisation")
        CLAIM = "claim", _("Claim the organisation")

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="invitations"
    )
    purpose = models.CharField(max_length=5, choices=Purpose, default=Purpose.JOIN)
    contact = models.ForeignKey(
        Contact, on_delete=models.CASCADE, related_name="invitations"
    )
    role = models.CharField(_("Role"), max_length=20, choices=Membership.Role)
    invited_by = models.ForeignKey(
        Contact, on_delete=models.PROTECT, related_name="invitations_sent"
    )
    # Where it was sent: who changes a person's address cannot accept in their name.
    address = models.EmailField(blank=True)
    version = models.PositiveSmallIntegerField(default=1)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["contact"],
                condition=Q(accepted_at=None, revoked_at=None),
                name="one_open_invitation_per_person",
                violation_error_message=_("This person already has an invitation."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.contact_id}"


class AbsenceQuerySet(models.QuerySet["Absence"]):
    """Absences, narrowed in the words of the business."""

    def on(self, day: date) -> AbsenceQuerySet:
        return self.filter(from_on__lte=day, to_on__gte=day)


class Absence(Row):
    """A person is away; a deputy gets what is due meanwhile."""

    contact = models.ForeignKey(
        Contact, on_delete=models.CASCADE, related_name="absences"
    )
    deputy = models.ForeignKey(
        Contact, on_delete=models.PROTECT, related_name="stands_in_for"
    )
    from_on = models.DateField(_("From"))
    to_on = models.DateField(_("To"))

    objects = AbsenceQuerySet.as_manager()

    class Meta:
        ordering = ["from_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(to_on__gte=F("from_on")),
                name="an_absence_ends_after_it_begins",
                violation_error_message=_("The last day must not be before the first."),
            ),
            models.CheckConstraint(
                condition=~Q(contact=F("deputy")),
                name="nobody_is_their_own_deputy",
                violation_error_message=_("Choose somebody else as deputy."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.contact_id} {self.from_on} to {self.to_on}"
