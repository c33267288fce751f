"""Forms that edit one part of a draft of the instrument."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from engagements.parties.forms.fields import Form
from engagements.reviews.forms.parts import TWO_LINES, PartForm, text_field
from engagements.reviews.instrument import editing
from engagements.reviews.instrument.content import ENGLISH, Module
from engagements.reviews.instrument.editing import ITEMS, TOPICS
from engagements.reviews.instrument.words import (
    language_choices,
    places,
    words_in,
)

_LONGEST, _LABEL = 400, 60


class CopyForm(Form):
    """The number and the name of a copy."""

    button = _("Make the copy")

    number = forms.CharField(
        label=_("Version"),
        max_length=20,
        help_text=_("A number nobody has used, such as 1.1."),
        widget=forms.TextInput({"class": "w-short", "autocomplete": "off"}),
    )
    name = forms.CharField(
        label=_("Name"),
        max_length=200,
        help_text=_("People who are asked read it; say whose it is, or what for."),
    )


class DecisionForm(Form):
    """Nothing to fill in: a button that does it, and the way back."""


class TitleForm(PartForm):
    """The name of the question set."""

    part = "title"

    def build(self) -> None:
        """One field a language."""
        self.add_words("title", _t("Name"), self.document["title"], 200)

    @property
    def values(self) -> dict[str, Any]:
        """The name by language."""
        return {"title": self.words("title")}


class ItemForm(PartForm):
    """The words of one statement, and whether it still asks the same."""

    part = "item"
    meaning_help = (
        _("A typo, a clearer word, a translation. Answers stay comparable."),
        _("It asks something else. Earlier answers to it are not compared."),
    )

    def build(self) -> None:
        """Words by language, the direction, the meaning."""
        item = editing.one_of(self.document, ITEMS, self.key)
        was = editing.one_of(self.original, ITEMS, self.key)
        open_question = item["module"] == Module.OPEN
        label = _t("Question") if open_question else _t("Statement")
        self.add_words("text", label, item["text"], _LONGEST)
        if item["module"] == Module.CORE:
            field = forms.BooleanField(
                label=_("A high answer is bad news"),
                required=False,
                help_text=_(
                    "Its points are counted from the other end. One misreading "
                    "moves a small group's figure: leave it off if you can."
                ),
            )
            self.add("reverse", field, bool(item.get("reverse")))
        edited = item != was
        self.add_meaning(item["revision"], was["revision"], edited=edited)

    @property
    def values(self) -> dict[str, Any]:
        """Key, words, direction, meaning."""
        return {
            "key": self.key,
            "text": self.words("text"),
            "reverse": self.cleaned_data.get("reverse", False),
            "new_meaning": self.new_meaning,
        }


class TopicForm(PartForm):
    """The words of a topic, and which of its statements pulses ask."""

    part = "topic"
    meaning_help = (
        _("Other words for the same topic. Its figures stay comparable."),
        _("The topic is another one. Its figures are not compared with earlier ones."),
    )

    def build(self) -> None:
        """Words by language, the marker, the meaning."""
        topic = editing.one_of(self.document, TOPICS, self.key)
        was = editing.one_of(self.original, TOPICS, self.key)
        self.add_words("name", _t("Name"), topic["name"], 100)
        self.add_words("about", _t("What is meant"), topic["meaning"], _LONGEST)
        asked = editing.statements(self.document, self.key)
        field = forms.ChoiceField(
            label=_("Asked by pulses and check-ins"),
            help_text=_("The marker of the topic. Its line starts anew with another."),
            choices=[(one["key"], one["text"][ENGLISH]) for one in asked],
            widget=forms.RadioSelect,
        )
        self.add("marker", field, editing.marker_of(self.document, self.key))
        edited = topic != was
        self.add_meaning(topic["revision"], was["revision"], edited=edited)

    @property
    def values(self) -> dict[str, Any]:
        """Key, words, marker, meaning."""
        return {
            "key": self.key,
            "name": self.words("name"),
            "meaning": self.words("about"),
            "marker": self.cleaned_data["marker"],
            "new_meaning": self.new_meaning,
        }


class WeightsForm(PartForm):
    """How much each topic counts, in per cent."""

    part = "weights"

    def build(self) -> None:
        """One field a topic."""
        for one in self.document[TOPICS]:
            field = forms.DecimalField(
                label=one["name"][ENGLISH],
                min_value=5,
                max_value=25,
                decimal_places=2,
                widget=forms.TextInput({"class": "w-short", "inputmode": "decimal"}),
            )
            self.add(one["key"], field, f"{one['weight'] * 100:g}")

    @property
    def values(self) -> dict[str, Any]:
        """Shares by topic."""
        return {
            "weights": {
                one["key"]: float(self.cleaned_data[one["key"]] / 100)
                for one in self.document[TOPICS]
            }
        }


class LanguageForm(PartForm):
    """All texts of a version in one language; `key` is the language."""

    part = "language"

    def build(self) -> None:
        """A field a text, under the English words."""
        english = words_in(self.document, ENGLISH)
        given = words_in(self.document, self.key)
        for one in places(self.document):
            longest = _LABEL if one.index is not None else _LONGEST
            words = english[one.name]
            long = len(words) > TWO_LINES
            field = text_field(words, longest, self.key, long=long)
            field.required = False
            self.add(one.name, field, given[one.name])

    @property
    def values(self) -> dict[str, Any]:
        """The language and its words."""
        words = {one.name: self.cleaned_data[one.name] for one in places(self.document)}
        return {"language": self.key, "words": words}

    @property
    def sections(self) -> Iterator[tuple[str | Promise, list[forms.BoundField]]]:
        """The fields under the headings of the version's page."""
        scale = {one.name for one in places(self.document) if one.index is not None}
        topics = {
            f"{one['key']}-{what}"
            for one in self.document[TOPICS]
            for what in ("name", "meaning")
        }
        names = [one.name for one in places(self.document)]
        known = scale | topics | {"title"}
        for title, wanted in (
            (_("Name"), {"title"}),
            (_("Labels of the points"), scale),
            (_("Topics"), topics),
            (_("Statements and questions"), set(names) - known),
        ):
            yield title, [self[name] for name in names if name in wanted]


class NewLanguageForm(Form):
    """Which language is added; the words come on the next page."""

    button = _("Go on")

    language = forms.ChoiceField(label=_("Language"))

    def __init__(self, *args: Any, known: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast("forms.ChoiceField", self.fields["language"])
        field.choices = [
            ("", _t("Choose a language")),
            *((code, name) for code, name in language_choices() if code not in known),
        ]
