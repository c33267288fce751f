"""Editing a draft: what keeps its revision, what takes a new one, what is refused."""

from dataclasses import replace

import pytest

from engagements.errors import RuleError
from engagements.reviews.actions import drafting
from engagements.reviews.actions.instruments import publish
from engagements.reviews.instrument.comparing import linked_topics
from engagements.reviews.instrument.content import read
from engagements.reviews.instrument.editing import TOPICS, marker_of, scale_of
from engagements.reviews.instrument.library import rhr_8
from engagements.reviews.scoring.versions import Link
from engagements.seen import StaleError
from tests.engagements.reviews.instruments import (
    Editor,
    administrator,
    draft,
)

pytestmark = pytest.mark.django_db
EIGHT = dict.fromkeys(["TRU", "COM", "DIR", "TEA", "DEL", "SOL", "INN", "FAI"], 12.5)


@pytest.fixture
def by():
    return administrator()


@pytest.fixture
def editor(by):
    return Editor(by, draft(by))


def links(version, **given):
    return linked_topics(rhr_8(), read(version.content), **given)


def test_a_typo_keeps_the_revision(editor):
    now = editor.item(text=" Promises are kept. ")

    assert (now["text"], now["revision"]) == ({"en": "Promises are kept."}, 1)
    assert set(links(editor.version).values()) == {Link.LINKED}


def test_another_meaning_takes_one_new_revision_however_often_it_is_edited(editor):
    editor.item(new_meaning=True)
    now = editor.item(text="Still other words", new_meaning=True)

    assert now["revision"] == 2


def test_the_editor_may_think_again(editor):
    editor.item(new_meaning=True)

    assert editor.item(new_meaning=False)["revision"] == 1


def test_a_statement_turned_round_means_something_else(editor):
    now = editor.item(text="Promises are broken.", reverse=True)

    assert (now["reverse"], now["revision"]) == (True, 2)
    assert editor.item(reverse=False)["revision"] == 1


def test_two_drafts_never_give_one_revision_to_two_meanings(by):
    one, other = Editor(by, draft(by, "1.1")), Editor(by, draft(by, "1.2"))

    assert one.item(text="This", new_meaning=True)["revision"] == 2
    assert other.item(text="That", new_meaning=True)["revision"] == 3


def test_a_copy_of_a_copy_goes_on_from_there(by):
    first = Editor(by, draft(by))
    first.item(new_meaning=True)
    publish(by=by, version=first.version)
    first.version.refresh_from_db()
    second = Editor(by, draft(by, "1.2", of=first.version))

    assert second.item(text="A typo less")["revision"] == 2
    assert second.item(text="A new meaning", new_meaning=True)["revision"] == 3


def test_a_topic_breaks_when_half_of_its_statements_mean_something_else(editor):
    editor.item("TRU1", new_meaning=True)
    assert links(editor.version)["TRU"] is Link.LINKED
    assert links(editor.version, markers=True)["TRU"] is Link.BREAK

    editor.item("TRU2", new_meaning=True)
    now = links(editor.version)
    assert now.pop("TRU") is Link.BREAK
    assert set(now.values()) == {Link.LINKED}


def test_a_topic_the_old_version_has_not_is_a_break():
    without = replace(rhr_8(), dimensions=rhr_8().dimensions[1:])

    assert linked_topics(without, rhr_8())["TRU"] is Link.BREAK


def test_words_of_every_language_are_edited_together(editor):
    now = editor.item(also={"de": "Andere Worte", "fr": " "})

    assert now["text"] == {"en": "Other words", "de": "Andere Worte"}


def test_english_words_are_needed(editor):
    with pytest.raises(
        RuleError, match="TRU1: the English words are missing"
    ) as refused:
        editor.item(text=" ")

    assert refused.value.field == "TRU1"
    assert editor.now("TRU1")["text"]["en"].startswith("Promises")


def test_an_unknown_statement_is_a_key_error(editor):
    with pytest.raises(KeyError):
        editor.item("TRU9")


def topic(editor, **given):
    values = {
        "name": {"en": "Trust"},
        "meaning": {"en": "Kept promises"},
        "marker": "TRU1",
        "new_meaning": False,
    } | given
    drafting.change_topic(
        by=editor.by,
        version=editor.version,
        key="TRU",
        seen=editor.seen("topic", "TRU"),
        **values,
    )
    return editor.now("TRU", TOPICS)


def test_a_topic_is_reworded_and_another_statement_marks_it(editor):
    now = topic(editor, marker="TRU3")

    assert (now["name"], now["meaning"], now["revision"]) == (
        {"en": "Trust"},
        {"en": "Kept promises"},
        1,
    )
    assert now["weight"] == 0.125
    assert marker_of(editor.version.content, "TRU") == "TRU3"
    assert not editor.now("TRU1")["marker"]


def test_a_topic_with_another_meaning_is_compared_with_nothing(editor):
    assert topic(editor, new_meaning=True)["revision"] == 2
    assert links(editor.version)["TRU"] is Link.BREAK


@pytest.mark.parametrize(
    ("given", "field"), [({"marker": "COM1"}, "marker"), ({"name": {"en": ""}}, "TRU")]
)
def test_a_topic_is_refused_without_words_or_with_anothers_marker(editor, given, field):
    with pytest.raises(RuleError) as refused:
        topic(editor, **given)

    assert refused.value.field == field


def scale(editor, most=7, own=None, **given):
    labels = [f"Point {number + 1}" for number in range(most)]
    drafting.change_scale(
        by=editor.by,
        version=editor.version,
        seen=editor.seen("scale"),
        most=most,
        labels={"scale": {"en": labels}, "OUT2": {"en": own or labels}},
        new_meaning=given.get("new_meaning", False),
    )
    editor.version.refresh_from_db()
    return scale_of(editor.version.content)


def test_the_same_words_on_other_points_are_rescaled(editor):
    now = scale(editor, most=5)

    assert now["scale"]["most"] == 5
    assert now["own"]["OUT2"]["en"][4] == "Point 5"
    assert set(links(editor.version).values()) == {Link.RESCALED}


def test_points_that_mean_something_else_break_every_topic(editor):
    scale(editor, new_meaning=True)

    assert set(links(editor.version).values()) == {Link.BREAK}
    assert editor.now("TRU1")["revision"] == 1


def test_every_point_has_its_label(editor):
    with pytest.raises(RuleError, match="OUT2: en must label 5 points"):
        scale(editor, most=5, own=["Low", "High"])
    with pytest.raises(RuleError, match="OUT2: every point needs an English label"):
        scale(editor, most=2, own=["Low", " "])


def test_weights_are_kept_as_shares(editor):
    editor.weights(**EIGHT | {"TRU": 20, "COM": 5})

    assert editor.now("TRU", TOPICS)["weight"] == 0.2
    assert editor.now("COM", TOPICS)["weight"] == 0.05


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"TRU": 13}, r"add up to 100\.5%, not to 100%"),
        ({"TRU": 26, "COM": 5, "DIR": 6.5}, "weight: must be from 5% to 25%"),
        ({"TRU": 4, "COM": 21}, "weight: must be from 5% to 25%"),
    ],
)
def test_weights_outside_their_limits_are_refused(editor, given, words):
    with pytest.raises(RuleError, match=words):
        editor.weights(**EIGHT | given)


def test_only_what_differs_from_the_usual_method_is_stored(editor):
    assert editor.thresholds(green=72.5, amber=50.0) == {"green": 72.5}
    assert editor.thresholds(green=70.0) == {}


@pytest.mark.parametrize(
    ("given", "field", "words"),
    [
        (
            {"amber": 70.0},
            "amber",
            "Must be below the value for “of health from which it is green”",
        ),
        ({"least_per_side": 2}, "least_per_side", "less than it may be"),
        ({"least_per_group": 4}, "least_per_group", "less than it may be"),
        ({"least_for_comments": 3}, "least_for_comments", "less than it may be"),
        ({"top_code": 96.0}, "top_code", "more than it may be"),
        ({"mismatch": 100.5}, "mismatch", "more than it may be"),
        ({"low_rate": 1.5}, "low_rate", "more than it may be"),
        ({"trend_limit": -1.0}, "trend_limit", "less than it may be"),
        ({"full_share": 0.0}, "full_share", "less than it may be"),
        ({"green": float("nan")}, "green", "not a number"),
    ],
)
def test_thresholds_outside_their_limits_are_refused(editor, given, field, words):
    with pytest.raises(RuleError, match=words) as refused:
        editor.thresholds(**given)

    assert refused.value.field == field
    assert editor.version.method == {}


def test_what_protects_people_may_be_stricter(editor):
    assert editor.thresholds(least_per_side=4, top_code=90.0) == {
        "least_per_side": 4,
        "top_code": 90.0,
    }


def test_what_is_fixed_stays_whatever_is_asked(editor):
    assert editor.thresholds(heaviest_weight=0.9, middle_band=7) == {}


def test_the_name_is_edited(editor):
    drafting.change_title(
        by=editor.by,
        version=editor.version,
        seen=editor.seen("title"),
        title={"en": " Ours "},
    )

    editor.version.refresh_from_db()
    assert editor.version.content["title"] == {"en": "Ours"}


def test_a_part_somebody_else_saved_is_not_overwritten(editor):
    seen = editor.seen("item", "TRU1")
    editor.item(text="Theirs")

    with pytest.raises(StaleError, match="Somebody else saved this"):
        editor.item(text="Mine", seen=seen)

    assert editor.now("TRU1")["text"]["en"] == "Theirs"


def test_another_part_may_be_saved_meanwhile(editor):
    seen = editor.seen("item", "TRU1")
    editor.item("TRU2", text="Theirs")

    assert editor.item(text="Mine", seen=seen)["text"]["en"] == "Mine"
