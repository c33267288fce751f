"""Signed links of invitations: nothing is stored but a version and an expiry.

The same link is computed again whenever it is needed; a new version closes the old.
"""

from __future__ import annotations

import uuid

from django.conf import settings
from django.core import signing
from django.db.models import F
from django.urls import reverse
from django.utils import timezone

from engagements.models import Invitation

_SALT = "engagements.parties.invitation"


def invitation_token(invitation: Invitation) -> str:
    """The token of an invitation as it stands now."""
    value = f"{invitation.pk.hex}-{invitation.version}"
    return signing.Signer(salt=_SALT, sep=".").sign(value)


def invitation_url(invitation: Invitation) -> str:
    """The whole address a person is mailed."""
    path = reverse("engagements:join", args=[invitation_token(invitation)])
    return f"{settings.SITE_URL}{path}"


def open_invitation(token: str) -> Invitation | None:
    """The invitation a token opens; None for every reason it may not."""
    try:
        value = signing.Signer(salt=_SALT, sep=".").unsign(token)
        hexes, version = value.split("-")
        pk = uuid.UUID(hexes)
    except (signing.BadSignature, ValueError):
        return None
    invitations = Invitation.objects.select_related(
        "organisation", "contact__organisation", "invited_by__organisation"
    )
    return invitations.filter(
        pk=pk,
        version=version,
        accepted_at=None,
        revoked_at=None,
        expires_at__gt=timezone.now(),
        organisation__archived_at=None,
        address=F("contact__email"),
    ).first()
