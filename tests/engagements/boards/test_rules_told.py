"""A rule that the host of a board changes is told to those who sit, by sealed mail."""

from __future__ import annotations

import pytest
from django.utils import timezone

from engagements.boards.actions import founding
from engagements.models import Notice, Standing
from engagements.notices.kinds import known

pytestmark = pytest.mark.django_db


@pytest.fixture
def change(board):
    by = Standing(board.founded_by, board.supplier, "executive")

    def act(**facts):
        names = ("name", "attribution", "term_months")
        kept = {name: getattr(board, name) for name in names} | facts
        founding.change_board(by=by, board=board, **kept)
        board.refresh_from_db()
        return Notice.objects.filter(kind="board-rules")

    return act


def test_another_rule_is_told_to_all_who_sit(board, change, member):
    assert not change(name="Renamed").exists()

    told = change(attribution="named")

    assert told.count() == board.seats.count() == 4
    told = change(term_months=12)
    notice = told.filter(recipient=member.contact_id).last()
    kind = known("board-rules")
    assert kind.sealed
    letter = kind.letter(notice)
    assert "/b/" in letter.url
    said = " ".join(letter.paragraphs)
    assert "may put the name beside it" in said
    assert "lasts 12 months" in said
    assert "From its next meeting on" in said


def test_nobody_is_told_of_a_board_that_was_put_away(board, change):
    notice = change(term_months=12).first()
    assert known("board-rules").still_wanted(notice)

    type(board).objects.update(archived_at=timezone.now())

    assert not known("board-rules").still_wanted(notice)
