"""Pages of contracts: who reaches them, what they say, how often they read."""

import re
from datetime import date
from uuid import uuid4

import pytest
from django.urls import reverse

from engagements import access
from engagements.contracts import actions
from engagements.models import Change, Commitment, Contract, KeyDate
from tests.factories import RelationshipFactory

LIST = "engagements:contracts"
PAGE = "engagements:contract"
FORM = {
    "title": "Critical plant maintenance",
    "start_on": "1/4/2024",
    "end_on": "31/3/2027",
    "renewal": "tacit",
    "renewal_months": "12",
    "client_notice": "3",
    "client_notice_unit": "months",
    "supplier_notice": "6",
    "supplier_notice_unit": "months",
    "notice_clause": "18.2",
    "value": "12,600,000",
    "value_basis": "whole_term",
    "currency": "gbp",
}
# What only administrators of the two sides may do: address, what is posted.
ACTS = {
    "engagements:contract-edit": FORM,
    "engagements:contract-amend": {**FORM, "signed_on": "1/11/2026", "value": "13m"},
    "engagements:contract-notice": {"side": "client", "on": "18/11/2026"},
    "engagements:contract-withdraw": {"reason": "Agreed"},
    "engagements:contract-terminate": {"on": "1/12/2026", "reason": "Agreed"},
    "engagements:contract-confirm": {},
    "engagements:contract-archive": {"reason": "Twice"},
    "engagements:contract-restore": {},
    "engagements:contract-key-date": {"kind": "other", "title": "x", "on": "1/1/2027"},
}


def sign_in(client, world, side="client", role="administrator"):
    client.force_login(world.user(side, role))
    return client


def plain(answer):
    """A page without the token that differs every time."""
    return re.sub(r'value="\w{64}"', "", answer.text)


def page(client, contract, name=PAGE, **data):
    return client.get(reverse(name, args=[contract.pk]), data)


@pytest.mark.parametrize("side", ["client", "supplier"])
@pytest.mark.parametrize("role", ["administrator", "executive", "account_manager"])
def test_both_sides_read_the_facts_alike(world, client, side, role):
    contract = world.contract()

    answer = page(sign_in(client, world, side, role), contract)

    may = access.can_add_document(world.user(side, role), contract)
    assert answer.context["can_add_document"] == may
    assert answer.status_code == 200
    assert "31 Dec 2026" in answer.text
    assert "30 Sep 2026" in answer.text


@pytest.mark.parametrize(
    ("side", "role"),
    [
        ("bystander", "administrator"),
        ("client", "elsewhere"),
        ("supplier", "elsewhere"),
    ],
)
def test_strangers_learn_nothing_of_a_contract(world, client, side, role):
    contract = world.contract()
    sign_in(client, world, side, role)
    unknown = client.get(reverse(PAGE, args=[uuid4()]))

    for name in (PAGE, "engagements:contract-history", *ACTS):
        address = reverse(name, args=[contract.pk])
        for answer in (client.get(address), client.post(address, ACTS.get(name, {}))):
            assert answer.status_code in {404, 405}
    assert plain(page(client, contract)) == plain(unknown)
    assert contract.title not in client.get(reverse(LIST)).text


@pytest.mark.parametrize("name", ACTS)
@pytest.mark.parametrize("role", ["executive", "account_manager"])
@pytest.mark.parametrize("side", ["client", "supplier"])
def test_only_administrators_change_facts(world, client, name, role, side):
    contract = world.contract()
    before = Change.objects.count()

    answer = sign_in(client, world, side, role).post(
        reverse(name, args=[contract.pk]), ACTS[name]
    )

    assert answer.status_code == 403
    assert Change.objects.count() == before


def test_nothing_is_written_by_looking(world, client):
    contract = world.contract()
    sign_in(client, world)

    for name in ("engagements:contract-confirm", "engagements:contract-restore"):
        assert page(client, contract, name).status_code == 405


def test_a_contract_is_recorded_with_its_days(world, client):
    sign_in(client, world)
    address = reverse("engagements:contract-create")

    answer = client.post(address, {**FORM, "relationship": world.relationship.pk})

    contract = Contract.objects.get()
    assert answer.url == contract.get_absolute_url()
    assert contract.client_act_by == date(2026, 12, 31)
    assert contract.currency == "GBP"
    assert contract.notice_clause == "18.2"


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"end_on": "31/2/2027"}, "“31/2/2027” is not a date"),
        ({"end_on": "1/3/2024"}, "begins on 1 Apr 2024"),
        ({"currency": "XYZ"}, "“XYZ” is not a currency"),
        ({"currency": ""}, "Say the currency of the value"),
        ({"currency": "JPY", "value": "10.50"}, "JPY has no smaller unit"),
        ({"value": "lots"}, "“lots” is not an amount"),
        ({"value": "1,5"}, "“1,5” is not an amount"),
        ({"initial_months": "36"}, "not both"),
        ({"renewal_months": ""}, "Say by how many months it renews"),
        ({"title": ""}, "Title is missing"),
    ],
)
def test_what_is_wrong_is_said_beside_it_and_nothing_typed_is_lost(
    world, client, typed, words
):
    sign_in(client, world)
    form = {**FORM, "relationship": world.relationship.pk, **typed}

    answer = client.post(reverse("engagements:contract-create"), form)

    assert answer.status_code == 422
    assert words in answer.text
    assert 'value="18.2"' in answer.text
    assert not Contract.objects.exists()


@pytest.mark.parametrize("stranger", ["other", "not-an-id"])
def test_a_contract_is_not_recorded_on_a_strange_relationship(world, client, stranger):
    sign_in(client, world)
    other = RelationshipFactory().pk if stranger == "other" else stranger

    answer = client.post(
        reverse("engagements:contract-create"), {**FORM, "relationship": other}
    )

    assert answer.status_code == 422
    assert not Contract.objects.exists()


def test_the_form_shows_what_follows_before_anything_is_saved(world, client):
    sign_in(client, world)
    form = {**FORM, "relationship": world.relationship.pk, "check": "1"}
    address = reverse("engagements:contract-create")

    part = client.post(address, form, headers={"HX-Request": "true"})
    whole = client.post(address, form)

    for answer in (part, whole):
        assert answer.status_code == 200
        assert "Thu 31 Dec" in answer.text
        assert "clause 18.2" in answer.text
    assert "<html" not in part.text
    assert 'value="Critical plant maintenance"' in whole.text
    assert not Contract.objects.exists()


@pytest.mark.parametrize(
    "typed", [{}, {"start_on": "1/4/2024", "renewal": "tacit", "end_on": "1/4/2025"}]
)
def test_half_typed_terms_break_nothing(world, client, typed):
    sign_in(client, world)

    answer = client.post(
        reverse("engagements:contract-create"), {**typed, "check": "1"}
    )

    assert answer.status_code == 200


def test_a_correction_keeps_what_was_not_touched(world, client):
    contract = world.contract(notice_clause="18.2", client_reference="HV-17")
    sign_in(client, world)
    address = reverse("engagements:contract-edit", args=[contract.pk])
    form = client.get(address).context["form"]
    shown = {name: form[name].value() for name in form.fields if form[name].value()}

    client.post(address, {**shown, "title": "Plant"})

    contract.refresh_from_db()
    assert (contract.title, contract.notice_clause) == ("Plant", "18.2")
    changed = [set(change.fields) for change in Change.objects.of(contract)]
    assert {"title"} in changed
    assert len(changed) == 2


def test_a_passed_date_is_shown_as_passed(world, client):
    contract = world.contract()

    answer = page(sign_in(client, world, "supplier"), contract)

    assert "Our last day for notice was 30 Sep 2026, 49 days ago" in answer.text


def test_the_clock_counts_to_the_reader_s_own_day(world, client):
    contract = world.contract()

    answer = page(sign_in(client, world), contract)

    assert answer.context["clock"].days == 43
    assert "If nobody gives notice by Thu 31 Dec" in answer.text


def test_notice_is_recorded_and_withdrawn(world, client):
    contract = world.contract()
    sign_in(client, world, "supplier")

    for name in ("engagements:contract-notice", "engagements:contract-withdraw"):
        client.post(reverse(name, args=[contract.pk]), ACTS[name])

    contract.refresh_from_db()
    assert contract.notice_given_by == ""
    history = page(client, contract, "engagements:contract-history").text
    assert "Notice given by" in history
    assert "Agreed" in history


def test_a_date_is_added_corrected_and_settled(world, client):
    contract = world.contract(renewal="none")
    sign_in(client, world)
    typed = {
        "kind": "option",
        "title": "Option",
        "on": "1/12/2026",
        "extends_months": "12",
    }

    client.post(reverse("engagements:contract-key-date", args=[contract.pk]), typed)
    row = KeyDate.objects.get()
    edit = reverse("engagements:key-date-edit", args=[row.pk])
    assert client.post(edit, typed).status_code == 422
    client.post(edit, {**typed, "on": "8/12/2026", "reason": "Clause"})
    settle = reverse("engagements:key-date-settle", args=[row.pk])
    client.post(settle, {"outcome": "Taken", "taken": "on"})

    contract.refresh_from_db()
    assert contract.current_end_on == date(2028, 3, 31)


@pytest.mark.parametrize("name", ["key-date-settle", "key-date-edit"])
def test_dates_are_reached_like_their_contract(world, client, name):
    contract = world.contract(renewal="none")
    row = KeyDate.objects.create(contract=contract, title="x", on=date(2026, 12, 1))
    address = reverse(f"engagements:{name}", args=[row.pk])

    assert sign_in(client, world, "bystander").get(address).status_code == 404
    assert sign_in(client, world, role="executive").get(address).status_code == 403


def test_an_obligation_of_either_side_stands_on_the_page(world, client):
    contract = world.contract()
    sign_in(client, world, "supplier", "account_manager")

    client.post(
        reverse("engagements:contract-promise", args=[contract.pk]),
        {
            "text": "Two engineers on site",
            "side": "supplier",
            "owner": world.by("supplier").contact.pk,
            "due_on": "1/12/2026",
        },
    )

    promise = Commitment.objects.get()
    assert (promise.origin_id, promise.visibility) == (contract.pk, "shared")
    assert promise.text in page(sign_in(client, world, "client"), contract).text


def test_an_archived_contract_is_still_read_and_restored(world, client):
    contract = world.contract()
    actions.archive_contract(by=world.by(), contract=contract, reason="Twice")
    sign_in(client, world)

    assert "Restore contract" in page(client, contract).text
    assert contract.title not in client.get(reverse(LIST)).text
    assert contract.title in client.get(reverse(LIST), {"view": "archived"}).text
    client.post(reverse("engagements:contract-restore", args=[contract.pk]))

    assert contract.title in client.get(reverse(LIST)).text
