"""Somebody of neither side, such as a facilitator, as a person the own side keeps."""

from __future__ import annotations

from engagements.models import Contact, Organisation, Standing
from engagements.parties.actions.contacts import add_contact
from engagements.parties.actions.organisations import create_organisation
from engagements.search import name_key


def outsider(*, by: Standing, name: str, email: str, works_for: str) -> Contact:
    """Somebody the own organisation knows by this address; else somebody new, of an
    organisation it keeps. Nobody learns from an address who has it elsewhere."""
    kept = Organisation.objects.filter(kept_by=by.organisation, archived_at=None)
    known = Contact.objects.present().filter(email=email, organisation__in=kept)
    found = known.select_related("organisation").first()
    if found is not None:
        return found
    place = kept.filter(name_key=name_key(works_for), claimed_at=None).first()
    if place is None:
        place = create_organisation(by=by, name=works_for)
    return add_contact(by=by, organisation=place, name=name, email=email)
