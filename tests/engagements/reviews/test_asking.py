"""The clock takes a review from opening to release: what it does, and does not do."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from engagements.errors import RuleError
from engagements.models import (
    HealthReview,
    InstrumentVersion,
    OpenResponse,
    Rater,
    ReviewResult,
    ReviewSecret,
    SealedComment,
    SealedResponse,
    Side,
    TimelineEntry,
)
from engagements.reviews.actions import answering, asking, clock, releasing
from engagements.reviews.actions.moving import move
from engagements.reviews.instrument.library import document
from engagements.reviews.states import TRANSITIONS, transition
from engagements.reviews.turnout import turnout
from tests.engagements.reviews.waves import (
    after_closing,
    answer,
    answer_all,
    morning,
    open_wave,
    raters,
    scheduled_wave,
    still_asking,
)
from tests.factories import (
    ContactFactory,
    OrganisationFactory,
    RelationshipFactory,
)

pytestmark = pytest.mark.django_db
State = HealthReview.State


def facilitator():
    return ContactFactory(organisation=OrganisationFactory(name="Neutral"))


def at_state(review: HealthReview) -> str:
    review.refresh_from_db()
    return review.state


def test_it_opens_on_its_day_and_not_before():
    review = scheduled_wave(opens_on=date(2026, 3, 2))

    assert clock.advance(morning(date(2026, 3, 1))) == 0
    assert clock.advance(morning(date(2026, 3, 2))) == 1
    assert clock.advance(morning(date(2026, 3, 2))) == 0

    assert at_state(review) == State.OPEN
    assert ReviewSecret.objects.filter(review=review).count() == 1
    assert review.weights["TRU"] == 0.125
    assert review.method["least_per_side"] == 3
    assert review.partition["client"] == ["commercial", "lead", "ops"]
    assert review.instrument.used_at == morning(date(2026, 3, 2))


def test_a_late_clock_gives_everybody_the_whole_time():
    review = scheduled_wave(opens_on=date(2026, 3, 2))

    clock.advance(morning(date(2026, 3, 5)))

    review.refresh_from_db()
    assert review.opens_on == date(2026, 3, 5)
    assert review.closes_on == date(2026, 3, 19)
    assert review.slot_on == date(2026, 3, 2)


def test_it_closes_when_the_day_is_over_in_the_westernmost_place():
    client = OrganisationFactory(time_zone="America/New_York")
    supplier = OrganisationFactory(time_zone="Asia/Tokyo")

    review = open_wave(RelationshipFactory(client=client, supplier=supplier))

    assert review.closes_on == date(2026, 3, 16)
    assert review.closes_at == datetime(2026, 3, 17, 3, 59, tzinfo=UTC)


def test_a_poor_turnout_is_extended_once_by_five_working_days():
    review = still_asking(client=6, supplier=6)
    for rater in raters(review, Side.CLIENT)[:2]:
        answer(rater, 6)
    before = review.closes_on

    clock.advance(after_closing(review))
    assert at_state(review) == State.EXTENDED
    assert (review.closes_on - before).days >= 7
    clock.advance(after_closing(review))

    assert at_state(review) == State.INSUFFICIENT
    assert OpenResponse.objects.count() == 0


def test_a_good_turnout_is_not_extended():
    review = still_asking(facilitator=facilitator())
    answer_all(review)

    clock.advance(after_closing(review))

    assert at_state(review) == State.CLOSED


def test_closing_seals_every_answer_without_its_key():
    review = still_asking()
    answer_all(review, client=7, supplier=2)
    first = raters(review)[0]
    answering.save_words(rater=first, words={"OPEN1": "Keep it", "OPEN3": "A word"})

    asking.close_review(review=review, now=after_closing(review))

    assert not OpenResponse.objects.exists()
    assert not ReviewSecret.objects.exists()
    assert SealedResponse.objects.filter(side="client").count() == 4
    assert {row.name for row in SealedResponse.objects.all()} == {""}
    kept = dict(SealedComment.objects.values_list("item", "audience"))
    assert kept == {"OPEN1": "both", "OPEN3": "facilitator"}
    assert set(Rater.objects.values_list("took_part", flat=True)) == {True}


def test_who_answered_nothing_did_not_take_part():
    review = still_asking(client=5)
    silent = raters(review, Side.CLIENT)[0]
    for rater in raters(review)[1:]:
        answer(rater, 5)

    asking.close_review(review=review, now=after_closing(review))

    silent.refresh_from_db()
    assert silent.took_part is False
    assert SealedResponse.objects.count() == 8


def test_a_named_check_in_needs_one_person_a_side_and_is_released_at_once():
    review = still_asking(
        client=2, supplier=2, mode="named", form=HealthReview.Form.CHECK_IN
    )
    for side in Side:
        answer(raters(review, side)[0], 5)

    asking.close_review(review=review, now=after_closing(review))

    assert at_state(review) == State.RELEASED
    names = set(SealedResponse.objects.values_list("name", flat=True))
    assert names == {raters(review, side)[0].contact.name for side in Side}


def test_no_name_without_consent():
    review = still_asking(
        client=2, supplier=2, mode="named", form=HealthReview.Form.CHECK_IN
    )

    with pytest.raises(RuleError):
        answering.save_answer(rater=raters(review)[0], item="TRU1", value="5")

    assert not OpenResponse.objects.exists()


def test_a_facilitator_releases_and_the_clock_only_after_two_working_days():
    review = still_asking(facilitator=facilitator())
    answer_all(review)
    asking.close_review(review=review, now=after_closing(review))
    review.refresh_from_db()

    clock.advance(morning(review.publish_by - timedelta(days=1)))
    assert at_state(review) == State.CLOSED
    clock.advance(morning(review.publish_by))
    assert at_state(review) == State.RELEASED

    assert not releasing.release_review(
        review=review, by=review.facilitator, now=morning(review.publish_by)
    )
    assert review.transitions.filter(to_state=State.RELEASED).count() == 1


def test_both_sides_read_the_same_events():
    review = still_asking()
    answer_all(review)

    asking.close_review(review=review, now=after_closing(review))

    shown = TimelineEntry.objects.filter(relationship=review.relationship)
    assert {(row.mark, row.visibility) for row in shown} == {
        ("open", "shared"),
        ("released", "shared"),
    }


def test_all_sent_closes_at_the_turn_of_the_day():
    review = still_asking()
    answer_all(review)
    for rater in raters(review):
        answering.send(rater=rater)

    assert clock.advance(morning(review.opens_on)) == 0
    clock.begin_day(morning(review.opens_on + timedelta(days=1)))

    assert at_state(review) == State.RELEASED


def test_one_who_has_not_sent_keeps_it_open():
    review = still_asking()
    answer_all(review)
    for rater in raters(review)[1:]:
        answering.send(rater=rater)

    clock.begin_day(morning(review.opens_on + timedelta(days=1)))

    assert at_state(review) == State.OPEN


def test_who_can_no_longer_be_reached_does_not_stand_for_somebody_else():
    review = still_asking()
    answer_all(review)
    for rater in raters(review)[1:]:
        answering.send(rater=rater)
    bounced = raters(review)[1]
    Rater.objects.filter(pk=bounced.pk).update(ineligible="bounced")

    clock.begin_day(morning(review.opens_on + timedelta(days=1)))

    assert at_state(review) == State.OPEN
    found = turnout(review).sides[bounced.side]
    # Who answered before that counts, as in the result.
    assert (found.asked, found.completed, found.sent) == (4, 4, 3)


def test_a_seat_taken_away_counts_nowhere():
    review = still_asking()
    answer_all(review)
    gone = raters(review)[0]
    answering.send(rater=gone)
    Rater.objects.filter(pk=gone.pk).update(revoked_at=timezone.now())

    found = turnout(review).sides[gone.side]

    assert (found.asked, found.completed, found.sent) == (3, 3, 0)


def test_what_nobody_confirmed_in_time_is_cancelled_with_its_reason():
    review = scheduled_wave(opens_on=date(2026, 3, 2), state=State.DRAFT)

    clock.begin_day(morning(date(2026, 4, 2)))

    assert at_state(review) == State.CANCELLED
    assert "not confirmed" in review.cancelled_reason


def test_calling_it_off_destroys_every_answer():
    review = still_asking()
    answer_all(review)

    asking.cancel_open(review=review, reason="A merger was announced")

    assert at_state(review) == State.CANCELLED
    assert not OpenResponse.objects.exists()
    assert not SealedResponse.objects.exists()
    assert not ReviewResult.objects.exists()


def test_one_review_that_fails_holds_up_no_other(caplog):
    broken = scheduled_wave(opens_on=date(2026, 3, 2))
    # A question set nobody can read any more.
    type(broken.instrument).objects.filter(pk=broken.instrument_id).update(content={})
    own = InstrumentVersion.objects.create(
        key="OWN", version="1", content=document(), published_at=timezone.now()
    )
    sound = scheduled_wave(opens_on=date(2026, 3, 2))
    HealthReview.objects.filter(pk=sound.pk).update(instrument=own)

    done = clock.advance(morning(date(2026, 3, 2)))

    assert done == 1
    assert at_state(sound) == State.OPEN
    assert at_state(broken) == State.SCHEDULED
    assert "could not be taken on" in caplog.text


@pytest.mark.parametrize("before", list(State))
@pytest.mark.parametrize("after", list(State))
def test_only_the_steps_of_the_table_are_taken(before, after):
    review = scheduled_wave(client=0, supplier=0)
    bring_to(review, before)
    step = transition(before, after)

    if step is None:
        with pytest.raises(RuleError):
            move(review=review, to=after, reason="Said")
        assert at_state(review) == before
    else:
        move(review=review, to=after, reason="Said")
        assert at_state(review) == after


def bring_to(review: HealthReview, state: str) -> None:
    """Along the table, from a draft."""
    HealthReview.objects.filter(pk=review.pk).delete()
    review.state = State.DRAFT
    review.save(force_insert=True)
    paths: dict[str, list[str]] = {State.DRAFT: []}
    for one in TRANSITIONS * len(State):
        if one.before in paths and one.after not in paths:
            paths[one.after] = [*paths[one.before], one.after]
    for after in paths[state]:
        move(review=review, to=after, reason="Said")


def test_a_step_that_needs_a_reason_is_refused_without():
    review = scheduled_wave()

    with pytest.raises(RuleError) as refused:
        move(review=review, to=State.CANCELLED, by=None, reason="  ")

    assert refused.value.field == "reason"
