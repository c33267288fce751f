"""What both sides want of a relationship: charter, values, goals."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from engagements.models.base import Row, Side
from engagements.models.parties import Organisation
from engagements.models.people import Contact
from engagements.models.relationships import Relationship
from engagements.models.standing import readable, standing_of

if TYPE_CHECKING:
    from accounts.models import User


class OfBothSidesQuerySet(models.QuerySet):
    """Rows both sides of a relationship read."""

    def visible_to(self, user: User) -> OfBothSidesQuerySet:
        """Those on relationships the person may read."""
        standing = standing_of(user)
        if standing is None:
            return self.none()
        relationships = Relationship.objects.order_by().filter(readable(standing))
        return self.filter(relationship__in=relationships.values("pk"))


class CharterQuerySet(OfBothSidesQuerySet):
    """Charters, narrowed in the words of the business."""

    def visible_to(self, user: User) -> CharterQuerySet:
        """A draft is its writer's organisation's alone until it is proposed."""
        standing = standing_of(user)
        if standing is None:
            return self.none()
        private = Q(state__in=Charter.PRIVATE)
        own = Q(organisation=standing.organisation)
        return super().visible_to(user).filter(~private | own)  # type: ignore[return-value]  # the same queryset, narrowed


class Charter(Row):
    """One version of what both sides want: purpose, values, principles, goals.

    Accepted it never changes: a new version takes its place.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        PROPOSED = "proposed", _("Proposed")
        ACCEPTED = "accepted", _("Accepted")
        SUPERSEDED = "superseded", _("Replaced by a newer version")
        DECLINED = "declined", _("Not like this")
        WITHDRAWN = "withdrawn", _("Withdrawn")
        # A draft nobody but its writers has ever seen.
        DROPPED = "dropped", _("Draft dropped")

    PRIVATE = (State.DRAFT, State.DROPPED)

    relationship = models.ForeignKey(
        Relationship, on_delete=models.CASCADE, related_name="charters"
    )
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    # Counted when it is accepted.
    number = models.PositiveSmallIntegerField(null=True, blank=True)
    purpose = models.TextField(_("Shared purpose"))
    # One a line.
    values = models.TextField(_("Shared values"), blank=True)
    principles = models.TextField(_("Principles of behaviour"), blank=True)
    # The open goals as they stood when it was proposed.
    goals = models.JSONField(default=list)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+"
    )
    side = models.CharField(max_length=8, choices=Side)
    written_by = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="+")
    proposed_on = models.DateField(null=True, blank=True)
    accepted_on = models.DateField(null=True, blank=True)
    # Until this day it holds; then both sides say again that it does.
    holds_until = models.DateField(null=True, blank=True, db_index=True)

    objects = CharterQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["relationship"],
                condition=Q(state="accepted"),
                name="one_charter_is_in_force",
            ),
            models.UniqueConstraint(
                fields=["relationship"],
                condition=Q(state="proposed"),
                name="one_charter_waits_for_an_answer",
            ),
            models.UniqueConstraint(
                fields=["relationship", "organisation"],
                condition=Q(state="draft"),
                name="an_organisation_drafts_one_charter",
            ),
            models.UniqueConstraint(
                fields=["relationship", "number"],
                name="versions_of_a_charter_are_counted",
            ),
            models.CheckConstraint(
                condition=~Q(state="accepted")
                | Q(
                    number__isnull=False,
                    accepted_on__isnull=False,
                    holds_until__isnull=False,
                ),
                name="an_accepted_charter_says_since_when",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number or self.state}"

    @property
    def words(self) -> dict[str, str]:
        """What people write of it, by the names of the fields."""
        names = ("purpose", "values", "principles")
        return {name: getattr(self, name) for name in names}

    def get_absolute_url(self) -> str:
        return reverse("engagements:charter-version", args=[self.pk])


class CharterAcceptance(Row):
    """One named person of a side is asked whether the charter holds, and answers.

    Round 1 accepts it; each later round confirms it again after a year.
    """

    class Answer(models.TextChoices):
        NONE = "", _("No answer yet")
        YES = "yes", _("Accepted")
        NO = "no", _("Not like this")

    charter = models.ForeignKey(
        Charter, on_delete=models.CASCADE, related_name="acceptances"
    )
    side = models.CharField(max_length=8, choices=Side)
    round = models.PositiveSmallIntegerField(default=1)
    contact = models.ForeignKey(
        Contact, on_delete=models.PROTECT, related_name="asked_about_charters"
    )
    # A new version closes every earlier link.
    version = models.PositiveSmallIntegerField(default=1)
    asked_on = models.DateField()
    answer = models.CharField(
        max_length=3, choices=Answer, blank=True, default=Answer.NONE
    )
    answered_on = models.DateField(null=True, blank=True)
    reason = models.CharField(max_length=300, blank=True, default="")

    class Meta:
        ordering = ["round", "side"]
        constraints = [
            models.UniqueConstraint(
                fields=["charter", "side", "round"],
                name="a_side_accepts_a_charter_once_a_round",
            ),
            models.CheckConstraint(
                condition=~Q(answer="no") | ~Q(reason=""),
                name="a_no_to_a_charter_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.side} {self.round}"


class Mirror(Row):
    """Both sides say what they stand for and what they think the other does.

    `revealed_at` is when both had written: until then neither reads the other.
    """

    relationship = models.ForeignKey(
        Relationship, on_delete=models.CASCADE, related_name="mirrors"
    )
    revealed_at = models.DateTimeField(null=True, blank=True)

    objects = OfBothSidesQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["relationship"],
                condition=Q(revealed_at=None),
                name="one_mirror_is_written_at_a_time",
            )
        ]

    def __str__(self) -> str:
        return f"{self.created_at:%Y-%m-%d}"


class MirrorPart(Row):
    """What one side wrote: its own values and abilities, and its guess at the other's.

    Sealed until the mirror is revealed: read through `charters.queries.mirrors` alone.
    """

    mirror = models.ForeignKey(Mirror, on_delete=models.CASCADE, related_name="parts")
    side = models.CharField(max_length=8, choices=Side)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+"
    )
    written_by = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="+")
    values = models.JSONField(default=list)
    abilities = models.JSONField(default=list)
    guessed_values = models.JSONField(default=list)
    guessed_abilities = models.JSONField(default=list)

    class Meta:
        ordering = ["side"]
        constraints = [
            models.UniqueConstraint(
                fields=["mirror", "side"], name="a_side_writes_once_in_a_mirror"
            )
        ]

    def __str__(self) -> str:
        return f"{self.side}"
