"""Every kind of message there is, with its words. Registered when the app starts."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from engagements.boards import mails as boards
from engagements.charters import mails as charters
from engagements.charters import passing_mails
from engagements.contracts import mails as contracts
from engagements.ideas import mails as ideas
from engagements.issues import correction_mails, step_mails
from engagements.issues import mails as issues
from engagements.notices.kinds import Kind, register
from engagements.parties import mails
from engagements.relationships import mails as proposals
from engagements.reminders import digest, words
from engagements.reminders.asking_kinds import ABOUT_ASKING
from engagements.reminders.board_kinds import ABOUT_ANSWERS, ABOUT_LEADING
from engagements.reviews.mails import asking, raters, telling
from engagements.reviews.mails import kinds as reviews

_ABOUT_REVIEWS = (
    Kind(
        reviews.AHEAD,
        _("You will be asked in a review"),
        raters.ahead,
        raters.ahead_wanted,
        sealed=True,
    ),
    Kind(
        reviews.INVITATION,
        _("You are asked in a review"),
        raters.invitation,
        raters.invitation_wanted,
        sealed=True,
        refused=raters.refused,
    ),
    Kind(
        reviews.REMINDER,
        _("There is still time to answer a review"),
        raters.reminder,
        raters.reminder_wanted,
        sealed=True,
    ),
    Kind(
        reviews.CALLED_OFF,
        _("A review you were asked in is called off"),
        raters.called_off,
        raters.called_off_wanted,
        sealed=True,
    ),
    Kind(
        reviews.FEW_ANSWERS,
        _("Few answers on our side of a review"),
        asking.few_answers,
        asking.few_answers_wanted,
        sealed=True,
    ),
    Kind(
        reviews.CONFIRM,
        _("Review to confirm"),
        asking.confirm,
        asking.confirm_wanted,
        transactional=True,
    ),
    Kind(
        reviews.FACILITATE,
        _("Review to facilitate"),
        asking.facilitate,
        asking.facilitate_wanted,
        transactional=True,
    ),
    Kind(
        reviews.EXTENDED,
        _("Review open for longer"),
        telling.extended,
        telling.extended_wanted,
    ),
    Kind(
        reviews.KEPT_BACK,
        _("Review that could not open"),
        telling.kept_back,
        telling.kept_back_wanted,
    ),
    Kind(
        reviews.RELEASED,
        _("Result of a review"),
        telling.released,
        telling.released_wanted,
    ),
    Kind(
        reviews.INSUFFICIENT,
        _("Review with too few answers"),
        telling.insufficient,
        telling.insufficient_wanted,
    ),
    Kind(
        reviews.WARNING,
        _("Early warning"),
        telling.warning,
        telling.released_wanted,
    ),
    Kind(
        reviews.MEETING,
        _("Review not yet talked about"),
        telling.meeting,
        telling.meeting_wanted,
    ),
    Kind(
        reviews.ACTIONS,
        _("Review without agreed actions"),
        telling.actions,
        telling.actions_wanted,
    ),
)
_ASKED_BY_LINK = tuple(
    Kind(name, label, of.letter, of.wanted, transactional=True)
    for name, label, of in (
        (issues.ACCOUNT, _("Our side's account is asked"), issues),
        (issues.REVEALED, _("Both accounts are there"), issues),
        (issues.FACTS, _("Facts of a joint issue to agree"), issues),
        (issues.CLOSING, _("Closing a joint issue to confirm"), issues),
        (issues.CHECK, _("Prevention check of a joint issue"), issues),
        (issues.DIFFER, _("Two answers to a prevention check"), issues),
        (correction_mails.MILDER, _("Less severe, to agree"), correction_mails),
        (correction_mails.ANSWERED, _("Less severe, answered"), correction_mails),
        (correction_mails.RAISED, _("An issue is more severe"), correction_mails),
        (step_mails.STEP, _("Asked of both, one level up"), step_mails),
    )
)
_ABOUT_IDEAS = (
    Kind(
        ideas.ASKED,
        _("Idea to answer"),
        ideas.asked,
        ideas.asked_wanted,
        transactional=True,
    ),
    Kind(
        ideas.ANSWERED,
        _("Answer to an idea of ours"),
        ideas.answered,
        ideas.answered_wanted,
    ),
)
# Asked for by whoever took the seat: no way out but leaving it.
_ABOUT_BOARDS = tuple(
    Kind(name, label, letter, wanted, transactional=True, sealed=True)
    for name, label, letter, wanted in (
        (
            boards.INVITATION,
            _("Seat on a board"),
            boards.invitation_letter,
            boards.invitation_wanted,
        ),
        (
            boards.MEETING,
            _("Meeting of a board"),
            boards.meeting_letter,
            boards.meeting_wanted,
        ),
        (
            boards.CHARTER,
            _("Charter of a board to ratify"),
            boards.charter_letter,
            boards.charter_wanted,
        ),
    )
)
KINDS = (
    Kind(
        mails.INVITATION,
        _("Invitation"),
        mails.invitation_letter,
        mails.invitation_still_wanted,
        transactional=True,
        opens=True,
    ),
    Kind(
        mails.PASSWORD_RESET,
        _("New password"),
        mails.password_reset_letter,
        mails.password_reset_still_wanted,
        transactional=True,
    ),
    Kind(
        proposals.PROPOSAL,
        _("Relationship to accept"),
        proposals.proposal_letter,
        proposals.proposal_still_wanted,
        transactional=True,
    ),
    Kind(
        "notice-deadline",
        _("Notice deadline of a contract"),
        words.notice_deadline,
        words.notice_deadline_wanted,
        legal=True,
    ),
    Kind(
        "contract-end",
        _("End of a contract"),
        words.contract_end,
        words.contract_end_wanted,
        legal=True,
    ),
    Kind(
        "key-date",
        _("Option, break or other date"),
        words.key_date,
        words.key_date_wanted,
        legal=True,
    ),
    Kind(
        contracts.CHANGED,
        _("Contract changed by the other side"),
        contracts.letter,
        contracts.still_wanted,
    ),
    Kind(
        "commitment-due",
        _("Promise coming due"),
        words.commitment_due,
        words.commitment_wanted,
    ),
    Kind(
        "commitment-overdue",
        _("Promise late"),
        words.commitment_overdue,
        words.commitment_wanted,
    ),
    *ABOUT_ASKING,
    Kind(
        "review-prepare",
        _("Review to prepare"),
        words.review_prepare,
        words.review_wanted,
    ),
    Kind(
        charters.ASKED,
        _("Charter to accept or confirm"),
        charters.asked,
        charters.asked_wanted,
        transactional=True,
    ),
    Kind(
        passing_mails.PASSED,
        _("Charter: somebody is asked instead of who left"),
        passing_mails.letter,
        passing_mails.wanted,
    ),
    Kind(
        charters.LAPSED,
        _("Charter that has lapsed"),
        charters.lapsed,
        charters.lapsed_wanted,
    ),
    Kind(
        charters.OVER,
        _("Charter that has lapsed, to whom it was asked"),
        charters.over,
        charters.over_wanted,
        transactional=True,
    ),
    Kind(
        "goal-past",
        _("Goal past its day"),
        charters.goal_past,
        charters.goal_wanted,
    ),
    *_ABOUT_REVIEWS,
    *_ASKED_BY_LINK,
    *ABOUT_ANSWERS,
    *_ABOUT_IDEAS,
    *_ABOUT_BOARDS,
    *ABOUT_LEADING,
    Kind(
        "handover",
        _("Interface person left"),
        words.handover,
        words.handover_wanted,
    ),
    Kind("silence", _("Silent past rhythm"), words.silence, words.silence_wanted),
    Kind("digest", _("Daily digest"), digest.letter, digest.still_wanted),
)


def register_all() -> None:
    """Make all of them known to the ledger."""
    for kind in KINDS:
        register(kind)
