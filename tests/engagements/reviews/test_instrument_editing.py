"""Editing a draft on its pages: what is saved, refused, and kept on the form."""

import re
from uuid import uuid4

import pytest
from django.urls import reverse

from engagements.reviews.actions.instruments import publish
from engagements.reviews.instrument.editing import TOPICS, marker_of, one_of
from engagements.reviews.instrument.library import document, supplied
from engagements.reviews.instrument.words import words_in
from tests.engagements.reviews.instruments import (
    PARTS,
    Editor,
    Form,
    address,
    administrator,
    draft,
    published,
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


# -- editing ----------------------------------------------------------------------


def test_a_statement_is_saved(browser, version):
    response = Form(browser, version, "item").send(
        **{"text-en": "Other words", "meaning": "other", "reverse": "on"}
    )

    assert response["Location"] == f"{version.get_absolute_url()}#TRU1"
    version.refresh_from_db()
    item = one_of(version.content, "items", "TRU1")
    assert (item["text"]["en"], item["revision"]) == ("Other words", 2)
    assert item["reverse"]


def test_whether_the_meaning_changed_is_not_guessed(browser, version):
    response = Form(browser, version, "item").send(**{"text-en": "My words"})

    assert response.status_code == 422
    assert "Say whether the meaning changed." in words(response)
    assert "My words" in response.content.decode()


@pytest.mark.parametrize("meaning", ["same", "other"])
def test_what_was_said_of_the_meaning_is_remembered(browser, version, meaning):
    Form(browser, version, "item").send(**{"text-en": "New", "meaning": meaning})

    assert Form(browser, version, "item").data["meaning"] == meaning


def test_a_topic_is_saved(browser, version):
    Form(browser, version, "topic").send(
        **{"name-en": "Trust", "marker": "TRU2", "meaning": "same"}
    )

    version.refresh_from_db()
    assert one_of(version.content, TOPICS, "TRU")["name"]["en"] == "Trust"
    assert marker_of(version.content, "TRU") == "TRU2"


def test_the_name_is_saved_in_every_language(browser, by, version):
    Editor(by, version).language("de", {"title": "Fragen"})

    Form(browser, version, "title").send(**{"title-en": "Ours", "title-de": "Unsere"})

    version.refresh_from_db()
    assert version.content["title"] == {"en": "Ours", "de": "Unsere"}


def test_the_scale_takes_another_number_of_points(browser, by, version):
    Editor(by, version).language("de", words_in(document(), "en"))
    form = Form(browser, version, "scale", "?points=5")
    typed = {
        name: f"Point {name}"
        for name in form.data
        if re.fullmatch(r"(scale|OUT2)-(en|de)-\d", name)
    }
    assert len(typed) == 20

    response = form.send(**typed, meaning="same")

    assert response.status_code == 302
    version.refresh_from_db()
    assert version.content["scale"]["most"] == 5
    assert version.content["scale"]["labels"]["de"][4] == "Point scale-de-5"
    assert "rescaled" in words(browser.get(version.get_absolute_url()))


@pytest.mark.parametrize("points", ["1", "11", "٣"])
def test_a_scale_of_other_lengths_is_not_found(browser, version, points):
    response = browser.get(address("instrument-scale", version), {"points": points})

    assert response.status_code == (200 if points == "٣" else 404)


def test_a_label_may_not_be_missing(browser, version):
    response = Form(browser, version, "scale").send(
        **{"scale-en-2": " ", "meaning": "same"}
    )

    assert response.status_code == 422
    assert "The label of point 2 is missing." in words(response)


def test_weights_are_saved_in_per_cent(browser, version):
    Form(browser, version, "weights").send(TRU="20", COM="5.0")

    version.refresh_from_db()
    assert one_of(version.content, TOPICS, "TRU")["weight"] == 0.2


@pytest.mark.parametrize(
    ("typed", "error"),
    [
        ({"TRU": "13"}, "The weights add up to 100.5%, not to 100%."),
        ({"TRU": "26"}, "Trust and reliability: At most 25."),
        ({"TRU": "4"}, "Trust and reliability: At least 5."),
        ({"TRU": "much"}, "not a number"),
        ({"TRU": ""}, "Trust and reliability is missing"),
    ],
)
def test_faulty_weights_are_named_and_kept(browser, version, typed, error):
    response = Form(browser, version, "weights").send(**typed)

    assert response.status_code == 422
    assert error in words(response)
    assert f'value="{typed["TRU"]}"' in response.content.decode() or not typed["TRU"]


def test_thresholds_are_saved_where_they_differ(browser, version):
    Form(browser, version, "thresholds").send(
        green="72.5", low_rate="45.5", least_per_side="4"
    )

    version.refresh_from_db()
    assert version.method == {"green": 72.5, "low_rate": 0.455, "least_per_side": 4}
    again = Form(browser, version, "thresholds").data
    assert (again["green"], again["low_rate"]) == ("72.5", "45.5")


@pytest.mark.parametrize(
    ("typed", "error"),
    [
        ({"amber": "70"}, "Must be below the value for “of health from which"),
        ({"least_for_comments": "4"}, "At least 5."),
        ({"low_rate": "101"}, "At most 100"),
        ({"green": "x"}, "not a number"),
        ({"least_per_side": "3.5"}, "not a whole number"),
        ({"full_share": "0"}, "This is less than it may be."),
    ],
)
def test_faulty_thresholds_are_named_and_kept(browser, version, typed, error):
    response = Form(browser, version, "thresholds").send(**typed, green_="1")

    (name, value), *_more = typed.items()
    html = response.content.decode()
    assert response.status_code == 422
    assert error in words(response)
    assert f'href="#id_{name}"' in html
    assert re.search(rf'name="{name}" value="{value}"', html)
    assert f'id="id_{name}_error"' in html


def test_saving_thresholds_untouched_changes_nothing(browser, version):
    Form(browser, version, "thresholds").send()

    version.refresh_from_db()
    assert version.method == {}


def test_a_language_is_chosen_and_then_filled_in(browser, version):
    page = address("instrument-language-add", version)
    assert "Choose a language" in browser.get(page).content.decode()
    assert browser.post(page, {"language": "en"}).status_code == 422

    response = browser.post(page, {"language": "de"})
    assert response["Location"] == address("instrument-language", version, "de")

    saved = Form(browser, version, "language").send(TRU1=" Andere Worte ")
    assert saved["Location"] == version.get_absolute_url()
    version.refresh_from_db()
    assert one_of(version.content, "items", "TRU1")["text"]["de"] == "Andere Worte"
    assert "1 of " in words(browser.get(version.get_absolute_url()))


@pytest.mark.parametrize("key", ["en", "xx", "deu"])
def test_a_language_that_is_none_is_not_found(browser, version, key):
    page = address("instrument-language", version, key)

    assert browser.get(page).status_code == 404


@pytest.mark.parametrize(("part", "key"), [("item", "TRU9"), ("topic", "TRU1")])
def test_a_part_that_is_none_is_not_found(browser, version, part, key):
    assert browser.get(address(f"instrument-{part}", version, key)).status_code == 404


# -- who may not, and what does not change ----------------------------------------


@pytest.mark.parametrize("part", PARTS)
def test_a_part_opens_and_says_so_to_whoever_may_not(client, by, version, part):
    page = address(f"instrument-{part}", version, *PARTS[part])
    for user, status in (
        (by.contact.user, 200),
        (
            MembershipFactory(
                organisation=by.organisation, role="account_manager"
            ).contact.user,
            403,
        ),
        (administrator().contact.user, 404),
    ):
        client.force_login(user)
        assert client.get(page).status_code == status
    client.force_login(by.contact.user)
    supplied_page = address(f"instrument-{part}", supplied(), *PARTS[part])
    assert client.post(supplied_page).status_code == 403


@pytest.mark.parametrize("part", PARTS)
def test_a_published_part_is_shown_the_way_to_copy(browser, by, part):
    version = published(by)

    response = browser.get(
        address(f"instrument-{part}", version, *PARTS[part]), follow=True
    )

    assert response.redirect_chain == [(version.get_absolute_url(), 302)]
    assert "is published and does not change. Copy it instead." in words(response)


def test_what_was_published_while_somebody_wrote_is_kept_on_the_form(
    browser, by, version
):
    form = Form(browser, version, "item")
    publish(by=by, version=version)

    response = form.send(**{"text-en": "My own words", "meaning": "same"})

    assert response.status_code == 422
    assert "is published and does not change" in words(response)
    assert "My own words" in response.content.decode()


def test_what_was_removed_while_somebody_wrote_is_not_found(browser, version):
    form = Form(browser, version, "item")
    version.delete()

    assert form.send(**{"text-en": "Mine", "meaning": "same"}).status_code == 404


def test_whoever_saves_second_sees_both_texts_and_may_save_again(browser, by, version):
    form = Form(browser, version, "item")
    Editor(by, version).item(text="Their words")
    mine = {"text-en": "My own words", "meaning": "same"}

    response = form.send(**mine)

    assert response.status_code == 409
    said = words(response)
    assert "Somebody else saved this while you were writing." in said
    assert "Statement Their words My own words" in said
    seen = response.context["form"]["seen"].value()
    version.refresh_from_db()
    assert one_of(version.content, "items", "TRU1")["text"]["en"] == "Their words"

    assert form.send(**mine, seen=seen).status_code == 302
    version.refresh_from_db()
    assert one_of(version.content, "items", "TRU1")["text"]["en"] == "My own words"


def test_a_version_nobody_knows_is_not_found(browser):
    nobody = reverse("engagements:instrument", args=[uuid4()])

    assert browser.get(nobody).status_code == 404
