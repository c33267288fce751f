"""A world of two sides and a bystander, with one row of everything."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from http.cookies import SimpleCookie
from types import SimpleNamespace

from django.core.files.base import ContentFile
from django.utils import timezone

from accounts.models import User
from engagements.ideas.actions import give
from engagements.issues.actions.opening import Opening, open_issue, write_account
from engagements.models import (
    Absence,
    Amendment,
    Charter,
    CharterAcceptance,
    Contact,
    ContractDocument,
    ExternalReference,
    Goal,
    ImportRun,
    Invitation,
    IssueNote,
    IssueStep,
    IssueStepSide,
    KeyDate,
    Meeting,
    Membership,
    Notice,
    Organisation,
    OrganisationAlias,
    OrganisationDay,
    OrganisationIdentifier,
    PromiseAsk,
    Relationship,
    RelationshipSide,
    ReviewAction,
    ReviewConfirmation,
    ReviewConversation,
    Side,
    TeamRole,
    standing_of,
)
from engagements.reviews.actions.instruments import copy_version
from engagements.reviews.instrument.library import supplied
from tests.access_matrix.boards import add_board
from tests.engagements.reviews.waves import scheduled_wave
from tests.factories import (
    CommitmentFactory,
    ContactFactory,
    ContractFactory,
    InteractionFactory,
    MembershipFactory,
    OrganisationFactory,
    RelationshipFactory,
    StepFactory,
    UserFactory,
)


@dataclass
class World:
    """Rows by name. "Own" is the side that wrote what is internal."""

    own_side: Side
    users: dict[str, User | None] = field(default_factory=dict)
    rows: dict[str, object] = field(default_factory=dict)
    # What the browser of somebody who has a sign-in keeps.
    cookies: dict[str, SimpleCookie] = field(default_factory=dict)


def build(own_side: Side) -> World:
    """The world with the writer on one side; exchanged, the same must hold."""
    world = World(own_side)
    own, other = (
        OrganisationFactory(name="Ashlar"),
        OrganisationFactory(name="Birkdale"),
    )
    sides = {own_side.value: own, own_side.other.value: other}
    relationship = RelationshipFactory(**sides)
    stranger = OrganisationFactory(name="Culver")
    for prefix, place, side in (
        ("own", own, own_side),
        ("other", other, own_side.other),
    ):
        _people(world, prefix, place, relationship, side)
    world.users["outsider"] = _member(stranger, "administrator").user
    world.users["operator"] = UserFactory(is_staff=True, is_superuser=True)
    world.users["anonymous"] = None
    _rows(world, own, other, relationship)
    add_board(world)
    return world


def _member(place: Organisation, role: str) -> Contact:
    return MembershipFactory(organisation=place, role=role).contact


def _people(
    world: World,
    prefix: str,
    place: Organisation,
    relationship: Relationship,
    side: Side,
) -> None:
    for role in ("account_manager", "executive", "administrator"):
        name = role.removeprefix("account_")
        world.rows[f"{prefix}_{name}"] = contact = _member(place, role)
        world.users[f"{prefix}_{name}"] = contact.user
    manager = world.rows[f"{prefix}_manager"]
    _on_team(relationship, side, manager)
    elsewhere = _member(place, "account_manager")
    world.users[f"{prefix}_elsewhere"] = elsewhere.user
    former = _member(place, "account_manager")
    _on_team(relationship, side, former)
    Membership.objects.filter(contact=former).update(ended_at=timezone.now())
    world.users[f"{prefix}_former"] = former.user
    disabled = _member(place, "account_manager")
    _on_team(relationship, side, disabled)
    world.users[f"{prefix}_disabled"] = disabled.user


def _on_team(relationship: Relationship, side: Side, person: Contact) -> TeamRole:
    return TeamRole.objects.create(
        relationship=relationship,
        side=side,
        contact=person,
        role="interface",
        from_on=date(2024, 1, 15),
    )


def _rows(
    world: World, own: Organisation, other: Organisation, relationship: Relationship
) -> None:
    rows, manager = world.rows, world.rows["own_manager"]
    rows |= {"own": own, "other": other, "relationship": relationship}
    rows["role"] = relationship.team.get(contact=manager)
    # An argument that is no row: the side whose people are meant.
    rows["half"] = SimpleNamespace(pk=world.own_side.value)
    rows["membership"] = manager.memberships.get()
    internal = {"side": world.own_side, "organisation": own, "written_by": manager}
    rows["internal_entry"] = InteractionFactory(relationship=relationship, **internal)
    rows["shared_entry"] = InteractionFactory(
        relationship=relationship,
        visibility="shared",
        shared_at=timezone.now(),
        shared_by=manager,
        **internal,
    )
    ours = {"side": world.own_side, "owner": manager, "organisation": own}
    ours["relationship"] = relationship
    rows["promise"] = CommitmentFactory(**ours)
    rows["done_promise"] = CommitmentFactory(
        done_at=timezone.now(), done_on=date(2026, 11, 1), **ours
    )
    rows["own_promise"] = CommitmentFactory(visibility="internal", **ours)
    rows["ask"] = PromiseAsk.objects.create(
        relationship=relationship,
        side=world.own_side.other,
        text="Ring both desks",
        due_on=date(2030, 1, 2),
        asked_by=manager,
        organisation=own,
        **dict.fromkeys(("owner", "asked"), rows["other_manager"]),
        asked_on=date(2026, 11, 2),
    )
    rows["step"] = StepFactory(
        relationship=relationship, organisation=own, owner=manager
    )
    rows["meeting"] = Meeting.objects.create(
        relationship=relationship,
        side=world.own_side,
        organisation=own,
        visibility="shared",
        title="Monthly",
        starts_at=datetime(2030, 1, 15, 10, 0, tzinfo=UTC),
        planned_by=manager,
    )
    rows["review"] = scheduled_wave(
        relationship, owner=manager, owner_side=world.own_side, state="draft"
    )
    rows["confirmation"] = ReviewConfirmation.objects.create(
        review=rows["review"],
        purpose="raters",
        side=world.own_side,
        contact=manager,
        asked_on=date(2026, 3, 1),
    )
    _charter_rows(world, own, relationship)
    _talk_rows(world, relationship)
    _issue_rows(world, relationship)
    _idea_rows(world, relationship)
    _contract_rows(world, own, relationship)
    _organisation_rows(world, own, relationship)
    _instrument_rows(world)


def _charter_rows(world: World, own: Organisation, relationship: Relationship) -> None:
    """A proposal that waits, the own side's next draft, and a goal."""
    rows, manager = world.rows, world.rows["own_manager"]
    written = {
        "relationship": relationship,
        "organisation": own,
        "side": world.own_side,
        "written_by": manager,
        "purpose": "Theatres that never wait",
    }
    rows["charter_draft"] = Charter.objects.create(**written)
    rows["charter"] = Charter.objects.create(
        state="proposed", proposed_on=date(2026, 3, 1), **written
    )
    rows["acceptance"] = CharterAcceptance.objects.create(
        charter=rows["charter"],
        side=world.own_side,
        contact=manager,
        asked_on=date(2026, 3, 1),
    )
    owner, paired = manager, world.rows["other_manager"]
    rows["goal"] = Goal.objects.create(
        relationship=relationship,
        title="Fewer call-outs",
        measure="Call-outs a month",
        unit="call-outs",
        expected=40,
        due_on=date(2030, 1, 15),
        organisation=own,
        written_by=manager,
        **{
            f"{world.own_side.value}_owner": owner,
            f"{world.own_side.other.value}_owner": paired,
        },
    )


def _talk_rows(world: World, relationship: Relationship) -> None:
    """A review that was talked about, and an action that may still change."""
    rows, manager = world.rows, world.rows["own_manager"]
    rows["talk"] = talk = scheduled_wave(
        relationship,
        client=0,
        supplier=0,
        opens_on=date(2025, 9, 1),
        state="discussed",
        form="check_in",
    )
    ReviewConversation.objects.create(review=talk, held_on=date(2025, 9, 20))
    rows["deed"] = ReviewAction.objects.create(
        review=talk,
        text="Ring both desks",
        side=world.own_side,
        owner=manager,
        due_on=date(2030, 1, 15),
        measure="Both desks log it",
        dimension="COM",
        proposed_by=manager,
    )


def _issue_rows(world: World, relationship: Relationship) -> None:
    """An issue of which the own side alone has written its account."""
    rows, manager = world.rows, world.rows["own_manager"]
    said = Opening(title="The alarm came late", happened_on=date(2026, 3, 1))
    rows["issue"] = issue = open_issue(relationship=relationship, by=manager, said=said)
    write_account(
        issue=issue,
        side=world.own_side,
        by=manager,
        text="We saw it at nine",
        impact="A ward waited",
    )
    rows["line"] = IssueNote.objects.create(
        issue=issue, kind="containment", text="Both desks ring"
    )
    step = IssueStep.objects.create(
        issue=issue, level="sponsor", question="Who pays?", asked_on=date(2026, 3, 9)
    )
    rows["asked_up"] = IssueStepSide.objects.create(
        step=step, side=world.own_side, contact=manager
    )
    # An argument that is no row: a part of the joint record.
    rows["part"] = SimpleNamespace(pk="containment")


def _idea_rows(world: World, relationship: Relationship) -> None:
    """An idea of the own side that waits for the other's answer."""
    world.rows["idea"] = give(
        relationship=relationship,
        side=world.own_side,
        by=world.rows["own_manager"],
        title="One list for both desks",
    )


def _contract_rows(world: World, own: Organisation, relationship: Relationship) -> None:
    rows, manager = world.rows, world.rows["own_manager"]
    rows["contract"] = contract = ContractFactory(relationship=relationship)
    rows["archived_contract"] = ContractFactory(
        relationship=relationship, archived_at=timezone.now()
    )
    rows["key_date"] = KeyDate.objects.create(
        contract=contract, title="Option", on=date(2030, 1, 1)
    )
    Amendment.objects.create(contract=contract, number=1)
    for visibility in ("internal", "shared"):
        document = ContractDocument(
            contract=contract,
            relationship=relationship,
            organisation=own,
            visibility=visibility,
            name="terms.txt",
            content_type="text/plain",
            size=5,
            sha256="0" * 64,
            added_by=manager,
        )
        document.file.save("terms.txt", ContentFile(b"terms"), save=True)
        rows[f"{visibility}_document"] = document


def _organisation_rows(
    world: World, own: Organisation, relationship: Relationship
) -> None:
    rows, administrator = world.rows, world.rows["own_administrator"]
    rows["number"] = OrganisationIdentifier.objects.create(
        organisation=own, keeper=own, scheme="GB-COH", value="1"
    )
    rows["name"] = OrganisationAlias.objects.create(
        organisation=own, name="Ashlar plc", name_key="ashlar plc"
    )
    rows["day"] = OrganisationDay.objects.create(
        organisation=own, on=date(2030, 1, 2), name="Fair"
    )
    rows["reference"] = ExternalReference.objects.create(
        relationship=relationship, organisation=own, system="ERP", value="7"
    )
    rows["guest"] = guest = ContactFactory(organisation=own)
    rows["invited"] = ContactFactory(organisation=own)
    rows["invitation"] = Invitation.objects.create(
        organisation=own,
        contact=rows["invited"],
        address=rows["invited"].email,
        role="executive",
        invited_by=administrator,
        expires_at=timezone.now() + timedelta(days=7),
    )
    rows["kept"] = kept = OrganisationFactory(
        name="Dunmore", claimed_at=None, kept_by=own
    )
    rows["proposal"] = _proposal(own, kept, world.own_side)
    rows["absence"] = Absence.objects.create(
        contact=rows["own_manager"],
        deputy=guest,
        from_on=date(2030, 1, 1),
        to_on=date(2030, 1, 5),
    )
    now = timezone.now()
    rows["notice"] = Notice.objects.create(
        key="matrix",
        kind="silence",
        recipient=rows["own_manager"],
        organisation=own,
        due_at=now,
        next_attempt_at=now,
        state="dead",
    )
    run = ImportRun(
        organisation=own, by=administrator, name="a.csv", stands_for="client"
    )
    run.file.save("a.csv", ContentFile(b"title,start\nA,2026-01-01\n"), save=True)
    rows["run"] = run


def _instrument_rows(world: World) -> None:
    rows = world.rows
    by = standing_of(world.users["own_administrator"])
    assert by is not None
    rows["supplied"] = supplied()
    rows["draft"] = copy_version(
        by=by, version=supplied(), number="1.1", name="Our own"
    )
    # Arguments that are no rows: parts of a version.
    for name, key in (("language", "de"), ("statement", "TRU1"), ("topic", "TRU")):
        rows[name] = SimpleNamespace(pk=key)


def _proposal(own: Organisation, kept: Organisation, side: Side) -> Relationship:
    """A relationship somebody proposes to the own side."""
    relationship = RelationshipFactory(
        **{side.value: own, side.other.value: OrganisationFactory(name="Eastgate")},
        proposed_to=side,
    )
    RelationshipSide.objects.filter(relationship=relationship, side=side).update(
        acted_by=None
    )
    return relationship
