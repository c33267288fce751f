"""Pages of promises and steps."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from engagements.models import Commitment, Step
from tests.engagements.commitments.conftest import asked_of
from tests.factories import (
    CommitmentFactory,
    InteractionFactory,
    MembershipFactory,
    StepFactory,
)

pytestmark = pytest.mark.django_db


def url(name, row):
    return reverse(f"engagements:{name}", args=[row.pk])


@pytest.fixture
def signed_in(client, client_seat):
    client.force_login(client_seat.contact.user)
    return client


@pytest.fixture
def promise(client_seat):
    return CommitmentFactory(
        relationship=client_seat.relationship,
        owner=client_seat.contact,
        text="Send the summer rota",
        original_due_on=date(2030, 1, 14),
    )


def test_a_promise_is_recorded_from_the_relationship(signed_in, client_seat):
    page = url("commitment-create", client_seat.relationship)
    assert signed_in.get(page).status_code == 200

    response = signed_in.post(
        page,
        {
            "text": "Clear the yard",
            "side": "client",
            "owner": client_seat.contact.pk,
            "due_on": "14/1/2030",
            "shared": "on",
        },
    )

    assert response.status_code == 302
    promise = Commitment.objects.get()
    assert (promise.side, promise.due_on) == ("client", date(2030, 1, 14))


@pytest.mark.parametrize("visibility", ["shared", "internal"])
def test_where_it_was_made_is_named_and_linked_for_who_may_read_it(
    client, client_seat, supplier_seat, promise, visibility
):
    talk = InteractionFactory(
        relationship=client_seat.relationship,
        organisation=client_seat.relationship.client,
        visibility=visibility,
    )
    goal = uuid4()
    rows = [
        ("interaction", talk.pk, f"/interactions/{talk.pk}/", "Conversation"),
        ("goal", goal, f"/goals/{goal}/", "Goal"),
        ("contract", goal, f"/contracts/{goal}/", "Contract"),
    ]
    for one in (client_seat, supplier_seat):
        client.force_login(one.contact.user)
        for kind, origin, address, words in rows:
            Commitment.objects.filter(pk=promise.pk).update(
                origin_kind=kind, origin_id=origin, visibility="shared"
            )
            read = kind != "interaction" or visibility == "shared"
            read = read or one is client_seat
            for page in ("/commitments/", promise.get_absolute_url()):
                shown = client.get(page).text
                assert words in shown
                assert (f'href="{address}"' in shown) == read, (page, kind)


def test_a_wrong_date_names_the_field_and_keeps_what_was_typed(signed_in, client_seat):
    response = signed_in.post(
        url("commitment-create", client_seat.relationship),
        {"text": "Deliver the pumps", "side": "client", "due_on": "31/2/2030"},
    )

    assert response.status_code == 422
    body = response.content.decode()
    assert "31/2/2030" in body
    assert "Deliver the pumps" in body
    assert not Commitment.objects.exists()


def test_one_promise_is_moved_done_reopened_and_verified(
    signed_in, client, promise, supplier_seat
):
    today = timezone.localdate()
    signed_in.post(
        url("commitment-move", promise), {"due_on": "1/2/2030", "reason": "Strike"}
    )
    assert "Strike" in signed_in.get(promise.get_absolute_url()).content.decode()
    signed_in.post(url("commitment-done", promise), {"done_on": today.isoformat()})
    signed_in.post(url("commitment-reopen", promise))
    promise.refresh_from_db()
    assert promise.done_at is None
    signed_in.post(url("commitment-done", promise), {"done_on": today.isoformat()})
    assert signed_in.post(url("commitment-verify", promise)).status_code == 403

    client.force_login(supplier_seat.contact.user)
    assert client.get(url("commitment-move", promise)).status_code == 403
    assert b"Verify" in client.get(promise.get_absolute_url()).content
    client.post(url("commitment-verify", promise))

    promise.refresh_from_db()
    assert promise.verified_by == supplier_seat.contact


def test_a_broken_rule_is_said_on_the_page(signed_in, promise):
    response = signed_in.post(url("commitment-reopen", promise), follow=True)

    assert "This promise is open." in response.content.decode()


def test_a_promise_is_let_go_with_a_reason(signed_in, promise):
    page = url("commitment-let-go", promise)
    assert signed_in.post(page, {"reason": ""}).status_code == 422

    signed_in.post(page, {"reason": "No longer needed"})

    promise.refresh_from_db()
    assert promise.cancelled_by_client_at is not None
    assert promise.cancelled_at is None


def test_strangers_and_the_other_side_learn_of_no_internal_promise(
    client, promise, supplier_seat
):
    Commitment.objects.update(visibility="internal")
    for person in (supplier_seat.contact, MembershipFactory().contact):
        client.force_login(person.user)
        for name in ("commitment", "commitment-move", "commitment-let-go"):
            assert client.get(url(name, promise)).status_code == 404
        assert client.post(url("commitment-verify", promise)).status_code == 404
        assert b"summer rota" not in client.get("/commitments/").content


def test_a_step_is_added_changed_ticked_and_taken_back(signed_in, client_seat):
    relationship = client_seat.relationship
    values = {"text": "Ring", "owner": client_seat.contact.pk, "due_on": "in 3 weeks"}
    signed_in.post(url("step-create", relationship), values)
    step = Step.objects.get()
    assert step.due_on == timezone.localdate() + timedelta(weeks=3)

    signed_in.post(url("step", step), {**values, "text": "Ring twice"})
    response = signed_in.post(url("step-done", step), follow=True)
    assert "Done: Ring twice." in response.content.decode()
    assert url("step-reopen", step) in response.content.decode()
    signed_in.post(url("step-reopen", step))

    assert Step.objects.open().get().text == "Ring twice"


def test_ticking_off_returns_to_the_page_one_came_from(signed_in, client_seat):
    step = StepFactory(relationship=client_seat.relationship)

    for came_from, place in (
        ("http://testserver/home/", "http://testserver/home/"),
        ("https://elsewhere.example/", step.relationship.get_absolute_url()),
    ):
        response = signed_in.post(
            url("step-done", step), headers={"referer": came_from}
        )
        assert response["Location"] == place


def test_the_other_side_learns_of_no_step(client, client_seat, supplier_seat):
    step = StepFactory(relationship=client_seat.relationship)
    client.force_login(supplier_seat.contact.user)

    for name in ("step-done", "step-reopen"):
        assert client.post(url(name, step)).status_code == 404
    assert client.get(url("step", step)).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_the_same_number_of_questions(
    signed_in, client_seat, supplier_seat, django_assert_num_queries, count
):
    for _ in range(count):
        CommitmentFactory(relationship=client_seat.relationship)
        asked_of(client_seat, supplier_seat)
    signed_in.get("/commitments/")

    with django_assert_num_queries(7):
        response = signed_in.get("/commitments/")

    assert response.content.decode().count("data-row>") == count
    assert response.content.decode().count("Take back</button>") == count


def test_a_promise_is_given_to_somebody_of_the_same_side(
    signed_in, client_seat, supplier_seat, promise
):
    page = url("commitment-give", promise)
    heir = MembershipFactory(organisation=client_seat.relationship.client).contact
    assert (
        f'href="{page}"' in signed_in.get(promise.get_absolute_url()).content.decode()
    )
    assert supplier_seat.contact.name not in signed_in.get(page).content.decode()
    assert signed_in.post(page, {"owner": supplier_seat.contact.pk}).status_code == 422

    signed_in.post(page, {"owner": heir.pk, "reason": "She left"})

    promise.refresh_from_db()
    assert (promise.owner, promise.original_due_on) == (heir, date(2030, 1, 14))
    told = signed_in.get(promise.get_absolute_url()).content.decode()
    assert "She left" in told
    assert heir.name in told
