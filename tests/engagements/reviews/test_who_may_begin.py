"""Every button to begin a review leads to a page; nobody sees one that is refused."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from engagements import access
from engagements.models import HealthReview, Relationship
from engagements.reviews.actions import plan_reviews
from engagements.reviews.queries.beginning import without_review
from tests.factories import RelationshipFactory, TeamRoleFactory

pytestmark = pytest.mark.django_db
BEGIN = reverse("engagements:review-create")


def active(relationship):
    """Goes on today, and its next review opens soon."""
    today = timezone.localdate()
    relationship.marked_active_at = timezone.now()
    relationship.started_on = today
    relationship.save()
    relationship.sides.update(**relationship.copied)
    plan_reviews([relationship.pk], today)
    rows = HealthReview.objects.planned().filter(relationship=relationship)
    rows.update(opens_on=today + timedelta(days=5))
    return relationship


def another(pair):
    """Of the same organisation on the same side; the manager is not on its team."""
    place = getattr(pair.relationship, pair.own)
    return active(RelationshipFactory(**{pair.own.value: place}))


def offered(pair, role) -> set[str]:
    """The relationships a page of reviews offers to begin or set up."""
    page = pair.browser(role=role).get("/reviews/").text
    rows = Relationship.objects.values_list("pk", flat=True)
    return {str(pk) for pk in rows if f"{BEGIN}?r={pk}" in page}


def begins(pair, role) -> bool:
    """Whether the page of reviews, the portfolio and the form say the same."""
    browser = pair.browser(role=role)
    shown = {
        f'href="{BEGIN}"' in browser.get(page).text
        for page in ("/reviews/", "/portfolio/")
    }
    shown.add(browser.get(BEGIN).status_code == 200)
    assert len(shown) == 1
    return shown.pop()


@pytest.mark.parametrize(
    ("role", "status"),
    [
        ("executive", 403),
        # Who is not on the team does not see the relationship.
        ("elsewhere", 404),
        ("account_manager", 200),
        ("administrator", 200),
    ],
)
def test_by_who_may_edit_a_relationship(pair, role, status):
    active(pair.relationship)

    assert begins(pair, role) is (status == 200)
    form = f"{BEGIN}?r={pair.relationship.pk}"
    assert pair.browser(role=role).get(form).status_code == status


def test_an_executive_on_the_team_begins_one(pair):
    active(pair.relationship)
    TeamRoleFactory(
        relationship=pair.relationship,
        side=pair.own,
        role="sponsor",
        contact=pair.by(role="executive").contact,
    )
    other = another(pair)

    assert begins(pair, "executive")
    assert offered(pair, "executive") == {str(pair.relationship.pk)}
    rows = without_review(pair.by(role="executive").contact.user)
    assert [row.relationship_id for row in rows] == [pair.relationship.pk]
    browser = pair.browser(role="executive")
    asked = browser.get(f"/reviews/?relationship={other.pk}").text
    assert BEGIN not in asked
    assert BEGIN in browser.get(f"/reviews/?relationship={pair.relationship.pk}").text


def test_an_administrator_begins_one_of_any(pair):
    active(pair.relationship)
    other = another(pair)

    assert offered(pair, "administrator") == {str(pair.relationship.pk), str(other.pk)}


def test_whoever_acts_for_nobody_begins_none(django_user_model):
    user = django_user_model.objects.create_user("nobody@example.org")

    assert not access.can_start_reviews(user)
