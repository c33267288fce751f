"""Whoever has not written its part of the mirror is asked for it, by a link; whoever
has hears once that nobody did.

Nothing of the part that is there is in a mail.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from engagements.links import Purpose, address
from engagements.models import Mirror, MirrorAsk, MirrorPart, Notice, Side
from engagements.notices.kinds import Letter, about
from engagements.notices.ledger import Owed
from engagements.relationships.speakers import ledgers

ASKED = "mirror-asked"
SILENT = "mirror-silent"
# So many working days of the side that is asked: once more, then the asker is told.
AGAIN = 5
GIVEN_UP = 10


def missing(mirror: Mirror) -> list[Side]:
    """The sides that have not written: one query."""
    there = set(MirrorPart.objects.filter(mirror=mirror).values_list("side", flat=True))
    return [side for side in Side if side.value not in there]


def questions(
    rows: Iterable[MirrorAsk], *, threshold: int | None = None
) -> Iterator[Owed]:
    """To whoever is asked for the part of their side."""
    for row in rows:
        relationship = row.mirror.relationship
        yield Owed(
            kind=ASKED,
            recipient=row.contact_id,
            organisation=ledgers(relationship)[row.side],
            lane=Notice.Lane.ORDINARY,
            relationship=relationship.pk,
            object_id=row.pk,
            side=row.side,
            threshold=threshold,
            counter=row.version,
        )


def silences(rows: Iterable[MirrorAsk]) -> Iterator[Owed]:
    """That the side asked has not written, to whoever wrote the other part."""
    for row in rows:
        relationship = row.mirror.relationship
        for part in row.mirror.parts.all():
            yield Owed(
                kind=SILENT,
                recipient=part.written_by_id,
                organisation=ledgers(relationship)[part.side],
                lane=Notice.Lane.ORDINARY,
                relationship=relationship.pk,
                object_id=row.mirror_id,
                side=part.side,
                threshold=GIVEN_UP,
                counter=row.version,
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
    """The part is still missing, and this person is asked for it."""
    row = _asked(notice)
    return (
        row is not None
        and row.version == notice.counter
        and Side(row.side) in missing(row.mirror)
    )


def letter(notice: Notice) -> Letter:
    """What do you stand for, and what would the other say?"""
    row = _asked(notice)
    assert row is not None  # noqa: S101 - asked just before
    mirror = row.mirror
    names = mirror.relationship
    side = Side(row.side)
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
            _("The link needs no sign-in and is yours alone, to answer for %(own)s.")
            % words,
        ],
        _("Write our part"),
        address(Purpose.MIRROR, row.pk, row.version),
    )


def _asked(notice: Notice) -> MirrorAsk | None:
    rows = MirrorAsk.objects.select_related(
        "mirror__relationship__client", "mirror__relationship__supplier"
    )
    return rows.filter(pk=about(notice)).first()


def _row(notice: Notice) -> Mirror:
    rows = Mirror.objects.select_related(
        "relationship__client", "relationship__supplier"
    )
    return rows.get(pk=about(notice))
