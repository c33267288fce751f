"""A relationship seen from each of its sides in turn."""

from dataclasses import dataclass

import pytest

from engagements.models import RelationshipSide, Side, TimelineEntry
from tests.engagements.contracts import worlds
from tests.sitting import Client


@dataclass(frozen=True)
class Pair:
    """One relationship; `own` is the side a test acts on, `other` the one across."""

    world: worlds.World
    own: Side

    @property
    def other(self) -> Side:
        return self.own.other

    @property
    def relationship(self):
        return self.world.relationship

    def by(self, side=None, role="account_manager"):
        return self.world.by(side or self.own, role)

    def side(self, side=None) -> RelationshipSide:
        rows = RelationshipSide.objects.select_related("relationship", "acted_by")
        return rows.get(relationship=self.relationship, side=side or self.own)

    def browser(self, side=None, role="account_manager") -> Client:
        browser = Client()
        browser.force_login(self.world.user(side or self.own, role))
        return browser

    def page(self, side=None, query="") -> str:
        """The relationship's page as a side reads it."""
        address = f"/relationships/{self.relationship.pk}/{query}"
        return self.browser(side, "executive").get(address).content.decode()

    def entries(self) -> list[str]:
        rows = TimelineEntry.objects.filter(relationship=self.relationship)
        return list(rows.values_list("title", flat=True))


@pytest.fixture(params=["client", "supplier"])
def pair(request, db) -> Pair:
    """Each test runs once for either side: nothing may depend on which it is."""
    return Pair(worlds.make(), Side(request.param))


@pytest.fixture
def client() -> Client:
    """A browser that posts behind mailed links as their pages do."""
    return Client()
