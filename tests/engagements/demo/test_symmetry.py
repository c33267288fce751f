"""Exchange the two sides of the whole demo: labels and signs change, nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from engagements.contracts.figures import refresh_sides, refresh_terms
from engagements.demo.actions import address, seed_demo
from engagements.demo.people import PERSONAS
from engagements.models import (
    Charter,
    Contract,
    Goal,
    HealthReview,
    Idea,
    JointIssue,
    Notice,
    Relationship,
)
from engagements.relationships.figures import refresh_contacts, refresh_promises
from engagements.relationships.guarding import refresh_guards
from engagements.reminders.planning import plan
from engagements.reviews.figures import refresh_health
from engagements.reviews.results import computed
from tests.engagements.demo import exchanged, seen
from tests.engagements.demo.differing import same

# Without a board: it is a supplier's, decision 33.
SIZE = {
    "relationships": 18,
    "interactions": 60,
    "contracts": 12,
    "seed": 8,
    "board": False,
}
# Both sides sign in; suppressed, a check-in, too few, open, draft, planned, closed.
REVIEWED = {0, 4, 6, 8, 10, 11, 12, 13, 17}
# The executive of the one side and the account manager of the other.
READERS = ("Ingrid Sørensen", "Priya Raman")
LISTS = ("portfolio", "home", "relationships", "commitments", "contracts", "reviews",
         "issues")  # fmt: skip
OF_ONE = ("", "?as=other", "people/", "charter/", "mirror/", "ideas/", "issues/",
          "reviews/", "reading/", "handover/", "dependence/")  # fmt: skip


def test_what_changes_places_is_known_of_every_column():
    assert exchanged.nothing_is_forgotten() == []


@pytest.mark.django_db
def test_exchanging_the_sides_changes_labels_and_signs_alone():
    seed_demo(**SIZE, reviewed=REVIEWED, today=timezone.localdate())
    told = JointIssue.objects.exclude(corrections=None).exclude(steps=None)
    assert told.exists(), "nothing put right and nobody asked one level up"
    compute_again()
    stored, before = seen.stored(), world()

    exchanged.exchange()

    turned = seen.stored()
    assert turned != stored
    compute_again()
    same("stored figures and computed ones", turned, seen.stored())
    for name, found in world().items():
        same(name, exchanged.value(before[name]), found)


def compute_again() -> None:
    """As the sweep of a day does."""
    today = timezone.localdate()
    refresh_terms(Contract.objects.active(), today)
    refresh_sides(None, today)
    refresh_contacts(None)
    refresh_promises(None)
    refresh_health(None, today)
    refresh_guards(today)


def world() -> dict[str, Any]:
    """Everything that is read of it, by what it is."""
    people = [(name, address(name)) for _place, name, _title, _role in PERSONAS]
    users = {name: User.objects.get(email=mail) for name, mail in people}
    closed = HealthReview.objects.filter(results__isnull=False).distinct()
    plan(timezone.now())
    return {
        "notices": owed(),
        "results": {str(row.pk): computed(row) for row in closed},
        "figures": {name: seen.figures(user) for name, user in users.items()},
        "pages": {name: pages(users[name]) for name in READERS},
    }


def owed() -> list[list[str]]:
    """What the clock finds to say to whom, and what became of it."""
    rows = Notice.objects.order_by("pk").values_list("key", "kind", "side", "state")
    return [list(row) for row in rows]


def pages(user: User) -> dict[str, Any]:
    """Status and words of each page, by its address."""
    browser, found = Client(), {}
    browser.force_login(user)
    for path in addresses(user):
        answer = browser.get(path)
        found[path] = [answer.status_code, seen.Page(answer.content.decode()).parts]
    return found


def addresses(user: User) -> Iterator[str]:
    """Lists, a relationship of two who sign in with all that hangs on it, another, and
    a review of each state."""
    yield from (f"/{name}/" for name in LISTS)
    mine = Relationship.objects.visible_to(user).order_by("created_at", "pk")
    first, *others = mine
    yield from (f"{row.get_absolute_url()}" for row in others[4:5])
    yield from (f"{first.get_absolute_url()}{part}" for part in OF_ONE)
    for model in (JointIssue, Idea, Contract, Goal, Charter):
        for one in model.objects.filter(relationship=first).order_by("pk")[:2]:
            yield one.get_absolute_url()
    reviews = HealthReview.objects.filter(relationship__in=mine.values("pk"))
    states = {row.state: row for row in reviews.order_by("closed_at", "pk")}
    for one in states.values():
        yield one.get_absolute_url()
        if one.state == HealthReview.State.AGREED:
            yield f"{one.get_absolute_url()}conversation/"
