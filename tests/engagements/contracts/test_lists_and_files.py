"""The list of contracts, files, and what a page costs."""

import re
from datetime import date
from uuid import uuid4

import pytest
from django.urls import reverse

from engagements.contracts import actions, mails
from engagements.models import Change, KeyDate, Notice

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


def test_a_file_goes_in_by_the_form(world, client, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    contract = world.contract()
    address = reverse("engagements:contract-document-add", args=[contract.pk])
    file = tmp_path / "terms.pdf"
    file.write_bytes(b"%PDF-1.7")

    assert sign_in(client, world, role="executive").get(address).status_code == 403
    sign_in(client, world, role="account_manager")
    with file.open("rb") as held:
        client.post(address, {"file": held, "seen_by": "shared"})
    with file.open("rb") as held:
        again = client.post(address, {"file": held, "seen_by": "shared"})

    assert contract.documents.get().visibility == "shared"
    assert again.status_code == 422
    assert "already kept" in again.text


@pytest.mark.parametrize(
    "query",
    [
        {"view": "notice"},
        {"state": "active"},
        {"within": "90"},
        {"side": "client"},
        {"q": "crit"},
        {"view": "no-document"},
        {"view": "notice-no-owner"},
        {"sort": "value"},
        {"sort": "end"},
        {"sort": "title"},
    ],
)
def test_the_list_finds_what_fits(world, client, query):
    contract = world.contract()

    answer = sign_in(client, world).get(reverse(LIST), query)

    assert contract.title in answer.text
    assert answer.context["page"].paginator.count == 1


@pytest.mark.parametrize(
    "query",
    [
        {"view": "ended"},
        {"view": "passed"},
        {"view": "no-notice"},
        {"view": "no-end"},
        {"view": "no-value"},
        {"view": "window"},
        {"state": "draft"},
        {"within": "30"},
        {"side": "supplier"},
        {"q": "nothing like it"},
        {"relationship": "not-an-id"},
        {"relationship": str(uuid4())},
    ],
)
def test_the_list_leaves_out_what_does_not_fit(world, client, query):
    contract = world.contract()

    answer = sign_in(client, world).get(reverse(LIST), query)

    assert contract.title not in answer.text
    assert "No contract fits these filters" in answer.text


@pytest.mark.parametrize(
    "query", [{"view": "x\x00"}, {"within": "-1"}, {"page": "x"}, {"q": "\x00%_'"}]
)
def test_an_odd_address_breaks_nothing(world, client, query):
    world.contract()

    assert sign_in(client, world).get(reverse(LIST), query).status_code == 200


def test_the_usual_order_is_the_same_read_along_the_index_and_in_full(
    world, client, monkeypatch
):
    monkeypatch.setattr("engagements.contracts.queries.listing.ROWS", 3)
    for month in range(1, 8):
        world.contract(
            title=f"Contract {month}",
            end_on=date(2027, month + 4, 1),
            supplier_notice=3,
        )
    world.contract(title="Passed", end_on=date(2026, 12, 31))
    world.contract(title="Endless", end_on=None)
    sign_in(client, world)

    found = [
        row.title
        for number in (1, 2, 3)
        for row in client.get(reverse(LIST), {"page": number}).context["page"]
    ]

    expected = [f"Contract {month}" for month in range(1, 8)]
    assert found == [*expected, "Passed", "Endless"]


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_reads_the_same_number_of_times(
    world, client, count, django_assert_max_num_queries
):
    for _number in range(count):
        world.contract()
    sign_in(client, world)

    with django_assert_max_num_queries(9):
        assert client.get(reverse(LIST)).status_code == 200


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_reads_the_same_number_of_times(
    world, client, count, django_assert_num_queries
):
    contract = world.contract()
    for number in range(count):
        world.contract(title=f"Under {number}", parent=contract)
        KeyDate.objects.create(
            contract=contract, title=f"Date {number}", on=date(2026, 12, 1)
        )
        actions.amend(
            by=world.by(),
            contract=contract,
            values={"client_notice": 7 + number},
            signed_on=date(2026, 11, 1),
        )
    sign_in(client, world)

    with django_assert_num_queries(12):
        page(client, contract)


def test_swapping_the_sides_swaps_labels_and_nothing_else(world, client):
    contract = world.contract(supplier_notice=3)

    client_side = page(sign_in(client, world), contract).context
    supplier_side = page(sign_in(client, world, "supplier"), contract).context

    assert client_side["clock"] == supplier_side["clock"]
    assert client_side["sentence"] == supplier_side["sentence"]
    assert client_side["sides"] == supplier_side["sides"]


def test_the_mail_of_a_change_says_what_changed(world):
    contract = world.contract()
    actions.change_contract(
        by=world.by(), contract=contract, values={"client_notice": 4}, reason="Clause"
    )
    change = Change.objects.of(contract).get(reason="Clause")
    notice = Notice.objects.get(kind=mails.CHANGED, object_id=change.pk)

    letter = mails.letter(notice)

    assert "from 3 to 4" in " ".join(letter.paragraphs)
    assert "Clause" in " ".join(letter.paragraphs)
    assert mails.still_wanted(notice)
    actions.archive_contract(by=world.by(), contract=contract, reason="x")
    assert not mails.still_wanted(notice)
