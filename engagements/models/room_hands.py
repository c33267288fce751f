"""Hands counted where nobody touches a keyboard. SEALED as all of `rooms`."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from engagements.models.recommendations import Recommendation
from engagements.models.rooms import Sealed


class VerdictHands(Sealed):
    """How many hands said what of a recommendation; they stand for all votes on it."""

    recommendation = models.OneToOneField(
        Recommendation, on_delete=models.CASCADE, related_name="+"
    )
    done = models.PositiveSmallIntegerField(_("Done"), default=0)
    partly = models.PositiveSmallIntegerField(_("Partly done"), default=0)
    # `not` is a word of the language.
    undone = models.PositiveSmallIntegerField(_("Not done"), default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(done__gte=3 - F("partly") - F("undone")),
                name="hands_of_a_verdict_are_three_at_least",
            )
        ]

    def __str__(self) -> str:
        return f"{self.recommendation_id}"
