"""What is answered is nowhere before it is released, and a suppressed figure never:
no page, drawing, file, mail, log, message, cache, session or row has it.

People answer so that their means have decimals nothing else has, and with words nobody
else uses; these are looked for in everything either side reaches, in every mail and in
every row but the sealed answers.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.test import Client, TestCase
from django.utils import timezone

from engagements.models import (
    HealthReview,
    Membership,
    OpenResponse,
    Relationship,
    SealedComment,
    SealedResponse,
    Side,
    TeamRole,
)
from engagements.reviews.actions import answering, asking, releasing
from engagements.reviews.results.measuring import side_result
from engagements.reviews.results.reading import wave_of
from engagements.reviews.scoring.sides import Mode
from tests import leaks
from tests.crawling import LONG, crawl
from tests.engagements.reviews import sittings
from tests.engagements.reviews.mailing import round_at, sink  # noqa: F401 - a fixture
from tests.engagements.reviews.waves import (
    after_closing,
    answer,
    answer_all,
    raters,
    still_asking,
)
from tests.factories import (
    ContactFactory,
    MembershipFactory,
    RelationshipFactory,
    TeamRoleFactory,
)

pytestmark = pytest.mark.django_db
WORD = "brackenlume"
SEALED = (OpenResponse, SealedResponse, SealedComment)


@pytest.fixture
def relationship() -> Relationship:
    return staffed(*(MembershipFactory(role="executive") for _side in Side))


def staffed(client: Membership, supplier: Membership) -> Relationship:
    """Work between the organisations of two people, who speak for them."""
    found = RelationshipFactory(
        client=client.organisation, supplier=supplier.organisation
    )
    for side, membership in ((Side.CLIENT, client), (Side.SUPPLIER, supplier)):
        for role in (TeamRole.Role.INTERFACE, TeamRole.Role.SPONSOR):
            TeamRoleFactory(
                relationship=found, side=side, role=role, contact=membership.contact
            )
    return found


def the_other_way_round(relationship: Relationship) -> Relationship:
    """The same two people's, in which who is client here is the supplier."""
    return staffed(
        relationship.supplier.memberships.get(), relationship.client.memberships.get()
    )


def odd(review: HealthReview, few: list) -> None:
    """Answers whose means nobody would have by chance."""
    for number, rater in enumerate(few):
        answer(rater, 3 + number, TRU1=2, COM2=7, DEL1=1 + number, FAI3=6, SOL2=1)


def closed(review: HealthReview) -> HealthReview:
    asking.close_review(review=review, now=after_closing(review))
    review.refresh_from_db()
    return review


def of_a_few_people(relationship) -> tuple[HealthReview, set[str]]:
    """Two of five clients answer; what their side would be, had they been enough."""
    review = still_asking(relationship=relationship, client=5, supplier=5)
    odd(review, raters(review, Side.CLIENT)[:2])
    for rater in raters(review, Side.SUPPLIER):
        answer(rater, 6)
    return closed(review), figures_of(review, Side.CLIENT)


def on_a_topic(relationship) -> tuple[HealthReview, set[str]]:
    """Two of five suppliers can say something of delivery; what they say."""
    review = still_asking(relationship=relationship, client=5, supplier=5)
    answer_all(review, client=5, supplier=6)
    seats = raters(review, Side.SUPPLIER)
    for number, rater in enumerate(seats):
        points = (2 + number, 5, 1 + number) if number < 2 else ("cannot_say",) * 3
        answer(rater, 6, **{f"DEL{n}": one for n, one in enumerate(points, 1)})
    return closed(review), figures_of(review, Side.SUPPLIER, "DEL")


def figures_of(review: HealthReview, side: Side, *topics: str) -> set[str]:
    """What named people would have been shown as: with one and two decimals."""
    wave = wave_of(review)
    named = side_result(replace(wave, mode=Mode.NAMED), wave.sides[side].people)
    values = [named.cells[one].value for one in topics or named.cells]
    if not topics:
        values.append(named.overall.value)
    assert None not in values
    found = {f"{value:.2f}" for value in values} | {f"{value:.1f}" for value in values}
    # A whole or a half number stands on many pages for other reasons.
    return {one for one in found if one.rpartition(".")[2].rstrip("0") not in {"", "5"}}


def test_a_suppressed_figure_is_nowhere(
    relationship,
    sink,  # noqa: F811 - the fixture
):
    """The same two people read both reviews, so that all is looked through once."""
    with leaks.logged() as log, TestCase.captureOnCommitCallbacks(execute=True):
        review, of_few = of_a_few_people(relationship)
        other, on_topic = on_a_topic(the_other_way_round(relationship))
        assert min(len(of_few), len(on_topic)) >= 2
        for days in (0, 3, 12):
            round_at(review.closes_at + timedelta(days=days, hours=9))
        places = pages(relationship, review, other)

    places |= beside(sink, log)
    assert where(places, of_few | on_topic) == set()
    assert len(sink.messages) > 0
    for one in (review, other):
        assert any(f"/reviews/{one.pk}/" in place for place in places)


def where(places: dict[str, str], figures: set[str]) -> set[tuple[str, str]]:
    """Where one of the figures is, in English or otherwise."""
    return {
        (place, figure)
        for place, text in places.items()
        for figure in figures
        if figure in text or figure.replace(".", ",") in text
    }


def beside(sink, log) -> dict[str, str]:  # noqa: F811 - the fixture's value
    """What stays beside pages: all rows but the answers themselves, and the rest."""
    found = leaks.rows(*SEALED) | leaks.remembered() | leaks.mails(sink.messages)
    return found | {"the log": leaks.words_of(log)}


def test_what_is_answered_is_nowhere_before_it_is_released(
    relationship,
    sink,  # noqa: F811 - the fixture
):
    with leaks.logged() as log, TestCase.captureOnCommitCallbacks(execute=True):
        review = said_by_many(relationship)
        round_at(timezone.now() + timedelta(days=3))
        places = pages(relationship, review, but=LONG) | beside(sink, log)
        assert where(places, {WORD}) == set()
        own, other = (sittings.begun(one) for one in raters(review)[:2])
        words = sittings.page("words")
        assert WORD in sittings.shown(own, words)
        assert WORD not in sittings.shown(other, words)

        figures = figures_of(closed(review), Side.CLIENT)
        round_at(review.closes_at + timedelta(hours=9))
        places = pages(relationship, review, but=LONG)
        # What is computed waits in the one table of results.
        del (rows := beside(sink, log))["engagements.ReviewResult"]
    assert review.state == HealthReview.State.CLOSED
    assert where(places | rows, {WORD, *figures}) == set()

    releasing.release_review(review=review, by=review.facilitator, now=timezone.now())
    result = reader(relationship, Side.CLIENT).get(review.get_absolute_url()).text
    assert WORD in result


def said_by_many(relationship) -> HealthReview:
    """Everybody answers, one with a word; somebody of neither side will release it."""
    review = still_asking(
        relationship=relationship,
        client=5,
        supplier=5,
        facilitator=ContactFactory(),
        facilitator_disclosure="Belongs to nobody.",
    )
    answer_all(review)
    odd(review, raters(review, Side.CLIENT))
    for number, rater in enumerate(raters(review)):
        said = f"More {WORD if number == 0 else number}"
        answering.save_words(rater=rater, words={"OPEN1": said})
    return review


def reader(relationship, side: Side) -> Client:
    """The executive of a side, signed in."""
    browser = Client()
    browser.force_login(getattr(relationship, side).memberships.get().contact.user)
    return browser


def pages(relationship, *reviews: HealthReview, **but) -> dict[str, str]:
    """All that an executive of either side reaches."""
    found = {}
    doors = [review.get_absolute_url() for review in reviews]
    for side in Side:
        browser = reader(relationship, side)
        for address, text in crawl(browser, *doors, **but):
            found[f"{side} {address}"] = text
    return found


def test_the_search_finds_what_is_there_to_be_found(relationship):
    """The same figures of enough people are kept at full precision, for later waves."""
    review = still_asking(relationship=relationship, client=5, supplier=5)
    answer_all(review, client=5, supplier=6)
    odd(review, raters(review, Side.CLIENT))
    figures = figures_of(closed(review), Side.CLIENT)

    assert any(
        figure in text for text in leaks.rows(*SEALED).values() for figure in figures
    )
