"""What happened between the sides, what is planned, and what is half written."""

from __future__ import annotations

import uuid
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from engagements.models.base import Row, Side, Visibility
from engagements.models.commitments import Commitment, OwnOrSharedQuerySet, Step
from engagements.models.parties import Organisation
from engagements.models.people import Contact
from engagements.models.relationships import Relationship


class Interaction(Row):
    """A call, meeting, message, visit or note that happened."""

    class Kind(models.TextChoices):
        CALL = "call", _("Call")
        MEETING = "meeting", _("Meeting")
        EMAIL = "email", _("Email")
        VISIT = "visit", _("Visit")
        NOTE = "note", _("Note")

    class Topic(models.TextChoices):
        DELIVERY = "delivery", _("Delivery")
        PRICE = "price", _("Price")
        IMPROVEMENT = "improvement", _("Improvement")
        CONTRACT = "contract", _("Contract")
        PROBLEM = "problem", _("Problem")
        PEOPLE = "people", _("People")
        STRATEGY = "strategy", _("Strategy")

    class Tone(models.IntegerChoices):
        TENSE = -2, _("Tense")
        COOL = -1, _("Cool")
        EVEN = 0, _("Even")
        WARM = 1, _("Warm")
        GLAD = 2, _("Glad")

    # A note is nobody's contact with anybody.
    CONTACT_KINDS = (Kind.CALL, Kind.MEETING, Kind.EMAIL, Kind.VISIT)

    relationship = models.ForeignKey(
        Relationship, on_delete=models.CASCADE, related_name="interactions"
    )
    side = models.CharField(max_length=8, choices=Side)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+"
    )
    visibility = models.CharField(
        max_length=8, choices=Visibility, default=Visibility.INTERNAL
    )
    kind = models.CharField(_("Kind"), max_length=7, choices=Kind, default=Kind.CALL)
    topic = models.CharField(_("Topic"), max_length=11, choices=Topic, blank=True)
    # The writer's own reading, kept as a trend, never as a score of a person.
    tone = models.SmallIntegerField(_("Tone"), choices=Tone, null=True, blank=True)
    title = models.CharField(_("Title"), max_length=160, blank=True)
    text = models.TextField(_("What was said"), max_length=20_000)
    happened_at = models.DateTimeField(_("When"), default=timezone.now)
    minutes = models.PositiveSmallIntegerField(_("Minutes"), null=True, blank=True)
    written_by = models.ForeignKey(
        Contact, on_delete=models.PROTECT, related_name="interactions_written"
    )
    shared_at = models.DateTimeField(null=True, blank=True)
    shared_by = models.ForeignKey(
        Contact, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    # The form sends it along: a second submit of the same form writes nothing.
    submit_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    change_set = models.ForeignKey(
        "engagements.ChangeSet", on_delete=models.PROTECT, null=True, blank=True
    )

    objects = OwnOrSharedQuerySet.as_manager()

    class Meta:
        ordering = ["-happened_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(visibility=Visibility.INTERNAL, shared_at=None)
                | ~Q(visibility=Visibility.INTERNAL),
                name="an_internal_interaction_was_not_shared",
            )
        ]
        indexes = [models.Index(fields=["relationship", "-happened_at"])]

    def __str__(self) -> str:
        return self.title or self.get_kind_display()

    def get_absolute_url(self) -> str:
        return reverse("engagements:interaction", args=[self.pk])

    @property
    def backdated(self) -> bool:
        """Written more than a day after it happened."""
        return self.created_at - self.happened_at > timedelta(days=1)


class InteractionParticipant(Row):
    """A person of either side who took part."""

    interaction = models.ForeignKey(
        Interaction, on_delete=models.CASCADE, related_name="participants"
    )
    contact = models.ForeignKey(
        Contact, on_delete=models.PROTECT, related_name="participations"
    )
    side = models.CharField(max_length=8, choices=Side)

    class Meta:
        ordering = ["side", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["interaction", "contact"], name="a_person_takes_part_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.contact_id} in {self.interaction_id}"


class InteractionRevision(Row):
    """What an interaction said before it was corrected."""

    interaction = models.ForeignKey(
        Interaction, on_delete=models.CASCADE, related_name="revisions"
    )
    text = models.TextField()
    written_by = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.interaction_id} before {self.created_at:%Y-%m-%d}"


class InteractionOutcome(Row):
    """A step or a commitment that an interaction led to."""

    interaction = models.ForeignKey(
        Interaction, on_delete=models.CASCADE, related_name="outcomes"
    )
    step = models.OneToOneField(
        Step, on_delete=models.CASCADE, null=True, blank=True, related_name="origin"
    )
    commitment = models.OneToOneField(
        Commitment,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="origin",
    )

    class Meta:
        ordering = ["created_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(step=None, commitment__isnull=False)
                | Q(step__isnull=False, commitment=None),
                name="an_outcome_is_a_step_or_a_commitment",
            )
        ]

    def __str__(self) -> str:
        return f"{self.interaction_id} led to {self.step_id or self.commitment_id}"


class MeetingQuerySet(OwnOrSharedQuerySet):
    """Meetings, narrowed in the words of the business."""

    def planned(self) -> MeetingQuerySet:
        return self.filter(held_as=None, cancelled_at=None)


class Meeting(Row):
    """A planned conversation; held, it becomes an interaction."""

    class Recurrence(models.TextChoices):
        NONE = "", _("Once")
        WEEKLY = "weekly", _("Every week")
        FORTNIGHTLY = "fortnightly", _("Every two weeks")
        MONTHLY = "monthly", _("Every month")
        QUARTERLY = "quarterly", _("Every quarter")

    relationship = models.ForeignKey(
        Relationship, on_delete=models.CASCADE, related_name="meetings"
    )
    side = models.CharField(max_length=8, choices=Side)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+"
    )
    visibility = models.CharField(
        max_length=8, choices=Visibility, default=Visibility.INTERNAL
    )
    title = models.CharField(_("Title"), max_length=160)
    starts_at = models.DateTimeField(_("When"))
    minutes = models.PositiveSmallIntegerField(_("Minutes"), default=60)
    place = models.CharField(_("Where"), max_length=200, blank=True)
    agenda = models.TextField(_("Agenda"), max_length=8_000, blank=True)
    recurrence = models.CharField(
        _("Repeats"), max_length=11, choices=Recurrence, blank=True, default=""
    )
    planned_by = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="+")
    held_as = models.OneToOneField(
        Interaction,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="meeting",
    )
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancelled_reason = models.CharField(max_length=300, blank=True)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        ordering = ["starts_at", "pk"]
        indexes = [models.Index(fields=["relationship", "starts_at"])]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("engagements:meeting", args=[self.pk])


class MeetingParticipant(Row):
    """A person of either side who is expected."""

    meeting = models.ForeignKey(
        Meeting, on_delete=models.CASCADE, related_name="participants"
    )
    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="+")
    side = models.CharField(max_length=8, choices=Side)

    class Meta:
        ordering = ["side", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "contact"], name="a_person_is_expected_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.contact_id} at {self.meeting_id}"


class Draft(Row):
    """What a person has typed and not yet saved; theirs alone."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="drafts"
    )
    relationship = models.ForeignKey(
        Relationship, on_delete=models.CASCADE, null=True, blank=True
    )
    payload = models.JSONField(default=dict)

    class Meta:
        ordering = ["-updated_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "relationship"],
                name="one_draft_per_person_and_relationship",
            ),
            models.UniqueConstraint(
                fields=["user"],
                condition=Q(relationship=None),
                name="one_draft_per_person_without_relationship",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.updated_at:%Y-%m-%d}"
