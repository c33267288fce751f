"""The rules: each a short function from a day to what is due and has no row.

To add one, write such a function in a module here, name its kind in `kinds.py` with
its words, and put it into RULES. docs/reminders.md shows an example.
"""

from engagements.reminders.rules.asking import (
    mirrors_asked_again,
    mirrors_silent,
    promises_asked_again,
    promises_silent,
)
from engagements.reminders.rules.board_answers import (
    answers_waiting,
    board_promises_due,
    deferrals_over,
)
from engagements.reminders.rules.board_leads import (
    answers_to_tell,
    charter_years_ending,
    terms_ending,
)
from engagements.reminders.rules.boards import board_meetings_ahead
from engagements.reminders.rules.charters import (
    charters_asked,
    charters_asked_again,
    charters_lapsed,
    charters_over,
    charters_passed_on,
    goals_past,
)
from engagements.reminders.rules.commitments import commitments_due, commitments_overdue
from engagements.reminders.rules.contracts import (
    contract_ends,
    key_dates,
    notice_deadlines,
)
from engagements.reminders.rules.ideas import ideas_put_off, ideas_unanswered
from engagements.reminders.rules.issues import (
    accounts_missing,
    checks_due,
    closings_waiting,
)
from engagements.reminders.rules.relationships import (
    handovers,
    reviews_to_prepare,
    silence,
)
from engagements.reminders.rules.reviews import (
    few_have_answered,
    no_actions_agreed,
    not_talked_about,
    people_reminded,
    people_told_ahead,
)

RULES = (
    notice_deadlines,
    contract_ends,
    key_dates,
    commitments_due,
    commitments_overdue,
    reviews_to_prepare,
    charters_lapsed,
    charters_passed_on,
    goals_past,
    silence,
    handovers,
)

# Those that owe their messages themselves, to people who may never sign in.
OWING_RULES = (
    answers_waiting,
    deferrals_over,
    board_promises_due,
    charters_asked,
    charters_asked_again,
    charters_over,
    people_told_ahead,
    people_reminded,
    few_have_answered,
    not_talked_about,
    no_actions_agreed,
    accounts_missing,
    closings_waiting,
    checks_due,
    ideas_unanswered,
    ideas_put_off,
    promises_asked_again,
    promises_silent,
    mirrors_asked_again,
    mirrors_silent,
    board_meetings_ahead,
    charter_years_ending,
    terms_ending,
    answers_to_tell,
)
