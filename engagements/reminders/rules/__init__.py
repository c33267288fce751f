"""The rules: each a short function from a day to what is due and has no row.

To add one, write such a function in a module here, name its kind in `kinds.py` with
its words, and put it into RULES. docs/reminders.md shows an example.
"""

from engagements.reminders.rules.commitments import commitments_due, commitments_overdue
from engagements.reminders.rules.contracts import (
    contract_ends,
    key_dates,
    notice_deadlines,
)
from engagements.reminders.rules.relationships import reviews_to_prepare, silence

RULES = (
    notice_deadlines,
    contract_ends,
    key_dates,
    commitments_due,
    commitments_overdue,
    reviews_to_prepare,
    silence,
)
