"""A reminder reaches a person's mailbox, and its link opens the thing to do."""

import email
import email.policy
import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from engagements.models import Contract, Notice
from tests.factories import ContractFactory, MembershipFactory, RelationshipFactory
from tests.faults.conftest import installation, redis, relay  # noqa: F401 - fixtures
from tests.faults.processes import wait_until

pytestmark = [pytest.mark.faults, pytest.mark.django_db(transaction=True)]


def test_a_deadline_is_mailed_by_a_real_worker_and_its_link_opens_the_contract(
    installation,  # noqa: F811 - the fixture
    relay,  # noqa: F811 - the fixture
    live_server,
    open_page,
):
    member = MembershipFactory(
        organisation__name="Hollin Vale Hospitals",
        contact__email="priya@hollin.example",
        contact__user__email="priya@hollin.example",
    )
    relationship = RelationshipFactory(client=member.organisation)
    contract = ContractFactory(
        relationship=relationship,
        title="Critical plant maintenance",
        start_on=timezone.localdate() - timedelta(days=355),
        end_on=timezone.localdate() + timedelta(days=12),
        initial_months=None,
        client_notice=7,
        client_notice_unit=Contract.Unit.DAYS,
        supplier_notice=None,
    )

    installation.environment["SITE_URL"] = live_server.url
    installation.worker("worker")
    installation.clock("clock")
    wait_until(lambda: relay.messages, 90, "the mail")

    letter = email.message_from_bytes(relay.messages[0], policy=email.policy.default)
    assert letter["To"] == "priya@hollin.example"
    assert "Critical plant maintenance" in letter["Subject"]
    assert letter["Auto-Submitted"] == "auto-generated"
    words = letter.get_body(("plain",)).get_content()
    link = next(url for url in re.findall(r"https?://\S+", words) if "contracts" in url)
    assert link in letter.get_body(("html",)).get_content()

    page = open_page()
    page.goto(link)
    page.get_by_label("E-mail address").fill("priya@hollin.example")
    page.get_by_label("Password", exact=True).fill("correct horse")
    page.get_by_role("button", name="Sign in").click()

    expect(page).to_have_url(link)
    expect(page.get_by_role("heading", level=1)).to_contain_text(contract.title)
    wait_until(
        lambda: (
            Notice.objects.filter(kind="notice-deadline", channel="mail")
            .exclude(state=Notice.State.SENT)
            .count()
            == 0
        ),
        10,
        "it is recorded",
    )
