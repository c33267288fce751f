"""Who of one side may be put on the list of a review."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from engagements.models import (
    Contact,
    HealthReview,
    RelationshipSide,
    TeamRole,
)
from engagements.relationships.queries import candidates
from engagements.reviews.queries.budget import days_to_ask
from engagements.reviews.seats import group_of
from engagements.wording import full_day

# Beside those on the list and on the team; whoever is missing is found in a choice.
MOST_OTHERS = 40


@dataclass(frozen=True)
class Candidate:
    """Somebody of the side: asked or not, in which group, speaking for it as what; and
    where the contact budget asks them later than the others, or not at all, that."""

    contact: Contact
    asked: bool
    group: str
    roles: str
    budget: str = ""


def of_side(
    review: HealthReview, side: RelationshipSide, today: date
) -> tuple[list[Candidate], QuerySet[Contact]]:
    """Who is on the list, then the team, then others; and whoever is left over.

    Four queries, up to three more for what asks them elsewhere, however many people
    the side has.
    """
    seats = review.raters.filter(side=side.side)
    asked = dict(seats.order_by().values_list("contact_id", "group"))
    roles = _roles(review, side, today)
    known = candidates(side)
    first = list(known.filter(pk__in=[*asked, *roles]))
    others = list(
        known.exclude(pk__in=[*asked, *roles]).exclude(email="")[: MOST_OTHERS + 1]
    )
    left_over = len(others) > MOST_OTHERS
    shown = [*first, *([] if left_over else others)]
    days = days_to_ask(review, [contact.pk for contact in shown])
    found = [
        Candidate(
            contact=contact,
            asked=contact.pk in asked,
            group=asked.get(contact.pk) or group_of(roles.get(contact.pk, ())),
            roles=", ".join(
                str(TeamRole.Role(role).label) for role in roles.get(contact.pk, ())
            ),
            budget=_in_words(days[contact.pk], review),
        )
        for contact in shown
    ]
    found.sort(key=lambda one: (not one.asked, not one.roles, one.contact.name))
    rest = known.exclude(pk__in=[contact.pk for contact in shown]).exclude(email="")
    return found, rest if left_over else rest.none()


def _in_words(day: date | None, review: HealthReview) -> str:
    if day is None:
        return _("Asked too often lately: would be left out this time")
    if day > review.opens_on:
        words = _("Would be asked a little later, on %(day)s")
        return words % {"day": full_day(day, review.opens_on)}
    return ""


def _roles(
    review: HealthReview, side: RelationshipSide, today: date
) -> dict[UUID, list[str]]:
    rows = TeamRole.objects.current(today).filter(
        relationship=review.relationship_id, side=side.side
    )
    found: dict[UUID, list[str]] = {}
    for contact, role in rows.order_by("from_on", "pk").values_list(
        "contact_id", "role"
    ):
        found.setdefault(contact, []).append(role)
    return found
