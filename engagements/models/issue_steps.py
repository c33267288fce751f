"""Steps up the ladder of a joint issue, always in pairs."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from engagements.models.base import Row, Side
from engagements.models.issues import JointIssue
from engagements.models.people import Contact


class IssueStep(Row):
    """A step up the ladder: both people of one level are asked at the same moment."""

    class Level(models.TextChoices):
        SPONSOR = "sponsor", _("Sponsors of both sides")
        EXECUTIVE = "executive", _("Executives of both sides")

    issue = models.ForeignKey(
        JointIssue, on_delete=models.CASCADE, related_name="steps"
    )
    level = models.CharField(max_length=9, choices=Level)
    # What the two are asked to settle, in words for both.
    question = models.CharField(_("What they are asked to settle"), max_length=500)
    asked_on = models.DateField()

    class Meta:
        ordering = ["created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["issue", "level"], name="a_level_is_asked_once_an_issue"
            )
        ]

    def __str__(self) -> str:
        return f"{self.issue_id} {self.level}"


class IssueStepSide(Row):
    """One of the two people asked, and what that person said."""

    class Answer(models.TextChoices):
        NONE = "", _("No answer yet")
        YES = "yes", _("Settled")
        NO = "no", _("Not settled")

    step = models.ForeignKey(IssueStep, on_delete=models.CASCADE, related_name="people")
    side = models.CharField(max_length=8, choices=Side)
    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="+")
    # A new version closes every earlier link.
    version = models.PositiveSmallIntegerField(default=1)
    answer = models.CharField(
        max_length=3, choices=Answer, blank=True, default=Answer.NONE
    )
    words = models.CharField(max_length=300, blank=True)
    answered_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["side"]
        constraints = [
            models.UniqueConstraint(
                fields=["step", "side"], name="a_step_asks_each_side_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.step_id} {self.side}"
