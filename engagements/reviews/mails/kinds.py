"""The names of the kinds of mails about reviews."""

# To the people asked; sealed.
AHEAD = "review-ahead"
INVITATION = "review-invitation"
REMINDER = "review-reminder"
CALLED_OFF = "review-called-off"
# To a coordinator, of the own side alone; sealed, because it counts answers.
FEW_ANSWERS = "review-few-answers"
SEALED = (AHEAD, INVITATION, REMINDER, CALLED_OFF, FEW_ANSWERS)

CONFIRM = "review-confirm"
FACILITATE = "review-facilitate"
EXTENDED = "review-extended"
KEPT_BACK = "review-kept-back"
RELEASED = "review-released"
INSUFFICIENT = "review-insufficient"
WARNING = "review-warning"
MEETING = "review-meeting"
ACTIONS = "review-actions"
