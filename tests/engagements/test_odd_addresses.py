"""Whatever somebody types behind the question mark, a page answers."""

from __future__ import annotations

import pytest
from django.test import Client

from engagements.urls import urlpatterns
from tests.factories import MembershipFactory, RelationshipFactory

# What pages read there, beside the words they know.
ASKED = [
    *("q", "r", "relationship", "version", "meeting", "with", "page", "sort", "within"),
    *("view", "state", "side", "role", "age", "points", "kind", "segment", "health"),
]
ODD = ["x\x00y", "9" * 60, "00000000-0000-4000-8000-00000000000z"]
ROUTES = sorted(str(one.pattern) for one in urlpatterns)
PAGES = [f"/{route}" for route in ROUTES if "<" not in route]


@pytest.mark.django_db
@pytest.mark.parametrize("odd", ODD)
def test_no_list_falls_over_what_an_address_says(odd):
    by = MembershipFactory(role="administrator")
    RelationshipFactory(client=by.organisation)
    client = Client()
    client.force_login(by.contact.user)

    assert "/commitments/" in PAGES
    for page in PAGES:
        answer = client.get(page, dict.fromkeys(ASKED, odd))
        # A monitor may be told that something is out of order.
        assert answer.status_code in {200, 302, 403, 404, 405, 503}, page
