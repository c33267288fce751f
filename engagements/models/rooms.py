"""What is said in a board's closed room. SEALED.

No code that serves the host reads these rows, and no row of them stands in changes,
history, search, notices, timeline or logs. They are read behind the door of the board
alone. Words that nobody's name stands beside carry no moment either.
"""

from __future__ import annotations

import secrets

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from engagements.models.base import Row
from engagements.models.board_meetings import BoardMeeting
from engagements.models.boards import BoardSeat
from engagements.models.issues import JointIssue
from engagements.models.recommendations import Recommendation


class Sealed(Row):
    """A row of the room: random id, no moments."""

    created_at = None  # type: ignore[assignment]  # takes the inherited column away
    updated_at = None  # type: ignore[assignment]  # takes the inherited column away

    class Meta:
        abstract = True


def new_secret() -> bytes:
    """What the keys of unattributed words are made of."""
    return secrets.token_bytes(32)


def file_place(row: RoomFile, _name: str) -> str:
    """A random name: neither board nor title is in the address of a file."""
    return f"sealed/{secrets.token_hex(16)}"


class Room(Sealed):
    """The closed part of one meeting; its version rises with every write in it."""

    meeting = models.OneToOneField(
        BoardMeeting, on_delete=models.CASCADE, related_name="+"
    )
    version = models.PositiveIntegerField(default=1)
    # By it the author of unattributed words is known again; gone with the read-out.
    secret = models.BinaryField(default=new_secret, null=True)
    # Why what too few approve counts all the same, as the facilitator told them.
    below_quorum = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"{self.meeting_id}"


class Attendance(Sealed):
    """Who is in the room, as those in it see."""

    meeting = models.ForeignKey(
        BoardMeeting, on_delete=models.CASCADE, related_name="+"
    )
    seat = models.ForeignKey(BoardSeat, on_delete=models.CASCADE, related_name="+")
    present = models.BooleanField(default=False)
    last_seen_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "seat"], name="a_seat_attends_a_meeting_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.seat_id}"


class Topic(Sealed):
    """What the room speaks about."""

    meeting = models.ForeignKey(
        BoardMeeting, on_delete=models.CASCADE, related_name="+"
    )
    title = models.CharField(_("Topic"), max_length=150)
    starts_at = models.TimeField(null=True, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.title


class RoomDraft(Sealed):
    """A recommendation while the room words it."""

    meeting = models.ForeignKey(
        BoardMeeting, on_delete=models.CASCADE, related_name="+"
    )
    wording = models.TextField(_("What we recommend"))
    problem = models.TextField(_("The problem"), blank=True)
    evidence = models.TextField(_("What shows it"), blank=True)
    desired_outcome = models.TextField(_("What should be different"), blank=True)
    benefits = models.TextField(_("Who benefits"), blank=True)
    # Counted in the room, where nobody touches a keyboard.
    hands = models.PositiveSmallIntegerField(null=True, blank=True)
    approved_in_room = models.BooleanField(default=False)
    ancestor = models.ForeignKey(
        Recommendation,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    position = models.PositiveSmallIntegerField(default=0)
    dropped = models.BooleanField(default=False)

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return f"{self.position}"


class Contribution(Sealed):
    """One thing said; by whom is known where the charter and the author want it."""

    class Kind(models.TextChoices):
        NONE = "", _("Not sorted yet")
        OPERATIONAL = "operational", _("Operational")
        STRATEGIC = "strategic", _("Strategic")

    class Wording(models.TextChoices):
        NONE = "", _("As it was said")
        PROPOSED = "proposed", _("Another wording is proposed")
        ACCEPTED = "accepted", _("The author took the wording")
        KEPT = "kept", _("The author kept the own words")

    class End(models.TextChoices):
        NONE = "", _("Open")
        RECOMMENDATION = "recommendation", _("Part of a recommendation")
        ISSUE = "issue", _("Goes to a joint issue")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    meeting = models.ForeignKey(
        BoardMeeting, on_delete=models.CASCADE, related_name="+"
    )
    topic = models.ForeignKey(
        Topic, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    # Nobody where it is unattributed or was captured.
    seat = models.ForeignKey(
        BoardSeat, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    # HMAC of the room's secret and the seat; means nothing once the secret is gone.
    author_key = models.CharField(max_length=64, blank=True)
    captured = models.BooleanField(default=False)
    text = models.TextField(_("What is said"))
    kind = models.CharField(max_length=11, choices=Kind, blank=True, default=Kind.NONE)
    strategic_wording = models.TextField(_("Strategic wording"), blank=True)
    wording_state = models.CharField(
        max_length=8, choices=Wording, blank=True, default=Wording.NONE
    )
    hands = models.PositiveSmallIntegerField(null=True, blank=True)
    ends_as = models.CharField(max_length=14, choices=End, blank=True, default=End.NONE)
    draft = models.ForeignKey(
        RoomDraft, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    # What is operational leaves the room with its author's consent alone.
    consent_on = models.DateField(null=True, blank=True)
    issue = models.ForeignKey(
        JointIssue, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(captured=False) | Q(seat=None, author_key=""),
                name="what_was_captured_names_nobody",
            ),
            models.CheckConstraint(
                condition=Q(seat=None) | Q(author_key=""),
                name="words_have_a_name_or_a_key",
            ),
            models.CheckConstraint(
                condition=Q(issue=None) | Q(consent_on__isnull=False, ends_as="issue"),
                name="an_issue_comes_from_the_room_with_consent",
            ),
            models.CheckConstraint(
                condition=Q(wording_state="") | ~Q(strategic_wording=""),
                name="a_proposed_wording_has_words",
            ),
        ]
        indexes = [models.Index(fields=["meeting", "position"])]

    def __str__(self) -> str:
        return f"{self.position}"


class Support(Sealed):
    """A member stands behind a contribution."""

    contribution = models.ForeignKey(
        Contribution, on_delete=models.CASCADE, related_name="supporters"
    )
    seat = models.ForeignKey(BoardSeat, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["contribution", "seat"], name="a_seat_supports_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.contribution_id}"


class DraftApproval(Sealed):
    """A member's word on a draft; dissent leaves the room without a name."""

    draft = models.ForeignKey(
        RoomDraft, on_delete=models.CASCADE, related_name="approvals"
    )
    seat = models.ForeignKey(BoardSeat, on_delete=models.CASCADE, related_name="+")
    approves = models.BooleanField()
    dissent = models.TextField(_("What speaks against it"), blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["draft", "seat"], name="a_seat_approves_a_draft_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.draft_id}"


class RoomFile(Sealed):
    """A file of the room, under a name of its own in the room alone."""

    meeting = models.ForeignKey(
        BoardMeeting, on_delete=models.CASCADE, related_name="+"
    )
    name = models.CharField(max_length=200)
    file = models.FileField(upload_to=file_place, max_length=100)
    added_by = models.ForeignKey(BoardSeat, on_delete=models.CASCADE, related_name="+")

    class Meta:
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name


class VerdictVote(Sealed):
    """Whether a member sees a recommendation done."""

    recommendation = models.ForeignKey(
        Recommendation, on_delete=models.CASCADE, related_name="+"
    )
    seat = models.ForeignKey(BoardSeat, on_delete=models.CASCADE, related_name="+")
    verdict = models.CharField(
        max_length=6, choices=[(one.value, one.label) for one in Recommendation.SAID]
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["recommendation", "seat"], name="a_seat_votes_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.recommendation_id}"
