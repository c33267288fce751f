"""Nobody can tell from what is stored whose an answer is. Decisions 20 and 22.

Two hundred waves of eight people are answered, closed and attacked; the same attacks
succeed on a way of sealing that leaks on purpose, so that they are known to bite, there
with fewer waves.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from random import Random

import pytest
from django.db import connection, models
from django.db.models.expressions import RawSQL

from engagements.models import (
    HealthReview,
    Notice,
    OpenResponse,
    Rater,
    ReviewConfirmation,
    ReviewSecret,
    SealedComment,
    SealedResponse,
    Side,
)
from engagements.reviews import frozen
from engagements.reviews.actions import answering, asking
from tests.engagements.reviews.waves import after_closing, raters, still_asking

# A kept order shows in a fifth of the waves that it takes to show there is none.
WAVES, FEW_WAVES, FEWEST_WAVES, A_SIDE = 200, 40, 4, 4
ANSWERS = (OpenResponse, SealedResponse, SealedComment, ReviewSecret)
PEOPLE = (Rater, ReviewConfirmation, Notice)


class Leaky(Random):
    """A chance that keeps the order, and numbers what it is asked for."""

    def shuffle(self, x: list) -> None:
        """Leave everything where it was."""

    def getrandbits(self, k: int, /) -> int:
        """One after the other."""
        self.last = getattr(self, "last", 0) + 1
        return self.last << 80


@dataclass
class Traces:
    """What an attacker has of one side of a wave: orders of people and of rows.

    People and rows are numbered alike by what only the test knows.
    """

    orders: dict[str, list[int]] = field(default_factory=dict)


def physical(model: type[models.Model], review: HealthReview) -> list:
    """The rows' ids as they lie in the table."""
    place = "ctid" if connection.vendor == "postgresql" else "rowid"
    rows = model._default_manager.filter(review=review)
    rows = rows.order_by(RawSQL(place, ()))  # noqa: S611 - one of two fixed words
    return list(rows.values_list("pk", flat=True))


def by_length(model: type[models.Model], review: HealthReview) -> list:
    """The rows' ids by how much each row takes, the longest last."""
    rows = model._default_manager.filter(review=review).order_by("pk").values()
    return [row["id"] for row in sorted(rows, key=lambda row: len(str(row)))]


def _let_the_database_look() -> None:
    """All waves are one transaction, which no upkeep of the database sees: it would
    plan for empty tables and walk through full ones."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def simulate(
    chance: Random,
    drawn: Random,
    waves: int = WAVES,
    leak: Callable[[HealthReview], None] = lambda _review: None,
) -> list[Traces]:
    """Answer and close the waves; what could be seen of each side.

    `leak` spoils what was sealed.
    """
    found = []
    for number in range(waves):
        if number % 20 == 10:
            _let_the_database_look()
        review = still_asking(client=A_SIDE, supplier=A_SIDE)
        asked = raters(review)
        # The order in which people answer, as a web log would show it.
        came = drawn.sample(asked, len(asked))
        marks = {rater.pk: place + 1 for place, rater in enumerate(asked)}
        for rater in came:
            mark = marks[rater.pk]
            point = (mark - 1) % A_SIDE + 1
            answering.save_answer(rater=rater, item="TRU1", value=str(point))
            answering.save_words(rater=rater, words={"OPEN1": f"{point}" * mark})
        asking.close_review(review=review, now=after_closing(review), chance=chance)
        leak(review)
        found += [traces(review, side, asked, came) for side in Side]
    return found


def traces(
    review: HealthReview, side: Side, asked: list[Rater], came: list[Rater]
) -> Traces:
    on_side = [rater for rater in asked if rater.side == side]
    number = {rater.pk: place for place, rater in enumerate(on_side)}
    ratings = {
        row.pk: row.answers["TRU1"] - 1
        for row in SealedResponse.objects.filter(review=review, side=side)
    }
    comments = {
        row.pk: int(row.text[0]) - 1
        for row in SealedComment.objects.filter(review=review, side=side)
    }
    orders: dict[str, Iterable] = {
        "people as listed": [number[one.pk] for one in on_side],
        "people by id": [number[pk] for pk in sorted(number)],
        "people as they came": [number[one.pk] for one in came if one.pk in number],
        "people as written to": written_to(review, number),
        "ratings as they lie": known(ratings, physical(SealedResponse, review)),
        "ratings by id": known(ratings, sorted(ratings)),
        "comments as they lie": known(comments, physical(SealedComment, review)),
        "comments by id": known(comments, sorted(comments)),
        "ratings by length": known(ratings, by_length(SealedResponse, review)),
        "comments by length": known(comments, by_length(SealedComment, review)),
    }
    return Traces({name: list(order) for name, order in orders.items()})


def seeded(seed: int) -> Random:
    return Random(seed)  # noqa: S311 - the same waves every time


def known(marks: dict, order: list) -> list[int]:
    return [marks[pk] for pk in order if pk in marks]


def written_to(review: HealthReview, number: dict) -> list[int]:
    """The people in the order of the messages they are owed."""
    people = dict(review.raters.values_list("contact_id", "pk"))
    rows = Notice.objects.filter(recipient__in=people).order_by("created_at", "pk")
    owed = dict.fromkeys(people[row.recipient_id] for row in rows)
    order = [number[pk] for pk in owed if pk in number]
    return order if len(order) == len(number) else sorted(number.values())


PEOPLE_ORDERS = (
    "people as listed",
    "people by id",
    "people as they came",
    "people as written to",
)
# Which order of people is laid beside which order of rows; and words beside ratings.
ATTACKS = [
    (people, rows)
    for people in (
        *PEOPLE_ORDERS,
        "ratings as they lie",
        "ratings by id",
    )
    for rows in (
        "ratings as they lie",
        "ratings by id",
        "comments as they lie",
        "comments by id",
    )
    if not (people.startswith("ratings") and rows.startswith("ratings"))
]
# Whether a rating's row is the longer, the more its person wrote. How much somebody
# writes is their own, so people are not laid beside the comments' lengths.
LENGTHS = [
    *((people, "ratings by length") for people in PEOPLE_ORDERS),
    *(
        (rows, "comments by length")
        for rows in ("ratings as they lie", "ratings by id", "ratings by length")
    ),
    ("ratings by length", "comments as they lie"),
    ("ratings by length", "comments by id"),
]


def chance_of(found: list[Traces], attack: tuple[str, str]) -> float:
    """How likely guessing alone makes as many matches, by a normal approximation.

    A random order of any length matches another in one place on average, and the
    variance is one as well.
    """
    first, second = attack
    matches = sum(
        one == other
        for traces in found
        for one, other in zip(traces.orders[first], traces.orders[second], strict=True)
    )
    z = (matches - len(found)) / math.sqrt(len(found))
    return math.erfc(abs(z) / math.sqrt(2))


def pooled(found: list[Traces], attacks: Iterable[tuple[str, str]]) -> float:
    """One chance for all attacks: the least, times how many were tried."""
    chances = [chance_of(found, attack) for attack in attacks]
    return min(1.0, min(chances) * len(chances))


@pytest.mark.django_db
def test_no_order_and_no_id_tells_whose_an_answer_is():
    found = simulate(seeded(20_261_127), seeded(1))

    assert pooled(found, [*ATTACKS, *LENGTHS]) > 0.001


@pytest.mark.django_db
def test_the_same_attacks_succeed_where_order_is_kept():
    found = simulate(Leaky(), seeded(1), FEW_WAVES)

    told = {
        attack: chance_of(found, attack)
        for attack in ATTACKS
        if attack[0] in {"people as they came", "ratings as they lie", "ratings by id"}
    }
    assert max(told.values()) < 1e-6


@pytest.mark.django_db
def test_the_attacks_by_length_succeed_where_a_row_keeps_how_much_was_written():
    frozen.remove()  # the database would not have sealed rows padded
    found = simulate(seeded(20_261_127), seeded(1), FEWEST_WAVES, leak=padded)

    linked = ("ratings by length", "comments by length")
    assert chance_of(found, linked) < 1e-6


def padded(review: HealthReview) -> None:
    """Let each rating's row be as long as what the same person wrote."""
    words = SealedComment.objects.filter(review=review)
    lengths = {(one.side, int(one.text[0])): len(one.text) for one in words}
    for row in SealedResponse.objects.filter(review=review):
        length = lengths[row.side, row.answers["TRU1"]]
        row.answers |= {"TRU2": "." * length}
        row.save()


@pytest.mark.parametrize("model", ANSWERS)
def test_answers_hold_no_moment_and_no_person(model: type[models.Model]):
    kinds = {type(one) for one in model._meta.fields}
    pointed_at = {one.related_model for one in model._meta.fields if one.is_relation}

    assert not kinds & {models.DateField, models.DateTimeField, models.TimeField}
    assert pointed_at == {HealthReview}


@pytest.mark.parametrize("sealed", [SealedResponse, SealedComment])
@pytest.mark.parametrize("people", PEOPLE)
def test_answers_share_no_column_with_people(sealed, people):
    shared = columns(sealed) & columns(people)

    assert shared <= {"id", "review_id", "side", "group"}


def columns(model: type[models.Model]) -> set[str]:
    return {one.column for one in model._meta.concrete_fields}


@pytest.mark.django_db
def test_a_role_group_of_few_is_not_kept_with_an_answer():
    review = still_asking(client=A_SIDE, supplier=A_SIDE)
    for rater in raters(review):
        answering.save_answer(rater=rater, item="TRU1", value="5")

    asking.close_review(review=review, now=after_closing(review))

    assert set(SealedResponse.objects.values_list("group", flat=True)) == {""}
