"""Mails about a promise to a board that was given to somebody else of the host."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.translation import gettext as _

from engagements.models import Change, Notice, RecommendationPromise
from engagements.notices.kinds import Letter, about
from engagements.notices.ledger import Owed
from engagements.wording import long_day

if TYPE_CHECKING:
    from uuid import UUID

GIVEN = "board-promise-given"
TAKEN = "board-promise-taken"


def given(row: RecommendationPromise, before: UUID, change: Change) -> list[Owed]:
    """Whoever owns it now, and whoever did, each time it changes hands; nobody is told
    what they did themselves."""
    times = Change.objects.filter(object_id=row.pk, fields__has_key="owner").count()
    return [
        Owed(
            kind=kind,
            recipient=person,
            organisation=change.organisation_id,
            lane=Notice.Lane.ORDINARY,
            object_id=row.pk,
            counter=times,
            facts={"by": str(change.by), "why": change.reason},
        )
        for kind, person in ((GIVEN, row.owner_id), (TAKEN, before))
        if person != change.by_id
    ]


def wanted(notice: Notice) -> bool:
    """It is not done, and the person still is who owns it, or who did."""
    rows = RecommendationPromise.objects.filter(pk=about(notice), done_on=None)
    owned = rows.filter(owner=notice.recipient_id).exists()
    return owned if notice.kind == GIVEN else not owned and rows.exists()


def letter(notice: Notice) -> Letter:
    """What was promised, until when, who has it now."""
    related = "recommendation__board", "owner"
    row = RecommendationPromise.objects.select_related(*related).get(pk=about(notice))
    words = {
        "board": row.recommendation.board.name,
        "text": row.text,
        "owner": row.owner.name,
        "measure": row.measure,
        "first": long_day(row.original_due_on),
        "now": long_day(row.due_on),
        **notice.facts,
    }
    if notice.kind == TAKEN:
        # Where it stands may not be theirs to read any more.
        return Letter(
            _("%(owner)s owns it now: %(text)s") % words,
            [
                _("%(by)s gave it to %(owner)s: %(text)s.") % words,
                _("There is nothing left for you to do about it. Thank you."),
            ],
        )
    return Letter(
        _("Yours now: %(text)s") % words,
        [one % words for one in _yours(row, words["why"])],
        _("Open the recommendation"),
        settings.SITE_URL + row.recommendation.get_absolute_url(),
    )


def _yours(row: RecommendationPromise, why: str) -> Iterator[str]:
    yield _("%(by)s gave you what %(board)s was promised: %(text)s.")
    if why:
        yield _("%(by)s says why: “%(why)s”")
    yield _("The members see it by this: %(measure)s.")
    if row.due_on == row.original_due_on:
        yield _("It was promised by %(first)s.")
    else:
        yield _("It was first promised by %(first)s and is due by %(now)s.")
