"""Mails of a review: to the people asked, and to those who look after it.

Called inside the transaction that causes them; the words and every link are made when
a message leaves. What goes to both sides says the same to both, at the same moment.

kinds     the names of the kinds
speakers  who speaks for each side, with or without a sign-in
reminding which of the people asked are reminded on a day
inviting  owe the mails to the people asked
owing     owe the others
raters    the words to the people asked: sealed
asking    the words to coordinators and the facilitator: something to do
telling   the words to both sides: how it goes
"""

from engagements.reviews.mails.inviting import owe_called_off, owe_invitations
from engagements.reviews.mails.owing import (
    owe_confirmations,
    owe_extended,
    owe_facilitation,
    owe_insufficient,
    owe_kept_back,
    owe_released,
)

__all__ = [
    "owe_called_off",
    "owe_confirmations",
    "owe_extended",
    "owe_facilitation",
    "owe_insufficient",
    "owe_invitations",
    "owe_kept_back",
    "owe_released",
]
