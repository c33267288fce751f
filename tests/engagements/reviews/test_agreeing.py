"""What follows from a talk: three actions at most, promised once both sides agree."""

from datetime import timedelta

import pytest
from django.utils import timezone

from engagements.errors import RuleError
from engagements.models import (
    Commitment,
    Contact,
    HealthReview,
    ReviewAction,
    ReviewConfirmation,
    Side,
    TeamRole,
    TimelineEntry,
)
from engagements.reviews.actions import agreeing
from engagements.reviews.queries.agreed import burden, coordinators, sides_asked
from tests.engagements.reviews import talks
from tests.factories import CommitmentFactory, ContactFactory

pytestmark = pytest.mark.django_db
State = HealthReview.State


@pytest.fixture
def talk():
    found = talks.released()
    found.hold()
    return found


def states(talk):
    return {one.side: one.state for one in sides_asked(talk.fresh())}


# -- Writing down ---------------------------------------------------------------------


@pytest.mark.parametrize("side", list(Side))
def test_an_action_says_who_what_until_when_and_how_it_will_show(talk, side):
    action = talk.propose(side)

    action = ReviewAction.objects.get(pk=action.pk)
    assert (action.side, action.owner) == (side, talk.people[side])
    assert action.measure == "Both desks log the call"
    assert action.dimension == "COM"
    assert action.commitment is None


def test_actions_are_noted_before_the_talk_is_over():
    early = talks.released()

    early.propose()
    early.hold()

    assert early.review.actions.count() == 1


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("text", "  ", "will be done"),
        ("measure", "", "see that it is done"),
        ("dimension", "", "topic"),
        ("dimension", "NONE", "topic"),
    ],
)
def test_an_action_is_complete(talk, field, value, words):
    with pytest.raises(RuleError, match=words) as error:
        talk.propose(**{field: value})

    assert error.value.field == field
    assert not ReviewAction.objects.exists()


def test_an_action_is_due_on_a_day_ahead(talk):
    with pytest.raises(RuleError, match="ahead"):
        talk.propose(due_on=timezone.localdate() - timedelta(days=1))

    talk.propose(due_on=timezone.localdate())


@pytest.mark.parametrize("side", list(Side))
def test_its_owner_speaks_for_the_side_that_promises(talk, side):
    for owner in (talk.people[side.other], ContactFactory()):
        with pytest.raises(RuleError, match="does not speak for that side"):
            talk.propose(side, owner=owner)


def test_three_are_the_most(talk):
    for number in range(3):
        talk.propose(text=f"Number {number}")

    with pytest.raises(RuleError, match="Three actions are the most"):
        talk.propose(text="One more")


def test_two_alike_would_be_one_promise(talk):
    talk.propose()

    with pytest.raises(RuleError, match="already"):
        talk.propose()
    other = talk.propose(text="Something else")
    with pytest.raises(RuleError, match="already"):
        change(talk, other)
    # Saved as it stands, an action is not like another.
    change(talk, other, text="Something else", measure="Seen on the board")


def change(talk, action, **values):
    by = talk.people[Side.SUPPLIER]
    return agreeing.change(action=action, by=by, proposal=talk.proposal(**values))


def test_an_action_is_worded_anew_and_left_out(talk):
    action = talk.propose()

    change(talk, action, text="Ring all desks", dimension="SOL")

    found = ReviewAction.objects.get()
    assert (found.text, found.dimension) == ("Ring all desks", "SOL")
    assert found.proposed_by == talk.people[Side.SUPPLIER]
    agreeing.remove(action=action)
    assert not ReviewAction.objects.exists()
    with pytest.raises(RuleError, match="left out meanwhile"):
        change(talk, action)


def test_once_agreed_an_action_is_a_promise_and_does_not_change(talk):
    action = talk.propose()
    talk.agree()

    for act in (
        lambda: talk.propose(text="Another"),
        lambda: change(talk, action, text="Less"),
        lambda: agreeing.remove(action=action),
    ):
        with pytest.raises(RuleError, match="Both sides agreed"):
            act()


def test_a_review_that_asks_takes_no_actions(talk):
    HealthReview.objects.filter(pk=talk.review.pk).update(state=State.AGREED)
    HealthReview.objects.filter(pk=talk.review.pk).update(state=State.COMPLETED)

    with pytest.raises(RuleError, match="no actions now"):
        talk.propose()


def test_who_carries_how_many_counts_what_is_still_open(talk):
    done = timezone.now()
    earlier = [action_of(talk, "client") for _each in range(2)]
    earlier.append(action_of(talk, "supplier", done_at=done, done_on=done.date()))
    mine = [ReviewAction(side="client"), ReviewAction(side="client")]

    found, counts = burden(mine, earlier)

    assert found.one_sided
    assert counts == {Side.CLIENT: 4, Side.SUPPLIER: 0}
    # Three are too few to speak of a burden.
    assert not burden(mine, earlier[1:])[0].one_sided


def action_of(talk, side, **values):
    promise = CommitmentFactory(relationship=talk.relationship, side=side, **values)
    return ReviewAction(side=side, commitment=promise)


# -- Agreeing -------------------------------------------------------------------------


def test_both_coordinators_are_asked(talk):
    talk.propose()

    asked = talk.ask()

    assert set(asked) == set(Side.values)
    assert {row.contact for row in asked.values()} == set(talk.people.values())
    assert states(talk) == {"client": "asked", "supplier": "asked"}
    assert asked["client"].asked_on == timezone.localdate()


def test_nobody_is_asked_before_the_talk():
    early = talks.released()
    early.propose()

    with pytest.raises(RuleError, match="once the conversation was held"):
        early.ask()


def test_no_action_is_said_and_not_forgotten(talk):
    with pytest.raises(RuleError, match="none is needed"):
        talk.ask()
    talk.propose()
    with pytest.raises(RuleError, match="leave them out first"):
        talk.ask(no_action=True)
    assert not ReviewConfirmation.objects.exists()


def test_a_side_nobody_can_reach_is_named(talk):
    TeamRole.objects.filter(side="supplier").delete()
    talk.propose()

    with pytest.raises(RuleError, match="Nobody of Tarnmoor"):
        talk.ask()

    talk.relationship.sides.filter(side="supplier").update(
        owner=ContactFactory(organisation=talk.relationship.supplier)
    )
    assert talk.ask()["supplier"].contact.organisation == talk.relationship.supplier


@pytest.mark.parametrize("first", list(Side))
def test_one_yes_waits_for_the_other_and_the_second_makes_promises(talk, first):
    talk.propose(Side.CLIENT)
    talk.propose(Side.SUPPLIER, text="Name a duty lead")
    asked = talk.ask()

    talk.say(asked[first])
    assert not Commitment.objects.exists()
    assert talk.fresh().state == State.DISCUSSED
    talk.say(asked[first.other])

    assert talk.fresh().state == State.AGREED
    promise = Commitment.objects.get(side="supplier")
    assert promise.text == "Name a duty lead"
    assert promise.visibility == "shared"
    assert (promise.origin_kind, promise.origin_id) == ("review", talk.review.pk)
    assert promise.owner == talk.people[Side.SUPPLIER]
    assert promise.organisation == talk.relationship.supplier
    assert promise.review_action.text == promise.text
    assert promise.measure == "Both desks log the call"
    assert Commitment.objects.count() == 2


def test_that_both_agreed_stands_on_the_timeline(talk):
    talk.propose()
    talk.agree()

    titles = TimelineEntry.objects.values_list("title", flat=True)
    assert "Check-in: actions agreed" in titles
    assert "Promise made: Ring both desks at an alarm" in titles


def test_both_agree_that_no_action_is_needed(talk):
    talk.agree(no_action=True)

    assert talk.review.state == State.AGREED
    assert not Commitment.objects.exists()


def test_a_promise_written_by_hand_is_not_taken_for_an_action(talk):
    action = talk.propose()
    CommitmentFactory(
        relationship=talk.relationship,
        owner=action.owner,
        written_by=action.proposed_by,
        text=action.text,
        original_due_on=action.due_on,
    )

    talk.agree()

    assert Commitment.objects.count() == 2
    assert ReviewAction.objects.get().commitment.origin_kind == "review"


def test_a_no_needs_words_and_they_stay(talk):
    talk.propose()
    asked = talk.ask()

    with pytest.raises(RuleError):
        talk.say(asked["client"], yes=False)
    talk.say(asked["client"], yes=False, reason="December is too late")
    talk.say(asked["supplier"])

    assert talk.fresh().state == State.DISCUSSED
    assert states(talk) == {"client": "no", "supplier": "yes"}
    objection = sides_asked(talk.review)[0].objection
    assert objection == "December is too late"


@pytest.mark.parametrize("act", ["propose", "change", "remove"])
def test_a_change_takes_back_what_was_asked(talk, act):
    action = talk.propose()
    talk.propose(text="The second")
    asked = talk.ask()
    talk.say(asked["client"])
    talk.say(asked["supplier"], yes=False, reason="Not by then")
    {
        "propose": lambda: talk.propose(text="The third"),
        "change": lambda: change(talk, action, text="Ring all desks"),
        "remove": lambda: agreeing.remove(action=action),
    }[act]()

    assert states(talk) == {"client": "unasked", "supplier": "unasked"}
    # Why the other side said no is still read.
    assert sides_asked(talk.review)[1].objection == "Not by then"


def test_an_answer_to_what_was_changed_does_not_count(talk):
    action = talk.propose()
    before = talk.ask()
    talk.say(before["supplier"])
    change(talk, action, text="Ring all desks")

    with pytest.raises(RuleError, match="changed"):
        talk.say(before["client"])
    again = talk.ask()
    assert {row.round for row in again.values()} == {2}
    talk.say(again["client"])
    assert talk.fresh().state == State.DISCUSSED
    talk.say(again["supplier"])

    assert talk.fresh().state == State.AGREED
    assert Commitment.objects.get().text == "Ring all desks"


def test_asked_once_more_only_the_last_question_counts(talk):
    talk.propose()
    first, second = talk.ask(), talk.ask()

    with pytest.raises(RuleError, match="changed"):
        talk.say(first["client"])
    talk.say(second["client"])
    talk.say(second["supplier"])
    assert talk.fresh().state == State.AGREED


def guest_of(talk, side=Side.CLIENT):
    """Somebody else who speaks for a side, and the role by which they do."""
    guest = ContactFactory()
    role = TeamRole.objects.create(
        relationship=talk.relationship,
        side=side,
        contact=guest,
        role=TeamRole.Role.DELIVERY,
        from_on=talk.relationship.started_on,
    )
    return guest, role


@pytest.mark.parametrize("side", list(Side))
def test_an_owner_who_no_longer_speaks_for_the_side_is_named_before_asking(talk, side):
    guest, role = guest_of(talk, side)
    talk.propose(side, owner=guest)
    role.delete()

    with pytest.raises(RuleError, match="Ring both desks") as refused:
        talk.ask()

    assert guest.name in refused.value.message
    assert not ReviewConfirmation.objects.exists()


@pytest.mark.parametrize("side", list(Side))
def test_who_left_since_both_were_asked_does_not_undo_a_yes(talk, side):
    guest, role = guest_of(talk, side)
    talk.propose(side, owner=guest)
    asked = talk.ask()
    talk.say(asked[side])
    role.delete()

    talk.say(asked[side.other])

    assert talk.fresh().state == State.AGREED
    assert Commitment.objects.get().owner == talk.people[side]
    assert ReviewAction.objects.get().owner == talk.people[side]


# -- Who speaks for a side ------------------------------------------------------------


@pytest.mark.parametrize("side", list(Side))
def test_who_confirmed_the_people_speaks_for_the_side_while_there(talk, side):
    place = getattr(talk.relationship, side.value)
    deputy = ContactFactory(organisation=place)
    ReviewConfirmation.objects.create(
        review=talk.review,
        purpose="raters",
        side=side,
        contact=deputy,
        asked_on=timezone.localdate(),
    )
    assert coordinators(talk.review)[side] == deputy

    yesterday = timezone.localdate() - timedelta(days=1)
    Contact.objects.filter(pk=deputy.pk).update(left_on=yesterday)
    assert coordinators(talk.review)[side] == talk.people[side]
