"""What one side writes of what happened is nowhere for anybody else until both have:
no mail, log, message, cache, session or row but its own, and no page of a link.

Pages of those who sign in are crawled in `tests/access_matrix/test_canaries.py`.
"""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import TestCase
from django.urls import reverse
from django.utils import timezone

from engagements.issues import links
from engagements.models import IssueAccount
from tests import leaks
from tests.crawling import crawl
from tests.engagements.issues.conftest import account, to_accounts
from tests.engagements.reviews.mailing import round_at, sink  # noqa: F401 - a fixture
from tests.factories import UserFactory
from tests.sitting import Client

pytestmark = pytest.mark.django_db
WORD = "brackenlume"
HERE = reverse("engagements:issue-sitting")


def behind(issue, one) -> Client:
    """A browser in which the mailed link of a side was pressed."""
    client = Client()
    seat = issue.sides.get(side=one.side)
    assert client.post(links.path(seat)).status_code == 302
    return client


def has(places: dict[str, str]) -> list[str]:
    return [place for place, text in places.items() if WORD in text]


@pytest.mark.parametrize("way", ["page", "link"])
def test_the_other_s_account_is_nowhere_until_both_are_in(
    seats,
    way,
    sink,  # noqa: F811 - the fixture
):
    own, other = seats
    said = {"text": f"We saw {WORD}", "impact": f"It cost {WORD}"}
    with leaks.logged() as log, TestCase.captureOnCommitCallbacks(execute=True):
        issue = to_accounts(own, other)
        if way == "page":
            client, address = (
                Client(),
                reverse("engagements:issue-account", args=[issue.pk]),
            )
            client.force_login(own.contact.user)
        else:
            client, address, said["what"] = behind(issue, own), HERE, "account"
        client.post(address, said)
        for days in (0, 3, 14):
            round_at(timezone.now() + timedelta(days=days))
        theirs = behind(issue, other)
        places = {"the other's link": theirs.get(HERE).text}
    operator = Client()
    operator.force_login(UserFactory(is_staff=True, is_superuser=True))

    places |= leaks.mails(sink.messages)
    places |= leaks.rows(IssueAccount) | leaks.remembered()
    places |= dict(crawl(operator, "/technical/")) | {"the log": leaks.words_of(log)}
    assert has(places) == []
    assert len(sink.messages) > 1
    assert WORD in behind(issue, own).get(HERE).text
    account(issue, other)
    assert WORD in theirs.get(HERE).text
