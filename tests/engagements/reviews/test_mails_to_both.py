"""What coordinators, sponsors and the facilitator get: both sides read the same."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from engagements.models import (
    HealthReview,
    Notice,
    NoticePreference,
    RelationshipSide,
    ReviewConfirmation,
    ReviewResult,
    Side,
    TeamRole,
)
from engagements.notices.delivery import deliver
from engagements.notices.kinds import known
from engagements.reviews import mails
from engagements.reviews.actions import asking, scheduling
from tests.engagements.contracts import worlds
from tests.engagements.reviews.mailing import addresses, post, sink, taken, text
from tests.engagements.reviews.waves import (
    OPENS,
    after_closing,
    answer_all,
    morning,
    open_wave,
    scheduled_wave,
)
from tests.factories import ContactFactory, OrganisationFactory, TeamRoleFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("sink")]
__all__ = ["sink"]
_Role = TeamRole.Role


@pytest.fixture(autouse=True)
def _that_morning():
    with time_machine.travel(morning(OPENS), tick=False) as clock:
        yield clock


@pytest.fixture
def world():
    """Interface persons who sign in, sponsors who do not, on both sides."""
    found = worlds.make()
    for side in Side:
        TeamRoleFactory(relationship=found.relationship, side=side, role=_Role.SPONSOR)
    return found


def facilitator():
    return ContactFactory(organisation=OrganisationFactory(name="Even Table"))


def speakers(world, role):
    """Addresses of those who hold a role, client first."""
    rows = TeamRole.objects.filter(relationship=world.relationship, role=role)
    return list(rows.order_by("side").values_list("contact__email", flat=True))


def mailed(sink):
    """{address: words} of everything that arrived since the last look."""
    deliver()
    return {mail["To"]: text(mail) for mail in taken(sink)}


def closed(world, **values):
    """A wave everybody has answered, closed by the clock."""
    review = open_wave(world.relationship, owner_side="client", **values)
    answer_all(review)
    deliver()
    asking.close_review(review=review, now=after_closing(review))
    review.refresh_from_db()
    return review


def test_a_result_reaches_coordinators_and_sponsors_of_both_sides_alike(world, sink):
    review = closed(world)
    taken(sink)

    found = mailed(sink)

    assert review.state == HealthReview.State.RELEASED
    interface, sponsors = (speakers(world, _Role.INTERFACE), speakers(world, "sponsor"))
    assert sorted(found) == sorted([*interface, *sponsors])
    assert len({words.partition(" -- ")[0] for words in found.values()}) == 1
    assert "Both sides can read from now on" in found[interface[0]]
    moments = Notice.objects.filter(kind="review-released").values_list("due_at")
    assert len(set(moments)) == 1


def test_with_a_facilitator_nothing_is_told_before_release(world, sink):
    review = closed(world, facilitator=facilitator())
    taken(sink)

    assert review.state == HealthReview.State.CLOSED
    assert not Notice.objects.filter(kind="review-released").exists()
    [mail] = Notice.objects.filter(kind="review-facilitate")
    assert (mail.recipient, mail.threshold) == (review.facilitator, 1)


def test_an_alert_is_told_to_both_coordinators_in_the_same_words(world, sink):
    review = open_wave(world.relationship)
    HealthReview.objects.filter(pk=review.pk).update(
        state="closed", closed_at=timezone.now()
    )
    document = {"warning": "alert", "hits": ["W1", "W5", "W7S", "W99"]}
    ReviewResult.objects.create(review=review, audience="series", document=document)
    HealthReview.objects.filter(pk=review.pk).update(
        state="released", released_at=timezone.now()
    )
    taken(sink)

    mails.owe_released(review)
    deliver()

    alarms = [one for one in sink.messages if "Early warning" in one["Subject"]]
    assert sorted(one["To"] for one in alarms) == sorted(
        speakers(world, _Role.INTERFACE)
    )
    [words] = {text(one).partition(" -- ")[0] for one in alarms}
    assert "Fewer people of the supplier answered." in words
    assert "Both sides read this." in words


@pytest.mark.parametrize("level", ["none", "watch", "warning"])
def test_less_than_an_alert_is_nobody_s_alarm(world, level):
    review = open_wave(world.relationship)
    HealthReview.objects.filter(pk=review.pk).update(
        state="closed", closed_at=timezone.now()
    )
    ReviewResult.objects.create(
        review=review, audience="series", document={"warning": level, "hits": []}
    )

    mails.owe_released(review)

    assert not Notice.objects.filter(kind="review-warning").exists()


def test_too_few_answers_are_told_to_both_sponsors(world, sink):
    review = open_wave(world.relationship)
    deliver()
    taken(sink)
    asking.close_review(review=review, now=after_closing(review))

    found = mailed(sink)

    assert sorted(found) == sorted(speakers(world, _Role.SPONSOR))
    [words] = {words.partition(" -- ")[0] for words in found.values()}
    assert "everybody agrees to be named" in words


def test_a_side_without_a_sponsor_hears_through_its_coordinator(world, sink):
    TeamRole.objects.filter(side="supplier", role="sponsor").delete()
    review = open_wave(world.relationship)
    deliver()
    taken(sink)
    asking.close_review(review=review, now=after_closing(review))

    found = mailed(sink)

    supplier = world.by("supplier", "account_manager").contact.email
    assert supplier in found
    assert len(found) == 2


def test_an_extension_is_told_to_both_coordinators_alike(world, sink):
    review = open_wave(world.relationship)
    deliver()
    taken(sink)

    asking.end_asking(review=review, now=after_closing(review))
    found = mailed(sink)

    assert sorted(found) == sorted(speakers(world, _Role.INTERFACE))
    [words] = {words.partition(" -- ")[0] for words in found.values()}
    assert "until Mon 23 Mar" in words


def ask(world):
    review = scheduled_wave(
        world.relationship,
        state="draft",
        owner=world.by("client", "account_manager").contact,
        owner_side="client",
        form="check_in",
        mode="named",
    )
    # A coordinator who asks has said yes by asking.
    standing = world.by("client", "administrator")
    return scheduling.ask_coordinators(by=standing, review=review)


def test_both_coordinators_are_asked_to_confirm(world, sink):
    ask(world)

    deliver()

    for side in Side:
        person = world.by(side, "account_manager").contact
        [mail] = post(sink, person.email)
        assert len(set(addresses(mail, "c"))) == 1
        assert getattr(world.relationship, side).name in text(mail)
        # For who signs in, the page beside it.
        assert "/reviews/" in text(mail)


def test_what_was_changed_since_is_not_asked(world, sink):
    [row, _other] = ask(world)
    scheduling.ask_again(review=row.review)

    assert mailed(sink) == {}


def test_what_was_answered_is_not_asked(world, sink):
    rows = ask(world)
    ReviewConfirmation.objects.filter(pk=rows[0].pk).update(answer="yes")

    assert list(mailed(sink)) == [rows[1].contact.email]


def unclaimed(world):
    """Nobody acts on the supplier's side, and none of its people sign in."""
    RelationshipSide.objects.filter(side="supplier").update(acted_by=None)
    TeamRole.objects.filter(side="supplier").delete()
    contacts = []
    for role in (_Role.INTERFACE, _Role.SPONSOR):
        found = TeamRoleFactory(
            relationship=world.relationship, side="supplier", role=role
        )
        contacts.append(found.contact)
    return contacts


def test_a_side_nobody_acts_on_has_its_people_told_by_mail(world, sink):
    speaker, sponsor = unclaimed(world)
    closed(world)
    taken(sink)

    found = mailed(sink)

    assert {speaker.email, sponsor.email} <= set(found)
    rows = Notice.objects.filter(recipient=speaker, kind="review-released")
    assert [row.channel for row in rows] == ["mail"]
    # In the ledger of who set it up: an address that refuses mail is theirs to know.
    assert rows[0].organisation == world.relationship.client


def test_the_coordinator_of_a_side_nobody_acts_on_is_asked(world, sink):
    speaker, _sponsor = unclaimed(world)
    ask(world)

    assert speaker.email in mailed(sink)


def test_people_choose_how_they_hear_of_a_result(world, sink):
    people = [world.by(side, "account_manager").contact for side in Side]
    sponsor = TeamRole.objects.get(side="client", role="sponsor").contact
    for person, choice in zip(
        [*people, sponsor], ["digest", "off", "off"], strict=True
    ):
        NoticePreference.objects.create(
            contact=person, kind="review-released", choice=choice
        )
    closed(world)

    rows = Notice.objects.filter(kind="review-released").exclude(state="cancelled")
    assert sorted(rows.values_list("recipient", "channel", "lane")) == sorted(
        [
            (people[0].pk, "in_app", 3),
            (
                TeamRole.objects.get(side="supplier", role="sponsor").contact.pk,
                "mail",
                2,
            ),
        ]
    )


def test_a_deputy_is_told_while_somebody_is_away(world, sink):
    deputy = ContactFactory(organisation=world.relationship.client)
    away = world.by("client", "account_manager").contact
    away.absences.create(
        deputy=deputy,
        from_on=OPENS,
        to_on=OPENS + timedelta(days=30),
    )
    closed(world)

    rows = Notice.objects.filter(kind="review-released", side="client")
    assert deputy.pk in set(rows.values_list("recipient", flat=True))
    assert away.pk not in set(rows.values_list("recipient", flat=True))


def test_a_sign_in_that_is_switched_off_hears_nothing(world, sink):
    user = world.user("client", "account_manager")
    user.is_active = False
    user.save()
    closed(world)

    rows = Notice.objects.filter(kind="review-released", recipient__user=user)
    assert not rows.exists()


@pytest.mark.parametrize(
    "kind", ["review-extended", "review-released", "review-insufficient"]
)
def test_what_is_told_is_dropped_once_it_is_not_true_any_more(world, kind):
    review = scheduled_wave(world.relationship)
    row = Notice(kind=kind, object_id=review.pk)

    assert not known(kind).still_wanted(row)


def test_who_is_told_takes_a_fixed_number_of_queries(world):
    review = open_wave(world.relationship)
    with CaptureQueriesContext(connection) as first:
        mails.owe_insufficient(review)
    TeamRoleFactory.create_batch(
        3, relationship=world.relationship, side="client", role=_Role.SPONSOR
    )
    Notice.objects.all().delete()

    with CaptureQueriesContext(connection) as second:
        mails.owe_insufficient(review)

    assert len(second) == len(first)
