"""What must be there before the sides confirm, and who is asked to."""

from datetime import date, timedelta

import pytest
import time_machine

from engagements.errors import RuleError
from engagements.models import (
    Contact,
    HealthReview,
    InstrumentVersion,
    Organisation,
    RelationshipSide,
)
from engagements.reviews import links
from engagements.reviews.actions import (
    asking,
    confirming,
    facilitating,
    scheduling,
    setting_up,
)
from engagements.reviews.links import Held
from engagements.reviews.queries.setting_up import so_far
from engagements.reviews.readiness import missing
from tests.engagements.reviews import waves
from tests.engagements.reviews.setups import (
    CHECK_IN,
    FULL,
    NOW,
    OPENS,
    PULSE,
    TODAY,
    ask,
    begun,
    confirm,
    day_off,
    latest,
    ready,
    scheduled,
    set_count,
    staffed,
    with_facilitator,
)
from tests.factories import (
    ContactFactory,
    MembershipFactory,
    RelationshipFactory,
    TeamRoleFactory,
)

pytestmark = pytest.mark.django_db
FORMS = (FULL, PULSE, CHECK_IN)


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(NOW, tick=False):
        yield


def lacking(review) -> list[tuple[str, str]]:
    """What is missing: where, and of which side."""
    review.refresh_from_db()
    return [(one.place, one.side) for one in missing(so_far(review), TODAY)]


@pytest.mark.parametrize("form", FORMS)
def test_with_everything_there_both_confirm_and_the_clock_goes_on(pair, form):
    review = ready(staffed(pair), form)
    assert lacking(review) == []

    ask(pair, review)
    confirm(review, pair.other)

    review.refresh_from_db()
    assert review.state == "scheduled"
    assert asking.open_review(review=review, now=waves.morning(OPENS))


@pytest.mark.parametrize("form", [FULL, PULSE])
def test_three_people_need_a_reason_and_two_a_name(pair, form):
    review = ready(staffed(pair), form)

    set_count(pair, review, pair.other, 3)
    assert lacking(review) == [("few", pair.other)]
    scheduling.accept_few(by=pair.by(), review=review, reason="There are no more")
    assert lacking(review) == []
    set_count(pair, review, pair.other, 2)
    assert lacking(review) == [("people", pair.other)]
    HealthReview.objects.update(mode="named")
    assert lacking(review) == []


@pytest.mark.parametrize("form", FORMS)
def test_named_one_of_each_side_is_enough_and_nobody_too_few(pair, form):
    review = ready(staffed(pair), form)
    HealthReview.objects.update(mode="named")
    for side in (pair.own, pair.other):
        set_count(pair, review, side, 1)
    assert lacking(review) == []

    review.raters.filter(side=pair.other).delete()

    assert lacking(review) == [("people", pair.other)]


def test_who_cannot_be_asked_is_not_counted(pair):
    review = ready(staffed(pair), PULSE)
    review.raters.filter(pk=review.raters.filter(side=pair.own).first().pk).update(
        ineligible="left"
    )

    assert lacking(review) == [("few", pair.own)]


def test_everything_that_is_missing_is_said_at_once(pair):
    staffed(pair, roles=())
    review = begun(pair, FULL)
    HealthReview.objects.update(form=CHECK_IN, opens_on=TODAY - timedelta(days=1))
    InstrumentVersion.objects.update(withdrawn_at=NOW)
    pair.relationship.team.all().delete()

    assert lacking(review) == [
        ("people", "client"),
        ("people", "supplier"),
        ("form", ""),
        ("form", ""),
        ("opens_on", ""),
        ("team", "client"),
        ("team", "supplier"),
    ]
    HealthReview.objects.update(form=FULL, opens_on=OPENS)
    day_off(getattr(pair.relationship, pair.other), OPENS)
    assert ("facilitator", "") in lacking(review)
    assert ("opens_on", "") in lacking(review)


def test_what_is_missing_meanwhile_is_the_owner_s_to_put_right(pair):
    """The coordinator's answer stands; nobody is told off for what is not theirs."""
    review = ready(staffed(pair), PULSE)
    ask(pair, review)
    review.raters.filter(side=pair.other).first().delete()

    confirm(review, pair.other)

    review.refresh_from_db()
    assert review.state == "draft"
    scheduling.accept_few(by=pair.by(), review=review, reason="One has left")
    ask(pair, review)
    review.refresh_from_db()
    assert review.state == "scheduled"
    assert {row.round for row in latest(review).values()} == {1}


def test_a_holiday_named_since_moves_the_closing(pair):
    review = ready(staffed(pair), PULSE)
    ask(pair, review)
    day_off(getattr(pair.relationship, pair.other), OPENS + timedelta(days=1))

    confirm(review, pair.other)

    review.refresh_from_db()
    assert (review.state, review.closes_on) == ("scheduled", date(2026, 12, 15))


def test_both_must_have_confirmed(pair):
    review = ready(staffed(pair), PULSE)

    with pytest.raises(RuleError, match="have to confirm first"):
        scheduling.schedule(by=pair.by().contact, review=review)
    ask(pair, review)
    with pytest.raises(RuleError, match="have to confirm first"):
        scheduling.schedule(by=pair.by().contact, review=review)


def test_who_asks_and_coordinates_has_confirmed_the_own_side(pair):
    review = ready(staffed(pair), CHECK_IN)

    rows = ask(pair, review)

    assert (rows[pair.own].answer, rows[pair.other].answer) == ("yes", "")
    assert rows[pair.own].answered_by == pair.by().contact
    assert rows[pair.other].contact == pair.by(pair.other).contact


def test_without_an_interface_person_the_sponsor_is_asked_then_the_owner(pair):
    review = ready(staffed(pair), CHECK_IN)
    roles = pair.relationship.team.filter(side=pair.other)
    sponsor = roles.get(role="sponsor").contact
    roles.filter(role="interface").delete()
    assert ask(pair, review)[pair.other].contact == sponsor

    review.confirmations.all().delete()
    roles.all().delete()
    owner = ContactFactory(organisation=getattr(pair.relationship, pair.other))
    RelationshipSide.objects.filter(
        relationship=pair.relationship, side=pair.other
    ).update(owner=owner)
    assert ask(pair, review)[pair.other].contact == owner


def test_somebody_else_answers_instead_and_the_earlier_link_closes(pair):
    review = ready(staffed(pair), CHECK_IN)
    row = ask(pair, review)[pair.other]
    other = ContactFactory(organisation=getattr(pair.relationship, pair.other))
    assert links.confirmation(Held(row.pk, row.version)) == row

    confirming.replace_coordinator(
        by=pair.by(pair.other), review=review, side=pair.other, contact=other
    )

    assert links.confirmation(Held(row.pk, row.version)) is None
    row.refresh_from_db()
    assert (row.contact, row.version) == (other, 2)
    assert links.confirmation(Held(row.pk, 2)) == row
    # Whoever was asked last is asked next time as well, while still there.
    confirm(review, pair.other, yes=False, reason="Not in that week")
    assert ask(pair, review)[pair.other].contact == other
    Contact.objects.filter(pk=other.pk).update(left_on=TODAY - timedelta(days=1))
    confirm(review, pair.other, yes=False, reason="Still not")
    assert ask(pair, review)[pair.other].contact == pair.by(pair.other).contact


def test_a_coordinator_must_be_mailed_and_something_asked(pair):
    review = ready(staffed(pair), CHECK_IN)

    def replace(contact):
        return confirming.replace_coordinator(
            by=pair.by(), review=review, side=pair.other, contact=contact
        )

    with pytest.raises(RuleError, match="Nothing is asked"):
        replace(ContactFactory())
    ask(pair, review)
    with pytest.raises(RuleError, match="no e-mail address") as refused:
        replace(ContactFactory(email=""))
    assert refused.value.field == "contact"


def test_what_was_asked_anew_closes_the_older_question(pair):
    review = scheduled(staffed(pair), PULSE)
    asking.open_review(review=review, now=waves.morning(OPENS))
    own = pair.by().contact

    def call_off():
        return confirming.ask_to_cancel(
            review=review, side=pair.own, by=own, reason="A merger"
        )

    call_off()
    older = latest(review, "cancel")[pair.other]
    call_off()

    with pytest.raises(RuleError, match="changed since"):
        confirming.answer(confirmation=older, yes=True, by=older.contact)


def test_what_closed_meanwhile_is_no_longer_called_off(pair):
    review = scheduled(staffed(pair), PULSE)
    asking.open_review(review=review, now=waves.morning(OPENS))
    review.refresh_from_db()
    seen = HealthReview.objects.get(pk=review.pk)
    asking.close_review(review=review, now=waves.after_closing(review))

    with pytest.raises(RuleError, match="asks no more"):
        confirming.ask_to_cancel(
            review=seen, side=pair.own, by=pair.by().contact, reason="A merger"
        )

    assert not seen.confirmations.filter(purpose="cancel").exists()


def facilitator(pair, review, contact, **given):
    words = {"name": contact.name, "email": contact.email, "works_for": "Them"}
    return facilitating.choose_facilitator(by=pair.by(), review=review, **words | given)


def test_a_facilitator_belongs_to_neither_side(pair):
    review = begun(staffed(pair), FULL)
    theirs = getattr(pair.relationship, pair.other)
    elsewhere = RelationshipFactory(**{pair.other.value: theirs})
    speaks, acts, works = (ContactFactory() for _number in range(3))
    TeamRoleFactory(relationship=elsewhere, side=pair.other, contact=speaks)
    MembershipFactory(contact=acts, organisation=theirs)
    # The same person, known to the other side under the same address.
    ContactFactory(organisation=theirs, email=works.email)

    for contact in (speaks, acts, works):
        with pytest.raises(RuleError, match="belongs to one of the two") as refused:
            facilitator(pair, review, contact)
        assert refused.value.field == "email"

    review.refresh_from_db()
    assert review.facilitator is None


def test_whoever_spoke_for_a_side_once_says_so_and_facilitates(pair):
    review = begun(staffed(pair), FULL)
    former = ContactFactory()
    TeamRoleFactory(
        relationship=pair.relationship,
        side=pair.own,
        contact=former,
        to_on=date(2026, 1, 31),
    )

    facilitator(pair, review, former, disclosure="Formerly of the client")

    review.refresh_from_db()
    assert review.facilitator.email == former.email
    assert review.facilitator_disclosure == "Formerly of the client"


def test_an_address_tells_nothing_of_who_has_it_elsewhere(pair):
    review = begun(staffed(pair), FULL)
    known = ContactFactory(name="Canary Person")

    found = facilitator(pair, review, known, name="Noor Haddad")

    assert found != known
    assert (found.name, found.organisation.name) == ("Noor Haddad", "Them")
    assert Organisation.objects.get(name="Them").kept_by == pair.by().organisation


def test_the_same_facilitator_again_changes_nothing_another_closes_the_link(pair):
    review = with_facilitator(pair, ready(staffed(pair), FULL))
    version = review.facilitator_version
    ask(pair, review)

    with_facilitator(pair, review, email="NOOR@example.org", works_for="third")
    assert (review.facilitator_version, latest(review)[pair.own].version) == (
        version,
        1,
    )
    with_facilitator(pair, review, disclosure="Paid by both")
    assert (review.facilitator_version, latest(review)[pair.own].version) == (
        version,
        0,
    )
    with_facilitator(pair, review, email="other@example.org")
    assert review.facilitator_version == version + 1


def test_a_facilitator_who_changed_sides_meanwhile_is_found_out(pair):
    review = ready(staffed(pair), FULL)
    MembershipFactory(
        contact=review.facilitator,
        organisation=getattr(pair.relationship, pair.other),
    )

    assert lacking(review) == [("facilitator", "")]


def test_a_review_that_is_set_up_can_be_called_off_at_any_time(pair):
    review = scheduled(staffed(pair), PULSE)

    review = setting_up.cancel(by=pair.by(), review=review, reason="A merger")

    assert review.state == "cancelled"
    pair.relationship.refresh_from_db()
    assert pair.relationship.next_review_on > OPENS
