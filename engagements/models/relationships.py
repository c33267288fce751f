"""The ongoing work between one client and one supplier, and its two sides."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from engagements.models.base import Row, Side
from engagements.models.parties import Organisation
from engagements.models.people import Contact
from engagements.models.standing import readable, standing_of

if TYPE_CHECKING:
    from datetime import date

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


class Health(models.TextChoices):
    """How a relationship is; unknown, too few and stale are states of their own."""

    STRONG = "strong", _("Strong")
    STEADY = "steady", _("Steady")
    WATCH = "watch", _("Watch")
    RISK = "risk", _("At risk")
    STALE = "stale", _("Stale")
    FEW = "few", _("Too few answers")
    NONE = "none", _("No reading")


class RelationshipSideQuerySet(models.QuerySet["RelationshipSide"]):
    """Sides of relationships, narrowed in the words of the business."""

    def active(self) -> RelationshipSideQuerySet:
        return self.filter(archived=False)

    def seen_by(self, user: User) -> RelationshipSideQuerySet:
        """The viewer's own sides: one row for each visible relationship."""
        standing = standing_of(user)
        if standing is None:
            return self.none()
        mine = self.filter(acted_by=standing.organisation.pk)
        if standing.reads_everything:
            return mine
        allowed = Relationship.objects.order_by().filter(readable(standing))
        return mine.filter(relationship__in=allowed.values("pk"))


class RelationshipSide(Row):
    """One side of one relationship, with its owner and what it can see of it.

    Figures are kept per side, from what that side may see (own and shared), and are
    written again in the transaction that changes them and by the daily sweep.
    """

    relationship = models.ForeignKey(
        Relationship, on_delete=models.CASCADE, related_name="sides"
    )
    side = models.CharField(max_length=8, choices=Side)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="sides"
    )
    # Whose people act on this side: the organisation itself, its keeper, or nobody.
    acted_by = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="sides_acted_for",
    )
    owner = models.ForeignKey(
        Contact,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="sides_owned",
        verbose_name=_("Owner"),
    )
    stand = models.CharField(_("Where we stand"), max_length=280, blank=True)
    stand_on = models.DateField(null=True, blank=True)
    last_contact_at = models.DateTimeField(null=True, blank=True)
    last_contact_with = models.ForeignKey(
        Contact,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    # The last contact (or the beginning) and the rhythm: silence starts after it.
    contact_due_on = models.DateField(null=True, blank=True)
    next_contact_at = models.DateTimeField(null=True, blank=True)
    # The day first agreed of each side's soonest open promise: late after it.
    client_promise_on = models.DateField(null=True, blank=True, editable=False)
    supplier_promise_on = models.DateField(null=True, blank=True, editable=False)
    # The soonest day not yet passed on which this side must act to give notice.
    act_by = models.DateField(null=True, blank=True)
    act_by_contract = models.ForeignKey(
        "engagements.Contract",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    live_contracts = models.PositiveIntegerField(default=0)
    # All of them but the archived: a list without filters need not count its rows.
    contracts = models.PositiveIntegerField(default=0, editable=False)
    # Sum of the live contracts' annual values; null while one of them is unknown or
    # two currencies would have to be added.
    annual_value = models.DecimalField(
        max_digits=18, decimal_places=2, null=True, blank=True
    )
    currency = models.CharField(max_length=3, blank=True, default="")
    # What the last review says, the same for both sides; unknown until there is one.
    health = models.CharField(
        max_length=6, choices=Health, default=Health.NONE, editable=False
    )
    # What it was before it went stale, and why it is no better: reasons with side and
    # threshold, "weak_side:client:60".
    health_last = models.CharField(max_length=6, blank=True, default="", editable=False)
    health_why = models.JSONField(default=list, editable=False)
    # The health of both, as printed: 0 to 100.
    health_score = models.PositiveSmallIntegerField(
        null=True, blank=True, editable=False
    )
    # As printed, a topic each: [key, name, client, supplier, gap].
    health_topics = models.JSONField(default=list, editable=False)
    # When the health was last written: what changed since then asks for it again.
    health_at = models.DateTimeField(null=True, blank=True, editable=False)
    health_basis = models.CharField(
        max_length=8, blank=True, default="", editable=False
    )
    client_score = models.PositiveSmallIntegerField(
        null=True, blank=True, editable=False
    )
    supplier_score = models.PositiveSmallIntegerField(
        null=True, blank=True, editable=False
    )
    # The client's score less the supplier's.
    score_gap = models.SmallIntegerField(null=True, blank=True, editable=False)
    reviewed_on = models.DateField(null=True, blank=True, editable=False)
    health_review = models.ForeignKey(
        "engagements.HealthReview",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
    )
    # The other organisation's name, as lists print it; written again when it changes.
    counterpart = models.CharField(max_length=250, default="", editable=False)
    # As its relationship is (`copied`): figures over thousands are read from one index.
    archived = models.BooleanField(default=False, editable=False)
    marked_active = models.BooleanField(default=False, editable=False)
    segment = models.CharField(
        max_length=10,
        choices=Relationship.Segment,
        blank=True,
        default="",
        editable=False,
    )

    objects = RelationshipSideQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["relationship", "side"], name="two_sides_per_relationship"
            ),
            models.UniqueConstraint(
                fields=["relationship", "acted_by"],
                name="nobody_acts_for_both_sides",
            ),
        ]
        indexes = [
            # Lists and figures leave the archived out: so do their indexes.
            models.Index(
                fields=["acted_by", "contact_due_on", "id"],
                condition=Q(archived=False),
                name="sides_by_contact_due",
            ),
            models.Index(
                fields=["acted_by", "act_by"],
                condition=Q(archived=False),
                name="sides_by_act_by",
            ),
            models.Index(
                fields=["acted_by", "last_contact_at", "id"],
                condition=Q(archived=False),
                name="sides_by_last_contact",
            ),
            models.Index(
                fields=["relationship", "acted_by", "archived"],
                condition=Q(archived=False),
                name="who_acts_on_a_relationship",
            ),
            # What the executive's page counts, without a look at the rows.
            models.Index(
                fields=[
                    "acted_by",
                    "currency",
                    "annual_value",
                    "owner",
                    "live_contracts",
                    "contracts",
                    "act_by",
                    "contact_due_on",
                    "last_contact_at",
                    "next_contact_at",
                    "client_promise_on",
                    "supplier_promise_on",
                    "segment",
                    "marked_active",
                    "archived",
                    "health",
                    "health_score",
                    "score_gap",
                    "reviewed_on",
                    "client_score",
                    "supplier_score",
                    "id",
                ],
                condition=Q(archived=False),
                name="figures_of_a_side",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.side} of {self.relationship_id}"

    @property
    def is_active(self) -> bool:
        """A live contract, or marked active."""
        return self.live_contracts > 0 or self.marked_active


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


class SideSnapshot(Row):
    """One side's figures at the end of a month, so that change can be told."""

    relationship_side = models.ForeignKey(
        RelationshipSide, on_delete=models.CASCADE, related_name="snapshots"
    )
    month = models.DateField()
    figures = models.JSONField(default=dict)

    class Meta:
        ordering = ["month"]
        constraints = [
            models.UniqueConstraint(
                fields=["relationship_side", "month"],
                name="one_snapshot_per_side_and_month",
            )
        ]

    def __str__(self) -> str:
        return f"{self.relationship_side_id} {self.month}"
