"""The two sides of a relationship: who acts on each, and what it can see of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from engagements.models.base import Row, Side
from engagements.models.parties import Organisation
from engagements.models.people import Contact
from engagements.models.relationships import Relationship
from engagements.models.standing import readable, standing_of
from engagements.models.team import TeamRole

if TYPE_CHECKING:
    from accounts.models import User


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

    def edited_by(self, user: User) -> RelationshipSideQuerySet:
        """Those of which the viewer may change something: an administrator's own, and
        where somebody is on the team today."""
        standing = standing_of(user)
        if standing is None:
            return self.none()
        mine = self.filter(acted_by=standing.organisation.pk)
        if standing.administers:
            return mine
        teams = TeamRole.objects.current().filter(contact=standing.contact)
        return mine.filter(relationship__in=teams.order_by().values("relationship"))


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
    # Joint issues not closed, and since when the oldest of them is open.
    open_issues = models.PositiveIntegerField(default=0, editable=False)
    issues_since = models.DateField(null=True, blank=True, editable=False)
    # Since when the oldest idea of the other side waits for an answer of this one.
    idea_since = models.DateField(null=True, blank=True, editable=False)
    # What endangers it as this side sees it: a letter each (`Guard`), facts to print.
    guards = models.CharField(max_length=5, blank=True, default="", editable=False)
    guard_facts = models.JSONField(default=dict, editable=False)
    # When they were written; none where something changed since.
    guarded_at = models.DateTimeField(null=True, blank=True, editable=False)
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
            models.Index(
                fields=["relationship"],
                condition=Q(guarded_at=None, archived=False),
                name="sides_to_guard",
            ),
            # What the executive's page counts, without a look at the rows.
            models.Index(
                fields=[
                    "acted_by",
                    "currency",
                    "health",
                    "health_score",
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
                    "score_gap",
                    "reviewed_on",
                    "client_score",
                    "supplier_score",
                    "guards",
                    "open_issues",
                    "idea_since",
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
