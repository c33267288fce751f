"""Each side writes its part of the mirror alone; the second one reveals both."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from engagements.charters import mirror_mails
from engagements.charters.actions.moving import held
from engagements.charters.mirror import MOST, once
from engagements.errors import RuleError
from engagements.history import record_event
from engagements.models import (
    Mirror,
    MirrorAsk,
    MirrorPart,
    Relationship,
    Side,
    Standing,
    TimelineEntry,
    reachable,
)
from engagements.notices.ledger import owe
from engagements.relationships.speakers import speaker

LISTS = ("values", "abilities", "guessed_values", "guessed_abilities")
LONGEST = 60


@transaction.atomic
def write_part(
    *,
    by: Standing,
    relationship: Relationship,
    side: Side,
    words: Mapping[str, Sequence[str]],
) -> Mirror:
    """Keep the own side's part; until the other has written it may be written again.

    Raises RuleError for an empty list, and for more than five words in one.
    """
    lists = {name: once(words.get(name, ())) for name in LISTS}
    for name, fault in faults(words).items():
        raise RuleError(fault, field=name)
    held(relationship)
    mirror, _new = Mirror.objects.get_or_create(
        relationship=relationship, revealed_at=None
    )
    MirrorPart.objects.update_or_create(
        mirror=mirror,
        side=side,
        defaults={**lists, "organisation": by.organisation, "written_by": by.contact},
    )
    if mirror.parts.count() == len(Side):
        _reveal(mirror)
    else:
        ask_missing(mirror, timezone.localdate())
    return mirror


def ask_missing(mirror: Mirror, today: date) -> bool:
    """Ask who speaks for a side whose part is missing, unless somebody who is there is
    asked already. Called while the relationship is held; says whether anybody was."""
    asked = False
    for side in mirror_mails.missing(mirror):
        rows = MirrorAsk.objects.filter(mirror=mirror, side=side)
        if rows.filter(reachable("contact__")).exists():
            continue
        person = speaker(mirror.relationship, side, today)
        if person is None:
            continue
        row = rows.first() or MirrorAsk(mirror=mirror, side=side, version=0)
        # The version closes the link of who left.
        row.contact, row.asked_on, row.version = person, today, row.version + 1
        row.save()
        owe(mirror_mails.questions([row]))
        asked = True
    return asked


@transaction.atomic
def write_missing(*, asked: MirrorAsk, words: Mapping[str, Sequence[str]]) -> Mirror:
    """The part of a side whose person writes behind their link, which reveals both.

    Raises RuleError where it was written, or somebody else was asked, meanwhile.
    """
    relationship, side = asked.mirror.relationship, Side(asked.side)
    held(relationship)
    if side not in mirror_mails.missing(asked.mirror):
        raise RuleError(_("The part of your side is there already."))
    if not MirrorAsk.objects.filter(pk=asked.pk, version=asked.version).exists():
        raise RuleError(_("Somebody else is asked now."))
    by = Standing(asked.contact, getattr(relationship, side.value), role="")
    return write_part(by=by, relationship=relationship, side=side, words=words)


def faults(words: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """What is wrong, by the name of its list: every list is told at once."""
    found = {name: _fault(once(words.get(name, ()))) for name in LISTS}
    return {name: fault for name, fault in found.items() if fault}


def _fault(said: list[str]) -> str:
    if not said:
        return _("Choose or write at least one.")
    if len(said) > MOST:
        return _("Five at most: these are %(count)s.") % {"count": len(said)}
    if any(len(word) > LONGEST for word in said):
        return _("A word or two each, not a sentence.")
    return ""


def _reveal(mirror: Mirror) -> None:
    mirror.revealed_at = timezone.now()
    mirror.save(update_fields=["revealed_at", "updated_at"])
    relationship = mirror.relationship
    record_event(
        relationship,
        kind=TimelineEntry.Kind.CHARTER,
        mark="mirror",
        title=_("Values and abilities: both sides have written, both read it"),
        row=mirror,
        address=reverse("engagements:mirror", args=[relationship.pk]),
    )
