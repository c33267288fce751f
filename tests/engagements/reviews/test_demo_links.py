"""Only in the invented world one may answer as anybody."""

from __future__ import annotations

from engagements.models import Organisation
from tests.engagements.reviews.waves import raters, still_asking


def links(pair, review) -> int:
    page = pair.browser(role="executive").get(review.get_absolute_url())
    return page.content.decode().count('href="/a/')


def test_a_real_review_shows_nobody_s_link_and_an_invented_one_everybody_s(pair):
    review = still_asking(relationship=pair.relationship, client=3, supplier=2)
    places = Organisation.objects.filter(
        pk__in=[pair.relationship.client_id, pair.relationship.supplier_id]
    )
    assert links(pair, review) == 0

    places.filter(pk=pair.relationship.client_id).update(demo=True)
    assert links(pair, review) == 0

    places.update(demo=True)
    assert links(pair, review) == len(raters(review)) == 5
