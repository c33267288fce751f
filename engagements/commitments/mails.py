"""The other side is asked whether it promises; whoever asked hears the answer, or once
that there is none.

Called inside the transaction that causes it, or by the rules of the clock.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from engagements.links import Purpose, address
from engagements.models import Notice, PromiseAsk, Side
from engagements.notices.kinds import Letter, about
from engagements.notices.ledger import Owed
from engagements.relationships.speakers import ledgers
from engagements.wording import long_day

ASKED = "promise-asked"
ANSWERED = "promise-answered"
SILENT = "promise-silent"
# So many working days of the side that is asked: once more, then the asker is told.
AGAIN = 5
GIVEN_UP = 10


def questions(
    rows: Iterable[PromiseAsk], *, threshold: int | None = None, before: str = ""
) -> Iterator[Owed]:
    """The question, to whoever of the side is asked; to nobody where it is noted.
    `before`: who was asked first and has left."""
    for row in rows:
        if row.asked_id:
            owed = _owed(row, ASKED, row.asked_id, row.side, threshold)
            yield replace(owed, facts={"before": before} if before else {})


def silences(rows: Iterable[PromiseAsk]) -> Iterator[Owed]:
    """That nobody has answered, to whoever asked."""
    for row in rows:
        yield _owed(row, SILENT, row.asked_by_id, Side(row.side).other, GIVEN_UP)


def answers(row: PromiseAsk) -> Iterator[Owed]:
    """What was said, to whoever asked."""
    yield _owed(row, ANSWERED, row.asked_by_id, Side(row.side).other)


def _owed(
    row: PromiseAsk,
    kind: str,
    recipient: UUID,
    side: str,
    threshold: int | None = None,
) -> Owed:
    return Owed(
        kind=kind,
        recipient=recipient,
        organisation=ledgers(row.relationship)[side],
        lane=Notice.Lane.ORDINARY,
        relationship=row.relationship_id,
        object_id=row.pk,
        side=side,
        threshold=threshold,
        counter=row.version,
    )


def asked_wanted(notice: Notice) -> bool:
    """It waits, and its link is open. Once more only while a yes is possible."""
    row = _row(notice)
    waits = row.is_waiting and row.version == notice.counter
    return waits and (not notice.threshold or row.due_on >= timezone.localdate())


def asked(notice: Notice) -> Letter:
    """Do you promise this? With the link behind which it is answered."""
    row = _row(notice)
    words = _words(row) | {"before": notice.facts.get("before", "")}
    said = _(
        "%(other)s wrote this down as a promise of %(own)s, with %(owner)s as owner, "
        "due %(day)s: %(text)s. It is one only if you say so."
    )
    if words["before"]:
        said = _(
            "%(other)s wrote this down as a promise of %(own)s, due %(day)s: %(text)s. "
            "%(before)s was asked and has left, so you are asked now; with a yes "
            "%(owner)s owns it. It is one only if you say so."
        )
    return Letter(
        _("Is this a promise of yours? %(text)s") % words,
        [
            said % words,
            _("The link needs no sign-in. Later you say there that it is done."),
        ],
        _("Look and answer"),
        address(Purpose.PROMISE, row.pk, row.version),
    )


def answered_wanted(notice: Notice) -> bool:
    """There is an answer to tell."""
    return bool(_row(notice).answer)


def answered(notice: Notice) -> Letter:
    """What the side said."""
    row = _row(notice)
    words = _words(row)
    if row.commitment is not None:
        said, page = _("%(own)s promises it, due %(day)s."), row.commitment
        where = page.get_absolute_url()
    else:
        said = _("%(own)s does not promise it: %(reason)s")
        where = row.relationship.get_absolute_url()
    return Letter(
        _("Answered: %(text)s") % words,
        [said % words],
        _("Open"),
        settings.SITE_URL + where,
    )


def silent_wanted(notice: Notice) -> bool:
    """It still waits for an answer."""
    return _row(notice).is_waiting


def silent(notice: Notice) -> Letter:
    """Nobody has answered so far; there is no further reminder."""
    row = _row(notice)
    words = _words(row) | {"asked_on": long_day(row.asked_on)}
    page = reverse("engagements:commitments")
    return Letter(
        _("No answer yet: %(text)s") % words,
        [
            _(
                "%(own)s was asked on %(asked_on)s whether it promises this: %(text)s. "
                "There is no answer, so it counts nowhere."
            )
            % words,
            _("No more is sent. The link stays open until you take the question back."),
        ],
        _("Open"),
        f"{settings.SITE_URL}{page}?relationship={row.relationship_id}",
    )


def _words(row: PromiseAsk) -> dict[str, str]:
    return {
        "text": row.text,
        "own": row.place.name,
        "other": getattr(row.relationship, Side(row.side).other.value).name,
        "owner": row.owner.name,
        "day": long_day(row.due_on),
        "reason": row.reason,
    }


def _row(notice: Notice) -> PromiseAsk:
    rows = PromiseAsk.objects.select_related(
        "owner", "commitment", "relationship__client", "relationship__supplier"
    )
    return rows.get(pk=about(notice))
