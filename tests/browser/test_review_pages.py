"""Pages of a health review with long names: no rule broken, nothing runs over."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from engagements.access import standing_of
from engagements.models import HealthReview, Organisation, Side
from engagements.reviews import links
from engagements.reviews.actions import asking, releasing, setting_up
from engagements.reviews.links import Purpose
from tests.browsing import LAPTOP, PHONE, accessibility_faults
from tests.engagements.reviews import talks, waves
from tests.factories import ContactFactory
from tests.sitting import Client

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NARROW = (320, 640)
GROUPS = {
    "setting up": ("review", "review-how", "review-facilitator"),
    "people": ("review-people client",),
    "result": ("review",),
    "conversation": (
        "review-conversation",
        "review-conversation-plan",
        "review-action-create",
    ),
    "facilitating": ("facilitate-page", "facilitate-hold"),
    "facilitated": ("facilitate-page", "facilitate-minutes"),
}


@pytest.fixture
def talk():
    """The second of two results between organisations of long names."""
    relationship, people = talks.relationship_with_people()
    facilitator = ContactFactory(name="Ruth Adeyemi-Featherstonehaugh")
    Organisation.objects.filter(pk=relationship.client_id).update(
        name="Hollin Vale University Hospitals Foundation Trust"
    )
    Organisation.objects.filter(pk=relationship.supplier_id).update(
        name="Verwaltungsgesellschaftsbeteiligungsunternehmen Instandhaltung"
    )
    for weeks, points in ((32, (6, 5)), (6, (3, 6))):
        review = waves.open_wave(
            relationship,
            client=6,
            supplier=5,
            opens_on=talks.weeks_ago(weeks),
            facilitator=facilitator,
        )
        waves.answered(review, client=points[0], supplier=points[1])
        asking.close_review(review=review, now=waves.after_closing(review))
        releasing.release_review(review=review, by=facilitator, now=timezone.now())
    found = talks.Talk(review, people)
    found.fresh()
    found.propose(text="Ring both desks at every alarm, also at weekends " * 5)
    return found


@pytest.fixture
def addresses(talk):
    """The addresses of a group of pages, in the state its pages are looked at."""

    def found(group: str) -> list[str]:
        review = talk.review
        if group in {"setting up", "people"}:
            review = being_set_up(talk)
        if group == "facilitated":
            talk.hold(by=review.facilitator, minutes="Both desks were rung. " * 20)
        return [address(name, review) for name in GROUPS[group]]

    return found


def address(name: str, review: HealthReview) -> str:
    page, *more = name.split()
    rest = [] if page.startswith("facilitate") else [review.pk, *more]
    return reverse(f"engagements:{page}", args=rest)


def being_set_up(talk) -> HealthReview:
    talk.relationship.marked_active_at = timezone.now()
    talk.relationship.save()
    by = standing_of(talk.people[Side.CLIENT].user)
    return setting_up.begin(
        by=by,
        relationship=talk.relationship,
        side=Side.CLIENT,
        form=HealthReview.Form.FULL,
        opens_on=timezone.localdate() + timedelta(days=40),
    )


@pytest.fixture
def opened(talk, live_server, open_page):
    """A page of a person of the client, who also holds the facilitator's link."""
    person = Client()
    person.force_login(talk.people[Side.CLIENT].user)
    review = talk.review
    token = links.token_of(Purpose.FACILITATE, review.pk, review.facilitator_version)
    person.post(f"/f/{token}/")
    cookies = [
        {"name": name, "value": one.value, "url": f"{live_server.url}{one['path']}"}
        for name, one in person.cookies.items()
    ]

    def open_(size, theme="light"):
        page = open_page(size, theme, base_url=live_server.url)
        page.context.add_cookies(cookies)
        return page

    return open_


@pytest.mark.parametrize("group", GROUPS)
def test_no_page_breaks_a_rule_of_accessibility(addresses, opened, group):
    paths, broken = addresses(group), {}
    for size, theme in ((LAPTOP, "light"), (PHONE, "dark")):
        page = opened(size, theme)
        for path in paths:
            assert page.goto(path).status == 200
            for details in page.locator("main details").all():
                details.evaluate("one => { one.open = true }")
            if faults := accessibility_faults(page):
                broken[path, size] = faults
    assert broken == {}


@pytest.mark.parametrize("group", GROUPS)
def test_no_page_scrolls_sideways(addresses, opened, group):
    page, wide = opened(NARROW), {}
    for path in addresses(group):
        page.goto(path)
        width = page.evaluate("document.documentElement.scrollWidth")
        if width > NARROW[0]:
            wide[path] = width
    assert wide == {}
