"""Every mailed link is its person's: it closes when they are not there any more."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from engagements import links
from engagements.ideas import actions as ideas
from engagements.issues.actions import opening
from engagements.links import Purpose
from engagements.models import (
    Charter,
    CharterAcceptance,
    Contact,
    HealthReview,
    IssueStep,
    IssueStepSide,
    Mirror,
    MirrorAsk,
    ReviewConfirmation,
)
from tests.engagements.commitments.conftest import (
    asked_of,
    client_seat,
    relationship,
    seats,
    supplier_seat,
)
from tests.engagements.issues.conftest import SAID
from tests.engagements.reviews.waves import scheduled_wave, still_asking
from tests.factories import BoardSeatFactory, MembershipFactory, UserFactory

__all__ = ["client_seat", "relationship", "seats", "supplier_seat"]
pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


def rater(own, other):
    few = {own.side.value: 0, other.side.value: 1}
    row = still_asking(relationship=own.relationship, **few).raters.get()
    person = row.contact
    person.user = UserFactory()
    person.save()
    return row, row.link_version, person


def confirmation(own, other):
    no_raters = {"client": 0, "supplier": 0, "state": "draft"}
    review = scheduled_wave(own.relationship, opens_on=TODAY(), **no_raters)
    row = ReviewConfirmation.objects.create(
        review=review,
        purpose="raters",
        side=other.side,
        contact=other.contact,
        asked_on=TODAY(),
    )
    return row, row.version, other.contact


def facilitated(own, _other):
    neutral = MembershipFactory().contact
    row = scheduled_wave(own.relationship, client=0, supplier=0)
    HealthReview.objects.filter(pk=row.pk).update(facilitator=neutral)
    row.refresh_from_db()
    return row, row.facilitator_version, neutral


def acceptance(own, other):
    charter = Charter.objects.create(
        relationship=own.relationship,
        organisation=own.contact.organisation,
        side=own.side,
        written_by=own.contact,
        purpose="x",
        state=Charter.State.PROPOSED,
    )
    row = CharterAcceptance.objects.create(
        charter=charter, side=other.side, contact=other.contact, asked_on=TODAY()
    )
    return row, row.version, other.contact


def mirror(own, other):
    row = MirrorAsk.objects.create(
        mirror=Mirror.objects.create(relationship=own.relationship),
        side=other.side,
        contact=other.contact,
        asked_on=TODAY(),
    )
    return row, row.version, other.contact


def idea(own, other):
    row = ideas.give(
        relationship=own.relationship, side=own.side, by=own.contact, title="One desk"
    )
    return row, row.version, other.contact


def promise(own, other):
    row = asked_of(own, other)
    return row, row.version, other.contact


def issue_seat(own, other):
    issue = opening.open_issue(relationship=own.relationship, by=own.contact, said=SAID)
    row = issue.sides.get(side=other.side)
    return row, row.version, other.contact


def step(own, other):
    row, _version, _person = issue_seat(own, other)
    above = IssueStep.objects.create(
        issue=row.issue, level="sponsor", question="Who pays?", asked_on=TODAY()
    )
    row = IssueStepSide.objects.create(
        step=above, side=other.side, contact=other.contact
    )
    return row, row.version, other.contact


def board_seat(own, other):
    row = BoardSeatFactory(
        board__supplier=own.contact.organisation,
        organisation=other.contact.organisation,
        contact=other.contact,
    )
    # What the host keeps of an organisation nobody has claimed closes no door.
    type(row.organisation).objects.update(claimed_at=timezone.now())
    return row, row.version, other.contact


MADE = {
    Purpose.ANSWER: rater,
    Purpose.CONFIRM: confirmation,
    Purpose.FACILITATE: facilitated,
    Purpose.CHARTER: acceptance,
    Purpose.IDEA: idea,
    Purpose.MIRROR: mirror,
    Purpose.PROMISE: promise,
    Purpose.ISSUE: issue_seat,
    Purpose.STEP: step,
    Purpose.BOARD: board_seat,
}


@pytest.mark.parametrize("purpose", list(Purpose), ids=lambda one: one.name.lower())
def test_a_link_closes_with_its_person(client, seats, purpose):
    row, version, person = MADE[purpose](*seats)
    page = links.path(purpose, row.pk, version)
    people = Contact.objects.filter(pk=person.pk)
    users = type(person.user).objects.filter(pk=person.user_id)

    def opened() -> int:
        return client.get(page).status_code

    assert opened() == 200
    # The last day is a day of work.
    people.update(left_on=TODAY())
    assert opened() == 200
    people.update(left_on=TODAY() - timedelta(days=2))
    assert opened() == 404
    people.update(left_on=None, archived_at=timezone.now())
    assert opened() == 404
    people.update(archived_at=None)
    assert opened() == 200
    users.update(is_active=False)
    assert opened() == 404
