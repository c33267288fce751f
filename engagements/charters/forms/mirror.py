"""Four lists of up to five words each: one's own, and what one thinks of the other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from crispy_forms.layout import Div
from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from engagements.charters.actions.mirroring import LISTS, faults
from engagements.charters.mirror import fold
from engagements.charters.vocabulary import ABILITIES, VALUES
from engagements.parties.forms.fields import Form

_OTHERS = "_others"


class WordsField(forms.MultipleChoiceField):
    """Words to tick; none, where the line below it holds some."""

    def validate(self, value: list[str]) -> None:
        """Whether one was said at all is asked of both together."""
        if value:
            super().validate(value)


class MirrorForm(Form):
    """Words to tick, and a line for others."""

    button = _("Save our part")
    layout = tuple(
        Div(
            *(Div(name, name + _OTHERS) for name in pair),
            css_class="side-by-side",
        )
        for pair in (LISTS[:2], LISTS[2:])
    )

    def __init__(
        self,
        *args: Any,
        names: Mapping[str, str],
        words: Mapping[str, Sequence[str]],
        **kwargs: Any,
    ) -> None:
        kwargs["initial"] = {
            key: value
            for name in LISTS
            for key, value in _typed(name, words.get(name, ())).items()
        }
        super().__init__(*args, **kwargs)
        labels = {
            "values": _("What %(own)s stands for"),
            "abilities": _("What %(own)s is good at"),
            "guessed_values": _("What %(other)s would say it stands for"),
            "guessed_abilities": _("What %(other)s would say it is good at"),
        }
        for name in LISTS:
            self._add(name, labels[name] % names)

    def _add(self, name: str, words: str) -> None:
        self.fields[name] = WordsField(
            label=words,
            choices=list(_vocabulary(name).items()),
            widget=forms.CheckboxSelectMultiple,
            help_text=_("One to five, with those in your own words."),
        )
        self.fields[name + _OTHERS] = forms.CharField(
            label=_("%(list)s: in your own words") % {"list": words},
            max_length=300,
            required=False,
            help_text=_("A word or two each, with commas between."),
        )

    def clean(self) -> None:
        """Every list that is wrong says so, not the first alone."""
        said = self.cleaned_data
        if all(name in said and name + _OTHERS in said for name in LISTS):
            for name, fault in faults(self.words).items():
                self.add_error(name, fault)

    @property
    def words(self) -> dict[str, list[str]]:
        """{list: ticked and written words}."""
        said = self.cleaned_data
        return {name: [*said[name], *said[name + _OTHERS].split(",")] for name in LISTS}


def _vocabulary(name: str) -> dict[str, str | Promise]:
    return VALUES if name.endswith("values") else ABILITIES


def _typed(name: str, words: Sequence[str]) -> dict[str, Any]:
    known = [fold(word) for word in words if fold(word) in _vocabulary(name)]
    others = [word for word in words if fold(word) not in _vocabulary(name)]
    return {name: known, name + _OTHERS: ", ".join(others)}
