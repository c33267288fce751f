"""The stop everybody in a board's closed room has. SEALED as all of `rooms`."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from engagements.models.board_meetings import BoardMeeting
from engagements.models.rooms import Sealed


class RoomStop(Sealed):
    """Somebody said stop, and in which words the facilitator went on.

    Nobody's name and no moment: who competes must be able to press it before others
    who would know. The order is what the log keeps.
    """

    meeting = models.ForeignKey(
        BoardMeeting, on_delete=models.CASCADE, related_name="+"
    )
    position = models.PositiveSmallIntegerField()
    # Empty while the room is stopped.
    sentence = models.TextField(_("How the room goes on"), blank=True)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "position"], name="stops_of_a_meeting_are_counted"
            ),
            models.UniqueConstraint(
                fields=["meeting"],
                condition=Q(sentence=""),
                name="a_room_is_stopped_once_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.position}"
