"""A statement that is kept finds what one made anew finds, for everybody, any day."""

from datetime import date, timedelta
from itertools import product
from uuid import uuid4

import pytest
from django.db import models
from django.utils import timezone

from engagements.contracts.queries import soonest
from engagements.dashboards import across, attention, portfolio, rows
from engagements.models import Relationship, RelationshipSide, standing_of
from engagements.prepared import Prepared, Slot, among, midnight
from tests.engagements.dashboards.test_views import TODAY, varied

# Where a reader is, and a day there.
WHEN = [("Europe/London", TODAY), ("Pacific/Auckland", TODAY + timedelta(60))]


def readers(pair) -> list:
    """Of both sides, and one whose teams decide."""
    asked_by = (
        (pair.own, "executive"),
        (pair.other, "administrator"),
        (pair.own, "account_manager"),
    )
    return [pair.world.user(*one) for one in asked_by]


def asked(day: date) -> list[tuple[Prepared, dict]]:
    """Every prepared question with values for its places."""
    ids = list(RelationshipSide.objects.order_by("pk").values_list("pk", flat=True))
    known = list(Relationship.objects.order_by("pk").values_list("pk", flat=True)[:4])
    return [
        (portfolio.COUNTED, {"today": day}),
        (attention.FIRST, {"today": day}),
        (attention.UNDONE, {"today": day, "relationships": known}),
        (rows.ROWS, {"first": ids[:3], "currency": "GBP"}),
        (rows.ROWS, {"first": [], "currency": "EUR"}),
        (rows.ROWS, {"first": [uuid4() for _one in range(30)], "currency": "GBP"}),
        (across.ACROSS, {"today": day}),
        (soonest.walk(3), {"since": day}),
        (soonest.contracts(("title",)), {"relationships": known}),
    ]


def test_what_is_kept_finds_what_is_made_anew(pair):
    varied(pair)
    people, found = readers(pair), 0
    for zone, day in WHEN:
        with timezone.override(zone):
            for (question, values), user in product(asked(day), people):
                kept = question.rows(user, **values)
                anew = list(question.build(user, **values))
                assert sorted(map(repr, kept)) == sorted(map(repr, anew))
                found += len(kept)
    assert found


def test_a_place_is_moved_like_the_day_that_stands_there():
    day = Slot("day", models.DateField())
    moved = day + timedelta(3) - timedelta(1)
    assert moved.filled({"day": TODAY}) == (day + timedelta(2)).filled({"day": TODAY})
    assert str(TODAY.year) in str(midnight(day).filled({"day": TODAY}))
    assert among("pk", []) == models.Q(pk__in=[])


@pytest.mark.parametrize("role", ["executive", "account_manager"])
def test_only_who_reads_everything_is_asked_for_with_a_kept_statement(pair, role):
    made = []

    def build(user, today):
        made.append(user)
        sides = RelationshipSide.objects.seen_by(user)
        return sides.filter(act_by=today).values_list("pk")

    question = Prepared(build, today=models.DateField())
    user = pair.world.user(pair.own, role)
    for _twice in range(2):
        question.rows(user, today=TODAY)

    assert made.count(user) == (0 if role == "executive" else 2)
    assert len(made) == (1 if role == "executive" else 2)
    assert standing_of(user).role == role
