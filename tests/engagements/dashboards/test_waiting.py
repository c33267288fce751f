"""Home lists what a person is asked and has not answered, of either side alike."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import time_machine
from django.utils import timezone

from engagements.commitments import asking
from engagements.commitments.said import Said
from engagements.ideas import actions as ideas
from engagements.issues.actions import correcting, opening, recording
from engagements.models import (
    Charter,
    CharterAcceptance,
    IssueStep,
    IssueStepSide,
    JointIssue,
    Mirror,
    MirrorPart,
    RelationshipSide,
)
from engagements.relationships.guards import Guard
from tests.engagements.commitments.conftest import (
    Seat,
    client_seat,
    relationship,
    seat,
    seats,
    supplier_seat,
)
from tests.engagements.dashboards.test_views import cost
from tests.engagements.issues.conftest import to_closed, to_closing, to_facts
from tests.factories import RelationshipFactory, TeamRoleFactory

__all__ = ["client_seat", "relationship", "seats", "supplier_seat"]
pytestmark = pytest.mark.django_db
AGO = timedelta(days=5)


def everything(own, other) -> None:
    """Each kind of question, asked of the person of the own side by the other."""
    pair, today = own.relationship, timezone.localdate()
    charter(own, other, Charter.State.PROPOSED, round_=1)
    mirror = Mirror.objects.create(relationship=pair)
    MirrorPart.objects.create(
        mirror=mirror,
        side=other.side,
        organisation=other.contact.organisation,
        written_by=other.contact,
    )
    said = opening.Opening(title="Alarm", happened_on=today, severity="1")
    issue = opening.open_issue(relationship=pair, by=other.contact, said=said)
    correcting.correct(
        issue=issue,
        side=other.side,
        by=other.contact,
        title="Alarm",
        happened_on=today,
        severity="2",
        reason="Shorter than thought",
    )
    step = IssueStep.objects.create(
        issue=issue, level="sponsor", question="Who pays?", asked_on=today - AGO
    )
    for one in (own, other):
        IssueStepSide.objects.create(step=step, side=one.side, contact=one.contact)
    said = Said(pair, own.side, own.contact, "Ring both desks", today + AGO)
    asking.ask(by=other.by, said=said)
    ideas.give(
        relationship=pair, side=other.side, by=other.contact, title="One desk", text="x"
    )
    left = {"left": "Ann", "now": "Bo", "on": (today - AGO).isoformat()}
    facts = {own.side.value: left | {"person": str(own.contact.pk)}}
    RelationshipSide.objects.filter(relationship=pair).update(
        guards=Guard.HANDOVER.value, guard_facts={Guard.HANDOVER.value: facts}
    )


def charter(own, other, state, *, round_) -> None:
    pair, today = own.relationship, timezone.localdate()
    row = Charter.objects.create(
        relationship=pair, organisation=other.contact.organisation, side=other.side,
        written_by=other.contact, purpose="x", state=state,
        number=round_ if state == Charter.State.ACCEPTED else None,
        accepted_on=date(2025, 1, 1), holds_until=today,
    )  # fmt: skip
    for one in (own, other):
        CharterAcceptance.objects.create(
            charter=row, side=one.side, round=round_, contact=one.contact,
            asked_on=today - AGO,
        )  # fmt: skip


WORDS = (
    "Charter to accept",
    "Values and abilities: the part of your side",
    "To settle, one level up: Alarm",
    "Account of your side: Alarm",
    "Less severe, to agree: Alarm",
    "Promise asked of your side: Ring both desks",
    "Idea to answer: One desk",
    "Handover to confirm: Bo follows Ann",
)


def listed(client, one) -> list[str]:
    client.force_login(one.contact.user)
    return [row.text for row in client.get("/home/").context["asked"]]


def test_each_question_is_a_line_until_it_is_answered(client, seats):
    own, other = seats
    everything(own, other)

    assert sorted(listed(client, own)) == sorted(WORDS)
    # The other side is asked for what both are asked.
    both = ["Account of your side: Alarm", "Charter to accept"]
    assert sorted(listed(client, other)) == [*both, "To settle, one level up: Alarm"]
    page = client.get("/home/")
    assert "for 5 days" in page.text
    for one in seats:
        client.force_login(one.contact.user)
        for row in client.get("/home/").context["asked"]:
            assert client.get(row.url).status_code == 200, row.text
    client.force_login(own.contact.user)

    IssueStepSide.objects.update(answer="yes")
    Charter.objects.update(state=Charter.State.SUPERSEDED)
    charter(own, other, Charter.State.ACCEPTED, round_=2)
    now = listed(client, own)
    assert "Does the charter still hold?" in now
    assert {"Charter to accept", "To settle, one level up: Alarm"}.isdisjoint(now)
    own.relationship.team.update(to_on=timezone.localdate() - timedelta(days=1))
    assert listed(client, own) == []


def test_it_costs_the_same_however_much_is_asked(client, seats):
    own, other = seats
    client.force_login(own.contact.user)
    cost(client, "/home/")
    none = cost(client, "/home/")
    everything(own, other)
    some = cost(client, "/home/")
    place = own.contact.organisation
    more = RelationshipFactory(**{own.side.value: place})
    TeamRoleFactory(relationship=more, side=own.side, contact=own.contact)
    everything(Seat(own.side, own.contact, more), seat(more, other.side))

    assert none == some == cost(client, "/home/")


def test_an_issue_asks_in_each_of_its_states(client, seats):
    own, other = seats
    made = {
        "Facts to agree": to_facts(other, own),
        "Closing to confirm": to_closing(other, own),
        "Has it come back?": to_closed(other, own),
    }
    facts, _closing, over = made.values()
    with time_machine.travel(timezone.now() - AGO):
        recording.word_facts(issue=facts, side=other.side, facts="At nine.")
    JointIssue.objects.filter(pk=over.pk).update(check_on=timezone.localdate() - AGO)

    client.force_login(own.contact.user)
    rows = client.get("/home/").context["asked"]

    found = {row.text.rpartition(" The alarm")[0].strip(":"): row for row in rows}
    assert {name: row.url for name, row in found.items()} == {
        name: issue.get_absolute_url() for name, issue in made.items()
    }
    # What lapses comes first, then the longest waiting.
    assert rows[0].text.startswith("Closing to confirm")
    assert found["Facts to agree"].waits == "for 5 days"
    assert all(client.get(row.url).status_code == 200 for row in rows)
    JointIssue.objects.filter(pk=facts.pk).update(facts_round=9)
    assert "Facts to agree: The alarm came late" in listed(client, own)


def test_nothing_asked_is_left_out(client, seats):
    own, other = seats
    closing = to_closing(other, own)
    by = {"side": other.side, "by": other.contact, "text": "x"}
    for number in range(33):
        ideas.give(relationship=own.relationship, title=f"Idea {number}", **by)

    found = listed(client, own)

    assert len(found) == 34
    assert found[0] == f"Closing to confirm: {closing.title}"
    shown, _summary, folded = client.get("/home/").text.partition("And 4 more")
    assert (shown.count("Idea to answer"), folded.count("Idea to answer")) == (29, 4)
