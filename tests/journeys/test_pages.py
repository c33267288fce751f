"""Every page of the spine on the demo: rules of accessibility, console, widths."""

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from engagements.demo.actions import address, seed_demo
from engagements.models import (
    Commitment,
    Contract,
    Goal,
    Idea,
    Interaction,
    JointIssue,
    Meeting,
)
from tests.browsing import LAPTOP, PHONE, accessibility_faults, colour_faults

pytestmark = [pytest.mark.browser]
# What is opened in one theme is looked at in the other one, too.
LOOKS = ((LAPTOP, "light", "dark"), (PHONE, "dark", "light"))


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


def joint_pages(relationship) -> list[str]:
    """What both sides keep together; each of these is looked at as it is opened."""
    here = relationship.get_absolute_url()
    issues = JointIssue.objects.filter(relationship=relationship)
    rows = [issues.first(), Idea.objects.filter(relationship=relationship).first()]
    return [
        *(f"{here}{part}/" for part in ("charter", "mirror", "issues", "ideas")),
        f"{here}handover/",
        f"{here}ideas/new/",
        f"{rows[0].get_absolute_url()}up/",
        *(row.get_absolute_url() for row in rows),
        Goal.objects.filter(relationship=relationship).first().get_absolute_url(),
    ]


def test_no_page_breaks_a_rule_or_scrolls_sideways(addresses, live_server, open_page):
    person = Client()
    person.force_login(User.objects.get(email=address("Amira Hussain")))
    session = person.cookies["sessionid"].value
    joint = joint_pages(Goal.objects.first().relationship)
    found = {}
    for size, theme, other in LOOKS:
        page = open_page(size, theme, base_url=live_server.url)
        page.context.add_cookies(
            [{"name": "sessionid", "value": session, "url": live_server.url}]
        )
        for path in [*addresses, *joint]:
            answer = page.goto(path)
            faults = accessibility_faults(page)
            if answer.status != 200:
                faults.append(f"status {answer.status}")
            if page.evaluate("document.documentElement.scrollWidth") > size[0]:
                faults.append("scrolls sideways")
            if path in addresses:
                faults += colour_faults(page, other)
                page.emulate_media(color_scheme=theme)
            if faults:
                found[path, size] = faults
    assert found == {}
