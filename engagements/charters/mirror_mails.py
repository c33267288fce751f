"""Whoever has not written its part of the mirror is asked for it, by a link; whoever
has hears once that nobody did.

Nothing of the part that is there is in a mail.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from engagements.links import Held, Purpose, address
from engagements.models import Contact, Mirror, MirrorPart, Notice, Side
from engagements.notices.kinds import Letter, about
from engagements.notices.ledger import Owed
from engagements.relationships.speakers import ledgers, speaker

ASKED = "mirror-asked"
SILENT = "mirror-silent"
# So many working days of the side that is asked: once more, then the asker is told.
AGAIN = 5
GIVEN_UP = 10
# A link is a side's: the version says whose.
_VERSIONS = {Side.CLIENT: 1, Side.SUPPLIER: 2}


def side_of(held: Held) -> Side | None:
    """Whose link it is; None for one that is nobody's."""
    found = [side for side, version in _VERSIONS.items() if version == held.version]
    return found[0] if found else None


def version_of(side: str) -> int:
    """The version of the link of a side."""
    return _VERSIONS[Side(side)]


def missing(mirror: Mirror) -> list[Side]:
    """The sides that have not written: one query."""
    there = set(MirrorPart.objects.filter(mirror=mirror).values_list("side", flat=True))
    return [side for side in Side if side.value not in there]


def asked_of(mirror: Mirror, side: Side) -> Contact | None:
    """Who is asked for a side: who speaks for it."""
    return speaker(mirror.relationship, side, timezone.localdate())


def questions(mirror: Mirror, *, threshold: int | None = None) -> Iterator[Owed]:
    """To whoever speaks for a side whose part is missing."""
    places = ledgers(mirror.relationship)
    for side in missing(mirror):
        person = asked_of(mirror, side)
        if person is not None:
            yield Owed(
                kind=ASKED,
                recipient=person.pk,
                organisation=places[side],
                lane=Notice.Lane.ORDINARY,
                relationship=mirror.relationship_id,
                object_id=mirror.pk,
                side=side,
                threshold=threshold,
            )


def silences(parts: Iterable[MirrorPart]) -> Iterator[Owed]:
    """That the other side has not written, to whoever wrote a part."""
    for part in parts:
        relationship = part.mirror.relationship
        yield Owed(
            kind=SILENT,
            recipient=part.written_by_id,
            organisation=ledgers(relationship)[part.side],
            lane=Notice.Lane.ORDINARY,
            relationship=relationship.pk,
            object_id=part.mirror_id,
            side=part.side,
            threshold=GIVEN_UP,
        )


def silent_wanted(notice: Notice) -> bool:
    """The other side's part is still missing."""
    return _row(notice).revealed_at is None


def silent(notice: Notice) -> Letter:
    """The other side has not written; there is no further reminder."""
    pair = _row(notice).relationship
    words = {
        "pair": str(pair),
        "other": getattr(pair, Side(notice.side).other.value).name,
    }
    return Letter(
        _("Values and abilities: no part of %(other)s yet") % words,
        [
            _(
                "%(other)s was asked for its part of values and abilities of "
                "%(pair)s. It is not there yet, so nobody reads yours."
            )
            % words,
            _("No more is sent. The link stays open until both parts are there."),
        ],
        _("Open"),
        settings.SITE_URL + reverse("engagements:mirror", args=[pair.pk]),
    )


def wanted(notice: Notice) -> bool:
    """Its part is still missing."""
    return Side(notice.side) in missing(_row(notice))


def letter(notice: Notice) -> Letter:
    """What do you stand for, and what would the other say?"""
    mirror = _row(notice)
    names = mirror.relationship
    side = Side(notice.side)
    words = {
        "pair": str(names),
        "own": getattr(names, side.value).name,
        "other": getattr(names, side.other.value).name,
    }
    return Letter(
        _("Values and abilities: your part, %(pair)s") % words,
        [
            _(
                "%(other)s has written what it stands for and is good at, and what it "
                "thinks %(own)s would say. Please write the part of %(own)s: up to "
                "five words each. Both parts are shown at the same moment."
            )
            % words,
            _("The link needs no sign-in and is for %(own)s alone.") % words,
        ],
        _("Write our part"),
        address(Purpose.MIRROR, mirror.pk, version_of(side)),
    )


def _row(notice: Notice) -> Mirror:
    rows = Mirror.objects.select_related(
        "relationship__client", "relationship__supplier"
    )
    return rows.get(pk=about(notice))
