"""The ledger of messages owed: one row, one person, one channel."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from engagements.models.base import Row
from engagements.models.parties import Organisation
from engagements.models.people import Contact
from engagements.models.relationships import Relationship


class Notice(Row):
    """One message owed to one person; the key makes it owed once."""

    class Lane(models.IntegerChoices):
        SECURITY = 0, _("Security")
        DEADLINE = 1, _("Deadline")
        ORDINARY = 2, _("Ordinary")
        DIGEST = 3, _("Digest")

    class Channel(models.TextChoices):
        MAIL = "mail", _("Mail")
        IN_APP = "in_app", _("In the application")

    class State(models.TextChoices):
        PENDING = "pending", _("Waiting")
        LEASED = "leased", _("Taken by a worker")
        SENDING = "sending", _("Being sent")
        SENT = "sent", _("Sent")
        DEAD = "dead", _("Refused")
        PARKED = "parked", _("Outcome unknown")
        CANCELLED = "cancelled", _("Cancelled")
        STALE = "stale", _("Too late to be useful")
        # Of a sealed kind: sent or left out, nobody can tell which.
        SETTLED = "settled", _("Done")

    key = models.CharField(max_length=250)
    kind = models.CharField(max_length=40)
    lane = models.PositiveSmallIntegerField(choices=Lane, default=Lane.ORDINARY)
    channel = models.CharField(max_length=6, choices=Channel, default=Channel.MAIL)
    # Tens of thousands are planned at once: each index below serves several
    # questions, so these columns have none of their own.
    recipient = models.ForeignKey(
        Contact, on_delete=models.CASCADE, related_name="notices", db_index=False
    )
    # In whose ledger it stands: an administrator sees the own organisation's.
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    relationship = models.ForeignKey(
        Relationship, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    object_id = models.UUIDField(null=True, blank=True)
    # Which occurrence it is: the side, the days before, the day, the re-arm counter.
    # A planner asks by these what is due and has no row.
    side = models.CharField(max_length=8, blank=True, default="")
    threshold = models.SmallIntegerField(null=True, blank=True)
    day = models.DateField(null=True, blank=True)
    counter = models.PositiveSmallIntegerField(default=0)
    # Names and amounts the words are made of; never a body, a link or a token.
    facts = models.JSONField(default=dict)
    due_at = models.DateTimeField()
    not_after = models.DateTimeField(null=True, blank=True)
    state = models.CharField(max_length=9, choices=State, default=State.PENDING)
    # Raised at each claim; whoever holds an older one no longer holds the row.
    fence = models.PositiveIntegerField(default=0)
    lease_until = models.DateTimeField(null=True, blank=True)
    next_attempt_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    unknown_outcomes = models.PositiveSmallIntegerField(default=0)
    last_error = models.CharField(max_length=300, blank=True)
    message_id = models.CharField(max_length=120, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    read_at = models.DateTimeField(null=True, blank=True)
    # When a digest mail that named it left.
    digested_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["due_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["key"], name="a_message_is_owed_once")
        ]
        indexes = [
            models.Index(
                fields=["lane", "next_attempt_at"],
                condition=Q(state="pending"),
                name="pending_notices",
            ),
            models.Index(
                fields=["lease_until"],
                condition=Q(state__in=["leased", "sending"]),
                name="held_notices",
            ),
            models.Index(fields=["organisation", "state"]),
            models.Index(fields=["recipient", "channel", "state"]),
            models.Index(fields=["object_id", "kind", "threshold", "day"]),
        ]

    def __str__(self) -> str:
        return self.key


class NoticePreference(Row):
    """How a person wants to hear of one kind of event."""

    class Choice(models.TextChoices):
        AT_ONCE = "at_once", _("Mail at once")
        DIGEST = "digest", _("In the daily digest")
        IN_APP = "in_app", _("Only in the application")
        OFF = "off", _("Not at all")

    contact = models.ForeignKey(
        Contact, on_delete=models.CASCADE, related_name="notice_preferences"
    )
    kind = models.CharField(max_length=40)
    choice = models.CharField(max_length=7, choices=Choice)

    class Meta:
        ordering = ["kind"]
        constraints = [
            models.UniqueConstraint(
                fields=["contact", "kind"], name="one_preference_per_person_and_kind"
            )
        ]

    def __str__(self) -> str:
        return f"{self.contact_id} {self.kind} {self.choice}"


class Tick(Row):
    """One round of plan, reap and deliver, for the job page and /health/."""

    started_at = models.DateTimeField(default=timezone.now, db_index=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    worker = models.CharField(max_length=120, blank=True)
    counts = models.JSONField(default=dict)
    failed = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-started_at"]

    def __str__(self) -> str:
        return f"{self.started_at:%Y-%m-%d %H:%M:%S}"

    @property
    def seconds(self) -> float | None:
        """How long it took, to the tenth; None while it runs."""
        if self.finished_at is None:
            return None
        return round((self.finished_at - self.started_at).total_seconds(), 1)


class Sweep(Row):
    """A piece of work done once a day or month: its key is the day."""

    key = models.CharField(max_length=80, unique=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.key
