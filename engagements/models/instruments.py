"""Versions of the instrument: what is asked, on which scale, with which weights."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from engagements.models.base import Row
from engagements.models.parties import Organisation
from engagements.models.people import Contact
from engagements.models.standing import standing_of

if TYPE_CHECKING:
    from accounts.models import User


class InstrumentVersionQuerySet(models.QuerySet["InstrumentVersion"]):
    """Versions of the instrument, narrowed in the words of the business."""

    def published(self) -> InstrumentVersionQuerySet:
        return self.filter(published_at__isnull=False, withdrawn_at=None)

    def visible_to(self, user: User) -> InstrumentVersionQuerySet:
        """What comes with the application, and the own organisation's versions."""
        standing = standing_of(user)
        if standing is None:
            return self.none()
        return self.kept_for(standing.organisation)

    def kept_for(self, organisation: Organisation | None) -> InstrumentVersionQuerySet:
        """What comes with the application, and that organisation's versions."""
        return self.filter(Q(organisation=None) | Q(organisation=organisation))


class InstrumentVersion(Row):
    """One version of what is asked; once a review has used it, it never changes.

    `content` is a document of `reviews/instrument/content.py`, `method` the thresholds
    of `reviews/scoring/parameters.py` that differ from the standard ones.
    """

    # Nobody's: it comes with the application.
    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="instruments",
    )
    key = models.CharField(_("Question set"), max_length=40)
    version = models.CharField(_("Version"), max_length=20)
    content = models.JSONField()
    method = models.JSONField(default=dict)
    copied_from = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="copies"
    )
    written_by = models.ForeignKey(
        Contact, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    published_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    # From the first review that opened with it, the database refuses every change.
    used_at = models.DateTimeField(null=True, blank=True)

    objects = InstrumentVersionQuerySet.as_manager()

    class Meta:
        ordering = ["key", "-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "key", "version"],
                name="one_instrument_version_per_number",
                violation_error_message=_("There is a version of this number."),
            ),
            models.UniqueConstraint(
                fields=["key", "version"],
                condition=Q(organisation=None),
                name="one_supplied_instrument_version_per_number",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.version}"

    def get_absolute_url(self) -> str:
        return reverse("engagements:instrument", args=[self.pk])

    @property
    def is_draft(self) -> bool:
        """It may still be edited; what was published never changes."""
        return self.published_at is None
