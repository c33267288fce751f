"""Joint issues are found by their title, by both sides, and by nobody else."""

from __future__ import annotations

import pytest

from engagements.dashboards.finding import found
from engagements.parties.actions.organisations import change_organisation
from tests.engagements.issues.conftest import account, to_accounts
from tests.factories import MembershipFactory

pytestmark = pytest.mark.django_db
CANARY = "zephyrine"


def test_an_issue_is_found_by_its_title_and_never_by_an_account(seats):
    own, other = seats
    issue = to_accounts(own, other)
    account(issue, own, CANARY)
    stranger = MembershipFactory().contact.user

    for one in seats:
        urls = [row.url for row in found(one.contact.user, "i alarm", most=5)]
        assert urls == [issue.get_absolute_url()]
        assert found(one.contact.user, CANARY, most=5) == []
    assert found(stranger, "i alarm", most=5) == []
    assert found(stranger, issue.relationship.client.name, most=5) == []


def test_an_issue_is_found_by_both_names_also_after_one_of_them_changed(seats):
    own, other = seats
    issue = to_accounts(own, other)
    mine = getattr(issue.relationship, own.side.value)

    change_organisation(by=own.by, organisation=mine, name="Quillmere")

    theirs = getattr(issue.relationship, other.side.value).name
    for one in seats:
        for words in ("i quillmere", f"i {theirs}"):
            urls = [row.url for row in found(one.contact.user, words, most=5)]
            assert urls == [issue.get_absolute_url()]
