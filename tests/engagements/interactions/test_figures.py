"""Last and next contact of each side, from what that side may see."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from engagements.models import Interaction, Meeting, RelationshipSide
from engagements.relationships.figures import refresh_contacts
from tests.engagements.interactions.conftest import logged, said
from tests.factories import InteractionFactory

pytestmark = pytest.mark.django_db
STORED = (
    "last_contact_at",
    "last_contact_with",
    "contact_due_on",
    "next_contact_at",
)


def figures(seat):
    return RelationshipSide.objects.values_list(*STORED).get(pk=seat.own.pk)


def page(client, seat):
    client.force_login(seat.contact.user)
    body = client.get(reverse("engagements:relationship", args=[seat.relationship.pk]))
    # A form's own keys differ at each look.
    lines = body.content.decode().splitlines()
    return [
        line
        for line in lines
        if "csrfmiddleware" not in line and "submit_key" not in line
    ]


def test_one_internal_entry_changes_no_byte_and_no_figure_of_the_other_side(
    client, seats
):
    own, other = seats
    refresh_contacts(None)
    before, bytes_before = figures(other), page(client, other)

    logged(own, "Meriel wants out", people=((other.contact, other.side),))

    assert figures(other) == before
    assert page(client, other) == bytes_before
    assert figures(own)[0] is not None
    assert "Meriel wants out" in "\n".join(page(client, own))


def test_a_shared_call_is_the_last_contact_of_both_sides(seats):
    own, other = seats

    entry = logged(own, shared=True, people=((other.contact, other.side),))

    due = timezone.localdate() + timedelta(days=14)
    assert figures(own) == (entry.happened_at, other.contact.pk, due, None)
    assert figures(other) == (entry.happened_at, own.contact.pk, due, None)


def test_a_note_is_nobodys_contact(client_seat):
    refresh_contacts(None)
    before = figures(client_seat)

    logged(client_seat, kind="note")

    assert figures(client_seat) == before
    assert refresh_contacts(None) == 0


def test_an_older_call_written_afterwards_is_not_the_last(client_seat):
    logged(client_seat)
    before = figures(client_seat)

    logged(client_seat, happened_at=timezone.now() - timedelta(days=9))

    assert figures(client_seat) == before


def test_what_is_stored_at_once_is_what_the_sweep_computes(seats):
    own, other = seats
    logged(own, people=((other.contact, other.side),))
    logged(other, shared=True, happened_at=timezone.now() - timedelta(days=2))

    assert refresh_contacts(None) == 0

    Interaction.objects.all().delete()
    assert refresh_contacts([own.relationship.pk]) == 2
    assert figures(own)[0] is None


def test_the_next_meeting_counts_for_the_side_that_sees_it(client_seat, supplier_seat):
    meeting = Meeting.objects.create(
        relationship=client_seat.relationship,
        side="client",
        organisation=client_seat.by.organisation,
        title="Among us",
        starts_at=timezone.now() + timedelta(days=3),
        planned_by=client_seat.contact,
    )
    refresh_contacts(None)

    assert figures(client_seat)[3] == meeting.starts_at
    assert figures(supplier_seat)[3] is None


def test_a_side_nobody_acts_on_keeps_its_figures_unknown(client_seat):
    RelationshipSide.objects.filter(side="supplier").update(acted_by=None)

    logged(client_seat, shared=True)
    InteractionFactory(relationship=client_seat.relationship, visibility="shared")
    refresh_contacts(None)

    theirs = RelationshipSide.objects.get(side="supplier")
    assert theirs.last_contact_at is None


@pytest.mark.parametrize("count", [1, 3])
def test_figures_of_many_take_as_many_questions_as_of_one(
    client_seat, django_assert_num_queries, count
):
    for _ in range(count):
        logged(client_seat, said().text)
    RelationshipSide.objects.update(last_contact_at=None)

    with django_assert_num_queries(4):
        refresh_contacts(None)
