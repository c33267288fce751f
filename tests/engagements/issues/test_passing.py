"""Whoever was asked and left is not let in by the link; the next of the side is."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from engagements.issues import links, mails
from engagements.issues.actions import opening
from engagements.issues.actions.passing import pass_on_seats
from engagements.models import Contact, Notice, Side, TeamRole
from engagements.relationships.actions import let_go
from tests.engagements.issues.conftest import SAID
from tests.factories import ContactFactory

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


@pytest.fixture(params=list(Side))
def asked(request, client_seat, supplier_seat):
    issue = opening.open_issue(
        relationship=client_seat.relationship, by=client_seat.contact, said=SAID
    )
    return issue.sides.select_related("contact").get(side=request.param)


def opened(client, row) -> int:
    return client.get(links.path(row)).status_code


@pytest.mark.parametrize("gone", ["left", "archived", "switched off"])
def test_the_link_of_who_left_is_closed_and_the_next_is_asked(client, asked, gone):
    person, before = asked.contact, links.path(asked)
    assert opened(client, asked) == 200
    # Their last day is still theirs.
    Contact.objects.filter(pk=person.pk).update(left_on=TODAY())
    assert opened(client, asked) == 200
    assert pass_on_seats(TODAY()) == 0

    follower = ContactFactory(organisation=person.organisation)
    TeamRole.objects.create(
        relationship=asked.issue.relationship,
        side=asked.side,
        contact=follower,
        role=TeamRole.Role.INTERFACE,
        from_on=TODAY(),
    )
    change = {"left_on": None}
    if gone == "left":
        change = {"left_on": TODAY() - timedelta(days=2)}
    elif gone == "archived":
        change = {"left_on": None, "archived_at": timezone.now()}
    else:
        type(person.user).objects.filter(pk=person.user_id).update(is_active=False)
    Contact.objects.filter(pk=person.pk).update(**change)

    assert client.get(before).status_code == 404
    let_go()
    assert pass_on_seats(TODAY()) == 1
    assert pass_on_seats(TODAY()) == 0

    asked.refresh_from_db()
    assert asked.contact == follower
    assert client.get(before).status_code == 404
    assert opened(client, asked) == 200
    sent = Notice.objects.filter(recipient=follower, object_id=asked.pk)
    assert [row.kind for row in sent] == [mails.ACCOUNT]


def test_nobody_who_could_follow_leaves_it_as_it_is(client, asked):
    TeamRole.objects.filter(relationship=asked.issue.relationship).delete()
    Contact.objects.filter(pk=asked.contact_id).update(
        left_on=TODAY() - timedelta(days=2)
    )
    before = asked.contact_id

    pass_on_seats(TODAY())

    asked.refresh_from_db()
    assert opened(client, asked) == (404 if asked.contact_id == before else 200)
