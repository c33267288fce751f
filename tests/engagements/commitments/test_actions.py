"""Promises are made, moved, done, verified and let go; steps are one's own."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from engagements.commitments import actions, asking
from engagements.commitments.said import Said
from engagements.errors import RuleError
from engagements.models import Change, Commitment, PromiseAsk, Step, TimelineEntry
from tests.factories import CommitmentFactory, ContactFactory, StepFactory

pytestmark = pytest.mark.django_db


def promised(seat, visibility="shared", **changes):
    values = {
        "relationship": seat.relationship,
        "side": seat.side,
        "owner": seat.contact,
        "text": "Send the rota",
        "due_on": date(2030, 1, 14),
    }
    said = Said(**{**values, **changes})
    return asking.record(
        by=seat.by, own_side=seat.side, said=said, visibility=visibility
    )


def test_a_promise_is_kept_with_its_owner_and_stands_on_the_timeline_once(seats):
    own, _other = seats

    promise = promised(own, measure="Both have it")

    assert promise.original_due_on == promise.due_on == date(2030, 1, 14)
    entry = TimelineEntry.objects.get(object_id=promise.pk)
    assert entry.visibility == "shared"
    assert entry.facts == ["Due on 14 Jan 2030", "Both have it"]


def test_the_same_promise_sent_twice_is_one(seats):
    own, _other = seats

    assert promised(own) == promised(own)

    assert Commitment.objects.count() == 1
    assert promised(own, text="Another").text == "Another"


def test_the_other_sides_promise_is_never_internal(seats):
    own, other = seats

    with pytest.raises(RuleError, match="share it") as refused:
        promised(own, side=other.side, owner=other.contact, visibility="internal")

    assert refused.value.field == "shared"
    assert not PromiseAsk.objects.exists()


def test_an_owner_speaks_for_the_side_that_promises(seats):
    own, other = seats
    stranger = ContactFactory()
    for person in (other.contact, stranger):
        with pytest.raises(RuleError, match="does not speak for that side"):
            promised(own, owner=person)
    assert not Commitment.objects.exists()


def test_moving_keeps_the_date_first_agreed_and_the_reason(seats):
    own, _other = seats
    promise = promised(own)

    actions.move(
        by=own.by, commitment=promise, due_on=date(2030, 2, 1), reason="Strike"
    )

    promise.refresh_from_db()
    assert promise.original_due_on == date(2030, 1, 14)
    assert promise.due_on == date(2030, 2, 1)
    change = Change.objects.of(promise).get()
    assert change.reason == "Strike"


def test_a_promise_is_done_on_a_day_that_has_come(seats):
    own, _other = seats
    promise = promised(own)
    today = timezone.localdate()

    with pytest.raises(RuleError, match="a day that has come"):
        actions.finish(by=own.by, commitment=promise, done_on=today + timedelta(days=1))
    actions.finish(by=own.by, commitment=promise, done_on=today)

    promise.refresh_from_db()
    assert promise.done_on == today
    with pytest.raises(RuleError, match="closed"):
        actions.finish(by=own.by, commitment=promise, done_on=today)


def test_not_done_after_all_takes_the_line_off_the_timeline(seats):
    own, _other = seats
    promise = promised(own)
    with pytest.raises(RuleError, match="is open"):
        actions.reopen(by=own.by, commitment=promise)
    actions.finish(by=own.by, commitment=promise, done_on=timezone.localdate())

    actions.reopen(by=own.by, commitment=promise)

    promise.refresh_from_db()
    assert promise.done_at is None
    assert promise.done_on is None
    marks = TimelineEntry.objects.filter(object_id=promise.pk)
    assert [entry.mark for entry in marks] == ["made"]


def test_verified_stays_done(seats):
    own, other = seats
    promise = promised(own)
    with pytest.raises(RuleError, match="Only what is done"):
        actions.verify(by=other.by, commitment=promise)
    actions.finish(by=own.by, commitment=promise, done_on=timezone.localdate())

    actions.verify(by=other.by, commitment=promise)
    first = Commitment.objects.get().verified_at
    actions.verify(by=other.by, commitment=promise)

    promise.refresh_from_db()
    assert promise.verified_by == other.contact
    assert promise.verified_at == first
    with pytest.raises(RuleError, match="verified this promise"):
        actions.reopen(by=own.by, commitment=promise)


def test_a_promise_leaves_the_count_when_both_sides_let_it_go(seats):
    own, other = seats
    promise = promised(own)

    actions.let_go(by=own.by, commitment=promise, side=own.side, reason="Moot")
    actions.let_go(by=own.by, commitment=promise, side=own.side, reason="Again")
    promise.refresh_from_db()
    assert promise.cancelled_at is None
    actions.let_go(by=other.by, commitment=promise, side=other.side, reason="Agreed")

    promise.refresh_from_db()
    assert promise.cancelled_at is not None
    reasons = Change.objects.of(promise).values_list("reason", flat=True)
    assert set(reasons) == {"Moot", "Agreed"}


def test_an_internal_promise_is_let_go_by_its_side_alone(seats):
    own, _other = seats
    promise = promised(own, visibility="internal")

    actions.let_go(by=own.by, commitment=promise, side=own.side, reason="Moot")

    promise.refresh_from_db()
    assert promise.cancelled_at is not None


def test_a_promise_is_handed_on_within_its_side(seats):
    own, other = seats
    promise = promised(own)
    colleague = ContactFactory(organisation=own.by.organisation)

    actions.reassign(by=own.by, commitment=promise, owner=colleague)

    promise.refresh_from_db()
    assert promise.owner == colleague
    with pytest.raises(RuleError):
        actions.reassign(by=own.by, commitment=promise, owner=other.contact)


def test_a_step_is_added_once_changed_done_dropped_and_taken_back(client_seat):
    by = client_seat.by
    written = {
        "by": by,
        "relationship": client_seat.relationship,
        "owner": by.contact,
        "text": "Ring about the rota",
        "due_on": None,
    }

    step = actions.add_step(**written)
    assert actions.add_step(**written) == step
    actions.change_step(
        by=by, step=step, text="Ring", owner=by.contact, due_on=date(2030, 1, 1)
    )

    step = Step.objects.get()
    assert (step.text, step.due_on) == ("Ring", date(2030, 1, 1))
    assert actions.finish_step(step=step) is True
    assert actions.finish_step(step=step) is False
    assert actions.drop_step(step=step) is False
    assert actions.reopen_step(step=step) is True
    assert actions.drop_step(step=step) is True
    assert not Step.objects.open().exists()


def test_a_step_stands_in_no_timeline(client_seat):
    StepFactory(relationship=client_seat.relationship)
    CommitmentFactory(relationship=client_seat.relationship)

    assert not TimelineEntry.objects.exists()
