"""Rows for tests, in the words of the business."""

from datetime import date, timedelta

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from accounts.models import User
from engagements.models import (
    Board,
    BoardMeeting,
    BoardSeat,
    Commitment,
    Contact,
    Contract,
    Interaction,
    Membership,
    Organisation,
    Recommendation,
    Relationship,
    RelationshipSide,
    RoomDraft,
    Side,
    Step,
    TeamRole,
)
from engagements.search import name_key


class UserFactory(DjangoModelFactory):
    """A sign-in; password "correct horse" unless told otherwise."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"person{n}@example.org")
    name = factory.Sequence(lambda n: f"Person {n}")

    @classmethod
    def _create(cls, model_class, *args, password="correct horse", **kwargs):
        return model_class.objects.create_user(*args, password=password, **kwargs)


class OrganisationFactory(DjangoModelFactory):
    """An organisation that acts for itself."""

    class Meta:
        model = Organisation

    name = factory.Sequence(lambda n: f"Organisation {n}")
    name_key = factory.LazyAttribute(lambda row: name_key(row.name))
    claimed_at = factory.LazyFunction(timezone.now)


class ContactFactory(DjangoModelFactory):
    """A person at an organisation, without a sign-in."""

    class Meta:
        model = Contact

    organisation = factory.SubFactory(OrganisationFactory)
    name = factory.Sequence(lambda n: f"Contact {n}")
    email = factory.Sequence(lambda n: f"contact{n}@example.org")


class MembershipFactory(DjangoModelFactory):
    """A person with a sign-in who acts for an organisation."""

    class Meta:
        model = Membership

    organisation = factory.SubFactory(OrganisationFactory)
    contact = factory.SubFactory(
        ContactFactory,
        organisation=factory.SelfAttribute("..organisation"),
        user=factory.SubFactory(UserFactory),
    )
    role = Membership.Role.ADMINISTRATOR


class RelationshipFactory(DjangoModelFactory):
    """Work between a client and a supplier that both act for themselves."""

    class Meta:
        model = Relationship
        skip_postgeneration_save = True

    client = factory.SubFactory(OrganisationFactory)
    supplier = factory.SubFactory(OrganisationFactory)
    started_on = date(2024, 1, 15)
    segment = Relationship.Segment.STRATEGIC

    @factory.post_generation
    def sides(self, create, extracted, **kwargs):
        """Both sides' rows, each acted on by its own organisation."""
        for side in Side:
            organisation = getattr(self, side.value)
            RelationshipSide.objects.create(
                relationship=self,
                side=side,
                organisation=organisation,
                acted_by=organisation if organisation.claimed_at else None,
                counterpart=getattr(self, side.other.value).name,
                **self.copied,
            )


class TeamRoleFactory(DjangoModelFactory):
    """A person speaks for a side."""

    class Meta:
        model = TeamRole

    relationship = factory.SubFactory(RelationshipFactory)
    side = Side.CLIENT
    contact = factory.LazyAttribute(
        lambda row: ContactFactory(organisation=getattr(row.relationship, row.side))
    )
    role = TeamRole.Role.INTERFACE
    from_on = date(2024, 1, 15)


class ContractFactory(DjangoModelFactory):
    """A contract in force since 2024, three years, tacit renewal by a year.

    Its computed days are those of the model's defaults; write contracts through
    `engagements.contracts.actions` where they matter.
    """

    class Meta:
        model = Contract

    relationship = factory.SubFactory(RelationshipFactory)
    title = factory.Sequence(lambda n: f"Contract {n}")
    start_on = date(2024, 4, 1)
    initial_months = 36
    renewal = Contract.Renewal.TACIT
    renewal_months = 12
    client_notice = 3
    supplier_notice = 6


class InteractionFactory(DjangoModelFactory):
    """A call the client's side wrote down."""

    class Meta:
        model = Interaction

    relationship = factory.SubFactory(RelationshipFactory)
    side = Side.CLIENT
    organisation = factory.LazyAttribute(
        lambda row: getattr(row.relationship, row.side)
    )
    written_by = factory.LazyAttribute(
        lambda row: ContactFactory(organisation=row.organisation)
    )
    text = "Spoke about the summer rota."


class CommitmentFactory(DjangoModelFactory):
    """A shared promise of the client's side."""

    class Meta:
        model = Commitment

    relationship = factory.SubFactory(RelationshipFactory)
    side = Side.CLIENT
    organisation = factory.LazyAttribute(
        lambda row: getattr(row.relationship, row.side)
    )
    visibility = "shared"
    owner = factory.LazyAttribute(
        lambda row: ContactFactory(organisation=getattr(row.relationship, row.side))
    )
    written_by = factory.SelfAttribute("owner")
    text = "Send the summer rota"
    original_due_on = date(2026, 12, 1)
    due_on = factory.SelfAttribute("original_due_on")


class StepFactory(DjangoModelFactory):
    """The client's own to-do."""

    class Meta:
        model = Step

    relationship = factory.SubFactory(RelationshipFactory)
    organisation = factory.LazyAttribute(lambda row: row.relationship.client)
    owner = factory.LazyAttribute(
        lambda row: ContactFactory(organisation=row.organisation)
    )
    written_by = factory.SelfAttribute("owner")
    text = "Ring about the rota"
    due_on = date(2026, 12, 1)


class BoardFactory(DjangoModelFactory):
    """An advisory board nobody sits on yet."""

    class Meta:
        model = Board

    supplier = factory.SubFactory(OrganisationFactory)
    name = factory.Sequence(lambda n: f"Advisory board {n}")
    founded_by = factory.LazyAttribute(
        lambda row: ContactFactory(organisation=row.supplier)
    )


class BoardSeatFactory(DjangoModelFactory):
    """A member, invited a year ago, for an organisation of its own."""

    class Meta:
        model = BoardSeat

    board = factory.SubFactory(BoardFactory)
    supplier = factory.SelfAttribute("board.supplier")
    organisation = factory.SubFactory(OrganisationFactory)
    contact = factory.LazyAttribute(
        lambda row: ContactFactory(
            **({"organisation": row.organisation} if row.organisation else {})
        )
    )
    address = factory.SelfAttribute("contact.email")
    from_on = factory.LazyFunction(lambda: timezone.localdate() - timedelta(days=365))
    invited_on = factory.SelfAttribute("from_on")
    to_on = factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=365))


class FacilitatorFactory(BoardSeatFactory):
    """Who leads a board and belongs to nobody on it."""

    role = BoardSeat.Role.FACILITATOR
    organisation = None
    to_on = None


class BoardMeetingFactory(DjangoModelFactory):
    """A meeting that is planned."""

    class Meta:
        model = BoardMeeting

    board = factory.SubFactory(BoardFactory)
    number = factory.Sequence(lambda n: n + 1)
    title = "Annual meeting"
    held_on = factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=60))


class RecommendationFactory(DjangoModelFactory):
    """Something a board handed over and its host has not answered."""

    class Meta:
        model = Recommendation

    board = factory.SelfAttribute("meeting.board")
    meeting = factory.SubFactory(BoardMeetingFactory, phase="response")
    number = factory.LazyAttribute(lambda row: row.board.recommendations.count() + 1)
    wording = "Tell us of a change before it happens"
    support = "most"
    submitted_at = factory.LazyFunction(timezone.now)


class RoomDraftFactory(DjangoModelFactory):
    """A draft that the room has endorsed by a tick."""

    class Meta:
        model = RoomDraft

    meeting = factory.SubFactory(BoardMeetingFactory)
    wording = factory.Sequence(lambda n: f"Tell us of change {n} before it happens")
    approved_in_room = True
    position = factory.Sequence(lambda n: n)


def board_with_seats(members=8, **more):
    """A board, its facilitator and so many members, the first of them the chair."""
    board = BoardFactory(**more)
    seat = FacilitatorFactory(board=board)
    Board.objects.filter(pk=board.pk).update(facilitator=seat.contact)
    board.facilitator = seat.contact
    for n in range(members):
        BoardSeatFactory(board=board, is_chair=n == 0)
    return board
