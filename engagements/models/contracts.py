"""Terms of a relationship: dates, renewal, notice, value, documents."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from engagements.models.base import Row, Side, Visibility
from engagements.models.commitments import OwnOrSharedQuerySet
from engagements.models.parties import Organisation
from engagements.models.people import Contact
from engagements.models.relationships import Relationship
from engagements.models.standing import readable, standing_of

if TYPE_CHECKING:
    from accounts.models import User


class ContractQuerySet(models.QuerySet["Contract"]):
    """Contracts, narrowed in the words of the business."""

    def active(self) -> ContractQuerySet:
        return self.filter(archived_at=None)

    def live(self) -> ContractQuerySet:
        """Signed, not over: what a relationship stands on."""
        return self.active().filter(state__in=Contract.LIVE_STATES)

    def visible_to(self, user: User) -> ContractQuerySet:
        """The facts of contracts on visible relationships, alike for both sides."""
        standing = standing_of(user)
        if standing is None:
            return self.none()
        relationships = Relationship.objects.order_by().filter(readable(standing))
        return self.filter(relationship__in=relationships.values("pk"))


class Contract(Row):
    """Terms of a relationship; the days below the line are computed and stored."""

    class Renewal(models.TextChoices):
        NONE = "none", _("Ends without renewal")
        TACIT = "tacit", _("Renews unless notice is given")
        EXPRESS = "express", _("Renews only when confirmed")
        EVERGREEN = "evergreen", _("Runs until notice is given")

    class Unit(models.TextChoices):
        MONTHS = "months", _("months")
        DAYS = "days", _("calendar days")
        BUSINESS_DAYS = "business_days", _("business days")

    class ValueBasis(models.TextChoices):
        WHOLE_TERM = "whole_term", _("for the whole term")
        YEAR = "year", _("a year")
        CEILING = "ceiling", _("at most, over the term")
        ESTIMATE = "estimate", _("estimated, over the term")

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        UPCOMING = "upcoming", _("Not begun")
        ACTIVE = "active", _("In force")
        RENEWING = "renewing", _("Renewing")
        ENDING = "ending", _("Ending, notice given")
        OPEN_ENDED = "open_ended", _("Open-ended")
        EXPIRED = "expired", _("Expired")
        TERMINATED = "terminated", _("Terminated early")

    LIVE_STATES = (State.ACTIVE, State.RENEWING, State.ENDING, State.OPEN_ENDED)

    relationship = models.ForeignKey(
        Relationship, on_delete=models.PROTECT, related_name="contracts"
    )
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("Under the framework"),
    )
    title = models.CharField(_("Title"), max_length=250)
    client_reference = models.CharField(
        _("Client's reference"), max_length=120, blank=True
    )
    supplier_reference = models.CharField(
        _("Supplier's reference"), max_length=120, blank=True
    )
    # What a register calls it; rows of a file find their contract by it.
    external_id = models.CharField(max_length=120, blank=True, db_index=True)
    drafted = models.BooleanField(_("Draft"), default=False)
    signed_on = models.DateField(_("Signed on"), null=True, blank=True)
    start_on = models.DateField(_("Begins on"))
    end_on = models.DateField(_("Ends on"), null=True, blank=True)
    initial_months = models.PositiveSmallIntegerField(
        _("Initial term in months"), null=True, blank=True
    )
    renewal = models.CharField(
        _("Renewal"), max_length=9, choices=Renewal, default=Renewal.NONE
    )
    renewal_months = models.PositiveSmallIntegerField(
        _("Renewal term in months"), null=True, blank=True
    )
    confirmed_renewals = models.PositiveSmallIntegerField(default=0)
    client_notice = models.PositiveSmallIntegerField(
        _("Client's notice period"), null=True, blank=True
    )
    client_notice_unit = models.CharField(
        max_length=13, choices=Unit, default=Unit.MONTHS
    )
    supplier_notice = models.PositiveSmallIntegerField(
        _("Supplier's notice period"), null=True, blank=True
    )
    supplier_notice_unit = models.CharField(
        max_length=13, choices=Unit, default=Unit.MONTHS
    )
    notice_clause = models.CharField(_("Notice clause"), max_length=120, blank=True)
    notice_given_by = models.CharField(
        max_length=8, choices=Side, blank=True, default=""
    )
    notice_given_on = models.DateField(null=True, blank=True)
    terminated_on = models.DateField(null=True, blank=True)
    client_termination_reason = models.CharField(max_length=500, blank=True)
    supplier_termination_reason = models.CharField(max_length=500, blank=True)
    value = models.DecimalField(
        _("Value"), max_digits=18, decimal_places=2, null=True, blank=True
    )
    value_basis = models.CharField(
        _("Value is"), max_length=10, choices=ValueBasis, default=ValueBasis.WHOLE_TERM
    )
    currency = models.CharField(_("Currency"), max_length=3, blank=True)
    # Typed where it cannot be derived: an evergreen contract has no term to divide by.
    typed_annual_value = models.DecimalField(
        _("Value a year"), max_digits=18, decimal_places=2, null=True, blank=True
    )
    original_value = models.DecimalField(
        max_digits=18, decimal_places=2, null=True, blank=True
    )
    original_start_on = models.DateField(null=True, blank=True)
    original_end_on = models.DateField(null=True, blank=True)
    archived_at = models.DateTimeField(null=True, blank=True)
    change_set = models.ForeignKey(
        "engagements.ChangeSet", on_delete=models.PROTECT, null=True, blank=True
    )

    # Computed by contracts/terms.py, stored in the transaction that changes a term
    # and by the daily sweep; a test holds stored and recomputed together.
    state = models.CharField(
        max_length=10, choices=State, default=State.UPCOMING, editable=False
    )
    current_end_on = models.DateField(null=True, editable=False)
    next_end_on = models.DateField(null=True, editable=False)
    client_notice_by = models.DateField(null=True, editable=False)
    supplier_notice_by = models.DateField(null=True, editable=False)
    client_act_by = models.DateField(null=True, editable=False)
    supplier_act_by = models.DateField(null=True, editable=False)
    annual_value = models.DecimalField(
        max_digits=18, decimal_places=2, null=True, editable=False
    )
    # Raised whenever a date comes back to one already warned about, so that the
    # warning is owed again.
    alarm_counter = models.PositiveSmallIntegerField(default=0, editable=False)

    objects = ContractQuerySet.as_manager()

    class Meta:
        ordering = ["title", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(end_on=None) | Q(end_on__gte=F("start_on")),
                name="a_contract_ends_after_it_begins",
                violation_error_message=_(
                    "The contract must not end before it begins."
                ),
            ),
            models.CheckConstraint(
                condition=Q(value=None) | ~Q(currency=""),
                name="a_value_has_a_currency",
                violation_error_message=_("Say the currency of the value."),
            ),
            models.CheckConstraint(
                condition=Q(value=None) | Q(value__gte=0),
                name="a_value_is_not_negative",
                violation_error_message=_("The value must be 0 or more."),
            ),
            models.CheckConstraint(
                condition=~Q(parent=F("pk")),
                name="a_contract_is_not_its_own_framework",
                violation_error_message=_("A contract cannot stand under itself."),
            ),
            models.CheckConstraint(
                condition=Q(notice_given_by="", notice_given_on=None)
                | (~Q(notice_given_by="") & Q(notice_given_on__isnull=False)),
                name="notice_given_names_side_and_day",
            ),
            models.UniqueConstraint(
                fields=["relationship", "external_id"],
                condition=~Q(external_id=""),
                name="one_contract_per_external_id",
                violation_error_message=_(
                    "Another contract of this relationship has this number."
                ),
            ),
        ]
        indexes = [
            models.Index(
                fields=["relationship", "state"],
                condition=Q(archived_at=None),
                name="contracts_not_archived",
            ),
            models.Index(fields=["client_act_by"]),
            models.Index(fields=["supplier_act_by"]),
            models.Index(fields=["current_end_on"]),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("engagements:contract", args=[self.pk])


class Amendment(Row):
    """A signed change of a contract, with the terms before and after."""

    contract = models.ForeignKey(
        Contract, on_delete=models.CASCADE, related_name="amendments"
    )
    number = models.PositiveSmallIntegerField()
    reference = models.CharField(_("Reference"), max_length=120, blank=True)
    signed_on = models.DateField(_("Signed on"), null=True, blank=True)
    effective_on = models.DateField(_("In effect from"), null=True, blank=True)
    reason = models.CharField(_("Reason"), max_length=500, blank=True)
    # {"field": [before, after]} of every term that changed, as text.
    changes = models.JSONField(default=dict)
    change_set = models.ForeignKey(
        "engagements.ChangeSet", on_delete=models.PROTECT, null=True, blank=True
    )

    class Meta:
        ordering = ["contract", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["contract", "number"], name="amendments_are_numbered"
            )
        ]

    def __str__(self) -> str:
        return self.reference or str(self.number)


class KeyDate(Row):
    """An option, a break, or another day that matters, with the same notices."""

    class Kind(models.TextChoices):
        OPTION = "option", _("Option to extend")
        BREAK = "break", _("Right to break")
        OTHER = "other", _("Key date")

    contract = models.ForeignKey(
        Contract, on_delete=models.CASCADE, related_name="key_dates"
    )
    kind = models.CharField(_("Kind"), max_length=6, choices=Kind, default=Kind.OTHER)
    title = models.CharField(_("What"), max_length=160)
    # Empty: either side may act.
    side = models.CharField(
        _("Who may act"), max_length=8, choices=Side, blank=True, default=""
    )
    opens_on = models.DateField(_("Window opens"), null=True, blank=True)
    on = models.DateField(_("Last day"))
    extends_months = models.PositiveSmallIntegerField(
        _("Extends by months"), null=True, blank=True
    )
    clause = models.CharField(_("Clause"), max_length=120, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(_("Outcome"), max_length=200, blank=True)

    class Meta:
        ordering = ["on", "title"]
        constraints = [
            models.CheckConstraint(
                condition=Q(opens_on=None) | Q(opens_on__lte=F("on")),
                name="a_window_opens_before_it_closes",
                violation_error_message=_("The window must open before its last day."),
            )
        ]
        indexes = [models.Index(fields=["on"])]

    def __str__(self) -> str:
        return self.title


def document_path(document: ContractDocument, filename: str) -> str:
    """Where a document lies: by its own id, so that a name can do no harm."""
    return f"contracts/{document.contract_id}/{document.pk}"


class ContractDocument(Row):
    """A file that belongs to a contract; never served without a permission check."""

    contract = models.ForeignKey(
        Contract, on_delete=models.PROTECT, related_name="documents"
    )
    relationship = models.ForeignKey(
        Relationship, on_delete=models.PROTECT, related_name="documents"
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+"
    )
    visibility = models.CharField(
        max_length=8, choices=Visibility, default=Visibility.INTERNAL
    )
    file = models.FileField(upload_to=document_path, max_length=200)
    name = models.CharField(_("File name"), max_length=200)
    content_type = models.CharField(max_length=120)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    added_by = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="+")
    archived_at = models.DateTimeField(null=True, blank=True)

    objects = OwnOrSharedQuerySet.as_manager()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
