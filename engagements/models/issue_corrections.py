"""What was put right about a joint issue: was this, now that, by whom."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from engagements.models.base import Row, Side
from engagements.models.issues import JointIssue
from engagements.models.people import Contact
from engagements.wording import long_day


class IssueCorrection(Row):
    """One thing put right, or asked to be: a milder severity takes both sides."""

    class What(models.TextChoices):
        TITLE = "title", _("What it is about")
        DAY = "happened_on", _("Happened on")
        SEVERITY = "severity", _("Severity")

    class State(models.TextChoices):
        KEPT = "kept", _("In force")
        ASKED = "asked", _("Asked, no answer yet")
        DECLINED = "declined", _("Not agreed")
        OVERTAKEN = "overtaken", _("Overtaken by a more serious reading")
        WITHDRAWN = "withdrawn", _("Taken back")
        ENDED = "ended", _("Not answered before the issue was closed")

    issue = models.ForeignKey(
        JointIssue, on_delete=models.CASCADE, related_name="corrections"
    )
    # In the order they were said; a mail names one by it.
    number = models.PositiveSmallIntegerField()
    what = models.CharField(max_length=11, choices=What)
    before = models.CharField(max_length=150)
    after = models.CharField(max_length=150)
    reason = models.CharField(_("Why"), max_length=300, blank=True)
    state = models.CharField(max_length=9, choices=State, default=State.KEPT)
    side = models.CharField(max_length=8, choices=Side)
    by = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="+")
    said_on = models.DateField()
    answered_by = models.ForeignKey(
        Contact, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    answered_on = models.DateField(null=True, blank=True)
    words = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["issue", "number"], name="an_issue_numbers_its_corrections"
            ),
            models.UniqueConstraint(
                fields=["issue"],
                condition=Q(state="asked"),
                name="one_correction_of_an_issue_is_asked_at_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(state="declined") | ~Q(words=""),
                name="a_correction_is_declined_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.issue_id} {self.number}"

    @property
    def was(self) -> str:
        """What it said before, in words."""
        return self._in_words(self.before)

    @property
    def now(self) -> str:
        """What it says since, or would say, in words."""
        return self._in_words(self.after)

    @property
    def is_asked(self) -> bool:
        """It waits for the other side."""
        return self.state == self.State.ASKED

    def _in_words(self, value: str) -> str:
        if self.what == self.What.DAY:
            return long_day(date.fromisoformat(value))
        if self.what == self.What.SEVERITY:
            return str(JointIssue.Severity(value).label)
        return value
