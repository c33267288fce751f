"""One's notices, preferences, the way out of a mail, the administrator's page."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from engagements.models import (
    Notice,
    NoticePreference,
    RelationshipSide,
    TeamRole,
    Tick,
)
from engagements.notices.delivery import show
from engagements.notices.ledger import Owed, owe
from engagements.notices.letters import unsubscribe_url
from tests.engagements.reminders.conftest import TODAY, told
from tests.factories import CommitmentFactory, ContractFactory, OrganisationFactory


def browser(world, side="client", role="administrator"):
    found = Client()
    found.force_login(world.user(side, role))
    return found


def refused(world, side="client", state=Notice.State.DEAD):
    """A message of one side's ledger that needs a person."""
    standing = world.by(side)
    owe(
        [
            Owed(
                kind="silence",
                recipient=standing.contact.pk,
                organisation=standing.organisation.pk,
                lane=2,
                object_id=standing.contact.pk,
            )
        ]
    )
    row = Notice.objects.get(recipient=standing.contact)
    Notice.objects.filter(pk=row.pk).update(state=state, last_error="550 no such")
    return row


@pytest.mark.parametrize("count", [1, 3])
def test_one_s_notices_take_a_fixed_number_of_queries(
    world, contract, count, django_assert_max_num_queries
):
    ContractFactory.create_batch(
        count - 1,
        relationship=world.relationship,
        state="renewing",
        client_act_by=TODAY + timedelta(days=20),
    )
    told("notice-deadline")
    show(timezone.now())
    page = browser(world, role="account_manager")

    # Session, user, standing, pins, count, rows.
    with django_assert_max_num_queries(8):
        response = page.get(reverse("engagements:notices"))

    assert len(response.context["lines"]) == count
    assert f"Notice on {contract.title} by 31 Dec 2026" in response.text
    assert contract.get_absolute_url() in response.text


def test_every_kind_has_a_line(world, contract):
    CommitmentFactory(
        relationship=world.relationship,
        owner=world.by("client", "account_manager").contact,
        original_due_on=TODAY,
    )
    RelationshipSide.objects.update(
        contact_due_on=TODAY - timedelta(days=3), live_contracts=1
    )
    told("silence")
    show(timezone.now())

    text = browser(world, role="account_manager").get("/notices/").text

    assert "Silent since 20 Nov 2026" in text
    assert "Due on 23 Nov 2026: Send the summer rota" in text


def test_what_one_may_no_longer_see_is_left_out(world, contract):
    told("notice-deadline")
    show(timezone.now())
    TeamRole.objects.update(to_on=TODAY - timedelta(days=1))

    response = browser(world, role="account_manager").get("/notices/")

    assert contract.title not in response.text


def test_another_s_notices_are_left_out(world, contract):
    told("notice-deadline")
    show(timezone.now())

    response = browser(world, "supplier").get("/notices/")

    assert response.context["lines"] == []


def test_the_administrator_sees_the_own_ledger_alone(world):
    refused(world)
    refused(world, "supplier")
    Tick.objects.create(finished_at=timezone.now(), counts={"sent": 4711})

    response = browser(world).get(reverse("engagements:jobs"))

    assert len(response.context["stuck"]) == 1
    assert world.by("supplier").contact.name not in response.text
    # What the whole installation sent is not one organisation's to know.
    assert "4711" not in response.text


def test_relationships_that_nobody_owns_are_reported_to_their_own_side(world):
    sides = RelationshipSide.objects.filter(side="client")
    sides.update(owner=world.by("client").contact)
    assert "Every relationship has an owner" in jobs_page(world)

    sides.update(owner=None)
    assert "1 relationship has no owner on our side" in jobs_page(world)

    RelationshipSide.objects.update(owner=None)
    sides.update(owner=world.by("client").contact)
    assert "Every relationship has an owner" in jobs_page(world)


def jobs_page(world):
    return browser(world).get("/jobs/").content.decode()


@pytest.mark.parametrize("role", ["executive", "account_manager"])
def test_the_page_of_the_administrator_is_refused_to_others(world, role):
    assert browser(world, role=role).get("/jobs/").status_code == 403


def test_refused_mail_is_sent_again_or_let_go(world):
    row = refused(world)
    page = browser(world)

    page.post(reverse("engagements:notice-retry", args=[row.pk]))
    row.refresh_from_db()
    assert row.state == Notice.State.PENDING

    page.post(reverse("engagements:notice-cancel", args=[row.pk]))
    row.refresh_from_db()
    assert row.state == Notice.State.CANCELLED


@pytest.mark.parametrize("act", ["notice-retry", "notice-cancel"])
def test_the_other_side_s_mail_cannot_be_touched(world, act):
    row = refused(world)

    response = browser(world, "supplier").post(
        reverse(f"engagements:{act}", args=[row.pk])
    )

    assert response.status_code == 404
    row.refresh_from_db()
    assert row.state == Notice.State.DEAD


def test_a_choice_is_kept_and_taken_back(world):
    page = browser(world)
    address = reverse("engagements:notice-preferences")

    page.post(address, {"silence": "off", "notice-deadline": "in_app"})
    assert dict(NoticePreference.objects.values_list("kind", "choice")) == {
        "silence": "off",
        "notice-deadline": "in_app",
    }

    page.post(address, {"silence": "", "notice-deadline": ""})
    assert not NoticePreference.objects.exists()


@pytest.mark.parametrize("choice", ["off", "loudly"])
def test_a_legal_deadline_cannot_be_switched_off(world, choice):
    browser(world).post(
        reverse("engagements:notice-preferences"), {"notice-deadline": choice}
    )

    assert not NoticePreference.objects.exists()


def test_looking_at_the_way_out_changes_nothing_and_a_post_needs_no_sign_in(world):
    row = refused(world)
    path = unsubscribe_url(row).removeprefix("http://localhost:8000")
    stranger = Client(enforce_csrf_checks=True)

    assert "<button" in stranger.get(path).text
    assert not NoticePreference.objects.exists()

    for _ in range(2):
        answer = stranger.post(path, {"List-Unsubscribe": "One-Click"})
        assert answer.status_code == 200
    assert NoticePreference.objects.get().choice == "off"


def test_a_forged_way_out_is_not_there(db):
    OrganisationFactory()
    address = reverse("engagements:unsubscribe", args=["x.y"])
    assert Client().get(address).status_code == 404
