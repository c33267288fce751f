"""Drafts of the instrument for tests: an administrator copies RHR-8 and edits it."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from html import unescape

from django.urls import reverse

from engagements.models import InstrumentVersion, Standing, standing_of
from engagements.reviews.actions import drafting
from engagements.reviews.actions.instruments import copy_version, publish
from engagements.reviews.instrument.editing import ITEMS, one_of
from engagements.reviews.instrument.library import supplied
from engagements.reviews.instrument.thresholds import method_of
from tests.factories import MembershipFactory


def administrator(organisation=None) -> Standing:
    """Somebody who keeps the question sets of an organisation."""
    given = {"organisation": organisation} if organisation else {}
    contact = MembershipFactory(role="administrator", **given).contact
    standing = standing_of(contact.user)
    assert standing is not None
    return standing


def draft(by: Standing, number="1.1", of=None) -> InstrumentVersion:
    """A copy of RHR-8, not published yet."""
    return copy_version(
        by=by, version=of or supplied(), number=number, name="Our own eight topics"
    )


def published(by: Standing, number="1.1", of=None) -> InstrumentVersion:
    """A version of the own organisation that reviews may use."""
    return publish(by=by, version=draft(by, number, of))


@dataclass
class Editor:
    """Edits a draft as the pages do: having seen what it says now."""

    by: Standing
    version: InstrumentVersion

    def seen(self, part: str, key: str = "") -> str:
        self.version.refresh_from_db()
        return drafting.seen_of(self.version, part, key)

    def item(self, key="TRU1", text="Other words", **given) -> dict:
        """Reword a statement; what it is afterwards."""
        values = {"reverse": False, "new_meaning": False} | given
        drafting.change_item(
            by=self.by,
            version=self.version,
            key=key,
            seen=values.pop("seen", None) or self.seen("item", key),
            text={"en": text, **values.pop("also", {})},
            **values,
        )
        return self.now(key)

    def weights(self, **percent) -> None:
        """Set the weights, in per cent."""
        drafting.change_weights(
            by=self.by,
            version=self.version,
            seen=self.seen("weights"),
            weights={key: value / 100 for key, value in percent.items()},
        )

    def thresholds(self, **values) -> dict:
        """Set some thresholds, all others as they are; what is stored then."""
        drafting.change_thresholds(
            by=self.by,
            version=self.version,
            seen=self.seen("thresholds"),
            values=asdict(method_of(self.version.method)) | values,
        )
        self.version.refresh_from_db()
        return self.version.method

    def language(self, language: str, words: dict) -> None:
        """Set all texts of a language."""
        drafting.change_language(
            by=self.by,
            version=self.version,
            language=language,
            seen=self.seen("language", language),
            words=words,
        )
        self.version.refresh_from_db()

    def now(self, key: str, place: str = ITEMS) -> dict:
        self.version.refresh_from_db()
        return one_of(self.version.content, place, key)


PARTS = {
    "title": [],
    "item": ["TRU1"],
    "topic": ["TRU"],
    "scale": [],
    "weights": [],
    "thresholds": [],
    "language": ["de"],
}


def address(name, version, *more) -> str:
    return reverse(f"engagements:{name}", args=[version.pk, *more])


def words(response) -> str:
    """What a page says, without its tags."""
    text = re.sub(r"<[^>]*>", " ", response.content.decode())
    return " ".join(unescape(text).split())


class Form:
    """The form of a part as the page shows it, filled in and sent."""

    def __init__(self, browser, version, part, query=""):
        self.browser = browser
        self.address = address(f"instrument-{part}", version, *PARTS[part]) + query
        response = browser.get(self.address)
        assert response.status_code == 200
        form = response.context["form"]
        self.data = {
            name: value
            for name in form.fields
            if (value := form[name].value()) not in (None, False)
        }

    def send(self, **changes):
        return self.browser.post(self.address, self.data | changes)
