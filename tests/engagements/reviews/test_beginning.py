"""Somebody of either side begins a review: what it starts with, and once."""

from datetime import date

import pytest
import time_machine

from engagements.errors import RuleError
from engagements.models import (
    Change,
    Contract,
    HealthReview,
    InstrumentVersion,
    Rater,
    Relationship,
)
from engagements.reviews.actions import asking, plan_reviews, setting_up
from engagements.reviews.instrument.library import document, supplied
from tests.engagements.reviews.setups import (
    CHECK_IN,
    FULL,
    NOW,
    OPENS,
    PULSE,
    TODAY,
    begun,
    day_off,
    people_of,
    scheduled,
    staffed,
)
from tests.engagements.reviews.waves import morning
from tests.factories import ContactFactory, ContractFactory, TeamRoleFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(NOW, tick=False):
        yield


def planned_line(pair) -> HealthReview:
    plan_reviews([pair.relationship.pk], TODAY)
    return HealthReview.objects.planned().get(relationship=pair.relationship)


def test_it_says_who_began_it_and_for_which_side(pair):
    review = begun(staffed(pair))

    assert (review.owner, review.owner_side) == (pair.by().contact, pair.own)
    assert (review.state, review.cause, review.mode) == (
        "draft",
        "by_hand",
        "confidential",
    )
    transition = review.transitions.get()
    assert (transition.to_state, transition.by) == ("draft", pair.by().contact)


def test_somebody_with_two_roles_is_asked_once_as_the_first_of_them(pair):
    staffed(pair, roles=())
    person = pair.by().contact
    TeamRoleFactory(
        relationship=pair.relationship,
        side=pair.own,
        contact=person,
        role="legal",
        from_on=date(2020, 1, 1),
    )

    assert people_of(begun(pair), pair.own) == {person: "lead"}


def test_the_people_of_last_time_are_those_of_the_same_form(pair):
    staffed(pair)
    light = scheduled(pair, CHECK_IN)
    asking.open_review(review=light, now=morning(OPENS))
    light.refresh_from_db()
    asking.close_review(review=light, now=morning(light.closes_on))

    review = begun(pair, FULL, opens_on=date(2027, 3, 1))

    assert len(people_of(review, pair.own)) == 4


def test_a_line_of_the_calendar_far_away_stays(pair):
    pair.relationship.started_on = date(2024, 2, 1)
    staffed(pair)
    line = planned_line(pair)

    review = begun(pair, line.form)

    assert review.pk != line.pk
    assert (review.opens_on, review.closes_on) == (OPENS, date(2026, 12, 14))
    assert planned_line(pair).slot_on == line.slot_on
    pair.relationship.refresh_from_db()
    assert pair.relationship.next_review_on == OPENS


def test_a_line_nearby_becomes_the_review_in_whatever_form(pair):
    ContractFactory(relationship=pair.relationship, state=Contract.State.ACTIVE)
    line = planned_line(pair)
    assert line.opens_on == date(2027, 1, 15)

    review = begun(pair, CHECK_IN)

    assert (review.pk, review.slot_on, review.cause) == (line.pk, line.slot_on, "")
    assert review.opens_on == OPENS
    assert planned_line(pair).slot_on > review.slot_on


def test_a_day_that_was_called_off_can_be_used_again(pair):
    first = begun(staffed(pair))
    setting_up.cancel(by=pair.by(), review=first, reason="Another week")
    pair.relationship.refresh_from_db()
    assert pair.relationship.next_review_on > OPENS
    line = planned_line(pair)

    second = begun(pair)

    assert (second.opens_on, second.slot_on) == (OPENS, line.slot_on)


def test_a_double_click_begins_one_and_another_is_refused(pair):
    first = begun(staffed(pair))

    assert begun(pair) == first
    with pytest.raises(RuleError, match="already under way"):
        begun(pair, CHECK_IN)
    with pytest.raises(RuleError, match="already under way"):
        setting_up.begin(
            by=pair.by(pair.other),
            relationship=pair.relationship,
            side=pair.other,
            form=FULL,
            opens_on=OPENS,
        )
    assert HealthReview.objects.exclude(set_up_at=None).count() == 1


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"marked_active_at": None}, "no live contract"),
        ({"archived_at": "2026-01-01T00:00Z"}, "archived"),
        ({"proposed_to": "client"}, "not accepted"),
    ],
)
def test_the_relationship_must_be_active(pair, changes, words):
    staffed(pair)
    Relationship.objects.filter(pk=pair.relationship.pk).update(**changes)

    with pytest.raises(RuleError, match=words):
        begun(pair)


def test_a_holiday_of_either_side_is_no_day_to_open(pair):
    staffed(pair)
    day_off(getattr(pair.relationship, pair.other), OPENS)

    with pytest.raises(RuleError, match="1 Dec 2026") as refused:
        begun(pair)
    assert refused.value.field == "opens_on"
    assert begun(pair, opens_on=TODAY).opens_on == TODAY


def version(**values) -> InstrumentVersion:
    given = {"key": "own", "version": "1", "content": document(), **values}
    return InstrumentVersion.objects.create(**given)


def test_a_question_set_must_be_published_and_one_s_own(pair):
    staffed(pair)
    draft = version(organisation=pair.by().organisation)
    theirs = version(organisation=pair.by(pair.other).organisation, published_at=NOW)

    for wrong in (draft, theirs):
        with pytest.raises(RuleError, match="published question set") as refused:
            begun(pair, instrument=wrong)
        assert refused.value.field == "instrument"
    InstrumentVersion.objects.filter(pk=draft.pk).update(published_at=NOW)
    assert begun(pair, instrument=draft).instrument == draft


def changed(pair, review, **values):
    same = {
        "opens_on": review.opens_on,
        "mode": review.mode,
        "instrument": review.instrument,
        "mirror": review.mirror,
    }
    return setting_up.change(by=pair.by(), review=review, **same | values)


def test_a_change_moves_the_days_and_is_kept(pair):
    review = begun(staffed(pair))

    review = changed(pair, review, opens_on=date(2026, 12, 7), mode="named")

    assert review.closes_on == date(2026, 12, 21)
    (change,) = Change.objects.filter(object_id=review.pk)
    assert change.fields["mode"] == ["confidential", "named"]
    pair.relationship.refresh_from_db()
    assert pair.relationship.next_review_on == date(2026, 12, 7)


def test_only_another_question_set_need_still_be_published(pair):
    review = begun(staffed(pair))
    InstrumentVersion.objects.filter(pk=supplied().pk).update(withdrawn_at=NOW)

    assert changed(pair, review, mode="named").mode == "named"
    with pytest.raises(RuleError, match="published question set"):
        changed(pair, review, instrument=version())


def test_nothing_is_changed_once_both_have_confirmed(pair):
    review = scheduled(staffed(pair), PULSE)

    with pytest.raises(RuleError, match="no longer change"):
        changed(pair, review, mode="named")


def test_nobody_is_asked_on_both_sides(pair):
    review = begun(staffed(pair), CHECK_IN)
    twice = next(iter(people_of(review, pair.own)))
    TeamRoleFactory(relationship=pair.relationship, side=pair.other, contact=twice)

    with pytest.raises(RuleError, match="on the other side already"):
        setting_up.set_people(
            by=pair.by(pair.other),
            review=review,
            side=pair.other,
            people={twice: "ops"},
        )


def test_a_group_is_one_of_three(pair):
    review = begun(staffed(pair), CHECK_IN)
    person = ContactFactory(organisation=getattr(pair.relationship, pair.own))

    with pytest.raises(RuleError, match="Choose a group"):
        setting_up.set_people(
            by=pair.by(), review=review, side=pair.own, people={person: "friends"}
        )
    assert not Rater.objects.filter(contact=person).exists()
