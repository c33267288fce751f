"""Every page of the spine on the demo: rules of accessibility, console, widths."""

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from engagements.demo.actions import address, seed_demo
from engagements.models import Commitment, Contract, Interaction, Meeting
from tests.browsing import LAPTOP, PHONE, accessibility_faults

pytestmark = [pytest.mark.browser]


@pytest.fixture
def addresses(transactional_db):
    """A page of each kind; the demo is seeded once, for all of them."""
    size = {"relationships": 8, "interactions": 60, "contracts": 10, "seed": 8}
    seed_demo(**size, today=timezone.localdate())
    host = User.objects.get(email=address("Amira Hussain")).contact.organisation
    spoken = Interaction.objects.filter(organisation=host).first()
    papers = Contract.objects.filter(relationship=spoken.relationship_id)
    promise = Commitment.objects.filter(relationship__supplier=host).first()
    meeting = Meeting.objects.filter(organisation=host).first()
    return [
        "/home/",
        "/portfolio/",
        "/relationships/",
        spoken.relationship.get_absolute_url(),
        f"{spoken.relationship.get_absolute_url()}?as=other",
        "/contracts/",
        (papers.first() or Contract.objects.first()).get_absolute_url(),
        "/commitments/",
        promise.get_absolute_url(),
        f"/log/?r={spoken.relationship_id}",
        spoken.get_absolute_url(),
        "/meetings/",
        meeting.get_absolute_url(),
        "/search/?q=h",
    ]


def test_no_page_breaks_a_rule_or_scrolls_sideways(addresses, live_server, open_page):
    person = Client()
    person.force_login(User.objects.get(email=address("Amira Hussain")))
    session = person.cookies["sessionid"].value
    found = {}
    for size in (LAPTOP, PHONE):
        for theme in ("light", "dark"):
            page = open_page(size, theme, base_url=live_server.url)
            page.context.add_cookies(
                [{"name": "sessionid", "value": session, "url": live_server.url}]
            )
            for path in addresses:
                answer = page.goto(path)
                faults = accessibility_faults(page)
                if answer.status != 200:
                    faults.append(f"status {answer.status}")
                if page.evaluate("document.documentElement.scrollWidth") > size[0]:
                    faults.append("scrolls sideways")
                if faults:
                    found[path, size, theme] = faults
    assert found == {}
