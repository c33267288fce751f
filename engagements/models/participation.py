"""Who is asked in a review, and what each side confirms about it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from engagements.models.base import Row, Side
from engagements.models.people import Contact
from engagements.models.reviews import HealthReview


class Rater(Row):
    """A person asked in a review, named by the own side; it knows no answer.

    Whether the person took part is written once, when the review closes.
    """

    class Group(models.TextChoices):
        LEAD = "lead", _("Sponsor or owner")
        OPS = "ops", _("Delivery or operations")
        COMMERCIAL = "commercial", _("Users, finance, procurement or legal")

    class Ineligible(models.TextChoices):
        NO = "", _("Asked")
        LEFT = "left", _("Left")
        BOUNCED = "bounced", _("Address refuses mail")
        ABSENT = "absent", _("Away for the whole time")
        BUDGET = "budget", _("Asked too often lately")

    review = models.ForeignKey(
        HealthReview, on_delete=models.CASCADE, related_name="raters"
    )
    side = models.CharField(max_length=8, choices=Side)
    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="asked")
    group = models.CharField(
        _("Group"), max_length=10, choices=Group, default=Group.OPS
    )
    link_version = models.PositiveSmallIntegerField(default=1)
    revoked_at = models.DateTimeField(null=True, blank=True)
    ineligible = models.CharField(
        max_length=7, choices=Ineligible, blank=True, default=Ineligible.NO
    )
    # The first day this person may be asked, by the contact budget.
    ask_on = models.DateField(null=True, blank=True)
    took_part = models.BooleanField(null=True, blank=True)

    class Meta:
        ordering = ["side", "group", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["review", "contact"],
                name="a_person_is_asked_once_in_a_review",
                violation_error_message=_("This person is already on the list."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.contact_id} {self.side}"


class ReviewConfirmation(Row):
    """A side is asked to confirm something of a review; its coordinator answers.

    By a signed-in person or through a mailed link with two buttons. Without an answer
    it says since when it was asked.
    """

    class Purpose(models.TextChoices):
        RATERS = "raters", _("People and dates")
        ACTIONS = "actions", _("Agreed actions")
        CANCEL = "cancel", _("Cancelling")
        DONE = "done", _("An action is done")

    class Answer(models.TextChoices):
        NONE = "", _("No answer yet")
        YES = "yes", _("Confirmed")
        NO = "no", _("Not like this")

    review = models.ForeignKey(
        HealthReview, on_delete=models.CASCADE, related_name="confirmations"
    )
    purpose = models.CharField(max_length=7, choices=Purpose)
    side = models.CharField(max_length=8, choices=Side)
    # Which action the side is asked to verify; of no other purpose.
    action = models.ForeignKey(
        "engagements.ReviewAction",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="confirmations",
    )
    # Asked again after a change: the earlier answer no longer counts.
    round = models.PositiveSmallIntegerField(default=1)
    # The coordinator: the interface person of the side unless replaced.
    contact = models.ForeignKey(
        Contact, on_delete=models.PROTECT, related_name="asked_to_confirm"
    )
    version = models.PositiveSmallIntegerField(default=1)
    asked_on = models.DateField()
    answer = models.CharField(
        max_length=3, choices=Answer, blank=True, default=Answer.NONE
    )
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        Contact, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    reason = models.CharField(max_length=300, blank=True, default="")

    class Meta:
        ordering = ["purpose", "round", "side"]
        constraints = [
            models.UniqueConstraint(
                fields=["review", "purpose", "side", "round"],
                condition=Q(action=None),
                name="a_side_is_asked_once_a_round",
            ),
            models.UniqueConstraint(
                fields=["action", "round"],
                condition=Q(action__isnull=False),
                name="an_action_is_verified_once_a_round",
            ),
            models.CheckConstraint(
                condition=Q(action=None) | Q(purpose="done"),
                name="only_a_verification_names_an_action",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.side}"
