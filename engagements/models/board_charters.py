"""What a board agreed on about itself, and which of its members said yes to it."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from engagements.models.base import Row
from engagements.models.boards import Board, BoardSeat


class BoardCharter(Row):
    """One version of what a board agreed on about itself.

    A draft until it is proposed; then its words stay. It is in force once the quorum of
    the members has ratified it, and is looked at again after a year.
    """

    board = models.ForeignKey(Board, on_delete=models.CASCADE, related_name="charters")
    number = models.PositiveSmallIntegerField()
    purpose = models.TextField(_("Purpose and remit"))
    membership = models.TextField(_("Membership and term"))
    commitments = models.TextField(_("Commitments of both parties"))
    confidentiality = models.TextField(_("Confidentiality"))
    conflict_of_interest = models.TextField(_("Conflicts of interest"))
    competition_law = models.TextField(_("Competition law"))
    recommendations = models.TextField(_("How recommendations are made and answered"))
    # Then everything said belongs to a topic that was told in advance.
    competitors = models.BooleanField(
        _("Some of the members compete with each other"), default=False
    )
    proposed_on = models.DateField(null=True, blank=True)
    ratified_on = models.DateField(null=True, blank=True)
    review_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["board", "number"], name="charters_of_a_board_are_counted"
            ),
            models.UniqueConstraint(
                fields=["board"],
                condition=Q(proposed_on=None),
                name="a_board_drafts_one_charter",
            ),
            models.CheckConstraint(
                condition=Q(ratified_on=None, review_on=None)
                | Q(
                    proposed_on__isnull=False,
                    ratified_on__isnull=False,
                    review_on__isnull=False,
                    review_on__gt=F("ratified_on"),
                ),
                name="a_ratified_board_charter_is_reviewed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.board_id} {self.number}"


class CharterRatification(Row):
    """A member said yes to a charter of the board."""

    charter = models.ForeignKey(
        BoardCharter, on_delete=models.CASCADE, related_name="ratifications"
    )
    seat = models.ForeignKey(
        BoardSeat, on_delete=models.CASCADE, related_name="ratifications"
    )
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["at"]
        constraints = [
            models.UniqueConstraint(
                fields=["charter", "seat"], name="a_seat_ratifies_a_charter_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.charter_id} {self.seat_id}"
