"""Roles of people who sign in, their settings, and who stands in for them."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.sessions import switch_off
from engagements.errors import RuleError
from engagements.history import record_change
from engagements.models import Absence, Contact, Membership, Organisation, Standing


@transaction.atomic
def change_role(*, by: Standing, membership: Membership, role: str) -> Membership:
    """Give a member another role. Raises RuleError for the last administrator."""
    membership = _locked(membership)
    if membership.role == role:
        return membership
    keep_an_administrator(membership)
    record_change(membership.contact, {"role": [membership.role, role]}, by=by)
    membership.role = role
    membership.save(update_fields=["role", "updated_at"])
    return membership


@transaction.atomic
def end_membership(*, by: Standing, membership: Membership) -> Membership:
    """Switch a member off: no sign-in from this moment, open ones end at once."""
    membership = _locked(membership)
    if membership.ended_at:
        return membership
    keep_an_administrator(membership)
    record_change(membership.contact, {"sign-in": [membership.role, None]}, by=by)
    return end_sign_in(membership)


@transaction.atomic
def end_sign_in(membership: Membership) -> Membership:
    """What was asked for and recorded before: the sign-in ends now."""
    membership = _locked(membership)
    membership.ended_at = timezone.now()
    membership.save(update_fields=["ended_at", "updated_at"])
    if membership.contact.user:
        switch_off(membership.contact.user)
    return membership


@transaction.atomic
def change_settings(*, user: User, **settings: Any) -> User:
    """How pages look and read for one person; nobody else is concerned."""
    for name, value in settings.items():
        setattr(user, name, value)
    user.save(update_fields=list(settings))
    return user


@transaction.atomic
def add_absence(
    *, by: Standing, deputy: Contact, from_on: date, to_on: date
) -> Absence:
    """The person is away; the deputy gets what is due meanwhile."""
    if to_on < from_on:
        raise RuleError(_("The last day must not be before the first."), field="to_on")
    if deputy.pk == by.contact.pk:
        raise RuleError(_("Choose somebody else as deputy."), field="deputy")
    return Absence.objects.create(
        contact=by.contact, deputy=deputy, from_on=from_on, to_on=to_on
    )


@transaction.atomic
def remove_absence(*, by: Standing, absence: Absence) -> None:
    """The person is back, or never left."""
    if absence.contact_id == by.contact.pk:
        absence.delete()


def _locked(membership: Membership) -> Membership:
    # The organisation first: two administrators must not switch each other off.
    Organisation.objects.select_for_update(no_key=True).get(
        pk=membership.organisation_id
    )
    rows = Membership.objects.select_for_update(no_key=True, of=("self",))
    return rows.select_related("contact__user").get(pk=membership.pk)


def keep_an_administrator(membership: Membership) -> None:
    """Raises RuleError for the last who stays: whose last day is kept is leaving."""
    if membership.role != Membership.Role.ADMINISTRATOR:
        return
    others = Membership.objects.active().filter(
        organisation=membership.organisation_id,
        role=membership.role,
        contact__left_on=None,
    )
    if not others.exclude(pk=membership.pk).exists():
        raise RuleError(
            _("%(name)s is the only administrator. Make somebody else one first.")
            % {"name": membership.contact.name},
            field="role",
        )
