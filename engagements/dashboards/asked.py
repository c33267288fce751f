"""One line on Home for what somebody waits for, and the lines about boards."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from engagements.boards.queries.to_answer import to_answer
from engagements.models import RecommendationPromise, Standing
from engagements.wording import age_words


@dataclass(frozen=True)
class Asked:
    """One thing somebody waits for: what, with whom, how long, and where."""

    icon: str
    text: str
    url: str
    relationship: str
    relationship_url: str
    since: date | None
    waits: str
    lapses: bool = False


def waits(since: date | None, today: date) -> str:
    """How long somebody has waited; nothing where that is not known."""
    if since is None:
        return ""
    age = {"age": age_words(since, today)}
    return _("for %(age)s") % age if since < today else _("since today")


def of_boards(
    standing: Standing, promised: Iterable[RecommendationPromise], today: date
) -> Iterator[Asked]:
    """What boards of the own organisation asked for and nobody has answered, and what
    was promised to them and nobody owns."""
    for row in to_answer(standing, today):
        board = row.meeting.board
        page = reverse("engagements:board-read-out", args=[board.pk, row.meeting.pk])
        pair, since = (board.name, board.get_absolute_url()), row.since
        yield Asked("board", row.words(today), page, *pair, since, waits(since, today))
    for given in promised:
        if not given.is_owned:
            yield _unowned(given, today)


def _unowned(row: RecommendationPromise, today: date) -> Asked:
    board, left = row.recommendation.board, row.owner.left_on
    # Who went without a last day, or is to go later, is not waited for since then.
    since = left if left and left < today else None
    return Asked(
        "board",
        _("Promise without an owner, to be given to somebody: %(text)s")
        % {"text": row.text},
        reverse(
            "engagements:board-promise-give",
            args=[board.pk, row.recommendation_id, row.pk],
        ),
        board.name,
        board.get_absolute_url(),
        since,
        waits(since, today),
    )
