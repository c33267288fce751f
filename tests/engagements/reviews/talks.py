"""Reviews whose result is there, made the way the application makes them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.test import Client
from django.utils import timezone

from engagements.models import (
    Contact,
    HealthReview,
    Membership,
    OpenResponse,
    Relationship,
    ReviewConfirmation,
    Side,
    TeamRole,
)
from engagements.reviews.actions import agreeing, asking, confirming, conversation
from engagements.reviews.actions.agreeing import Proposal
from engagements.reviews.actions.answering import asked_of
from engagements.reviews.responses import key_of
from tests.engagements.reviews import waves
from tests.factories import ContactFactory, MembershipFactory, RelationshipFactory

Form, Mode = HealthReview.Form, HealthReview.Mode


@dataclass
class Talk:
    """A check-in whose result both sides read; one interface person of each."""

    review: HealthReview
    people: dict[Side, Contact]

    @property
    def relationship(self) -> Relationship:
        return self.review.relationship

    @property
    def both(self) -> list[tuple[Contact, str]]:
        """One person of each side, as they take part."""
        return [(contact, side.value) for side, contact in self.people.items()]

    def fresh(self) -> HealthReview:
        rows = HealthReview.objects.select_related(
            "instrument", "relationship__client", "relationship__supplier"
        )
        self.review = rows.get(pk=self.review.pk)
        return self.review

    def browser(self, side: Side) -> Client:
        browser = Client()
        browser.force_login(self.people[side].user)
        return browser

    def hold(self, **values):
        given = {"held_on": timezone.localdate(), "people": self.both, **values}
        by = given.pop("by", self.people.get(Side.CLIENT))
        return conversation.hold(review=self.review, by=by, **given)

    def proposal(self, side: Side = Side.CLIENT, **values) -> Proposal:
        given = {
            "text": "Ring both desks at an alarm",
            "side": side,
            "owner": self.people[side],
            "due_on": timezone.localdate() + timedelta(days=30),
            "measure": "Both desks log the call",
            "dimension": "COM",
        }
        return Proposal(**given | values)

    def propose(self, side: Side = Side.CLIENT, **values):
        by = self.people[side]
        proposal = self.proposal(side, **values)
        return agreeing.propose(review=self.review, by=by, proposal=proposal)

    def ask(self, **values) -> dict[str, ReviewConfirmation]:
        rows = agreeing.ask_to_agree(
            review=self.review, today=timezone.localdate(), **values
        )
        return {row.side: row for row in rows}

    def say(self, row: ReviewConfirmation, *, yes: bool = True, reason: str = ""):
        return confirming.answer(
            confirmation=row, yes=yes, by=row.contact, reason=reason
        )

    def agree(self, **values) -> HealthReview:
        """Both sides say yes to the actions as they stand."""
        for row in self.ask(**values).values():
            self.say(row)
        return self.fresh()


def relationship_with_people(*, signed_in: bool = True) -> tuple:
    """Work between Hollin and Tarnmoor, and an interface person of each."""
    relationship = RelationshipFactory(
        client__name="Hollin Vale", supplier__name="Tarnmoor"
    )
    return relationship, {
        side: speaker(relationship, side, signed_in=signed_in) for side in Side
    }


def speaker(relationship: Relationship, side: Side, *, signed_in: bool) -> Contact:
    """The interface person of a side."""
    place = getattr(relationship, side.value)
    if signed_in:
        role = Membership.Role.ACCOUNT_MANAGER
        contact = MembershipFactory(organisation=place, role=role).contact
    else:
        contact = ContactFactory(organisation=place)
    Contact.objects.filter(pk=contact.pk).update(name=f"Ada of the {side.value}")
    contact.refresh_from_db()
    TeamRole.objects.create(
        relationship=relationship,
        side=side,
        contact=contact,
        role=TeamRole.Role.INTERFACE,
        from_on=relationship.started_on,
    )
    return contact


def released(*, relationship=None, people=None, client=6, supplier=4, **values) -> Talk:
    """A check-in that closed some weeks ago and was released at once.

    Each side gave one point to everything.
    """
    if relationship is None:
        relationship, people = relationship_with_people()
    given = {"form": Form.CHECK_IN, "mode": Mode.NAMED, "opens_on": weeks_ago(6)}
    review = waves.open_wave(relationship, client=2, supplier=2, **given | values)
    for rater in waves.raters(review):
        point = client if rater.side == Side.CLIENT else supplier
        items = [one.key for one in asked_of(review) if not one.is_open]
        OpenResponse.objects.create(
            key=key_of(review.secret, rater),
            review=review,
            side=rater.side,
            group=rater.group,
            answers=dict.fromkeys(items, point),
            consented=True,
        )
    return _closed(review, people)


def weeks_ago(weeks: int) -> date:
    return timezone.localdate() - timedelta(weeks=weeks)


def insufficient(**values) -> Talk:
    """A review that too few answered: nobody did."""
    relationship, people = relationship_with_people()
    given = {"opens_on": weeks_ago(6), **values}
    return _closed(waves.open_wave(relationship, **given), people)


def _closed(review: HealthReview, people: dict[Side, Contact]) -> Talk:
    asking.close_review(review=review, now=waves.after_closing(review))
    talk = Talk(review, people)
    talk.fresh()
    return talk
