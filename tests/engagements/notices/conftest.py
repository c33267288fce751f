"""A kind of message whose words need nothing, and people to send it to."""

from __future__ import annotations

import pytest

from engagements.models import Notice
from engagements.notices.kinds import Kind, Letter, register, retire
from engagements.notices.ledger import Owed, owe
from tests.factories import MembershipFactory

URL = "http://localhost:8000/relationships/"


def letter(notice: Notice) -> Letter:
    """A few words, with a line each in the facts."""
    if notice.facts.get("broken"):
        message = "no words"
        raise ValueError(message)
    lines = tuple((words, URL) for words in notice.facts.get("lines", ()))
    subject = notice.facts.get("subject", "Three promises\nare due")
    return Letter(subject, ["Say <when>."], "Open the list", URL, lines)


@pytest.fixture(autouse=True)
def _trial_kinds():
    """Two kinds of one's own, gone after the test."""
    register(Kind("trial", "Trial", letter, lambda row: not row.facts.get("over")))
    register(
        Kind("secret", "Secret", letter, lambda row: True, transactional=True),
    )
    yield
    retire("trial")
    retire("secret")


@pytest.fixture
def membership(db):
    """Somebody with an address and a sign-in."""
    membership = MembershipFactory()
    membership.contact.email = "ann@example.org"
    membership.contact.save()
    return membership


@pytest.fixture
def owed(membership):
    """Owe a message; returns its row."""

    def make(kind="trial", **given):
        given = {
            "recipient": membership.contact.pk,
            "organisation": membership.organisation.pk,
            "lane": Notice.Lane.ORDINARY,
        } | given
        message = Owed(kind=kind, **given)
        owe([message])
        return Notice.objects.select_related("recipient", "organisation").get(
            key=message.key
        )

    return make


@pytest.fixture
def mail_on(settings):
    """A relay is set; the test's own backend keeps what is sent."""
    settings.HAS_MAIL_RELAY = True
