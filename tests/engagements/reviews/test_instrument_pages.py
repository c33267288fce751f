"""The pages of question sets: who reads what, what is saved, what is refused."""

import pytest
from django.urls import reverse
from django.utils import timezone

from engagements.models import InstrumentVersion
from engagements.reviews.actions.instruments import publish
from engagements.reviews.instrument.library import document, supplied
from tests.engagements.reviews.instruments import (
    Editor,
    address,
    administrator,
    draft,
    words,
)
from tests.factories import MembershipFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def by():
    return administrator()


@pytest.fixture
def browser(client, by):
    client.force_login(by.contact.user)
    return client


@pytest.fixture
def version(by):
    return draft(by)


# -- reading ----------------------------------------------------------------------


def test_the_list_shows_what_is_supplied_and_the_own_versions(browser, by, version):
    other = draft(administrator(), "7.7")

    said = words(browser.get(reverse("engagements:instruments")))

    assert "RHR-8 1.0" in said
    assert "Comes with Relman" in said
    assert "RHR-8 1.1" in said
    assert by.organisation.name in said
    assert str(other) not in said


def test_the_list_stands_in_the_menu_of_administrators(browser):
    address = reverse("engagements:instruments")

    assert f'href="{address}"' in browser.get("/home/").content.decode()


def test_whoever_keeps_none_reads_and_is_offered_no_act(client, by, version):
    reader = MembershipFactory(
        organisation=by.organisation, role="account_manager"
    ).contact.user
    client.force_login(reader)

    pages = [
        client.get(reverse("engagements:instruments")),
        client.get(version.get_absolute_url()),
        client.get(supplied().get_absolute_url()),
    ]

    for page in pages:
        assert page.status_code == 200
        html = page.content.decode()
        for act in ("copy", "publish", "withdraw", "items", "weights"):
            assert f"/{act}/" not in html


@pytest.mark.parametrize("number", [1, 2])
def test_a_page_of_a_version_takes_few_queries(
    browser, by, version, django_assert_max_num_queries, number
):
    for count in range(number * 3):
        Editor(by, version).item(text=f"Words {count}", new_meaning=True)

    with django_assert_max_num_queries(6):
        browser.get(version.get_absolute_url())


def test_a_version_says_all_it_asks_and_whether_it_may_change(browser, by, version):
    said = words(browser.get(version.get_absolute_url()))
    for item in document()["items"]:
        assert item["text"]["en"] in said
    for topic in document()["dimensions"]:
        assert topic["meaning"]["en"] in said
    assert "A draft: nobody is asked it yet" in said

    publish(by=by, version=version)
    said = words(browser.get(version.get_absolute_url()))
    assert "Published: it never changes. Copy it to word it otherwise." in said
    assert "Copy to change it" in said

    InstrumentVersion.objects.filter(pk=version.pk).update(used_at=timezone.now())
    said = words(browser.get(version.get_absolute_url()))
    assert "Used by reviews since" in said
    assert "it never changes" in said


def test_what_can_no_longer_be_compared_is_said(browser, by, version):
    editor = Editor(by, version)

    def beside():
        return words(browser.get(version.get_absolute_url())).partition("Beside")[2]

    assert "All topics can be compared" in beside()
    for key in ("TRU1", "TRU2"):
        editor.item(key, new_meaning=True)
    assert "Lines go on, but for these topics: Trust and reliability" in beside()
    for key in ("COM1", "COM2", "DIR1", "DIR2"):
        editor.item(key, new_meaning=True)
    assert "Too little is left to compare: lines break" in beside()


def test_the_history_says_who_changed_what(browser, by, version):
    editor = Editor(by, version)
    editor.item(text="Other words", new_meaning=True)
    editor.weights(**dict.fromkeys(["TRU", "COM"], 20), **SIX)
    editor.thresholds(green=72.5, low_rate=0.4)
    editor.language("de", {"TRU1": "Andere Worte"})

    said = words(browser.get(version.get_absolute_url())).partition("History")[2]

    assert "→ Other words" in said
    assert "TRU1, revision of the meaning : 1 → 2" in said.replace(
        "meaning:", "meaning :"
    )
    assert "TRU, weight: 12.5 % → 20 %" in said
    assert "of health from which it is green: 70 points → 72.5 points" in said
    assert "answered, under which a side is silent: 50 % → 40 %" in said
    assert "Texts in German: 0 → 1" in said
    assert by.contact.name in said


SIX = dict.fromkeys(["DIR", "TEA", "DEL", "SOL", "INN", "FAI"], 10)


# -- copying, publishing, withdrawing ---------------------------------------------


def test_a_copy_opens_as_a_draft(browser, by):
    page = browser.get(address("instrument-copy", supplied()))
    assert "Relationship health review" in page.content.decode()

    response = browser.post(
        address("instrument-copy", supplied()), {"number": "1.1", "name": "Ours"}
    )

    made = InstrumentVersion.objects.get(organisation=by.organisation)
    assert response["Location"] == made.get_absolute_url()
    assert made.content["title"]["en"] == "Ours"


@pytest.mark.parametrize(
    ("typed", "error"),
    [
        ({"number": "1.0", "name": "Ours"}, "There is a version 1.0 of RHR-8 already"),
        ({"number": "", "name": "Ours"}, "Version is missing"),
        ({"number": "1.1", "name": ""}, "Name is missing"),
    ],
)
def test_a_refused_copy_keeps_what_was_typed(browser, typed, error):
    response = browser.post(address("instrument-copy", supplied()), typed)

    assert response.status_code == 422
    assert error in words(response)
    for value in filter(None, typed.values()):
        assert f'value="{value}"' in response.content.decode()


def test_publishing_and_withdrawing_are_asked_once_more(browser, version):
    assert browser.get(address("instrument-publish", version)).status_code == 200
    version.refresh_from_db()
    assert version.is_draft

    browser.post(address("instrument-publish", version))
    version.refresh_from_db()
    assert not version.is_draft

    response = browser.post(address("instrument-withdraw", version))
    version.refresh_from_db()
    assert version.withdrawn_at
    assert response["Location"] == version.get_absolute_url()


def test_a_half_translated_version_says_what_it_lacks(browser, by, version):
    Editor(by, version).language("de", {"TRU1": "Worte"})

    response = browser.post(address("instrument-publish", version))

    assert response.status_code == 422
    assert "The translation “de” lacks" in words(response)


def test_a_removed_draft_leads_back_to_the_list(browser, version):
    response = browser.post(address("instrument-withdraw", version))

    assert response["Location"] == reverse("engagements:instruments")
    assert not InstrumentVersion.objects.filter(pk=version.pk).exists()
