"""Who facilitates a review: somebody of neither side."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from engagements.errors import RuleError
from engagements.models import (
    Contact,
    HealthReview,
    Membership,
    Organisation,
    Relationship,
    Standing,
    TeamRole,
)
from engagements.parties.actions import add_contact, create_organisation
from engagements.reviews.actions.moving import being_set_up
from engagements.reviews.actions.scheduling import ask_again


@transaction.atomic
def choose_facilitator(
    *,
    by: Standing,
    review: HealthReview,
    name: str,
    email: str,
    works_for: str,
    disclosure: str = "",
) -> Contact:
    """Name who facilitates: somebody of neither side, with or without a sign-in.

    Raises RuleError for people of either side.
    """
    row = being_set_up(review)
    contact = _outsider(by, name, email.strip().lower(), works_for)
    refuse_partisan(row.relationship, contact)
    row.facilitator = contact
    row.facilitator_disclosure = disclosure
    row.facilitator_version += 1
    row.save(
        update_fields=[
            "facilitator",
            "facilitator_disclosure",
            "facilitator_version",
            "updated_at",
        ]
    )
    ask_again(review=row)
    return contact


def _outsider(by: Standing, name: str, email: str, works_for: str) -> Contact:
    known = Contact.objects.present().filter(email=email)
    found = known.select_related("organisation").first()
    if found is not None:
        return found
    place = Organisation.objects.filter(
        name__iexact=works_for.strip(), kept_by=by.organisation
    ).first()
    if place is None:
        place = create_organisation(by=by, name=works_for)
    return add_contact(by=by, organisation=place, name=name, email=email)


def refuse_partisan(relationship: Relationship, contact: Contact) -> None:
    """A facilitator has neither a role nor a membership at either side."""
    places = {relationship.client_id, relationship.supplier_id}
    speaks = TeamRole.objects.current().filter(
        relationship=relationship, contact=contact
    )
    acts = Membership.objects.active().filter(contact=contact, organisation__in=places)
    if contact.organisation_id in places or speaks.exists() or acts.exists():
        raise RuleError(
            _("%(name)s belongs to one of the two sides.") % {"name": contact.name},
            field="email",
        )
