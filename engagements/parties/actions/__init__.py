"""What people do with organisations, contacts and memberships."""

from engagements.parties.actions.contacts import add_contact, change_contact
from engagements.parties.actions.demo import remove_demo
from engagements.parties.actions.facts import (
    add_alias,
    add_day,
    add_identifier,
    remove_fact,
)
from engagements.parties.actions.invitations import (
    accept_invitation,
    invite,
    invite_person,
    invite_to_claim,
    renew_invitation,
    revoke_invitation,
)
from engagements.parties.actions.members import (
    add_absence,
    change_role,
    change_settings,
    end_membership,
    end_sign_in,
    keep_an_administrator,
    remove_absence,
)
from engagements.parties.actions.organisations import (
    archive_organisation,
    change_organisation,
    create_organisation,
    restore_organisation,
)
from engagements.parties.actions.outsiders import outsider
from engagements.parties.actions.start import start_with_organisation

__all__ = [
    "accept_invitation",
    "add_absence",
    "add_alias",
    "add_contact",
    "add_day",
    "add_identifier",
    "archive_organisation",
    "change_contact",
    "change_organisation",
    "change_role",
    "change_settings",
    "create_organisation",
    "end_membership",
    "end_sign_in",
    "invite",
    "invite_person",
    "invite_to_claim",
    "keep_an_administrator",
    "outsider",
    "remove_absence",
    "remove_demo",
    "remove_fact",
    "renew_invitation",
    "restore_organisation",
    "revoke_invitation",
    "start_with_organisation",
]
