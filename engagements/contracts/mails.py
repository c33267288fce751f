"""The other side is told of each change of a contract's facts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast
from uuid import UUID

from django.conf import settings
from django.db.models import Q
from django.utils.translation import gettext as _

from engagements.contracts.changes import Line, lines
from engagements.models import (
    Change,
    Contract,
    Membership,
    Notice,
    NoticePreference,
    RelationshipSide,
    Standing,
)
from engagements.notices.kinds import Letter
from engagements.notices.ledger import Owed, owe

CHANGED = "contract-changed"
_Choice = NoticePreference.Choice


def owe_change(change: Change, *, by: Standing) -> None:
    """Owe it to the owner and the administrators across the table, once each.

    In the application, and in the next daily digest, unless a person chose otherwise.
    """
    sides = RelationshipSide.objects.filter(
        relationship=change.relationship_id, acted_by__isnull=False
    ).exclude(acted_by=by.organisation)
    side = sides.first()
    if side is None:
        return
    people = Membership.objects.active().filter(
        Q(role=Membership.Role.ADMINISTRATOR) | Q(contact=side.owner_id),
        organisation=side.acted_by_id,
        contact__user__is_active=True,
    )
    contacts = list(people.values_list("contact_id", flat=True))
    chosen = NoticePreference.objects.filter(contact__in=contacts, kind=CHANGED)
    choices = dict(chosen.values_list("contact_id", "choice"))
    owe(
        message
        for contact in contacts
        for message in _messages(change, side, contact, choices.get(contact))
    )


def _messages(
    change: Change, side: RelationshipSide, contact: UUID, choice: str | None
) -> Iterator[Owed]:
    if choice == _Choice.OFF:
        return
    lane = Notice.Lane.ORDINARY
    if choice in {None, _Choice.DIGEST}:
        lane = Notice.Lane.DIGEST
    channels = [(Notice.Channel.IN_APP, lane)]
    if choice == _Choice.AT_ONCE:
        channels.append((Notice.Channel.MAIL, Notice.Lane.ORDINARY))
    for channel, own_lane in channels:
        yield Owed(
            kind=CHANGED,
            recipient=contact,
            organisation=cast("UUID", side.acted_by_id),
            relationship=change.relationship_id,
            object_id=change.pk,
            side=side.side,
            channel=channel,
            lane=own_lane,
        )


def still_wanted(notice: Notice) -> bool:
    """The change and its contract are still there to be read."""
    change = Change.objects.filter(pk=cast("UUID", notice.object_id)).first()
    return (
        change is not None
        and Contract.objects.active().filter(pk=change.object_id).exists()
    )


def letter(notice: Notice) -> Letter:
    """What changed, from what to what, by whom and why."""
    change = Change.objects.select_related("by", "organisation").get(
        pk=cast("UUID", notice.object_id)
    )
    contract = Contract.objects.get(pk=change.object_id)
    said = [_line(line) for line in lines(change.fields, contract.currency)]
    name = change.by.name if change.by else _("An import")
    words = {
        "title": contract.title,
        "who": name,
        "organisation": change.organisation.name,
    }
    first = _("%(who)s of %(organisation)s changed %(title)s.") % words
    reason = [_("Reason: %(reason)s") % {"reason": change.reason}]
    return Letter(
        _("%(title)s changed") % words,
        [first, *said, *(reason if change.reason else [])],
        _("Open the contract"),
        settings.SITE_URL + contract.get_absolute_url(),
    )


def _line(line: Line) -> str:
    nothing = _("nothing")
    return _("%(label)s: from %(before)s to %(after)s") % {
        "label": line.label,
        "before": line.before or nothing,
        "after": line.after or nothing,
    }
