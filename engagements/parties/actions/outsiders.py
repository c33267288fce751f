"""Somebody of neither side, such as a facilitator, as a person the own side keeps."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from engagements.errors import RuleError
from engagements.models import BoardSeat, Contact, Organisation, Standing, TeamRole
from engagements.parties.actions.contacts import add_contact, change_contact
from engagements.parties.actions.organisations import create_organisation
from engagements.search import name_key


def outsider(*, by: Standing, name: str, email: str, works_for: str) -> Contact:
    """Somebody the own organisation knows by this address; else somebody new, of an
    organisation it keeps. Nobody learns from an address who has it elsewhere.

    What is typed corrects the own entry, or is refused: raises RuleError.
    """
    kept = Organisation.objects.filter(kept_by=by.organisation, archived_at=None)
    known = Contact.objects.present().filter(email=email, organisation__in=kept)
    entries = list(known.select_related("organisation"))
    # Of several the one that says it already.
    entries.sort(key=lambda row: name_key(row.organisation.name) != name_key(works_for))
    if entries:
        return _corrected(by, entries[0], name, works_for)
    place = _place(by, works_for)
    return add_contact(by=by, organisation=place, name=name, email=email)


def _place(by: Standing, works_for: str) -> Organisation:
    kept = Organisation.objects.filter(kept_by=by.organisation, archived_at=None)
    place = kept.filter(name_key=name_key(works_for), claimed_at=None).first()
    return place or create_organisation(by=by, name=works_for)


def _corrected(by: Standing, found: Contact, name: str, works_for: str) -> Contact:
    """The entry as it is typed now, while it is the own organisation's alone to say."""
    own = found.organisation.claimed_at is None and found.user_id is None
    facts: dict[str, Any] = {}
    if " ".join(name.split()) != found.name:
        _refuse(found, "name", allowed=own)
        facts["name"] = " ".join(name.split())
    if name_key(works_for) != name_key(found.organisation.name):
        # Who speaks for a side there, or sits for it, is not moved away by the way.
        sits = BoardSeat.objects.members().filter(contact=found).exists()
        tied = sits or TeamRole.objects.filter(contact=found).exists()
        _refuse(found, "works_for", allowed=own and not tied)
        facts["organisation"] = _place(by, works_for)
    return change_contact(by=by, contact=found, **facts) if facts else found


def _refuse(found: Contact, field: str, *, allowed: bool) -> None:
    if not allowed:
        words = _(
            "This address belongs to %(name)s of %(place)s. Correct that entry under "
            "Organisations, or type another address."
        )
        said = {"name": found.name, "place": found.organisation.name}
        raise RuleError(words % said, field=field)
