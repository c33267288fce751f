"""On whose Home a question stands that no interface person is there to be asked."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from engagements.boards.answer_mails import answerers
from engagements.ideas import actions as ideas
from engagements.models import (
    Membership,
    Recommendation,
    RelationshipSide,
    Side,
    TeamRole,
)
from engagements.relationships.guards import Guard
from engagements.reminders import rounds
from engagements.reminders.recipients import people
from tests.engagements.commitments.conftest import relationship, seat
from tests.engagements.dashboards.test_views import cost
from tests.engagements.dashboards.test_waiting import everything
from tests.factories import (
    BoardMeetingFactory,
    MembershipFactory,
    RecommendationFactory,
    TeamRoleFactory,
    board_with_seats,
)

__all__ = ["relationship"]
pytestmark = pytest.mark.django_db
AGO = timedelta(days=5)
LEFT = ["Handover: nobody follows Ann yet", "Idea to answer: One desk"]


def home(client, contact) -> list[str]:
    client.force_login(contact.user)
    return sorted(row.text for row in client.get("/home/").context["asked"])


@pytest.mark.parametrize("side", list(Side))
def test_where_the_interface_person_left_those_who_are_mailed_see_it(
    client, relationship, side
):
    today = timezone.localdate()
    gone, other = seat(relationship, side), seat(relationship, side.other)
    place = gone.contact.organisation
    tom, eve = (
        MembershipFactory(organisation=place, role=role).contact
        for role in ("administrator", "executive")
    )
    across = MembershipFactory(
        organisation=other.contact.organisation, role="administrator"
    ).contact
    idea = {"by": other.contact, "title": "One desk", "text": "x"}
    ideas.give(relationship=relationship, side=other.side, **idea)
    left = {"left": "Ann", "now": "", "on": (today - AGO).isoformat()}
    RelationshipSide.objects.update(
        guards=Guard.HANDOVER.value, guard_facts={Guard.HANDOVER.value: {side: left}}
    )
    # Still there: whoever is asked is asked alone.
    assert home(client, gone.contact) == LEFT
    assert home(client, tom) == []

    gone.contact.left_on = today - AGO
    gone.contact.save()
    relationship.team.filter(side=side).update(to_on=today - AGO)
    Membership.objects.filter(contact=gone.contact).update(ended_at=timezone.now())

    def told():
        found = people([relationship.pk], today)
        return found.coordinators(place.pk, relationship.pk, side.value)

    assert told() == [tom.pk]
    assert home(client, tom) == LEFT
    miriam = MembershipFactory(organisation=place).contact
    role = {"role": TeamRole.Role.SPONSOR, "contact": miriam}
    TeamRoleFactory(relationship=relationship, side=side, **role)
    assert told() == [miriam.pk]
    assert home(client, miriam) == LEFT
    for nobody in (tom, eve, other.contact, across):
        assert home(client, nobody) == []


@pytest.mark.parametrize("side", list(Side))
def test_until_it_is_passed_on_they_see_what_was_asked_of_who_left(
    client, relationship, side
):
    today = timezone.localdate()
    gone, other = seat(relationship, side), seat(relationship, side.other)
    everything(gone, other)
    tom = MembershipFactory(
        organisation=gone.contact.organisation, role="administrator"
    ).contact
    severe = ["Account of your side: Alarm"]
    assert home(client, tom) == severe

    gone.contact.left_on = today - AGO
    gone.contact.save()
    relationship.team.filter(side=side).update(to_on=today - AGO)
    Membership.objects.filter(contact=gone.contact).update(ended_at=timezone.now())

    assert set(home(client, tom)) >= {
        "Charter to accept",
        "Promise asked of who has left: Ring both desks",
        "Values and abilities: the part of your side",
    }
    for row in client.get("/home/").context["asked"]:
        assert client.get(row.url).status_code == 200
    assert home(client, other.contact).count("Charter to accept") == 1
    rounds.run()
    now = home(client, tom)
    assert "Promise asked of your side: Ring both desks" in now
    assert now.count("Charter to accept") == 1


def test_what_a_board_asked_for_is_on_the_home_of_those_who_are_mailed(client):
    board = board_with_seats(3)
    tom = MembershipFactory(organisation=board.supplier, role="administrator").contact
    client.force_login(tom.user)
    cost(client, "/home/")
    costs = []
    for number in (1, 2):
        meeting = BoardMeetingFactory(board=board, number=number, phase="response")
        for which in (1, 2):
            RecommendationFactory(
                meeting=meeting,
                number=10 * number + which,
                submitted_at=timezone.now() - AGO,
            )
        costs.append(cost(client, "/home/"))
    assert costs[0] == costs[1] <= 12

    first, _second = client.get("/home/").context["asked"]
    assert first.text.startswith("2 recommendations to answer by ")
    assert "; to read by " in first.text
    assert (first.relationship, first.waits) == (board.name, "for 5 days")
    assert client.get(first.url).status_code == 200
    Recommendation.objects.update(acknowledged_at=timezone.now())
    Recommendation.objects.filter(meeting__number=1).update(
        submitted_at=timezone.now() - 20 * AGO
    )
    Recommendation.objects.filter(number=22).update(state="withdrawn")
    late, soon = (row.text for row in client.get("/home/").context["asked"])
    assert late.startswith("2 recommendations to answer, due since ")
    assert soon.startswith("1 recommendation to answer by ")
    assert "to read" not in soon
    manager = MembershipFactory(organisation=board.supplier).contact
    eve = MembershipFactory(organisation=board.supplier, role="executive").contact
    assert answerers(board.supplier_id) == [eve.pk]
    assert len(home(client, eve)) == 2
    assert home(client, tom) == home(client, manager) == []
