"""Who of a side is asked for its part of a mirror."""

from __future__ import annotations

from django.db import models

from engagements.models.base import Row, Side
from engagements.models.charters import Mirror
from engagements.models.people import Contact


class MirrorAsk(Row):
    """Somebody of a side is asked, by a link of their own, for its part."""

    mirror = models.ForeignKey(Mirror, on_delete=models.CASCADE, related_name="asks")
    side = models.CharField(max_length=8, choices=Side)
    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="+")
    # A new version closes every earlier link.
    version = models.PositiveSmallIntegerField(default=1)
    asked_on = models.DateField()

    class Meta:
        ordering = ["mirror", "side"]
        constraints = [
            models.UniqueConstraint(
                fields=["mirror", "side"], name="a_side_is_asked_once_a_mirror"
            )
        ]

    def __str__(self) -> str:
        return f"{self.side}"
