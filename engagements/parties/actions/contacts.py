"""Adding people and correcting what is known of them."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from engagements import search
from engagements.errors import RuleError
from engagements.history import differences, record_change
from engagements.models import Contact, Organisation, SearchEntry, Standing


@transaction.atomic
def add_contact(
    *,
    by: Standing,
    organisation: Organisation,
    name: str,
    email: str = "",
    phone: str = "",
    job_title: str = "",
) -> Contact:
    """Add a person to an organisation. Raises RuleError for an address it has."""
    # Two people adding the same address at once must not both find it free.
    Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)
    email = email.strip().lower()
    _refuse_taken_address(organisation, email)
    contact = Contact.objects.create(
        organisation=organisation,
        name=" ".join(name.split()),
        email=email,
        phone=phone.strip(),
        job_title=job_title.strip(),
    )
    record_change(contact, {"name": [None, contact.name]}, by=by)
    index_contact(contact)
    return contact


@transaction.atomic
def change_contact(
    *, by: Standing, contact: Contact, reason: str = "", **facts: Any
) -> Contact:
    """Correct what is known of a person.

    The address a person signs in with stays the sign-in's own until they change it.
    """
    contact = (
        Contact.objects.select_for_update(no_key=True, of=("self",))
        .select_related("organisation")
        .get(pk=contact.pk)
    )
    if "email" in facts:
        facts["email"] = facts["email"].strip().lower()
    place = facts.get("organisation", contact.organisation)
    address = facts.get("email", contact.email)
    if (place, address) != (contact.organisation, contact.email):
        _refuse_taken_address(place, address)
    changed = differences(contact, facts)
    if not changed:
        return contact
    for field in changed:
        setattr(contact, field, facts[field])
    contact.save(update_fields=[*changed, "updated_at"])
    record_change(contact, changed, by=by, reason=reason)
    index_contact(contact)
    return contact


def index_contact(contact: Contact) -> None:
    """Make a person findable by name, job and organisation."""
    if contact.archived_at:
        search.forget(contact)
        return
    search.index(
        contact,
        kind=SearchEntry.Kind.CONTACT,
        label=contact.name,
        detail=", ".join(filter(None, [contact.job_title, contact.organisation.name])),
        also=[contact.email],
        organisation=contact.organisation,
    )


def _refuse_taken_address(organisation: Organisation, email: str) -> None:
    if not email:
        return
    others = Contact.objects.filter(organisation=organisation, email=email)
    if other := others.filter(archived_at=None).first():
        raise RuleError(
            _("%(name)s already has this e-mail address.") % {"name": other.name},
            field="email",
        )
