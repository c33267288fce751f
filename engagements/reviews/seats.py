"""Who is asked, who coordinates a side: the people of last time, else the team."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from uuid import UUID

from engagements.models import (
    Contact,
    HealthReview,
    Rater,
    RelationshipSide,
    Side,
    TeamRole,
)

_GROUPS = {
    TeamRole.Role.INTERFACE: Rater.Group.LEAD,
    TeamRole.Role.SPONSOR: Rater.Group.LEAD,
    TeamRole.Role.DELIVERY: Rater.Group.OPS,
    TeamRole.Role.COMMERCIAL: Rater.Group.COMMERCIAL,
    TeamRole.Role.LEGAL: Rater.Group.COMMERCIAL,
}
# A check-in asks two people a side: who speaks daily, and who stands behind it.
_CHECK_IN = (TeamRole.Role.INTERFACE, TeamRole.Role.SPONSOR)


def usual_people(review: HealthReview) -> list[Rater]:
    """Seats for both sides, not yet stored: last time's people still there, or the
    team's; only who can be reached by mail."""
    found: list[Rater] = []
    for side in Side:
        seats = list(_last_time(review, side)) or list(_team(review, side))
        found += [
            Rater(review=review, side=side, contact=contact, group=group)
            for contact, group in _once(seats)
        ]
    return found


def _last_time(review: HealthReview, side: Side) -> Iterator[tuple[Contact, str]]:
    before = (
        HealthReview.objects.filter(
            relationship=review.relationship_id,
            form=review.form,
            opened_at__isnull=False,
        )
        .order_by("-opened_at")
        .first()
    )
    if before is None:
        return
    seats = Rater.objects.filter(review=before, side=side, revoked_at=None)
    for seat in seats.select_related("contact").order_by("created_at", "pk"):
        yield seat.contact, seat.group


def _team(review: HealthReview, side: Side) -> Iterator[tuple[Contact, str]]:
    roles = TeamRole.objects.current().filter(
        relationship=review.relationship_id, side=side
    )
    if review.form == HealthReview.Form.CHECK_IN:
        roles = roles.filter(role__in=_CHECK_IN)
    # Who has two roles is asked as the first of them.
    found = sorted(
        roles.select_related("contact").order_by("from_on", "pk"),
        key=lambda role: list(_GROUPS).index(TeamRole.Role(role.role)),
    )
    for role in found:
        yield role.contact, _GROUPS[TeamRole.Role(role.role)]


def group_of(roles: Iterable[str]) -> str:
    """The group of somebody who speaks for a side in these roles."""
    known = [group for role, group in _GROUPS.items() if role in set(roles)]
    return known[0] if known else Rater.Group.OPS


def in_order(seats: Iterable[Rater]) -> list[Rater]:
    """People on a list as it is read: by group, then by name."""
    groups = list(_GROUPS.values())
    return sorted(
        seats,
        key=lambda seat: (groups.index(Rater.Group(seat.group)), seat.contact.name),
    )


def can_be_mailed(contact: Contact) -> bool:
    """Still there, with an address."""
    return contact.is_present and bool(contact.email)


def seats_of(review: HealthReview) -> dict[str, list[UUID]]:
    """{side: the people on the list}; one query."""
    rows = Rater.objects.filter(
        review=review, revoked_at=None, ineligible=Rater.Ineligible.NO
    )
    found: dict[str, list[UUID]] = {side.value: [] for side in Side}
    for side, person in rows.order_by().values_list("side", "contact_id"):
        found[side].append(person)
    return found


def coordinators(review: HealthReview) -> dict[str, Contact | None]:
    """Who answers for each side: whoever was asked last, else its interface person, its
    sponsor, its owner; None where none of them can be mailed. Three queries."""
    found: dict[str, list[Contact]] = {side.value: [] for side in Side}
    asked = review.confirmations.select_related("contact")
    for row in asked.order_by("-created_at", "-round"):
        found[row.side].append(row.contact)
    roles = TeamRole.objects.current().filter(
        relationship=review.relationship_id, role__in=_CHECK_IN
    )
    for role in sorted(
        roles.select_related("contact").order_by("from_on", "pk"),
        key=lambda role: _CHECK_IN.index(TeamRole.Role(role.role)),
    ):
        found[role.side].append(role.contact)
    sides = RelationshipSide.objects.filter(relationship=review.relationship_id)
    for side in sides.select_related("owner"):
        found[side.side] += [side.owner] if side.owner else []
    return {
        side: next(filter(can_be_mailed, people), None)
        for side, people in found.items()
    }


def _once(seats: Iterable[tuple[Contact, str]]) -> Iterator[tuple[Contact, str]]:
    seen = set()
    for contact, group in seats:
        if contact.pk not in seen and can_be_mailed(contact):
            seen.add(contact.pk)
            yield contact, group
