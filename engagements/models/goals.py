"""Joint goals: what they are to be worth, and what they brought."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from engagements.models.base import Row, Side
from engagements.models.charters import OfBothSidesQuerySet
from engagements.models.parties import Organisation
from engagements.models.people import Contact
from engagements.models.relationships import Relationship


class GoalQuerySet(OfBothSidesQuerySet):
    """Goals, narrowed in the words of the business."""

    def open(self) -> GoalQuerySet:
        return self.filter(outcome="")


class Goal(Row):
    """A joint objective: an owner on each side, a measure, what it is to be worth."""

    class Outcome(models.TextChoices):
        OPEN = "", _("Under way")
        REACHED = "reached", _("Reached")
        LET_GO = "let_go", _("Let go")

    relationship = models.ForeignKey(
        Relationship, on_delete=models.CASCADE, related_name="goals"
    )
    title = models.CharField(_("Goal"), max_length=160)
    measure = models.CharField(_("Measure"), max_length=300)
    unit = models.CharField(_("Unit"), max_length=40)
    expected = models.DecimalField(_("Expected value"), max_digits=14, decimal_places=2)
    due_on = models.DateField(_("Due on"))
    client_owner = models.ForeignKey(
        Contact,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("Owner, client"),
    )
    supplier_owner = models.ForeignKey(
        Contact,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("Owner, supplier"),
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+"
    )
    written_by = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(
        max_length=7, choices=Outcome, blank=True, default=Outcome.OPEN
    )
    closed_on = models.DateField(null=True, blank=True)
    reason = models.CharField(max_length=300, blank=True, default="")

    objects = GoalQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(expected__gt=0),
                name="a_goal_is_worth_something",
                violation_error_message=_("Expect more than 0."),
            ),
            models.CheckConstraint(
                condition=Q(outcome="", closed_on=None)
                | (~Q(outcome="") & Q(closed_on__isnull=False)),
                name="a_closed_goal_says_when",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("engagements:goal", args=[self.pk])


class GoalValue(Row):
    """What a goal has brought so far, entry by entry; a correction is below zero."""

    goal = models.ForeignKey(Goal, on_delete=models.CASCADE, related_name="entries")
    amount = models.DecimalField(_("Value"), max_digits=14, decimal_places=2)
    on = models.DateField(_("Day"))
    note = models.CharField(_("How it is known"), max_length=300)
    side = models.CharField(max_length=8, choices=Side)
    written_by = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-on", "-created_at"]

    def __str__(self) -> str:
        return f"{self.amount}"
