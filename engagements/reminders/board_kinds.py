"""Kinds of messages about what a board asked its host for."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from engagements.boards import answer_mails as board_answers
from engagements.boards import given_mails as board_given
from engagements.boards import lead_mails as board_leads
from engagements.boards import told_mails as board_told
from engagements.notices.kinds import Kind

# To the host, whose answer was asked; and to those who sit, of whom nobody is to learn.
ABOUT_ANSWERS = (
    *(
        Kind(name, label, letter, board_answers.host_wanted, transactional=True)
        for name, label, letter in (
            (
                board_answers.RELEASED,
                _("Recommendations of a board"),
                board_answers.answers_letter,
            ),
            (
                board_answers.ANSWERS,
                _("Answers a board waits for"),
                board_answers.answers_letter,
            ),
            (
                board_answers.DEFERRED,
                _("Answer to a board that was put off"),
                board_answers.deferred_letter,
            ),
            (
                board_answers.PROMISE,
                _("Promise to a board coming due"),
                board_answers.promise_letter,
            ),
        )
    ),
    *(
        Kind(
            name,
            label,
            board_given.letter,
            board_given.wanted,
            transactional=True,
        )
        for name, label in (
            (board_given.GIVEN, _("Promise to a board given to you")),
            (board_given.TAKEN, _("Promise to a board taken off you")),
        )
    ),
    *(
        Kind(
            name,
            label,
            board_told.seated_letter,
            board_told.seated_wanted,
            transactional=True,
            sealed=True,
        )
        for name, label in (
            (board_told.LIST, _("What a board recommends")),
            (board_told.OPENED, _("You asked, we did")),
            (board_told.REPORTED, _("What became of a recommendation")),
            (board_told.ARCHIVED, _("End of a board")),
            (board_told.RULES, _("A rule of a board that changed")),
        )
    ),
)

ABOUT_LEADING = tuple(
    Kind(name, label, letter, board_leads.wanted, transactional=True, sealed=True)
    for name, label, letter in (
        (
            board_leads.YEAR,
            _("Year of a board's charter"),
            board_leads.year_letter,
        ),
        (board_leads.TERM, _("End of a term on a board"), board_leads.term_letter),
        (
            board_leads.ANSWERED,
            _("Answers of a board's host"),
            board_leads.answered_letter,
        ),
    )
)
