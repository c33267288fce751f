"""What endangers a relationship: the rules, who sees them, and where they are read."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from engagements.issues.actions.opening import Opening, open_issue
from engagements.models import (
    Charter,
    InteractionParticipant,
    Meeting,
    Notice,
    Relationship,
    RelationshipSide,
    Side,
    standing_of,
)
from engagements.notices.kinds import known
from engagements.relationships import actions as team
from engagements.relationships.guard_words import guarded
from engagements.relationships.guarding import ask_anew, refresh_guards
from engagements.relationships.guards import (
    Guard,
    Held,
    Spoken,
    commodity,
    handover,
    single_thread,
)
from engagements.reminders.planning import plan
from tests.factories import (
    CommitmentFactory,
    InteractionFactory,
    MembershipFactory,
    RelationshipFactory,
    StepFactory,
    TeamRoleFactory,
)

TODAY = date(2026, 11, 27)
BEGAN = date(2024, 1, 15)


def ago(days):
    return TODAY - timedelta(days=days)


def spoken(*topics, step=5):
    return [Spoken(ago(step * number), topic) for number, topic in enumerate(topics)]


def met(client, supplier, days=1):
    people = {"client": frozenset(client), "supplier": frozenset(supplier)}
    return Spoken(ago(days), "", people)


@pytest.mark.parametrize(
    ("topics", "found"),
    [
        (["price"] * 6 + ["improvement"] * 4, {"price": 6, "of": 10}),
        (["price"] * 5 + ["improvement"] * 5, {}),
        (["improvement"] + ["delivery"] * 9 + ["price"] * 9, {}),
        (["delivery", ""], {"improvement": 90}),
        (["", ""], {}),
        ([], {}),
    ],
)
def test_managed_like_a_commodity(topics, found):
    assert commodity("strategic", BEGAN, spoken(*topics), TODAY) == found
    assert commodity("routine", BEGAN, spoken(*topics), TODAY) == {}


def test_a_young_relationship_has_not_had_time_to_improve():
    assert commodity("bottleneck", ago(89), spoken("delivery"), TODAY) == {}


@pytest.mark.parametrize(
    ("contacts", "share"),
    [
        ([met("a", "x")] * 8 + [met("b", "x")] * 2, 80),
        ([met("a", "x")] * 7 + [met("b", "x")] * 3, None),
        ([met("a", "x")] * 4, None),
        ([met("ab", "x")] * 9, None),
        ([met("a", "x", 181)] * 9, None),
        ([met("a", "")] * 9, None),
    ],
)
def test_single_thread(contacts, share):
    assert single_thread(contacts, TODAY).get("share") == share


def held(person, begin, end=None, side="client"):
    return Held(side, person, person.upper(), begin, end)


@pytest.mark.parametrize(
    ("roles", "contacts", "now"),
    [
        ([held("a", BEGAN, ago(9))], [], ""),
        ([held("a", BEGAN, ago(9)), held("b", ago(8))], [], "B"),
        ([held("a", BEGAN, ago(9)), held("b", ago(8))], [met("b", "x", 8)], None),
        ([held("a", BEGAN, ago(9)), held("b", ago(8))], [met("b", "x", 9)], "B"),
        ([held("a", BEGAN, ago(9)), held("b", ago(8))], [met("b", "")], "B"),
        ([held("a", BEGAN, ago(9)), held("a", ago(8))], [], None),
        ([held("a", BEGAN)], [], None),
        ([held("a", BEGAN, ago(366))], [], None),
        ([held("a", BEGAN, TODAY)], [], None),
        ([held("a", BEGAN, ago(9), "supplier")], [], None),
    ],
)
def test_unconfirmed_until_the_first_contact_of_whoever_follows(roles, contacts, now):
    assert handover("client", roles, contacts, TODAY).get("now") == now


# With rows, from each side in turn.


@pytest.fixture(params=list(Side))
def own(request, db):
    with time_machine.travel("2026-11-27 10:00", tick=False):
        relationship = RelationshipFactory()
        yield relationship.sides.get(side=request.param)


def fresh(row) -> RelationshipSide:
    refresh_guards(TODAY)
    rows = RelationshipSide.objects.select_related("relationship")
    return rows.get(pk=row.pk)


def other_of(row):
    return row.relationship.sides.get(side=Side(row.side).other)


def called(row, days=1, people=(), **said):
    """The side of a row wrote a call down."""
    at = datetime(2026, 11, 27, 9, tzinfo=UTC) - timedelta(days=days)
    entry = InteractionFactory(
        relationship=row.relationship, side=row.side, happened_at=at, **said
    )
    for side, contact in people:
        InteractionParticipant.objects.create(
            interaction=entry, side=side, contact=contact
        )
    ask_anew([row.relationship_id])
    return entry


def letters(row) -> str:
    return fresh(row).guards


def reader(row, role="executive") -> Client:
    client = Client()
    person = MembershipFactory(organisation=row.acted_by, role=role).contact
    client.force_login(person.user)
    return client


def page(row) -> str:
    return reader(row).get(f"/relationships/{row.relationship_id}/").text


def test_an_internal_entry_changes_no_byte_of_the_other_side(own):
    other = other_of(own)
    before = fresh(other).guard_facts
    for days in range(10):
        called(own, days, topic="price", visibility="internal")

    assert Guard.COMMODITY in letters(own)
    assert fresh(other).guard_facts == before
    assert "of the last 10 contacts were about price" in page(own)
    assert "about price" not in page(other)


def test_shared_contacts_through_one_pair_show_to_both(own):
    pair = [
        (side, TeamRoleFactory(relationship=own.relationship, side=side).contact)
        for side in Side
    ]
    for days in range(5):
        called(own, days, pair, topic="improvement", visibility="shared")

    for row in (own, other_of(own)):
        assert letters(row) == Guard.THREAD
        assert f"{pair[0][1].name} and {pair[1][1].name} alone" in page(row)


def leaves(own):
    """The interface person of the own side left ten days ago."""
    old = TeamRoleFactory(relationship=own.relationship, side=own.side)
    by = MembershipFactory(organisation=own.acted_by, role="administrator")
    standing = standing_of(by.contact.user)
    team.person_leaves(by=standing, contact=old.contact, left_on=ago(10))
    return old.contact


def test_a_leaving_opens_a_handover_until_the_first_contact(own):
    gone = leaves(own)
    promise = CommitmentFactory(
        relationship=own.relationship, side=own.side, owner=gone, text="Paint the pump"
    )
    StepFactory(
        relationship=own.relationship,
        organisation=own.acted_by,
        owner=gone,
        text="Ring the ward",
    )
    called(own, 20, tone=1, visibility="internal")
    Meeting.objects.create(
        relationship=own.relationship,
        side=own.side,
        organisation=own.acted_by,
        visibility="shared",
        title="Monthly",
        starts_at=datetime(2026, 12, 15, 10, tzinfo=UTC),
        planned_by=gone,
    )
    other = other_of(own)
    Relationship.objects.update(next_review_on=ago(11))
    address = f"/relationships/{own.relationship_id}/handover/"

    assert letters(own) == letters(other) == Guard.HANDOVER
    ours, theirs = reader(own).get(address).text, reader(other).get(address).text
    assert {"nobody follows" in page(row) for row in (own, other)} == {True}
    for words in (promise.text, gone.name, "Monthly", "was due on Mon 16 Nov, not set"):
        assert words in ours
        assert words in theirs
    for words in ("Ring the ward", "Warm"):
        assert words in ours
        assert words not in theirs
    new = TeamRoleFactory(
        relationship=own.relationship, side=own.side, from_on=ago(9)
    ).contact
    across = TeamRoleFactory(relationship=own.relationship, side=other.side).contact
    ask_anew(None)
    assert new.name in guarded(fresh(own))[0].words
    called(own, 1, [(own.side, new), (other.side, across)], visibility="shared")

    assert letters(own) == letters(other) == ""
    assert "No handover is open" in reader(own).get(address).text


def test_a_last_day_ahead_is_said_and_its_handover_open_already(own):
    dan = TeamRoleFactory(relationship=own.relationship, side=own.side).contact
    CommitmentFactory(
        relationship=own.relationship, side=own.side, owner=dan, text="Paint the pump"
    )
    other = other_of(own)
    address = f"/relationships/{own.relationship_id}/handover/"
    by = standing_of(
        MembershipFactory(organisation=own.acted_by, role="administrator").contact.user
    )
    team.person_leaves(by=by, contact=dan, left_on=date(2026, 12, 18))

    says = f"interface person {dan.name} leaves on 18 Dec 2026;"
    assert letters(own) == letters(other) == ""
    assert f"Our {says} name who follows." in page(own)
    assert f"Their {says} nobody follows yet." in page(other)
    for row in (own, other):
        text = reader(row).get(address).text
        assert f"{dan.name} is interface person until 18 Dec 2026." in text
        assert "Paint the pump" in text
    new = TeamRoleFactory(
        relationship=own.relationship, side=own.side, from_on=date(2026, 12, 19)
    ).contact
    for whose, row in (("Our", own), ("Their", other)):
        assert f"{whose} {says} {new.name} follows." in page(row)
        assert f"{new.name} follows." in reader(row).get(address).text


def test_the_page_of_a_handover_costs_the_same_however_much_is_open(own):
    dan = TeamRoleFactory(
        relationship=own.relationship, side=own.side, to_on=date(2026, 12, 18)
    )
    client, place = reader(own), {"relationship": own.relationship}
    client.get(address := f"/relationships/{own.relationship_id}/handover/")
    counts = []
    for _more in range(2):
        CommitmentFactory(**place, side=own.side, owner=dan.contact)
        StepFactory(**place, organisation=own.acted_by, owner=dan.contact)
        TeamRoleFactory(**place, side=own.side, from_on=date(2026, 12, 19))
        with CaptureQueriesContext(connection) as asked:
            client.get(address)
            client.get(f"/relationships/{own.relationship_id}/")
        counts.append(len(asked))

    assert counts[0] == counts[1]


def test_whoever_speaks_for_the_side_hears_of_a_handover_once(own):
    leaves(own)
    sponsor = MembershipFactory(organisation=own.acted_by).contact
    TeamRoleFactory(
        relationship=own.relationship, side=own.side, contact=sponsor, role="sponsor"
    )
    refresh_guards(TODAY)

    for day in (0, 1, 8):
        plan(datetime(2026, 11, 27, 12, tzinfo=UTC) + timedelta(days=day))

    told = Notice.objects.filter(kind="handover")
    assert {(row.recipient, row.day) for row in told} == {(sponsor, ago(10))}
    assert len({row.channel for row in told}) == len(told)
    (kind,) = {known(row.kind) for row in told}
    assert kind.still_wanted(told[0])
    assert "was interface person" in kind.letter(told[0]).paragraphs[0]
    RelationshipSide.objects.update(guard_facts={}, guards="")
    assert not kind.still_wanted(told[0])


def test_a_lapsed_charter_and_a_severe_issue_are_reasons(own):
    for row in (own, other_of(own)):
        TeamRoleFactory(relationship=row.relationship, side=row.side)
    by = own.relationship.team.get(side=own.side).contact
    open_issue(
        relationship=own.relationship,
        by=by,
        said=Opening(title="No power", happened_on=ago(2), severity="1"),
    )
    Charter.objects.create(
        relationship=own.relationship,
        organisation=own.acted_by,
        side=own.side,
        written_by=by,
        purpose="x",
        state="accepted",
        number=1,
        accepted_on=ago(400),
        holds_until=ago(35),
    )
    for row in (own, other_of(own)):
        assert letters(row) == Guard.CHARTER + Guard.ISSUE
    portfolio = reader(own).get("/portfolio/").text
    lists = {
        view: own.counterpart in reader(own).get(f"/relationships/?view={view}").text
        for view in ("guarded", "severe", "charter-lapsed", "unconfirmed", "commodity")
    }

    assert "joint issue of severity 1 is open" in portfolio
    assert "The charter has lapsed" in portfolio
    assert lists == {
        "guarded": True,
        "severe": True,
        "charter-lapsed": True,
        "unconfirmed": False,
        "commodity": False,
    }


def test_only_what_asks_is_written_and_in_as_many_queries(own):
    refresh_guards(TODAY)
    with CaptureQueriesContext(connection) as idle:
        refresh_guards(TODAY)
    counts = []
    for many in (1, 9):
        for _one in range(many):
            RelationshipFactory()
        ask_anew(None)
        with CaptureQueriesContext(connection) as asked:
            refresh_guards(TODAY)
        counts.append(len(asked))

    assert len(idle) == 1
    assert counts[0] == counts[1]
    assert not RelationshipSide.objects.filter(guarded_at=None).exists()
    assert Relationship.objects.count() == 11
