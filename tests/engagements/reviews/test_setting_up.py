"""Setting a review up: what is guarded, what makes both sides confirm again."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from engagements.errors import RuleError
from engagements.models import (
    HealthReview,
    Organisation,
    Rater,
    ReviewConfirmation,
    Side,
    standing_of,
)
from engagements.parties.calendars import joint_calendar
from engagements.reviews.actions import (
    clock,
    confirming,
    facilitating,
    scheduling,
    setting_up,
)
from engagements.reviews.actions.planning import plan_reviews
from tests.engagements.parties.test_at_once import at_once
from tests.engagements.reviews.waves import still_asking
from tests.factories import (
    ContactFactory,
    MembershipFactory,
    OrganisationFactory,
    RelationshipFactory,
    TeamRoleFactory,
)

pytestmark = pytest.mark.django_db
State = HealthReview.State


@pytest.fixture
def by():
    return standing_of(MembershipFactory().contact.user)


@pytest.fixture
def relationship(by):
    found = RelationshipFactory(client=by.organisation, marked_active_at=timezone.now())
    for side in Side:
        for role in ("interface", "sponsor", "delivery", "legal"):
            TeamRoleFactory(relationship=found, side=side, role=role)
    return found


def working_day(relationship, days: int = 3) -> date:
    both = joint_calendar(relationship.client, relationship.supplier)
    return both.add(timezone.localdate(), days)


def begun(by, relationship, form="check_in", **values) -> HealthReview:
    return setting_up.begin(
        by=by,
        relationship=relationship,
        side=Side.CLIENT,
        form=form,
        opens_on=working_day(relationship),
        **values,
    )


def facilitated(by, relationship) -> HealthReview:
    review = begun(by, relationship, "full")
    facilitating.choose_facilitator(
        by=by, review=review, name="Nora", email="nora@n.example", works_for="Neutral"
    )
    review.refresh_from_db()
    return review


def say_yes(rows: list[ReviewConfirmation]) -> None:
    for row in rows:
        confirming.answer(confirmation=row, yes=True, by=row.contact)


def test_a_check_in_asks_two_people_a_side_by_name(by, relationship):
    review = begun(by, relationship)

    assert review.mode == "named"
    seats = review.raters.values_list("side", "group")
    assert sorted(seats) == [
        ("client", "lead"), ("client", "lead"),
        ("supplier", "lead"), ("supplier", "lead"),
    ]  # fmt: skip


def test_a_full_review_asks_the_team_confidentially(by, relationship):
    review = begun(by, relationship, "full")

    assert review.mode == "confidential"
    groups = review.raters.filter(side="client").values_list("group", flat=True)
    assert sorted(groups) == ["commercial", "lead", "lead", "ops"]


def test_the_people_of_last_time_are_asked_again(by, relationship):
    last = still_asking(relationship=relationship, form="full", client=5)
    HealthReview.objects.filter(pk=last.pk).update(state="closed")
    HealthReview.objects.filter(pk=last.pk).update(state="released")
    gone = last.raters.filter(side="client").first().contact
    yesterday = timezone.localdate() - timedelta(days=1)
    type(gone).objects.filter(pk=gone.pk).update(left_on=yesterday)

    review = begun(by, relationship, "full")

    before = set(last.raters.values_list("contact_id", flat=True)) - {gone.pk}
    assert set(review.raters.values_list("contact_id", flat=True)) == before


def test_it_takes_over_the_line_of_the_calendar(by, relationship):
    plan_reviews([relationship.pk], timezone.localdate())
    planned = HealthReview.objects.get(relationship=relationship)

    review = begun(by, relationship, planned.form)

    assert review.pk == planned.pk
    assert review.slot_on == planned.slot_on
    assert not review.is_planned


def test_one_review_is_under_way_at_a_time(by, relationship):
    begun(by, relationship)

    with pytest.raises(RuleError, match="already under way"):
        begun(by, relationship, "full")


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_a_double_click_begins_one(by, relationship):
    results = at_once(lambda: begun(by, relationship), lambda: begun(by, relationship))

    assert results[0] == results[1]
    begun_ones = HealthReview.objects.exclude(set_up_at=None)
    assert begun_ones.filter(relationship=relationship).count() == 1


@pytest.mark.parametrize("days", [-1, -30])
def test_it_opens_on_no_day_that_has_passed(by, relationship, days):
    with pytest.raises(RuleError) as error:
        setting_up.begin(
            by=by,
            relationship=relationship,
            side=Side.CLIENT,
            form="full",
            opens_on=timezone.localdate() + timedelta(days=days),
        )

    assert error.value.field == "opens_on"


def test_it_opens_on_a_working_day_of_both(by, relationship):
    day = timezone.localdate()
    day += timedelta(days=5 - day.weekday() if day.weekday() < 5 else 7)

    with pytest.raises(RuleError, match="The next day they do is"):
        setting_up.begin(
            by=by,
            relationship=relationship,
            side=Side.CLIENT,
            form="full",
            opens_on=day,
        )


def test_both_coordinators_confirm_and_it_is_scheduled(by, relationship):
    review = begun(by, relationship)
    asked = scheduling.ask_coordinators(by=by, review=review)

    assert {row.side for row in asked} == {"client", "supplier"}
    say_yes(asked[:1])
    review.refresh_from_db()
    assert review.state == State.DRAFT
    say_yes(asked)

    review.refresh_from_db()
    assert review.state == State.SCHEDULED


def test_asking_twice_is_asking_once(by, relationship):
    review = begun(by, relationship)

    first = scheduling.ask_coordinators(by=by, review=review)
    again = scheduling.ask_coordinators(by=by, review=review)

    assert [row.pk for row in first] == [row.pk for row in again]


def test_a_change_of_people_makes_both_confirm_again(by, relationship):
    review = begun(by, relationship)
    old = scheduling.ask_coordinators(by=by, review=review)
    say_yes(old[:1])
    person = ContactFactory(organisation=relationship.client)

    setting_up.set_people(
        by=by, review=review, side=Side.CLIENT, people={person: "ops"}
    )

    with pytest.raises(RuleError, match="changed since"):
        confirming.answer(confirmation=old[1], yes=True, by=old[1].contact)
    new = scheduling.ask_coordinators(by=by, review=review)
    assert {row.round for row in new} == {2}


def test_the_same_people_again_change_nothing(by, relationship):
    review = begun(by, relationship)
    asked = scheduling.ask_coordinators(by=by, review=review)
    seats = review.raters.filter(side="client").select_related("contact")
    people = {seat.contact: seat.group for seat in seats}

    setting_up.set_people(by=by, review=review, side=Side.CLIENT, people=people)

    asked[0].refresh_from_db()
    assert asked[0].version == 1


def test_a_no_needs_a_reason_and_asks_again(by, relationship):
    review = begun(by, relationship)
    asked = scheduling.ask_coordinators(by=by, review=review)

    with pytest.raises(RuleError) as error:
        confirming.answer(confirmation=asked[0], yes=False, by=asked[0].contact)
    assert error.value.field == "reason"
    confirming.answer(
        confirmation=asked[0], yes=False, by=asked[0].contact, reason="Ask Priya too"
    )
    new = scheduling.ask_coordinators(by=by, review=review)

    assert {row.round for row in new} == {2}


@pytest.mark.parametrize(
    ("people", "words"),
    [
        (2, "can only be named"),
        (3, "are needed, or a reason"),
        (0, "Nobody of .* is on the list"),
    ],
)
def test_too_few_people_are_refused(by, relationship, people, words):
    review = facilitated(by, relationship)
    keep = review.raters.filter(side="client").values_list("pk", flat=True)[:people]
    review.raters.filter(side="client").exclude(pk__in=list(keep)).delete()

    with pytest.raises(RuleError, match=words):
        scheduling.ask_coordinators(by=by, review=review)


def test_three_are_enough_with_a_reason(by, relationship):
    review = facilitated(by, relationship)
    review.raters.filter(side="client").first().delete()

    scheduling.accept_few(by=by, review=review, reason="The team is that small")

    assert len(scheduling.ask_coordinators(by=by, review=review)) == 2


def test_a_full_review_needs_a_facilitator(by, relationship):
    review = begun(by, relationship, "full")

    with pytest.raises(RuleError, match="facilitator"):
        scheduling.ask_coordinators(by=by, review=review)


def test_nobody_of_either_side_facilitates(by, relationship):
    review = begun(by, relationship, "full")
    insider = ContactFactory(organisation=relationship.supplier, email="in@s.example")

    with pytest.raises(RuleError, match="belongs to one of the two sides"):
        facilitating.choose_facilitator(
            by=by, review=review, name="In", email="in@s.example", works_for="Them"
        )

    review.refresh_from_db()
    assert review.facilitator is None
    assert insider.facilitates.count() == 0


@pytest.mark.parametrize("side", Side)
def test_whoever_works_for_a_side_by_their_own_word_does_not_facilitate(
    by, relationship, side
):
    review = begun(by, relationship, "full")
    named = getattr(relationship, side.value).name
    places = Organisation.objects.count()

    with pytest.raises(RuleError, match="one of the two sides") as refused:
        facilitating.choose_facilitator(
            by=by, review=review, name="Fay", email="fay@f.example",
            works_for=f" {named.upper()}",
        )  # fmt: skip

    review.refresh_from_db()
    assert refused.value.field == "works_for"
    assert review.facilitator is None
    assert Organisation.objects.count() == places


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"email": ""}, "no e-mail address"),
        ({"left_on": date(2026, 1, 1)}, "has left"),
        ({"organisation": None}, "does not belong"),
    ],
)
def test_who_cannot_be_asked(by, relationship, change, words):
    review = begun(by, relationship)
    place = OrganisationFactory() if "organisation" in change else relationship.client
    values = {name: value for name, value in change.items() if name != "organisation"}
    person = ContactFactory(organisation=place, **values)

    with pytest.raises(RuleError, match=words):
        setting_up.set_people(
            by=by, review=review, side=Side.CLIENT, people={person: "ops"}
        )


def test_it_is_cancelled_with_a_reason_before_it_opens(by, relationship):
    review = begun(by, relationship)

    with pytest.raises(RuleError):
        setting_up.cancel(by=by, review=review, reason="")
    setting_up.cancel(by=by, review=review, reason="Not now")

    review.refresh_from_db()
    assert (review.state, review.cancelled_reason) == (State.CANCELLED, "Not now")


def test_an_open_one_is_called_off_by_both_sides_alone(by, relationship):
    review = begun(by, relationship)
    say_yes(scheduling.ask_coordinators(by=by, review=review))
    HealthReview.objects.filter(pk=review.pk).update(opens_on=timezone.localdate())
    clock.advance(timezone.now())
    with pytest.raises(RuleError, match="both coordinators"):
        setting_up.cancel(by=by, review=review, reason="Not now")

    rows = confirming.ask_to_cancel(
        review=review, side=Side.CLIENT, by=by.contact, reason="A merger"
    )
    review.refresh_from_db()
    assert review.state == State.OPEN
    confirming.answer(confirmation=rows[1], yes=True, by=rows[1].contact)

    review.refresh_from_db()
    assert (review.state, review.cancelled_reason) == (State.CANCELLED, "A merger")


def test_an_open_review_does_not_change(by, relationship):
    review = still_asking(relationship=relationship)

    with pytest.raises(RuleError, match="no longer change"):
        setting_up.set_people(by=by, review=review, side=Side.CLIENT, people={})

    assert Rater.objects.filter(review=review).count() == 8
