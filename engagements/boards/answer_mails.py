"""Mails to the host about what its board asked for: what came, until when it answers,
what it promised."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from engagements.boards import figures
from engagements.models import (
    BoardMeeting,
    Membership,
    Notice,
    Recommendation,
    RecommendationPromise,
    still_there,
)
from engagements.notices.kinds import Letter, about
from engagements.notices.ledger import Owed
from engagements.parties.calendars import joint_calendar
from engagements.wording import day_of, long_day

RELEASED = "board-released"
ANSWERS = "board-answers"
DEFERRED = "board-deferred"
PROMISE = "board-promise"

Decision = Recommendation.Decision


def answerers(supplier: UUID) -> list[UUID]:
    """Who answers for a host: its executives, without one its administrators."""
    acting = Membership.objects.active().filter(
        still_there("contact__"),
        organisation=supplier,
        contact__user__is_active=True,
    )
    for role in (Membership.Role.EXECUTIVE, Membership.Role.ADMINISTRATOR):
        found = list(acting.filter(role=role).values_list("contact_id", flat=True))
        if found:
            return found
    return []


def to_host(
    supplier: UUID, kind: str, pk: UUID, people: list[UUID], **which: int | date
) -> Iterator[Owed]:
    """A message to these people of the host, in its ledger."""
    for person in people:
        yield Owed(
            kind=kind,
            recipient=person,
            organisation=supplier,
            lane=Notice.Lane.ORDINARY,
            object_id=pk,
            **which,  # type: ignore[arg-type]  # threshold and day
        )


def released(meeting: BoardMeeting) -> list[Owed]:
    """The list was handed over to the host's answerers."""
    supplier = meeting.board.supplier_id
    return list(to_host(supplier, RELEASED, meeting.pk, answerers(supplier)))


def host_wanted(notice: Notice) -> bool:
    """There is still something to answer or to do, for whoever still answers."""
    if notice.kind == PROMISE:
        open_ones = RecommendationPromise.objects.filter(done_on=None)
        row = open_ones.filter(pk=about(notice), owner=notice.recipient_id).first()
        return row is not None and row.due_on == notice.day
    if notice.recipient_id not in answerers(notice.organisation_id):
        return False
    if notice.kind == DEFERRED:
        rows = Recommendation.objects.filter(pk=about(notice), decision=Decision.DEFER)
        return rows.exclude(state__in=Recommendation.OVER).exists()
    return bool(_waiting(about(notice)))


def _waiting(meeting: UUID) -> list[Recommendation]:
    rows = Recommendation.objects.filter(meeting=meeting, decision="")
    return list(rows.exclude(state__in=Recommendation.OVER).order_by("number"))


def answers_letter(notice: Notice) -> Letter:
    """What came from the board, or what of it still waits for an answer."""
    meeting = BoardMeeting.objects.select_related("board__supplier").get(
        pk=about(notice)
    )
    rows = _waiting(meeting.pk)
    calendar = joint_calendar(meeting.board.supplier)
    came = day_of(rows[0].submitted_at)
    words = {
        "board": meeting.board.name,
        "count": len(rows),
        "read": long_day(calendar.add(came, figures.ACKNOWLEDGED_WITHIN)),
        "day": long_day(figures.answer_due(rows[0], calendar)),
    }
    subject, said = _came(len(rows)) if notice.kind == RELEASED else _wait(len(rows))
    page = reverse("engagements:board-read-out", args=[meeting.board_id, meeting.pk])
    return Letter(
        subject % words,
        [said % words, _("Next year's meeting opens with your answers.")],
        _("Read and answer"),
        settings.SITE_URL + page,
        tuple((f"{row.number}. {row.wording}"[:200], _page(row)) for row in rows),
    )


def _came(count: int) -> tuple[str, str]:
    return _("%(board)s has handed over what it recommends"), ngettext(
        "%(board)s asks for %(count)d thing. Please say by %(read)s that you read it, "
        "and answer by %(day)s.",
        "%(board)s asks for %(count)d things. Please say by %(read)s that you read "
        "them, and answer by %(day)s.",
        count,
    )


def _wait(count: int) -> tuple[str, str]:
    return _("%(board)s waits for answers by %(day)s"), ngettext(
        "%(count)d recommendation has no answer yet. The day for it is %(day)s.",
        "%(count)d recommendations have no answer yet. The day for them is %(day)s.",
        count,
    )


def _page(row: Recommendation) -> str:
    return settings.SITE_URL + row.get_absolute_url()


def deferred_letter(notice: Notice) -> Letter:
    """The day has come that was named when an answer was put off."""
    row = Recommendation.objects.select_related("board").get(pk=about(notice))
    words = {"board": row.board.name, "number": row.number}
    return Letter(
        _("The day has come to answer %(board)s") % words,
        [
            _("You put the answer to recommendation %(number)d off to today.") % words,
            row.wording,
        ],
        _("Answer it"),
        _page(row),
    )


def promise_letter(notice: Notice) -> Letter:
    """A promise to a board comes due, or its day has passed."""
    row = RecommendationPromise.objects.select_related("recommendation__board").get(
        pk=about(notice)
    )
    words = {
        "board": row.recommendation.board.name,
        "text": row.text,
        "day": long_day(row.due_on),
        "measure": row.measure,
    }
    ahead = row.due_on >= timezone.localdate()
    subject = _("Due on %(day)s: %(text)s") if ahead else _("Late: %(text)s")
    return Letter(
        subject % words,
        [
            _("You promised %(board)s by %(day)s: %(text)s.") % words,
            _("The members see it by this: %(measure)s.") % words,
        ],
        _("Open the recommendation"),
        _page(row.recommendation),
    )
