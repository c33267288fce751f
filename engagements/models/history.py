"""What changed, who changed it and why; the timeline of a relationship."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from engagements.models.base import Row, Visibility
from engagements.models.parties import Organisation
from engagements.models.people import Contact
from engagements.models.relationships import Relationship
from engagements.models.standing import readable, standing_of

if TYPE_CHECKING:
    from accounts.models import User


class ChangeSet(Row):
    """Changes made in one act, so that they can be undone in one act for 7 days."""

    class Kind(models.TextChoices):
        IMPORT = "import", _("Import")
        BULK = "bulk", _("Change of several")
        DEMO = "demo", _("Demo")

    kind = models.CharField(max_length=6, choices=Kind)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="change_sets"
    )
    by = models.ForeignKey(
        Contact, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    summary = models.JSONField(default=dict)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.kind} {self.created_at:%Y-%m-%d}"


class ChangeQuerySet(models.QuerySet["Change"]):
    """Changes, narrowed in the words of the business."""

    def visible_to(self, user: User) -> ChangeQuerySet:
        """Changes to what the person may read: shared facts, and the own side's."""
        standing = standing_of(user)
        if standing is None:
            return self.none()
        relationships = Relationship.objects.order_by().filter(readable(standing))
        return self.filter(
            Q(organisation=standing.organisation)
            | Q(
                visibility=Visibility.SHARED,
                relationship__in=relationships.values("pk"),
            )
        )

    def of(self, row: models.Model) -> ChangeQuerySet:
        return self.filter(object_id=row.pk)


class Change(Row):
    """One dated edit: which fields, from what to what, by whom and why."""

    object_kind = models.CharField(max_length=40)
    object_id = models.UUIDField(db_index=True)
    relationship = models.ForeignKey(
        Relationship, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="+"
    )
    visibility = models.CharField(
        max_length=8, choices=Visibility, default=Visibility.INTERNAL
    )
    by = models.ForeignKey(
        Contact, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField(default=timezone.now)
    reason = models.CharField(max_length=500, blank=True)
    # {"field": [before, after]}, as text.
    fields = models.JSONField(default=dict)
    change_set = models.ForeignKey(
        ChangeSet, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = ChangeQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "pk"]

    def __str__(self) -> str:
        return f"{self.object_kind} {self.at:%Y-%m-%d}"


class TimelineEntry(Row):
    """One thing that happened on a relationship, ready to be read."""

    class Kind(models.TextChoices):
        INTERACTION = "interaction", _("Conversation")
        MEETING = "meeting", _("Meeting")
        CONTRACT = "contract", _("Contract")
        COMMITMENT = "commitment", _("Promise")
        REVIEW = "review", _("Health review")
        ISSUE = "issue", _("Joint issue")
        CHANGE = "change", _("Change")
        CHARTER = "charter", _("Charter and goals")
        IDEA = "idea", _("Idea")

    relationship = models.ForeignKey(
        Relationship, on_delete=models.CASCADE, related_name="timeline"
    )
    kind = models.CharField(max_length=11, choices=Kind)
    # The finer kind, for the icon: call, email, signed, amended, segment …
    mark = models.CharField(max_length=20, blank=True)
    at = models.DateTimeField()
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    visibility = models.CharField(
        max_length=8, choices=Visibility, default=Visibility.INTERNAL
    )
    object_id = models.UUIDField(null=True, blank=True, db_index=True)
    address = models.CharField(max_length=200, blank=True)
    title = models.CharField(max_length=200)
    people = models.CharField(max_length=300, blank=True)
    text = models.TextField(blank=True)
    # Short lines under the text: "Next step: send the rota, Fri 20 Nov".
    facts = models.JSONField(default=list)

    class Meta:
        ordering = ["-at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "mark", "object_id"],
                condition=Q(object_id__isnull=False),
                name="each_event_stands_once_on_a_timeline",
            )
        ]
        indexes = [models.Index(fields=["relationship", "-at"])]

    def __str__(self) -> str:
        return self.title


class SearchEntry(Row):
    """A thing that can be found by its name."""

    class Kind(models.TextChoices):
        RELATIONSHIP = "relationship", _("Relationship")
        ORGANISATION = "organisation", _("Organisation")
        CONTACT = "contact", _("Person")
        CONTRACT = "contract", _("Contract")
        ISSUE = "issue", _("Joint issue")

    kind = models.CharField(max_length=12, choices=Kind)
    object_id = models.UUIDField(unique=True)
    # Seen by whoever sees this relationship, or else this organisation.
    relationship = models.ForeignKey(
        Relationship, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    label = models.CharField(max_length=250)
    detail = models.CharField(max_length=250, blank=True)

    class Meta:
        ordering = ["label"]

    def __str__(self) -> str:
        return self.label


class SearchToken(models.Model):
    """A word of a name, folded to plain lower case, for search by its beginning."""

    entry = models.ForeignKey(
        SearchEntry, on_delete=models.CASCADE, related_name="tokens"
    )
    # As its entry's: the best of each kind are read along the index, not sorted.
    kind = models.CharField(max_length=12, choices=SearchEntry.Kind)
    # Bytes, so that both databases compare and range over it alike.
    token = models.BinaryField(max_length=80)

    class Meta:
        ordering = ["token"]
        indexes = [
            models.Index(fields=["kind", "token", "entry"]),
            models.Index(fields=["token", "entry"]),
        ]

    def __str__(self) -> str:
        return bytes(self.token).decode()
