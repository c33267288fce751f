"""What the forms of a draft question set share: texts by language, the meaning."""

from __future__ import annotations

from typing import Any

from crispy_forms.layout import HTML, Div
from django import forms
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from engagements.models import InstrumentVersion
from engagements.parties.forms.fields import Form
from engagements.reviews.actions.drafting import seen_of
from engagements.reviews.instrument.content import ENGLISH, Words
from engagements.reviews.instrument.words import (
    Document,
    language_name,
    languages_of,
)
from engagements.widgets import OptionCards

# A text this long gets a box of two lines instead of one line.
TWO_LINES = 60
SAME, OTHER = "same", "other"


class PartForm(Form):
    """One part of a draft. `values` are the arguments of the act that saves it."""

    part = ""
    meaning_help: tuple[str | Promise, str | Promise] = ("", "")

    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        *args: Any,
        version: InstrumentVersion,
        key: str = "",
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.version, self.key = version, key
        self.document: Document = version.content
        self.languages = languages_of(self.document)
        self.initial["seen"] = seen_of(version, self.part, key)
        self.build()

    def build(self) -> None:
        """Add the fields that depend on the version."""
        raise NotImplementedError

    @property
    def values(self) -> dict[str, Any]:
        """What the act is given."""
        raise NotImplementedError

    @property
    def shown(self) -> list[str]:
        """The names of the fields a person sees, in their order."""
        return [one.name for one in self.visible_fields()]

    def add(self, name: str, field: forms.Field, value: Any) -> None:
        """One more field, with what is saved now."""
        self.fields[name] = field
        self.initial[name] = value
        words = _t("%(label)s is missing.") % {"label": field.label}
        field.error_messages["required"] = words

    def add_words(self, name: str, label: str, words: Words, longest: int) -> None:
        """A text in every language of the version; English is needed."""
        for language in self.languages:
            given = words.get(language, "")
            field = text_field(
                in_language(label, language),
                longest,
                language,
                long=max(map(len, words.values())) > TWO_LINES,
            )
            field.required = language == ENGLISH
            self.add(f"{name}-{language}", field, given)

    def words(self, name: str) -> dict[str, str]:
        """What was typed for a text, by language."""
        return {
            language: self.cleaned_data.get(f"{name}-{language}", "")
            for language in self.languages
        }

    def add_meaning(self, revision: int, original: int, *, edited: bool) -> None:
        """Ask whether it still means the same; nothing is chosen for whoever begins."""
        same, other = self.meaning_help
        field = forms.ChoiceField(
            label=_("Compared with the version it was copied from"),
            choices=[(SAME, _("It means the same")), (OTHER, _("It means another"))],
            widget=OptionCards(explanations={SAME: same, OTHER: other}),
        )
        chosen = None
        if revision != original:
            chosen = OTHER
        elif edited:
            chosen = SAME
        self.add("meaning", field, chosen)
        field.error_messages["required"] = _t("Say whether the meaning changed.")

    @property
    def new_meaning(self) -> bool:
        """The answer to that question."""
        return self.cleaned_data["meaning"] == OTHER

    @property
    def original(self) -> Document:
        """What the version was copied from."""
        copied = self.version.copied_from
        return copied.content if copied else self.document


def text_field(
    label: str, longest: int, language: str, *, long: bool
) -> forms.CharField:
    """A text in some language, read aloud and spelled in it."""
    attrs = {"lang": language}
    widget = forms.Textarea({"rows": 2, **attrs}) if long else forms.TextInput(attrs)
    return forms.CharField(label=label, max_length=longest, widget=widget)


def in_language(label: str, language: str) -> str:
    """A field's label, with the language where it is another one."""
    if language == ENGLISH:
        return label
    return f"{label}, {language_name(language)}"


def grouped(title: str | Promise, *names: str) -> Div:
    """Fields beside each other under a heading."""
    heading = HTML(format_html("<h2>{}</h2>", title))
    return Div(heading, Div(*names, css_class="side-by-side"), css_class="sec")
