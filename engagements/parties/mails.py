"""Mails that let people in: owed in the ledger, their links made at sending time."""

from __future__ import annotations

from datetime import timedelta
from typing import cast
from uuid import UUID

from allauth.account import app_settings
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from engagements.models import Contact, Invitation, Notice
from engagements.notices.kinds import Letter
from engagements.notices.ledger import Owed, owe
from engagements.parties.links import invitation_url

INVITATION = "invitation"
PASSWORD_RESET = "password-reset"  # noqa: S105 - the name of a kind of mail


def owe_invitation(invitation: Invitation) -> None:
    """Owe the invited person the mail of this version, inside the transaction."""
    owe(
        [
            Owed(
                kind=INVITATION,
                recipient=invitation.contact_id,
                organisation=invitation.invited_by.organisation_id,
                lane=Notice.Lane.SECURITY,
                object_id=invitation.pk,
                counter=invitation.version,
                not_after=invitation.expires_at,
            )
        ]
    )


def owe_password_reset(contact: Contact) -> None:
    """Owe a person the mail with the link to a new password; one a minute."""
    now = timezone.now()
    owe(
        [
            Owed(
                kind=PASSWORD_RESET,
                recipient=contact.pk,
                organisation=contact.organisation_id,
                lane=Notice.Lane.SECURITY,
                object_id=contact.pk,
                day=now.date(),
                counter=now.hour * 60 + now.minute,
                not_after=now + timedelta(hours=1),
            )
        ]
    )


def invitation_still_wanted(notice: Notice) -> bool:
    """Whether the mail is about the version that opens now."""
    return Invitation.objects.filter(
        pk=cast("UUID", notice.object_id),
        version=notice.counter,
        accepted_at=None,
        revoked_at=None,
        expires_at__gt=timezone.now(),
    ).exists()


def invitation_letter(notice: Notice) -> Letter:
    """The words of an invitation, with its link."""
    rows = Invitation.objects.select_related(
        "organisation", "contact", "invited_by__organisation"
    )
    invitation = rows.get(pk=cast("UUID", notice.object_id))
    words = {
        "asker": invitation.invited_by.name,
        "from": invitation.invited_by.organisation.name,
        "name": invitation.organisation.name,
        "until": timezone.localtime(invitation.expires_at).strftime("%-d %B %Y"),
    }
    if invitation.purpose == Invitation.Purpose.CLAIM:
        subject = _("%(from)s works with %(name)s in Relman: see your side") % words
        first = (
            _(
                "%(asker)s of %(from)s keeps the relationship with %(name)s in Relman "
                "and asks you to look after your own side of it."
            )
            % words
        )
    else:
        subject = _("%(asker)s invites you to Relman") % words
        first = _("%(asker)s invites you to work for %(name)s in Relman.") % words
    second = (
        _("The link shows what you get before you decide. It is open until %(until)s.")
        % words
    )
    return Letter(
        subject, [first, second], _("See the invitation"), invitation_url(invitation)
    )


def password_reset_still_wanted(notice: Notice) -> bool:
    """Whether the person may still sign in."""
    return User.objects.filter(contact=notice.recipient_id, is_active=True).exists()


def password_reset_letter(notice: Notice) -> Letter:
    """The words of a password mail; the link is made now and stored nowhere."""
    user = User.objects.get(contact=notice.recipient_id)
    return Letter(
        _("Choose a new password for Relman"),
        [
            _("Somebody asked for a new password for this e-mail address."),
            _("If it was not you, do nothing: the password you have stays valid."),
        ],
        _("Choose a new password"),
        password_reset_url(user),
    )


def password_reset_url(user: User) -> str:
    """The whole address at which this person chooses a new password."""
    key = app_settings.PASSWORD_RESET_TOKEN_GENERATOR().make_token(user)
    parts = {"uidb36": user_pk_to_url_str(user), "key": key}
    path = reverse("account_reset_password_from_key", kwargs=parts)
    return f"{settings.SITE_URL}{path}"
