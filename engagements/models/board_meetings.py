"""A board's meetings: when, by which phases, and who moved them on.

Nothing here may change through what happens in the closed room.
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from engagements.models.base import Row
from engagements.models.boards import Board, BoardSeat


class BoardMeeting(Row):
    """A meeting of a board, by phases; it opens a cycle of recommendations.

    The host reads title, day and place. No moment of change: only planning and moving
    the phases write here.
    """

    class Phase(models.TextChoices):
        PLANNED = "planned", _("Planned")
        OPENING = "opening", _("Opening report")
        DELIBERATION = "deliberation", _("Closed deliberation")
        READ_OUT = "read_out", _("Read-out")
        RESPONSE = "response", _("Response")
        CLOSED = "closed", _("Closed")

    updated_at = None  # type: ignore[assignment]  # takes the inherited column away
    board = models.ForeignKey(Board, on_delete=models.CASCADE, related_name="meetings")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(_("Title"), max_length=150)
    held_on = models.DateField(_("Day"))
    place = models.CharField(_("Place"), max_length=200, blank=True)
    phase = models.CharField(max_length=12, choices=Phase, default=Phase.PLANNED)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["board", "number"], name="meetings_of_a_board_are_counted"
            ),
            models.UniqueConstraint(
                fields=["board"],
                condition=Q(phase__in=["opening", "deliberation", "read_out"]),
                name="a_board_meets_once_at_a_time",
                violation_error_message=_("Another meeting of this board is open."),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class MeetingPhase(Row):
    """When a phase of a meeting began and ended, and who moved it on."""

    meeting = models.ForeignKey(
        BoardMeeting, on_delete=models.CASCADE, related_name="phases"
    )
    phase = models.CharField(max_length=12, choices=BoardMeeting.Phase)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    moved_by = models.ForeignKey(
        BoardSeat, on_delete=models.RESTRICT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["started_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "phase"], name="a_phase_comes_once_in_a_meeting"
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gte=F("started_at")),
                name="a_phase_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.phase}"
