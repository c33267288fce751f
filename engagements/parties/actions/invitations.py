"""Inviting people to sign in: to join an organisation, or to claim a kept one."""

from __future__ import annotations

from datetime import timedelta

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from engagements.errors import RuleError
from engagements.history import record_change
from engagements.models import (
    Contact,
    Invitation,
    Membership,
    Organisation,
    Relationship,
    Standing,
)
from engagements.parties import mails
from engagements.parties.actions.contacts import add_contact

OPEN_FOR = timedelta(days=14)


@transaction.atomic
def invite(*, by: Standing, contact: Contact, role: str) -> Invitation:
    """Offer a person of the own organisation a sign-in in one role."""
    return _invite(by, contact, role, Invitation.Purpose.JOIN)


@transaction.atomic
def invite_person(
    *, by: Standing, name: str, email: str, role: str, job_title: str = ""
) -> Invitation:
    """Add a person to the own organisation and offer them a sign-in."""
    contact = add_contact(
        by=by,
        organisation=by.organisation,
        name=name,
        email=email,
        job_title=job_title,
    )
    return _invite(by, contact, role, Invitation.Purpose.JOIN)


@transaction.atomic
def invite_to_claim(
    *,
    by: Standing,
    organisation: Organisation,
    contact: Contact | None = None,
    name: str = "",
    email: str = "",
) -> Invitation:
    """Offer a kept organisation to one of its people, known or new."""
    if organisation.claimed_at:
        raise RuleError(
            _("%(name)s already has an administrator of its own.")
            % {"name": organisation.name}
        )
    if contact is None:
        contact = add_contact(by=by, organisation=organisation, name=name, email=email)
    elif contact.organisation_id != organisation.pk:
        raise RuleError(
            _("%(name)s works for another organisation.") % {"name": contact.name},
            field="contact",
        )
    role = Membership.Role.ADMINISTRATOR
    return _invite(by, contact, role, Invitation.Purpose.CLAIM)


@transaction.atomic
def renew_invitation(*, by: Standing, invitation: Invitation) -> Invitation:
    """Send a fresh link; the earlier one no longer opens."""
    invitation = _open_and_locked(invitation)
    invitation.version += 1
    invitation.address = invitation.contact.email
    invitation.expires_at = timezone.now() + OPEN_FOR
    invitation.save(update_fields=["version", "address", "expires_at", "updated_at"])
    mails.owe_invitation(invitation)
    return invitation


@transaction.atomic
def revoke_invitation(*, by: Standing, invitation: Invitation) -> Invitation:
    """Close an invitation; its link shows the page of every dead link."""
    invitation = _open_and_locked(invitation)
    invitation.revoked_at = timezone.now()
    invitation.save(update_fields=["revoked_at", "updated_at"])
    record_change(invitation.contact, {"invitation": ["open", "revoked"]}, by=by)
    return invitation


@transaction.atomic
def accept_invitation(*, invitation: Invitation, name: str, password: str) -> User:
    """The invited person signs in from now on; a kept organisation becomes theirs."""
    invitation = _open_and_locked(invitation)
    contact = Contact.objects.select_for_update(no_key=True).get(
        pk=invitation.contact_id
    )
    if contact.email != invitation.address:
        raise RuleError(_("This invitation is no longer open."))
    user = _sign_in_for(contact, name, password)
    contact.user, contact.name = user, user.name
    contact.save(update_fields=["user", "name", "updated_at"])
    Membership.objects.create(
        contact=contact, organisation=invitation.organisation, role=invitation.role
    )
    invitation.accepted_at = timezone.now()
    invitation.save(update_fields=["accepted_at", "updated_at"])
    if invitation.purpose == Invitation.Purpose.CLAIM:
        _claim(invitation.organisation)
    return user


def _invite(by: Standing, contact: Contact, role: str, purpose: str) -> Invitation:
    contact = (
        Contact.objects.select_for_update(no_key=True, of=("self",))
        .select_related("organisation")
        .get(pk=contact.pk)
    )
    _refuse_unless_invitable(contact)
    invitation = Invitation.objects.create(
        organisation=contact.organisation,
        purpose=purpose,
        contact=contact,
        address=contact.email,
        role=role,
        invited_by=by.contact,
        expires_at=timezone.now() + OPEN_FOR,
    )
    record_change(contact, {"invitation": [None, role]}, by=by)
    mails.owe_invitation(invitation)
    return invitation


def _refuse_unless_invitable(contact: Contact) -> None:
    name = {"name": contact.name}
    if not contact.email:
        words = _("%(name)s has no e-mail address to send the invitation to.")
        raise RuleError(words % name, field="email")
    if contact.has_left:
        raise RuleError(_("%(name)s has left. Put the last day right first.") % name)
    if contact.memberships.active().exists():
        raise RuleError(_("%(name)s already signs in.") % name)
    if contact.invitations.filter(accepted_at=None, revoked_at=None).exists():
        words = _("%(name)s already has an invitation. Send it again instead.")
        raise RuleError(words % name)


def _open_and_locked(invitation: Invitation) -> Invitation:
    locked = Invitation.objects.select_for_update(no_key=True, of=("self",))
    row = locked.select_related(
        "organisation", "contact", "invited_by__organisation"
    ).get(pk=invitation.pk)
    if row.accepted_at or row.revoked_at:
        raise RuleError(_("This invitation is no longer open."))
    return row


def _sign_in_for(contact: Contact, name: str, password: str) -> User:
    """A new sign-in, or the one a person had before they were switched off."""
    user = User.objects.filter(email__iexact=contact.email).first()
    if user is None:
        user = User.objects.create_user(
            contact.email,
            password,
            name=name,
            time_zone=contact.organisation.time_zone,
        )
    else:
        _take_back(user, contact, name, password)
    EmailAddress.objects.update_or_create(
        user=user, email=user.email, defaults={"verified": True, "primary": True}
    )
    return user


def _take_back(user: User, contact: Contact, name: str, password: str) -> None:
    acting = Membership.objects.active().filter(contact__user=user)
    if acting.exists() or user.is_staff:
        raise RuleError(
            _("This e-mail address already signs in for another organisation."),
            field="email",
        )
    Contact.objects.filter(user=user).exclude(pk=contact.pk).update(user=None)
    user.is_active, user.name = True, name
    user.set_password(password)
    user.save(update_fields=["is_active", "name", "password"])


def _claim(organisation: Organisation) -> None:
    """Its own people act for it; each relationship waits until they accept it."""
    now = timezone.now()
    # Only the first claim counts; a second link must not take it over.
    unclaimed = Organisation.objects.filter(pk=organisation.pk, claimed_at=None)
    if not unclaimed.update(claimed_at=now, updated_at=now):
        raise RuleError(_("This invitation is no longer open."))
    # A row with the keeper's book would stay bound to the keeper's numbers.
    organisation.identifiers.update(keeper=organisation)
    related = Relationship.objects.order_by()
    related.filter(client=organisation).update(proposed_to="client")
    related.filter(supplier=organisation).update(proposed_to="supplier")
