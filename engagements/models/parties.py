"""Organisations, their registration numbers, days and exchange rates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from engagements.models.base import Row, Side
from engagements.models.standing import Standing, readable, standing_of

if TYPE_CHECKING:
    from accounts.models import User


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    """Organisations, narrowed in the words of the business."""

    def active(self) -> OrganisationQuerySet:
        return self.filter(archived_at=None)

    def stood_for_by(self, standing: Standing) -> OrganisationQuerySet:
        """The own organisation and those it keeps while nobody has claimed them."""
        own = standing.organisation.pk
        return self.filter(Q(pk=own) | Q(kept_by=own, claimed_at=None))

    def visible_to(self, user: User) -> OrganisationQuerySet:
        """The own one, those it keeps, and counterparts on visible relationships.

        Account managers see of the kept ones only those they work with.
        """
        standing = standing_of(user)
        if standing is None:
            return self.none()
        met = Organisation.objects.order_by().filter(
            readable(standing, "sides__relationship__"), pk=OuterRef("pk")
        )
        near = Q(pk=standing.organisation.pk) | Q(Exists(met))
        if standing.reads_everything:
            near |= Q(kept_by=standing.organisation.pk, claimed_at=None)
        return self.filter(near)


class Organisation(Row):
    """A company or public body: client in one relationship, supplier in another."""

    name = models.CharField(_("Name"), max_length=250)
    name_key = models.CharField(max_length=250, db_index=True, editable=False)
    legal_name = models.CharField(_("Legal name"), max_length=250, blank=True)
    country = models.CharField(_("Country"), max_length=2, blank=True)
    subdivision = models.CharField(_("Region"), max_length=10, blank=True)
    locality = models.CharField(_("Town"), max_length=120, blank=True)
    time_zone = models.CharField(_("Time zone"), max_length=60, default="UTC")
    domain = models.CharField(_("Internet domain"), max_length=250, blank=True)
    reporting_currency = models.CharField(_("Currency"), max_length=3, default="EUR")
    usual_side = models.CharField(
        _("Usual side"), max_length=8, choices=Side, default=Side.CLIENT
    )
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("Part of"),
    )
    kept_by = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="kept"
    )
    claimed_at = models.DateTimeField(null=True, blank=True)
    archived_at = models.DateTimeField(null=True, blank=True)
    demo = models.BooleanField(default=False)
    change_set = models.ForeignKey(
        "engagements.ChangeSet",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="organisations",
    )

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(parent=F("pk")),
                name="an_organisation_is_not_part_of_itself",
                violation_error_message=_("An organisation cannot be part of itself."),
            ),
            models.CheckConstraint(
                condition=Q(claimed_at__isnull=False) | Q(kept_by__isnull=False),
                name="an_unclaimed_organisation_has_a_keeper",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("engagements:organisation", args=[self.pk])


class OrganisationIdentifier(Row):
    """A registration number: scheme and value, for example AU-ABN or XI-LEI."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="identifiers"
    )
    # Two keepers may each know the same company; within one keeper's books a
    # number names one organisation only.
    keeper = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    scheme = models.CharField(_("Scheme"), max_length=40)
    value = models.CharField(_("Number"), max_length=80)

    class Meta:
        ordering = ["scheme", "value"]
        constraints = [
            models.UniqueConstraint(
                fields=["keeper", "scheme", "value"],
                name="one_organisation_per_registration_number",
                violation_error_message=_(
                    "Another organisation already has this registration number."
                ),
            )
        ]

    def __str__(self) -> str:
        return f"{self.scheme} {self.value}"


class OrganisationAlias(Row):
    """Another spelling of an organisation's name, as some source writes it."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="aliases"
    )
    name = models.CharField(_("Name"), max_length=250)
    name_key = models.CharField(max_length=250, db_index=True, editable=False)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "name"],
                name="an_alias_is_kept_once",
                violation_error_message=_("This spelling is already kept."),
            )
        ]

    def __str__(self) -> str:
        return self.name


class OrganisationDay(Row):
    """A day on which an organisation works or rests, whatever the calendar says."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="days"
    )
    on = models.DateField(_("Day"))
    name = models.CharField(_("Occasion"), max_length=120)
    works = models.BooleanField(_("A working day"), default=False)

    class Meta:
        ordering = ["on"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "on"],
                name="a_day_is_named_once_per_organisation",
                violation_error_message=_("This day is already named."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.on} {self.name}"


class ExchangeRate(Row):
    """What one unit of a currency is worth in an organisation's own, from a day on."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="exchange_rates"
    )
    currency = models.CharField(_("Currency"), max_length=3)
    from_on = models.DateField(_("From"))
    rate = models.DecimalField(_("Rate"), max_digits=18, decimal_places=8)

    class Meta:
        ordering = ["currency", "-from_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "currency", "from_on"],
                name="one_rate_per_currency_and_day",
                violation_error_message=_("This day already has a rate."),
            ),
            models.CheckConstraint(
                condition=Q(rate__gt=0),
                name="a_rate_is_more_than_nothing",
                violation_error_message=_("A rate must be more than 0."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.currency} {self.rate} from {self.from_on}"
