"""Who may do what; who may see what is `visible_to(user)` on the querysets.

The rules are those of one person's standing on one relationship, the same for both
sides. A view first fetches through `visible_to` (a stranger gets 404), then asks
here (a person who sees it but may not gets 403).
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, Q, QuerySet
from django.utils.translation import gettext as _

from engagements.models import (
    Organisation,
    RelationshipSide,
    Side,
    TeamRole,
    Visibility,
    belongs_to_a_side,
    standing_of,
)

if TYPE_CHECKING:
    from django.http import HttpRequest

    from accounts.models import User
    from engagements.models import (
        Commitment,
        Contact,
        Contract,
        HealthReview,
        InstrumentVersion,
        Interaction,
        Relationship,
        ReviewConfirmation,
        Standing,
    )

# An author mends an entry for this long; later a correction keeps the earlier text.
CORRECTION_WINDOW = timedelta(hours=24)


def deny_unless(allowed: bool, reason: str = "") -> None:  # noqa: FBT001 - the verb reads as a sentence
    """Refuse with 403 and the words of the reason."""
    if not allowed:
        raise PermissionDenied(reason or _("Your role does not allow this."))


def require_standing(request: HttpRequest) -> Standing:
    """The signed-in person's standing; refuses people who act for nobody."""
    standing = standing_of(request.user)
    if standing is None:
        raise PermissionDenied(
            _("Your sign-in does not act for an organisation at the moment.")
        )
    return standing


def own_side(user: User, relationship: Relationship) -> RelationshipSide | None:
    """The side of a relationship the person's organisation acts on."""
    standing = standing_of(user)
    return _own_sides(standing, relationship).first() if standing else None


def is_administrator(user: User) -> bool:
    """Keeps people, organisations, contracts and imports of the own organisation."""
    standing = standing_of(user)
    return standing is not None and standing.administers


def can_create_relationships(user: User) -> bool:
    """An administrator creates; the person's organisation is one of the sides."""
    return is_administrator(user)


def can_edit_relationship(user: User, relationship: Relationship) -> bool:
    """An administrator of the side, or an account manager on the team."""
    standing = standing_of(user)
    if standing is None:
        return False
    # Of this one alone: somebody may be on thousands of teams.
    on_team = Q() if standing.administers else Exists(_roles(standing, relationship))
    return _own_sides(standing, relationship).filter(on_team).exists()


def can_set_up_review(user: User, relationship: Relationship) -> bool:
    """Whoever may edit the relationship, of either side."""
    return can_edit_relationship(user, relationship)


def can_start_reviews(user: User) -> bool:
    """Whoever may set up a review of at least one relationship, and administrators."""
    edited = RelationshipSide.objects.edited_by(user)
    return is_administrator(user) or edited.exists()


def can_call_off_review(user: User, review: HealthReview) -> bool:
    """Before it asks, the side that began it; then either side asks both to agree."""
    if not can_set_up_review(user, review.relationship):
        return False
    own = side_of(user, review.relationship)
    return review.is_asking or review.owner_side in ("", own)


def can_confirm_review(user: User, asked: ReviewConfirmation) -> bool:
    """The coordinator who was asked, or who may edit, of the side that is asked."""
    standing = standing_of(user)
    relationship = asked.review.relationship
    side = own_side(user, relationship)
    if standing is None or side is None or side.side != asked.side:
        return False
    named = asked.contact_id == standing.contact.pk
    return named or can_edit_relationship(user, relationship)


def facilitates(user: User, review: HealthReview) -> bool:
    """The person appointed for this review, while they belong to neither side."""
    contact = getattr(user, "contact", None)
    if contact is None or review.facilitator_id != contact.pk:
        return False
    return not belongs_to_a_side(contact, review.relationship)


def can_archive_relationship(user: User, relationship: Relationship) -> bool:
    """An administrator of either side."""
    return is_administrator(user) and own_side(user, relationship) is not None


def can_correct(user: User, interaction: Interaction) -> bool:
    """The author; after a day the earlier text stays readable beside the new one."""
    standing = standing_of(user)
    return standing is not None and interaction.written_by_id == standing.contact.pk


def can_share(user: User, interaction: Interaction) -> bool:
    """The author or an administrator of the organisation that wrote it."""
    standing = standing_of(user)
    if standing is None or interaction.organisation_id != standing.organisation.pk:
        return False
    return can_correct(user, interaction) or standing.administers


def can_change_contract(user: User, relationship: Relationship) -> bool:
    """An administrator of either side; the other side is told of each change."""
    return is_administrator(user) and own_side(user, relationship) is not None


def can_add_document(user: User, contract: Contract) -> bool:
    """Whoever may edit the relationship or change the contract."""
    return can_edit_relationship(user, contract.relationship)


def can_move_commitment(user: User, commitment: Commitment) -> bool:
    """Only the side that promised: its owner, its team, its administrators."""
    standing = standing_of(user)
    side = own_side(user, commitment.relationship)
    if standing is None or side is None or side.side != commitment.side:
        return False
    return (
        commitment.owner_id == standing.contact.pk
        or standing.reads_everything
        or _roles(standing, commitment.relationship).exists()
    )


def can_verify_commitment(user: User, commitment: Commitment) -> bool:
    """Only the other side than the one that promised, and only what is shared."""
    side = own_side(user, commitment.relationship)
    return (
        side is not None
        and commitment.visibility == Visibility.SHARED
        and side.side != commitment.side
    )


def can_edit_organisation(user: User, organisation: Organisation) -> bool:
    """Its administrators; while nobody has claimed it, its keeper's."""
    standing = standing_of(user)
    if standing is None or not standing.administers:
        return False
    return _stands_for(standing, organisation)


def can_bring_in_organisations(user: User) -> bool:
    """An administrator; the own organisation keeps what it brings in."""
    return is_administrator(user)


def can_add_contact(user: User, organisation: Organisation) -> bool:
    """People of the own and of kept organisations; executives only read."""
    standing = standing_of(user)
    if standing is None or standing.role == "executive":
        return False
    return _stands_for(standing, organisation)


def can_invite_to_claim(user: User, organisation: Organisation) -> bool:
    """An administrator of the keeper, or of a counterpart, while it is unclaimed."""
    standing = standing_of(user)
    if standing is None or not standing.administers or organisation.claimed_at:
        return False
    kept = organisation.kept_by_id == standing.organisation.pk
    return kept or _meets(standing, organisation)


def can_accept_relationship(user: User, relationship: Relationship) -> bool:
    """An administrator of the claimed organisation that is asked."""
    standing = standing_of(user)
    if standing is None or not standing.administers or not relationship.proposed_to:
        return False
    asked = getattr(relationship, f"{relationship.proposed_to}_id")
    return asked == standing.organisation.pk


def can_change_team(user: User, side: RelationshipSide) -> bool:
    """People of the side, and of the other side while nobody acts on this one."""
    standing = standing_of(user)
    if standing is None or not can_edit_relationship(user, side.relationship):
        return False
    return side.acted_by_id in (None, standing.organisation.pk)


def can_edit_contact(user: User, contact: Contact) -> bool:
    """Own people and people of kept organisations: administrators and managers."""
    standing = standing_of(user)
    if standing is None:
        return False
    mine = _stands_for(standing, contact.organisation)
    return mine and standing.role != "executive"


def can_keep_instruments(user: User) -> bool:
    """An administrator keeps the question sets of the own organisation."""
    return is_administrator(user)


def can_change_instrument(user: User, version: InstrumentVersion) -> bool:
    """Its organisation's administrators; what comes with the application, nobody."""
    standing = standing_of(user)
    if standing is None or not standing.administers:
        return False
    return version.organisation_id == standing.organisation.pk


def can_import(user: User) -> bool:
    """An administrator brings files in for the own organisation."""
    return is_administrator(user)


def can_lead_conversation(user: User, review: HealthReview) -> bool:
    """The facilitator; where a review has none, who may edit the relationship."""
    if review.facilitator_id is None:
        return can_edit_relationship(user, review.relationship)
    return facilitates(user, review)


def can_follow_up_review(user: User, review: HealthReview) -> bool:
    """The facilitator, and who may edit the relationship, of either side."""
    return facilitates(user, review) or can_edit_relationship(user, review.relationship)


def can_see_jobs(user: User) -> bool:
    """An administrator, of the own organisation's notices only."""
    return is_administrator(user)


def side_of(user: User, relationship: Relationship) -> Side | None:
    """Which side the person is on; None for strangers."""
    own = own_side(user, relationship)
    return Side(own.side) if own else None


def _stands_for(standing: Standing, organisation: Organisation) -> bool:
    if organisation.pk == standing.organisation.pk:
        return True
    kept = organisation.kept_by_id == standing.organisation.pk
    return kept and organisation.claimed_at is None


def _meets(standing: Standing, organisation: Organisation) -> bool:
    """Whether the organisation is across the table on one of the own relationships."""
    own = RelationshipSide.objects.filter(acted_by=standing.organisation).order_by()
    theirs = RelationshipSide.objects.filter(organisation=organisation)
    return theirs.filter(relationship__in=own.values("relationship")).exists()


def _own_sides(standing: Standing, relationship: Relationship) -> QuerySet:
    return RelationshipSide.objects.filter(
        relationship=relationship, acted_by=standing.organisation
    )


def _roles(standing: Standing, relationship: Relationship) -> QuerySet:
    """On the team of a relationship today."""
    roles = TeamRole.objects.current().order_by()
    return roles.filter(relationship=relationship, contact=standing.contact)
