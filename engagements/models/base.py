"""What every table shares: random ids, moments, the two sides, visibility."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _


class Side(models.TextChoices):
    """One of the two sides of a relationship, always relative to it."""

    CLIENT = "client", _("Client")
    SUPPLIER = "supplier", _("Supplier")

    @property
    def other(self) -> "Side":
        """The side across the table."""
        return Side.SUPPLIER if self is Side.CLIENT else Side.CLIENT


class Visibility(models.TextChoices):
    """Who may see an item: its own organisation, both sides, or a closed room."""

    INTERNAL = "internal", _("Internal")
    SHARED = "shared", _("Shared")
    SEALED = "sealed", _("Sealed")


class Row(models.Model):
    """A row with a random id, so that an address tells nothing about activity."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        abstract = True
