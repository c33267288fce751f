"""Mails of reviews as a real server accepts them, and what their links open."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import datetime

import pytest
import time_machine

from engagements.notices.delivery import deliver
from engagements.notices.ledger import owe
from engagements.reminders.planning import plan
from engagements.reminders.rules import OWING_RULES
from engagements.reminders.rules import reviews as rules
from tests.mailbox import Mailbox

OF_REVIEWS = [one for one in OWING_RULES if one.__module__ == rules.__name__]


@pytest.fixture
def sink(mailbox: Mailbox, settings) -> Mailbox:
    """A relay is set, and it is the test's own server."""
    settings.HAS_MAIL_RELAY = True
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = mailbox.host, mailbox.port
    return mailbox


def round_at(moment: datetime) -> None:
    """Plan and deliver at a moment, as the clock does."""
    with time_machine.travel(moment, tick=False):
        plan(moment)
        deliver()


def reviews_round_at(moment: datetime) -> None:
    """The same with the rules about reviews alone: a whole round asks thirty more."""
    with time_machine.travel(moment, tick=False):
        for rule in OF_REVIEWS:
            owe(one for batch in rule(moment.date()) for one in batch)
        deliver()


def days_pass(moments: Iterable[datetime]) -> Iterator[datetime]:
    """Each moment, once what is due about reviews has gone out at it."""
    for moment in moments:
        reviews_round_at(moment)
        yield moment


def post(mailbox: Mailbox, address: str) -> list:
    """What arrived at an address, in order."""
    return [mail for mail in mailbox.messages if mail["To"] == address]


def taken(mailbox: Mailbox) -> list:
    """Everything that arrived since the last look."""
    found = list(mailbox.messages)
    mailbox.messages.clear()
    return found


def text(mail) -> str:
    """The plain words of a mail, its lines unfolded."""
    body = mail.get_body(preferencelist=("plain",)).get_content()
    return re.sub(r"\s+", " ", body)


def addresses(mail, page: str) -> list[str]:
    """The links of a mail to pages that begin with that letter: /a/, /c/, /f/."""
    body = mail.get_body(preferencelist=("plain",)).get_content()
    return re.findall(rf"https?://\S+(/{page}/\S+)", body)
