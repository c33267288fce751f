"""Who facilitates a review: somebody of neither side."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from engagements.errors import RuleError
from engagements.models import (
    Contact,
    HealthReview,
    Relationship,
    Standing,
    belongs_to_a_side,
)
from engagements.parties.actions import outsider
from engagements.reviews.actions.moving import being_set_up
from engagements.reviews.actions.scheduling import ask_again
from engagements.search import name_key


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
    _refuse_a_side_as_employer(row.relationship, works_for)
    contact = outsider(
        by=by, name=name, email=email.strip().lower(), works_for=works_for
    )
    _refuse_partisan(row.relationship, contact)
    disclosure = disclosure.strip()
    if (row.facilitator, row.facilitator_disclosure) == (contact, disclosure):
        return contact
    # Another person closes the earlier person's link.
    version = int(row.facilitator != contact)
    row.facilitator = contact
    row.facilitator_disclosure = disclosure
    row.facilitator_version += version
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


def _refuse_a_side_as_employer(relationship: Relationship, works_for: str) -> None:
    """The name of a side would found a second organisation called like it, and the
    person would pass for somebody of neither."""
    given = name_key(works_for)
    for place in (relationship.client, relationship.supplier):
        if name_key(place.name) == given:
            raise RuleError(
                _("%(name)s is one of the two sides.") % {"name": place.name},
                field="works_for",
            )


def _refuse_partisan(relationship: Relationship, contact: Contact) -> None:
    """A facilitator has neither a role nor a membership at either side."""
    if belongs_to_a_side(contact, relationship):
        raise RuleError(
            _("%(name)s belongs to one of the two sides.") % {"name": contact.name},
            field="email",
        )
