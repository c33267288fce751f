"""Who is usually asked: the people of last time, else those who speak for a side."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from engagements.models import Contact, HealthReview, Rater, Side, TeamRole

_GROUPS = {
    TeamRole.Role.SPONSOR: Rater.Group.LEAD,
    TeamRole.Role.INTERFACE: Rater.Group.LEAD,
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
    for role in roles.select_related("contact").order_by("from_on", "pk"):
        yield role.contact, _GROUPS[TeamRole.Role(role.role)]


def _once(seats: Iterable[tuple[Contact, str]]) -> Iterator[tuple[Contact, str]]:
    seen = set()
    for contact, group in seats:
        gone = contact.left_on or contact.archived_at or not contact.email
        if contact.pk not in seen and not gone:
            seen.add(contact.pk)
            yield contact, group
