"""Files brought in, and how their columns are read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from engagements.models.base import Row, Side
from engagements.models.history import ChangeSet
from engagements.models.parties import Organisation
from engagements.models.people import Contact
from engagements.models.standing import standing_of

if TYPE_CHECKING:
    from accounts.models import User


class ImportProfile(Row):
    """How to read files with these columns; found again by their headers."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="import_profiles"
    )
    name = models.CharField(_("Name"), max_length=120)
    header_signature = models.CharField(max_length=64, db_index=True)
    profile = models.JSONField(default=dict)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "name"],
                name="one_import_profile_per_name",
                violation_error_message=_("Another profile has this name."),
            )
        ]

    def __str__(self) -> str:
        return self.name


def import_path(run: ImportRun, filename: str) -> str:
    """Where an uploaded file lies, by the run's own id."""
    return f"imports/{run.pk}"


def amendments_path(run: ImportRun, filename: str) -> str:
    """Where the second file lies, beside the first."""
    return f"imports/{run.pk}-amendments"


class ImportRunQuerySet(models.QuerySet["ImportRun"]):
    """Imports, narrowed in the words of the business."""

    def visible_to(self, user: User) -> ImportRunQuerySet:
        """Those of the own organisation, for its administrators."""
        standing = standing_of(user)
        if standing is None or not standing.administers:
            return self.none()
        return self.filter(organisation=standing.organisation)


class ImportRun(Row):
    """One file on its way in: uploaded, previewed, committed, perhaps undone."""

    class State(models.TextChoices):
        UPLOADED = "uploaded", _("Columns to check")
        PREVIEWED = "previewed", _("Previewed")
        COMMITTED = "committed", _("Imported")
        UNDONE = "undone", _("Undone")

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="imports"
    )
    by = models.ForeignKey(
        Contact, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    state = models.CharField(max_length=9, choices=State, default=State.UPLOADED)
    file = models.FileField(upload_to=import_path, max_length=200)
    name = models.CharField(_("File name"), max_length=200)
    amendments_file = models.FileField(
        upload_to=amendments_path, max_length=200, blank=True
    )
    stands_for = models.CharField(_("We stand for"), max_length=8, choices=Side)
    profile = models.JSONField(default=dict)
    report = models.JSONField(default=dict)
    change_set = models.OneToOneField(
        ChangeSet, on_delete=models.PROTECT, null=True, blank=True, related_name="run"
    )
    committed_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    objects = ImportRunQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("engagements:import", args=[self.pk])
