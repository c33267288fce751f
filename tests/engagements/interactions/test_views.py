"""The composer's page, one entry, drafts, and who may reach them."""

import json
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from engagements.models import Draft, Interaction, RelationshipSide, Step
from tests.engagements.interactions.conftest import logged, seat
from tests.factories import (
    InteractionFactory,
    MembershipFactory,
    RelationshipFactory,
)

pytestmark = pytest.mark.django_db


def url(name, row):
    return reverse(f"engagements:{name}", args=[row.pk])


@pytest.fixture
def typed(relationship):
    """What a person sends with the text alone."""
    return {"r": relationship.pk, "kind": "call", "text": "Spoke about the rota."}


def body(response):
    return response.content.decode()


def test_only_the_text_is_needed(signed_in, client_seat, typed):
    response = signed_in.post("/log/", typed, follow=True)

    entry = Interaction.objects.get()
    assert entry.visibility == "internal"
    page = body(response)
    assert "Call saved." in page
    assert url("interaction-undo", entry) in page
    assert "Spoke about the rota." in page
    place, _status = response.redirect_chain[0]
    assert place == (
        f"{client_seat.relationship.get_absolute_url()}?saved={entry.submit_key}"
    )


def test_a_step_in_the_text_is_never_cut(signed_in, client_seat, typed):
    long = "x" * 301

    refused = signed_in.post("/log/", typed | {"text": f"Spoke.\nnext: {long} fri"})

    assert refused.status_code == 422
    assert "300 characters at most, these are 301" in refused.text
    assert long in refused.text
    signed_in.post("/log/", typed | {"text": f"Spoke.\nnext: {long[1:]} fri"})
    assert Step.objects.get().text == long[1:]


def test_all_that_is_typed_is_kept(signed_in, typed, client_seat, supplier_seat):
    signed_in.post(
        "/log/",
        {
            **typed,
            "kind": "meeting",
            "when": "yesterday 9am, 18 min",
            "topic": "price",
            "tone": "1",
            "people": [supplier_seat.contact.pk],
            "next_step": "Send the rota",
            "next_due": "in 3 weeks",
            "text": "Spoke.\nnext: ring Meriel tomorrow\nNext: write it down",
        },
    )

    entry = Interaction.objects.get()
    assert (entry.kind, entry.topic, entry.tone) == ("meeting", "price", 1)
    yesterday = timezone.localdate() - timedelta(days=1)
    assert timezone.localdate(entry.happened_at) == yesterday
    assert (timezone.localtime(entry.happened_at).hour, entry.minutes) == (9, 18)
    today = timezone.localdate()
    assert set(Step.objects.values_list("text", "due_on")) == {
        ("Send the rota", today + timedelta(weeks=3)),
        ("ring Meriel", today + timedelta(days=1)),
        ("write it down", None),
    }


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("text", " ", "Write what was said."),
        ("when", "in 3 days", "is still ahead. Plan a meeting"),
        ("when", "31/2", "is not a date"),
        ("next_due", "soonish", "is not a date"),
        ("next_due", "fri", "Say what shall happen by that day."),
        ("person", "Nobody Atall", "is known at either organisation"),
        ("promise", "on", "share the entry as well"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(
    signed_in, typed, field, value, words
):
    sent = {**typed, "topic": "price", field: value}
    if field == "promise":
        sent |= {"next_step": "Ring", "next_due": "fri"}

    response = signed_in.post("/log/", sent)

    assert response.status_code == 422
    page = body(response)
    assert words in page
    assert "Error:" in page
    assert '<option value="price" selected>' in page
    if field != "text":
        assert "Spoke about the rota." in page
    assert not Interaction.objects.exists()
    part = signed_in.post("/log/", sent, headers={"HX-Request": "true"})
    assert part.status_code == 422
    assert "<html" not in body(part)


def test_a_double_submit_is_harmless(signed_in, typed):
    page = body(signed_in.get(f"/log/?r={typed['r']}"))
    key = page.split('name="submit_key" value="')[1].split('"')[0]

    for _ in range(2):
        response = signed_in.post("/log/", {**typed, "submit_key": key})
        assert response.status_code == 302

    assert Interaction.objects.count() == 1


def test_who_was_spoken_to_last_is_chosen_again(signed_in, client_seat, supplier_seat):
    logged(client_seat, people=((supplier_seat.contact, "supplier"),))

    page = body(signed_in.get(f"/log/?r={client_seat.relationship.pk}&kind=email"))

    assert f'value="{supplier_seat.contact.pk}" checked' in page
    assert 'value="email" data-save="Save email" checked' in page
    assert "Only Tarnmoor Health sees this" in page


def test_a_draft_is_kept_comes_back_and_goes_when_emptied(signed_in, typed):
    def keep(text):
        data = {"r": str(typed["r"]), "text": text, "kind": "visit", "other": "x"}
        return signed_in.post(
            "/drafts/", json.dumps(data), content_type="application/json"
        )

    assert keep("Half a thou").json()["kept"]
    assert Draft.objects.get().payload == {"text": "Half a thou", "kind": "visit"}
    page = body(signed_in.get(f"/log/?r={typed['r']}"))
    assert "Half a thou" in page
    assert "Draft kept," in page
    assert f"/log/?r={typed['r']}" in body(signed_in.get("/home/"))

    assert keep(" ").json() == {"kept": None}
    assert not Draft.objects.exists()


@pytest.mark.parametrize("sent", ["{", "[]", '"x"', "null", '{"r": "nonsense"}'])
def test_what_is_no_draft_is_refused(signed_in, sent):
    response = signed_in.post("/drafts/", sent, content_type="application/json")

    assert response.status_code in {400, 404}
    assert not Draft.objects.exists()


def test_a_draft_has_an_end(signed_in):
    response = signed_in.post(
        "/drafts/", json.dumps({"text": "x" * 70_000}), content_type="application/json"
    )

    assert response.status_code == 413


def test_an_entry_shows_what_followed_and_what_it_said_before(
    signed_in, typed, client_seat
):
    signed_in.post("/log/", {**typed, "next_step": "Send it", "next_due": "fri"})
    entry = Interaction.objects.get()
    page = url("interaction-correct", entry)
    assert signed_in.get(page).status_code == 200

    signed_in.post(page, {"text": "Spoke about the winter rota.", "reason": "Typo"})

    shown = body(signed_in.get(entry.get_absolute_url()))
    for words in ("the winter rota.", "Spoke about the rota.", "Typo", "Send it"):
        assert words in shown


def test_sharing_names_who_will_read_it_first(
    signed_in, client, client_seat, supplier_seat
):
    entry = logged(client_seat, "Sealed marrow")
    page = url("interaction-share", entry)
    assert supplier_seat.contact.name in body(signed_in.get(page))
    client.force_login(supplier_seat.contact.user)
    assert client.get(entry.get_absolute_url()).status_code == 404

    client.force_login(client_seat.contact.user)
    signed_in.post(page)

    client.force_login(supplier_seat.contact.user)
    assert "Sealed marrow" in body(client.get(entry.get_absolute_url()))
    assert client.get(url("interaction-correct", entry)).status_code == 403
    assert client.get(page).status_code == 403


def test_words_from_before_sharing_stay_ones_own(client, client_seat, supplier_seat):
    entry = logged(client_seat, "First words")
    client.force_login(client_seat.contact.user)
    client.post(url("interaction-correct", entry), {"text": "Second words"})
    client.post(url("interaction-share", entry))
    client.post(url("interaction-correct", entry), {"text": "Third words"})

    client.force_login(supplier_seat.contact.user)
    shown = body(client.get(entry.get_absolute_url()))

    assert "Third words" in shown
    assert "Second words" in shown
    assert "First words" not in shown


def test_an_entry_is_taken_back_by_its_author_alone(
    signed_in, client, client_seat, supplier_seat
):
    entry = logged(client_seat, shared=True)
    page = url("interaction-undo", entry)
    client.force_login(supplier_seat.contact.user)
    assert client.post(page).status_code == 403

    client.force_login(client_seat.contact.user)
    assert "Taken back." in body(client.post(page, follow=True))

    assert not Interaction.objects.exists()


def test_what_is_too_old_to_take_back_says_so(signed_in, client_seat):
    entry = logged(client_seat)
    Interaction.objects.update(created_at=timezone.now() - timedelta(hours=1))

    response = signed_in.post(url("interaction-undo", entry), follow=True)

    assert "10 minutes" in body(response)
    assert Interaction.objects.exists()


def test_strangers_and_colleagues_off_the_team_learn_of_nothing(
    client, client_seat, supplier_seat
):
    entry = logged(client_seat, shared=True)
    elsewhere = MembershipFactory(
        organisation=client_seat.by.organisation, role="account_manager"
    )
    for member in (MembershipFactory(), elsewhere):
        client.force_login(member.contact.user)
        for name in ("interaction", "interaction-correct", "interaction-share"):
            assert client.get(url(name, entry)).status_code == 404
        sent = {"r": client_seat.relationship.pk, "text": "x"}
        assert client.post("/log/", sent).status_code == 404
        draft = json.dumps({"r": str(client_seat.relationship.pk), "text": "x"})
        answer = client.post("/drafts/", draft, content_type="application/json")
        assert answer.status_code == 404
    assert Interaction.objects.count() == 1


def test_the_view_as_the_other_side_shows_what_is_shared_and_nothing_to_write(
    signed_in, client_seat, supplier_seat
):
    logged(client_seat, "Sealed marrow")
    logged(client_seat, "Open water", shared=True)
    logged(supplier_seat, "Their own secret")

    page = client_seat.relationship.get_absolute_url()
    ours, theirs = body(signed_in.get(page)), body(signed_in.get(f"{page}?as=other"))

    assert "Sealed marrow" in ours
    assert "Open water" in ours
    assert "Open water" in theirs
    for hidden in ("Sealed marrow", "Their own secret", "<textarea"):
        assert hidden not in theirs
    assert "Their own secret" not in ours


@pytest.mark.parametrize("count", [1, 3])
def test_pages_ask_the_same_number_of_questions(
    signed_in, client_seat, django_assert_max_num_queries, count
):
    for _ in range(count):
        entry = logged(client_seat, shared=True)
        InteractionFactory(relationship=client_seat.relationship)
    for page, most in (
        (entry.get_absolute_url(), 9),
        (f"/log/?r={client_seat.relationship.pk}", 8),
        ("/meetings/", 8),
    ):
        with django_assert_max_num_queries(most):
            assert signed_in.get(page).status_code == 200


def test_without_a_relationship_the_last_one_is_taken(signed_in, client_seat):
    other = RelationshipFactory(client=client_seat.relationship.client)
    seated = seat(other, client_seat.side, role="executive")
    logged(seated)
    logged(client_seat)
    RelationshipSide.objects.update(last_contact_at=None)

    page = body(signed_in.get("/log/?kind=visit"))

    assert f'name="r" value="{client_seat.relationship.pk}"' in page
    assert "choose=1" in page
    chosen = body(signed_in.get("/log/?choose=1&kind=visit"))
    assert f"?r={client_seat.relationship.pk}&amp;kind=visit" in chosen


def test_somebody_on_no_team_is_told_what_to_do(client):
    member = MembershipFactory(role="account_manager")
    client.force_login(member.contact.user)

    page = body(client.get("/log/"))

    assert "You are on no relationship" in page
