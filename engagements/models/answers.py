"""Answers: kept under a key nobody stores while asking, and sealed from closing on.

Neither table shares a column with the list of people asked but the review, the side and
the role group, and none holds a moment: order and time would tell who answered what.
"""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from engagements.models.base import Side
from engagements.models.participation import Rater
from engagements.models.reviews import HealthReview


class ReviewSecret(models.Model):
    """With it the server can find a person's answers again; gone at closing."""

    review = models.OneToOneField(
        HealthReview, on_delete=models.CASCADE, primary_key=True, related_name="secret"
    )
    secret = models.BinaryField(max_length=32)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"secret of {self.review_id}"


class OpenResponse(models.Model):
    """What somebody has answered so far; deleted at closing.

    The key is HMAC(secret of the review, id of the rater).
    """

    key = models.CharField(max_length=64, primary_key=True)
    review = models.ForeignKey(
        HealthReview, on_delete=models.CASCADE, related_name="open_responses"
    )
    side = models.CharField(max_length=8, choices=Side)
    group = models.CharField(max_length=10, choices=Rater.Group)
    # {"TRU1": 5, "COM1": "cannot_say"}; what is not there was skipped.
    answers = models.JSONField(default=dict)
    # Open questions, by their key.
    words = models.JSONField(default=dict)
    # Answers that were begun and not sent count as well; sent says "I am done".
    sent = models.BooleanField(default=False)
    # In named mode: the person agreed to be shown with the name.
    consented = models.BooleanField(default=False)

    class Meta:
        ordering = ["key"]

    def __str__(self) -> str:
        return self.side


class SealedResponse(models.Model):
    """One person's ratings from closing on; nobody may read it, but the arithmetic.

    In named mode, and only there, `name` says whose it is.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    review = models.ForeignKey(
        HealthReview, on_delete=models.CASCADE, related_name="sealed_responses"
    )
    side = models.CharField(max_length=8, choices=Side)
    # Only where the group is large enough to be shown.
    group = models.CharField(max_length=10, choices=Rater.Group, blank=True, default="")
    answers = models.JSONField(default=dict)
    name = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.side


class SealedComment(models.Model):
    """Words somebody left, apart from the ratings and from each other."""

    class Audience(models.TextChoices):
        BOTH = "both", _("Both sides")
        FACILITATOR = "facilitator", _("The facilitator")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    review = models.ForeignKey(
        HealthReview, on_delete=models.CASCADE, related_name="sealed_comments"
    )
    side = models.CharField(max_length=8, choices=Side)
    item = models.CharField(max_length=40)
    text = models.TextField()
    audience = models.CharField(max_length=11, choices=Audience, default=Audience.BOTH)
    name = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.item
