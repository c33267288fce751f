"""For whom a person acts, and which relationships that lets them read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.apps import apps
from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from accounts.models import User
    from engagements.models.parties import Organisation
    from engagements.models.people import Contact


@dataclass(frozen=True)
class Standing:
    """For whom a signed-in person acts: one organisation, in one role."""

    contact: Contact
    organisation: Organisation
    role: str
    # So that pages of those who host none ask nothing about boards.
    hosts_boards: bool = False
    # So that pages of those who keep no relationship at hand ask for none.
    has_pins: bool = False

    @property
    def reads_everything(self) -> bool:
        """Executives and administrators read all of the own side."""
        return self.role != "account_manager"

    @property
    def administers(self) -> bool:
        """Keeps people, organisations and contracts of the own organisation."""
        return self.role == "administrator"


def standing_of(user: User | AnonymousUser) -> Standing | None:
    """The person's active membership; None for operators and strangers.

    One query a request: the answer stays with the user object.
    """
    if isinstance(user, AnonymousUser) or not user.is_active:
        return None
    if "standing" not in user.__dict__:
        user.__dict__["standing"] = _active_standing(user)
    return user.__dict__["standing"]


def _active_standing(user: User) -> Standing | None:
    # The tables of people stand above this module, which they import.
    boards = apps.get_model("engagements", "Board").objects
    hosted = boards.filter(supplier=OuterRef("organisation"), archived_at=None)
    pins = apps.get_model("engagements", "Pin").objects
    pinned = pins.filter(contact=OuterRef("contact"))
    membership = (
        apps.get_model("engagements", "Membership")
        .objects.active()
        .filter(contact__user=user)
        .select_related("contact", "organisation")
        .annotate(hosts=Exists(hosted.order_by()), pins=Exists(pinned.order_by()))
        .first()
    )
    # Their last day is over; the clock ends the sign-in at its next round.
    if membership is None or membership.contact.has_left:
        return None
    # The sign-in is known: whoever asks the contact for it needs no query.
    membership.contact.user = user
    return Standing(
        membership.contact,
        membership.organisation,
        membership.role,
        hosts_boards=membership.hosts,
        has_pins=membership.pins,
    )


def readable(standing: Standing, path: str = "") -> Q:
    """Which relationships a person may read: the one rule, as a filter on a path.

    The person's organisation must act on one of the two sides; an account manager
    must be on the team today as well. `path` leads to the relationship, for example
    "relationship__". For managers the join may repeat a row: filter by `pk__in`.
    """
    rule: dict[str, UUID | date] = {f"{path}sides__acted_by": standing.organisation.pk}
    if standing.reads_everything:
        return Q(**rule)
    today = timezone.localdate()
    rule[f"{path}team__contact"] = standing.contact.pk
    rule[f"{path}team__from_on__lte"] = today
    return Q(**rule) & (
        Q(**{f"{path}team__to_on": None}) | Q(**{f"{path}team__to_on__gte": today})
    )
