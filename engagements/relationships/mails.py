"""Mails about relationships that wait for an answer."""

from __future__ import annotations

from typing import cast
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from engagements.models import (
    Membership,
    Notice,
    Relationship,
    Side,
    TimelineEntry,
)
from engagements.notices.kinds import Letter
from engagements.notices.ledger import Owed, owe

PROPOSAL = "proposal"


def owe_proposal(relationship: Relationship) -> None:
    """Owe the administrators of the asked organisation a mail to answer."""
    if not relationship.proposed_to:
        return
    asked = getattr(relationship, relationship.proposed_to)
    administrators = Membership.objects.active().filter(
        organisation=asked,
        role=Membership.Role.ADMINISTRATOR,
        contact__user__is_active=True,
    )
    owe(
        Owed(
            kind=PROPOSAL,
            recipient=contact,
            organisation=asked.pk,
            lane=Notice.Lane.ORDINARY,
            object_id=relationship.pk,
            side=relationship.proposed_to,
            # Asked again after an answer: another message.
            counter=_answers(relationship),
        )
        for contact in administrators.values_list("contact_id", flat=True)
    )


def _answers(relationship: Relationship) -> int:
    rows = TimelineEntry.objects.filter(relationship=relationship, mark="declined")
    return rows.count()


def proposal_still_wanted(notice: Notice) -> bool:
    """Whether the relationship still waits for this side."""
    waiting = Relationship.objects.active().filter(proposed_to=notice.side)
    return waiting.filter(pk=cast("UUID", notice.object_id)).exists()


def proposal_letter(notice: Notice) -> Letter:
    """Who keeps which relationship with the own organisation, and where to answer."""
    rows = Relationship.objects.select_related("client", "supplier")
    relationship = rows.get(pk=cast("UUID", notice.object_id))
    side = Side(notice.side)
    words = {
        "other": getattr(relationship, side.other.value).name,
        "name": getattr(relationship, side.value).name,
        "scope": relationship.scope,
    }
    first = _("%(other)s keeps a relationship with %(name)s in Relman: %(scope)s.")
    second = _("Accept it to act on your own side, or decline. Nothing of yours shows.")
    return Letter(
        _("%(other)s asks you to accept a relationship") % words,
        [first % words, second],
        _("See the proposal"),
        settings.SITE_URL + reverse("engagements:proposals"),
    )
