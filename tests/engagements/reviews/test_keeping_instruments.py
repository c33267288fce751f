"""Keeping versions of the instrument: every act, and each way it is refused."""

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from engagements.errors import RuleError
from engagements.models import Change, InstrumentVersion
from engagements.reviews.actions.instruments import copy_version, publish, withdraw
from engagements.reviews.instrument.content import read
from engagements.reviews.instrument.library import document, supplied
from engagements.reviews.instrument.words import missing_in, words_in
from tests.engagements.reviews.instruments import (
    Editor,
    administrator,
    draft,
    published,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def by():
    return administrator()


def in_german() -> dict:
    return {
        name: f"{words} (deutsch)" for name, words in words_in(document(), "en").items()
    }


def test_a_copy_is_a_draft_of_the_own_organisation(by):
    made = copy_version(
        by=by, version=supplied(), number=" 1.1 ", name="Our  own\ntopics"
    )

    assert made.is_draft
    assert (made.organisation, made.key, made.version) == (
        by.organisation,
        "RHR-8",
        "1.1",
    )
    assert made.copied_from == supplied()
    assert made.written_by == by.contact
    content = read(made.content)
    assert (content.version, content.title["en"]) == ("1.1", "Our own topics")
    assert content.items == read(document()).items
    assert supplied().content == document()


def test_a_copy_takes_the_thresholds_along(by):
    first = draft(by)
    Editor(by, first).thresholds(green=72.0)
    publish(by=by, version=first)
    first.refresh_from_db()

    assert draft(by, "1.2", of=first).method == {"green": 72.0}


@pytest.mark.parametrize(
    ("number", "field", "words"),
    [
        ("", "number", "Enter a number such as"),
        ("1 1", "number", "Enter a number such as"),
        ("x" * 21, "number", "Enter a number such as"),
        ("1.0", "number", "There is a version 1.0 of RHR-8 already"),
        ("2.A", "number", "There is a version 2.A of RHR-8 already"),
    ],
)
def test_a_copy_needs_a_number_of_its_own(by, number, field, words):
    draft(by, "2.a")

    with pytest.raises(RuleError, match=words) as refused:
        copy_version(by=by, version=supplied(), number=number, name="Ours")

    assert refused.value.field == field


def test_another_organisation_may_use_the_same_number(by):
    draft(by, "1.1")

    assert draft(administrator(), "1.1").version == "1.1"


def test_a_copy_needs_a_name(by):
    with pytest.raises(RuleError, match="Enter a name"):
        copy_version(by=by, version=supplied(), number="1.1", name=" \n")


def test_a_draft_is_not_copied(by):
    with pytest.raises(RuleError, match="A draft is not copied"):
        draft(by, "1.2", of=draft(by))


def test_publishing_says_when(by):
    version = published(by)

    version.refresh_from_db()
    assert not version.is_draft
    assert version in InstrumentVersion.objects.published()


@pytest.mark.parametrize(
    "lacking", [["TRU1"], ["scale-3", "TRU-name", "INN2", "DEP1", "OUT2-1"]]
)
def test_a_half_translated_version_is_not_published(by, lacking):
    version = draft(by)
    words = in_german()
    Editor(by, version).language("de", words | dict.fromkeys(lacking, " "))

    with pytest.raises(RuleError, match=f"“de” lacks {len(lacking)} texts") as refused:
        publish(by=by, version=version)

    assert lacking[0] in refused.value.message
    assert ("…" in refused.value.message) == (len(lacking) > 4)
    version.refresh_from_db()
    assert version.is_draft


def test_a_whole_translation_is_published(by):
    version = draft(by)
    Editor(by, version).language("de", in_german())

    content = read(publish(by=by, version=version).content)

    assert content.languages == ("en", "de")
    assert content.scale.labels["de"][6] == "Completely (deutsch)"
    assert content.items[0].text["de"].endswith("broken. (deutsch)")


def test_english_words_may_not_be_missing(by):
    version = draft(by)
    version.content["scale"]["labels"]["en"][2] = ""
    version.save()

    with pytest.raises(RuleError, match="English words are missing: scale-3"):
        publish(by=by, version=version)


def test_a_language_left_empty_is_gone(by):
    editor = Editor(by, draft(by))
    editor.language("de", in_german())
    editor.language("de", {})

    assert editor.version.content == editor.version.copied_from.content | {
        "version": "1.1",
        "title": {"en": "Our own eight topics"},
    }
    assert len(missing_in(editor.version.content, "de")) == len(in_german())


def test_english_is_no_translation(by):
    editor = Editor(by, draft(by))

    with pytest.raises(RuleError, match="English is what the others"):
        editor.language("en", in_german())


def test_a_withdrawn_version_is_offered_no_more(by):
    version = published(by)
    withdraw(by=by, version=version)

    version.refresh_from_db()
    assert version not in InstrumentVersion.objects.published()
    with pytest.raises(RuleError, match="was withdrawn before"):
        withdraw(by=by, version=version)


def test_a_withdrawn_draft_is_removed_and_its_number_free(by):
    version = draft(by)
    withdraw(by=by, version=version)

    assert not InstrumentVersion.objects.filter(pk=version.pk).exists()
    assert draft(by).version == version.version


def publishing(by, version):
    publish(by=by, version=version)


def withdrawing(by, version):
    withdraw(by=by, version=version)


def rewording(by, version):
    Editor(by, version).item()


@pytest.mark.parametrize("act", [publishing, withdrawing, rewording])
def test_only_the_own_organisation_changes_a_version(by, act):
    for version in (draft(administrator()), supplied()):
        before = InstrumentVersion.objects.filter(pk=version.pk).values().get()

        with pytest.raises(RuleError, match="is not your organisation's"):
            act(by, version)

        assert InstrumentVersion.objects.filter(pk=version.pk).values().get() == before


@pytest.mark.parametrize("act", [publishing, rewording])
def test_what_was_published_never_changes(by, act):
    version = published(by)

    with pytest.raises(RuleError, match=r"RHR-8 1\.1 is published and does not change"):
        act(by, version)


@pytest.mark.parametrize(
    "change",
    [
        {"content": {}},
        {"method": {"green": 1}},
        {"version": "9"},
        {"key": "X"},
        {"used_at": None},
    ],
)
def test_the_database_refuses_to_change_a_used_version(by, change):
    version = published(by)
    row = InstrumentVersion.objects.filter(pk=version.pk)
    row.update(used_at=timezone.now())

    with (
        pytest.raises(DatabaseError, match="was used does not change"),
        transaction.atomic(),
    ):
        row.update(**change)


def test_a_used_version_may_be_withdrawn_from_new_reviews(by):
    version = published(by)
    InstrumentVersion.objects.filter(pk=version.pk).update(used_at=timezone.now())

    withdraw(by=by, version=version)

    version.refresh_from_db()
    assert version.withdrawn_at is not None


def test_every_act_is_kept_with_who_did_it(by):
    version = draft(by)
    Editor(by, version).item(text="Other words", new_meaning=True)
    publish(by=by, version=version)
    withdraw(by=by, version=version)

    changes = list(Change.objects.of(version).order_by("at"))
    assert [list(change.fields) for change in changes] == [
        ["copied_from"],
        ["TRU1", "TRU1 revision"],
        ["published_at"],
        ["withdrawn_at"],
    ]
    assert {change.by for change in changes} == {by.contact}
    assert {change.visibility for change in changes} == {"internal"}
