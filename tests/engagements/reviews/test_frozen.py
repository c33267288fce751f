"""What the database refuses, whoever writes: each refusal exists and bites."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from engagements.models import (
    HealthReview,
    InstrumentVersion,
    OpenResponse,
    Rater,
    ReviewResult,
    ReviewSecret,
    ReviewTransition,
    SealedComment,
    SealedResponse,
)
from engagements.parties.actions.demo import remove_demo
from engagements.reviews import frozen
from engagements.reviews.actions import asking
from engagements.reviews.frozen.joint import JOINT
from engagements.reviews.frozen.refusals import REFUSALS
from tests.engagements.reviews.waves import (
    after_closing,
    answer_all,
    open_wave,
    raters,
    scheduled_wave,
    still_asking,
)
from tests.factories import ContactFactory, OrganisationFactory, RelationshipFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked():
    return still_asking()


@pytest.fixture
def closed(asked):
    answer_all(asked)
    asking.close_review(review=asked, now=after_closing(asked))
    asked.refresh_from_db()
    return asked


def review_rows(review):
    return HealthReview.objects.filter(pk=review.pk)


def erase(rows):
    """Delete by one statement, as somebody at the database would."""
    rows._raw_delete("default")  # noqa: SLF001 - Django itself would ask for children first


def sealed(model, review, **values):
    return model.objects.create(review=review, side="client", **values)


def change_instrument(review):
    InstrumentVersion.objects.filter(pk=review.instrument_id).update(content={})


def another_mode(review):
    review_rows(review).update(mode="named")


def another_day(review):
    review_rows(review).update(closes_on=review.closes_on + timedelta(days=1))


def back_to_open(review):
    review_rows(review).update(state="scheduled")


def delete_review(review):
    erase(HealthReview.objects.filter(pk=review.pk))


def add_rater(review):
    Rater.objects.create(review=review, side="client", contact=ContactFactory())


def exchange_rater(review):
    one = Rater.objects.filter(review=review).first()
    Rater.objects.filter(pk=one.pk).update(contact=ContactFactory())


def remove_rater(review):
    erase(Rater.objects.filter(review=review))


def answer_late(review):
    OpenResponse.objects.create(key="late", review=review, side="client", group="ops")


def change_late(review):
    # Put there while it asked; the review closes under it.
    OpenResponse.objects.create(key="left", review=review, side="client", group="ops")
    review_rows(review).update(state="closed", closed_at=timezone.now())
    OpenResponse.objects.filter(pk="left").update(side="supplier")


def new_secret(review):
    ReviewSecret.objects.create(review=review, secret=b"x")


def change_secret(review):
    ReviewSecret.objects.filter(review=review).update(secret=b"x")


def seal_late(review):
    sealed(SealedResponse, review, group="ops")


def comment_late(review):
    sealed(SealedComment, review, item="OPEN1", text="late")


def change_sealed(review):
    SealedResponse.objects.filter(review=review).update(side="supplier")


def change_comment(review):
    sealed(SealedComment, review, item="OPEN1", text="words")
    SealedComment.objects.filter(review=review).update(text="others")


def another_result(review):
    ReviewResult.objects.create(review=review, audience="other", document={})


def change_result(review):
    ReviewResult.objects.filter(review=review).update(document={})


def remove_result(review):
    erase(ReviewResult.objects.filter(review=review))


def rewrite_history(review):
    ReviewTransition.objects.filter(review=review).update(reason="other")


def forget_history(review):
    erase(ReviewTransition.objects.filter(review=review))


# Which refusal bites on which act, on a review that asks or that is closed.
ACTS = {
    "frozen_used_instrument": (change_instrument, "asked"),
    "frozen_open_review": (another_mode, "asked"),
    "frozen_open_calendar": (another_day, "asked"),
    "frozen_review_state": (back_to_open, "asked"),
    "frozen_opened_review_stays": (delete_review, "asked"),
    "frozen_rater_added": (add_rater, "asked"),
    "frozen_rater_changed": (exchange_rater, "asked"),
    "frozen_rater_removed": (remove_rater, "asked"),
    "frozen_answer_insert": (answer_late, "closed"),
    "frozen_answer_update": (change_late, "asked"),
    "frozen_secret_given": (new_secret, "closed"),
    "frozen_secret_changed": (change_secret, "asked"),
    "frozen_sealed_response_added": (seal_late, "closed"),
    "frozen_sealed_comment_added": (comment_late, "closed"),
    "frozen_sealed_response_changed": (change_sealed, "closed"),
    "frozen_sealed_comment_changed": (change_comment, "asked"),
    "frozen_result_added": (another_result, "closed"),
    "frozen_result_changed": (change_result, "closed"),
    "frozen_result_removed": (remove_result, "closed"),
    "frozen_transition_changed": (rewrite_history, "asked"),
    "frozen_transition_removed": (forget_history, "asked"),
}


def test_every_refusal_is_installed_and_tried():
    names = {one.trigger for one in REFUSALS}

    assert frozen.installed() == names | {one.trigger for one in JOINT}
    assert set(ACTS) == names


@pytest.mark.parametrize("trigger", sorted(ACTS))
def test_the_database_refuses(trigger, request):
    act, state = ACTS[trigger]
    review = request.getfixturevalue(state)
    words = next(one.words for one in REFUSALS if one.trigger == trigger)

    with pytest.raises(IntegrityError, match=words), transaction.atomic():
        act(review)


@pytest.mark.parametrize("trigger", sorted(ACTS))
def test_without_the_trigger_the_same_is_taken(trigger, request):
    act, state = ACTS[trigger]
    review = request.getfixturevalue(state)
    one = next(one for one in REFUSALS if one.trigger == trigger)
    on = f" ON {one.table}" if connection.vendor == "postgresql" else ""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER {trigger}{on}")

        act(review)

        transaction.set_rollback(True)


def test_before_opening_everything_may_change():
    review = scheduled_wave()

    add_rater(review)
    another_mode(review)
    remove_rater(review)

    assert not review.raters.exists()


def test_the_days_move_once():
    review = open_wave()

    review_rows(review).update(extended_at=timezone.now(), closes_on=review.closes_on)

    with pytest.raises(IntegrityError), transaction.atomic():
        another_day(review)


def test_whether_somebody_took_part_is_written_once(closed):
    rater = raters(closed)[0]

    with pytest.raises(IntegrityError), transaction.atomic():
        Rater.objects.filter(pk=rater.pk).update(took_part=False)


def test_the_invented_world_is_taken_away_with_its_reviews():
    places = [OrganisationFactory(demo=True) for _place in "ab"]
    relationship = RelationshipFactory(client=places[0], supplier=places[1])
    review = still_asking(relationship=relationship)
    answer_all(review)
    asking.close_review(review=review, now=after_closing(review))

    remove_demo()

    assert not HealthReview.objects.filter(pk=review.pk).exists()
    assert not SealedResponse.objects.exists()
    assert not ReviewResult.objects.exists()


def test_installing_twice_is_installing_once():
    frozen.install()
    frozen.install()

    assert len(frozen.installed()) == len(REFUSALS) + len(JOINT)
