"""Joint issues: problems both sides own. No column names a culprit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from engagements.models.base import Row, Side
from engagements.models.people import Contact
from engagements.models.relationships import Relationship
from engagements.models.standing import readable, standing_of

if TYPE_CHECKING:
    from accounts.models import User


class JointIssueQuerySet(models.QuerySet["JointIssue"]):
    """Issues, narrowed in the words of the business."""

    def visible_to(self, user: User) -> JointIssueQuerySet:
        """Those of visible relationships: the same for both sides."""
        standing = standing_of(user)
        if standing is None:
            return self.none()
        relationships = Relationship.objects.order_by().filter(readable(standing))
        return self.filter(relationship__in=relationships.values("pk"))

    def open(self) -> JointIssueQuerySet:
        return self.exclude(state__in=JointIssue.OVER)


class JointIssue(Row):
    """A problem both sides own, from two accounts to the prevention check."""

    class State(models.TextChoices):
        ACCOUNTS = "accounts", _("Each side writes its account")
        FACTS = "facts", _("Agreeing on the facts")
        WORK = "work", _("Facts agreed, work under way")
        CLOSING = "closing", _("Closing to confirm")
        CLOSED = "closed", _("Closed by both")
        UNCONFIRMED = "unconfirmed", _("Closed, unconfirmed")
        CHECKED = "checked", _("Closed and checked")

    class Severity(models.TextChoices):
        FIRST = "1", _("1: the work stood still")
        SECOND = "2", _("2: the work was hindered")
        THIRD = "3", _("3: a nuisance so far")

    class Because(models.TextChoices):
        SEVERITY = "severity", _("It was severe")
        AGAIN = "again", _("It happened again within 90 days")
        CAUSE = "cause", _("The two sides see the cause differently")
        OTHER = "other", _("Worth solving together")

    class Dimension(models.TextChoices):
        """The eight of the relationship, as its health review asks about them."""

        TRUST = "TRU", _("Trust and reliability")
        COMMUNICATION = "COM", _("Communication and transparency")
        DIRECTION = "DIR", _("Shared direction")
        TEAM = "TEA", _("Working as one team")
        DELIVERY = "DEL", _("Delivery and mutual obligations")
        SOLVING = "SOL", _("Problem solving and learning")
        IMPROVEMENT = "INN", _("Improvement and innovation")
        FAIRNESS = "FAI", _("Fairness and voice")

    OVER = (State.CLOSED, State.UNCONFIRMED, State.CHECKED)

    relationship = models.ForeignKey(
        Relationship, on_delete=models.CASCADE, related_name="issues"
    )
    title = models.CharField(_("What it is about"), max_length=150)
    severity = models.CharField(
        _("Severity"), max_length=1, choices=Severity, default=Severity.SECOND
    )
    because = models.CharField(
        _("Why together"), max_length=8, choices=Because, default=Because.OTHER
    )
    happened_on = models.DateField(_("Happened on"))
    state = models.CharField(max_length=11, choices=State, default=State.ACCOUNTS)
    opened_on = models.DateField()
    # Ten working days of both sides; open after it, an issue is an old one.
    young_until = models.DateField(null=True, blank=True, editable=False)
    opened_by = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="+")
    recurrence_of = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="recurrences",
        verbose_name=_("Happened before"),
    )
    revealed_at = models.DateTimeField(null=True, blank=True)
    facts = models.TextField(_("What happened"), blank=True)
    # Worded and agreed with the facts: keys of Dimension, in its order.
    dimensions = models.JSONField(default=list, blank=True)
    # Each new wording is agreed anew.
    facts_round = models.PositiveSmallIntegerField(default=0)
    facts_agreed_at = models.DateTimeField(null=True, blank=True)
    outcome = models.TextField(_("What we agreed"), blank=True)
    # Which side asked to close, when, and until when the other may answer.
    closing_side = models.CharField(max_length=8, choices=Side, blank=True)
    closing_round = models.PositiveSmallIntegerField(default=0)
    closing_asked_on = models.DateField(null=True, blank=True)
    lapses_on = models.DateField(null=True, blank=True)
    objection = models.CharField(max_length=300, blank=True)
    check_days = models.PositiveSmallIntegerField(default=30)
    check_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    checked_at = models.DateTimeField(null=True, blank=True)

    objects = JointIssueQuerySet.as_manager()

    class Meta:
        ordering = ["-opened_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(facts_agreed_at=None) | Q(revealed_at__isnull=False),
                name="facts_are_agreed_after_both_accounts",
            ),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=False)
                | ~Q(state__in=["closed", "unconfirmed", "checked"]),
                name="a_closed_issue_has_a_day",
            ),
        ]
        indexes = [
            models.Index(fields=["relationship", "-opened_on"]),
            models.Index(fields=["state", "lapses_on"]),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("engagements:issue", args=[self.pk])

    @property
    def touched(self) -> list[str]:
        """What of the relationship it touches, in words."""
        return [str(self.Dimension(key).label) for key in self.dimensions]

    @property
    def is_over(self) -> bool:
        """Closed, whether the prevention check is behind it or not."""
        return self.state in self.OVER

    @property
    def days_to_facts(self) -> int | None:
        """Days until both sides agreed on the facts; None until they do."""
        if self.facts_agreed_at is None:
            return None
        return (self.facts_agreed_at.date() - self.opened_on).days


class IssueSide(Row):
    """What one side has done about an issue, and whom it asks to speak for it."""

    class Check(models.TextChoices):
        NONE = "", _("No answer yet")
        HELD = "held", _("It has not come back")
        BACK = "back", _("It has come back")

    issue = models.ForeignKey(
        JointIssue, on_delete=models.CASCADE, related_name="sides"
    )
    side = models.CharField(max_length=8, choices=Side)
    contact = models.ForeignKey(
        Contact, on_delete=models.PROTECT, related_name="speaks_about"
    )
    # A new version closes every earlier link.
    version = models.PositiveSmallIntegerField(default=1)
    account_at = models.DateTimeField(null=True, blank=True)
    # Which wording of the facts it agreed to; 0 is none.
    agreed_round = models.PositiveSmallIntegerField(default=0)
    check_answer = models.CharField(
        max_length=4, choices=Check, blank=True, default=Check.NONE
    )

    class Meta:
        ordering = ["side"]
        constraints = [
            models.UniqueConstraint(
                fields=["issue", "side"], name="an_issue_has_each_side_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.issue_id} {self.side}"


class IssueAccountQuerySet(models.QuerySet["IssueAccount"]):
    """Accounts, which are sealed until both are there."""

    def readable_by(self, side: str) -> IssueAccountQuerySet:
        """A side's own, and the other's once both were revealed together."""
        return self.filter(
            Q(seat__side=side) | Q(seat__issue__revealed_at__isnull=False)
        )


class IssueAccount(Row):
    """One side's account in its own words: sealed until both are in."""

    seat = models.OneToOneField(
        IssueSide, on_delete=models.CASCADE, related_name="account"
    )
    text = models.TextField(_("What happened, as we saw it"))
    impact = models.TextField(_("What it meant for us"))
    written_by = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="+")

    objects = IssueAccountQuerySet.as_manager()

    class Meta:
        ordering = ["created_at"]

    def __str__(self) -> str:
        return f"{self.seat_id}"


class IssueNote(Row):
    """A line of the joint record. It has no side and no author."""

    class Kind(models.TextChoices):
        MOMENT = "moment", _("Timeline")
        CONTAINMENT = "containment", _("Containment")
        FACTOR = "factor", _("Contributing factors")
        WHY = "why", _("Why it could happen")
        WELL = "well", _("What went well")

    class Factor(models.TextChoices):
        INFORMATION = "information", _("Information")
        HANDOVER = "handover", _("Hand-over")
        CAPACITY = "capacity", _("Capacity")
        DECISION = "decision", _("Decision")
        REQUIREMENT = "requirement", _("Requirement")
        TOOL = "tool", _("Tool")
        OUTSIDE = "outside", _("Outside event")
        OTHER = "other", _("Something else in the system")

    issue = models.ForeignKey(
        JointIssue, on_delete=models.CASCADE, related_name="notes"
    )
    kind = models.CharField(max_length=11, choices=Kind)
    factor = models.CharField(max_length=11, choices=Factor, blank=True)
    on = models.DateField(null=True, blank=True)
    at = models.TimeField(null=True, blank=True)
    text = models.CharField(max_length=300)
    # A why under a why; nothing else stands under anything.
    under = models.ForeignKey(
        "self", on_delete=models.CASCADE, null=True, blank=True, related_name="below"
    )

    class Meta:
        ordering = ["kind", "on", "at", "created_at"]

    def __str__(self) -> str:
        return self.text
