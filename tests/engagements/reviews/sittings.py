"""What tests of answering by link have in common."""

from __future__ import annotations

from django.urls import reverse

from engagements.models import HealthReview, InstrumentVersion, Rater
from engagements.reviews import links
from engagements.reviews.instrument.library import document
from engagements.reviews.links import Purpose
from engagements.reviews.responses import response_of
from tests.engagements.reviews.waves import raters, still_asking
from tests.sitting import Client

SCRIPT = {"headers": {"X-Save": "1"}}


def door(rater: Rater) -> str:
    """The path of a person's mailed link."""
    return links.path(Purpose.ANSWER, rater.pk, rater.link_version)


def page(name: str, *arguments: int) -> str:
    """The path of a page of the sitting."""
    return reverse(f"engagements:answer-{name}", args=arguments)


def begun(rater: Rater, **given: str) -> Client:
    """A browser of the person's in which the link's button was pressed."""
    browser = Client()
    assert browser.post(door(rater), given).status_code == 302
    return browser


def answers(rater: Rater) -> dict:
    """What is kept of the person's ratings."""
    response = response_of(rater)
    return response.answers if response else {}


def shown(browser: Client, address: str) -> str:
    """A page that opens."""
    response = browser.get(address)
    assert response.status_code == 200
    return response.content.decode()


def check_in() -> Rater:
    """Somebody of a check-in: named, two people a side."""
    form = HealthReview.Form.CHECK_IN
    return raters(still_asking(client=2, supplier=2, mode="named", form=form))[0]


def in_german() -> InstrumentVersion:
    """A version that labels its scale in German, and one statement."""
    content = document()
    content["version"] = "1.0-de"
    points = "Gar nicht|Kaum|Wenig|Teils|Meist|Fast ganz|Ganz"
    content["scale"]["labels"]["de"] = points.split("|")
    content["items"][0]["text"]["de"] = "Zusagen werden gehalten."
    return InstrumentVersion.objects.create(
        key=content["key"], version=content["version"], content=content
    )
