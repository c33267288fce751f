"""What each column of a file fills, and how its values are written."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from engagements.exchange.columns import Guess, Guesses, mark_before_number
from engagements.exchange.forms.targets import (
    amendment_targets,
    contract_targets,
    target_of,
    unlisted,
)
from engagements.exchange.values import DateForm
from engagements.models import Side
from engagements.parties.forms.fields import CurrencyField, Form, zone_choices
from engagements.widgets import Segmented

_DATES = (
    ("", _("Choose how")),
    (DateForm.ISO.value, "2027-01-14"),
    (DateForm.DAY_FIRST.value, _("14/1/2027, day first")),
    (DateForm.MONTH_FIRST.value, _("1/14/2027, month first")),
    (DateForm.COMPACT.value, "20270114"),
    (DateForm.MONTH_NAMES.value, "14 Jan 2027"),
)
_NUMBERS = (("", _("Choose how")), (".", "1,234.50"), (",", "1.234,50"))

# What a profile says that this form does not ask.
_KEPT = ("encoding", "delimiter", "sheet", "words")


class ColumnsForm(Form):
    """What each column fills, and how dates and numbers are written in it."""

    stands_for = forms.ChoiceField(
        label=_("We stand for"), choices=Side.choices, widget=Segmented
    )
    dates = forms.ChoiceField(label=_("Dates are written as"), choices=_DATES)
    numbers = forms.ChoiceField(label=_("Numbers are written as"), choices=_NUMBERS)
    currency = CurrencyField(
        label=_("Currency"), required=False, help_text=_("Where a row does not say it.")
    )
    time_zone = forms.ChoiceField(
        label=_("Times are those of"),
        choices=lazy(zone_choices, list)(),
        help_text=_("A time with an offset becomes the day it was there."),
    )
    scope = forms.CharField(
        label=_("Scope"),
        max_length=120,
        required=False,
        help_text=_("Where a row does not say it. Empty: General."),
    )
    null_words = forms.CharField(
        label=_("Words for nothing"),
        max_length=200,
        required=False,
        help_text=_("Between commas, such as: none, unknown, TBC."),
    )
    keep_as = forms.CharField(
        label=_("Keep these columns as"),
        max_length=120,
        required=False,
        help_text=_("A name to read the next file of this kind by."),
    )

    def __init__(
        self,
        *args: Any,
        guesses: Guesses,
        amendments: Guesses | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        unsaid = {
            "dates": _("Choose how the dates are written."),
            "numbers": _("Choose how the numbers are written."),
        }
        for name, words in unsaid.items():
            self.fields[name].error_messages["required"] = words
        self.guesses = guesses
        self.amendments = amendments
        self._add("column", guesses, contract_targets())
        if amendments:
            self._add("amendment", amendments, amendment_targets())

    def _add(self, prefix: str, guesses: Guesses, targets: list[Any]) -> None:
        for place, guess in enumerate(guesses.columns):
            self.fields[f"{prefix}_{place}"] = forms.ChoiceField(
                label=_("“%(column)s” fills") % {"column": guess.column},
                choices=[*targets, *unlisted(guess)],
                required=False,
                initial=target_of(guess),
                widget=forms.Select(attrs={"class": "form-select w-mid"}),
            )

    @property
    def columns(self) -> list[tuple[Guess, forms.BoundField]]:
        """Each column of the contracts' file beside what it fills."""
        return self._beside("column", self.guesses)

    @property
    def amendment_columns(self) -> list[tuple[Guess, forms.BoundField]]:
        """Each column of the amendments' file beside what it fills."""
        return self._beside("amendment", self.amendments) if self.amendments else []

    def _beside(
        self, prefix: str, guesses: Guesses
    ) -> list[tuple[Guess, forms.BoundField]]:
        return [
            (guess, self[f"{prefix}_{place}"])
            for place, guess in enumerate(guesses.columns)
        ]

    def clean(self) -> dict[str, Any]:
        """A field is filled by one column; two that are needed are there."""
        cleaned = super().clean() or self.cleaned_data
        for prefix, guesses in (
            ("column", self.guesses),
            ("amendment", self.amendments),
        ):
            if guesses:
                self._refuse_twice(prefix, guesses)
        chosen = set(self._chosen("column", self.guesses).values())
        if "contract.start_on" not in chosen:
            self.add_error(None, _("Say which column tells when a contract begins."))
        if not chosen & {f"organisations.{side}.name" for side in Side}:
            self.add_error(None, _("Say which column names the other organisation."))
        return cleaned

    def _refuse_twice(self, prefix: str, guesses: Guesses) -> None:
        taken: dict[str, str] = {}
        for place, guess in enumerate(guesses.columns):
            name = f"{prefix}_{place}"
            target = self.cleaned_data.get(name)
            if target and target in taken:
                words = _("“%(column)s” fills this already. Leave one of them out.")
                self.add_error(name, words % {"column": taken[target]})
            elif target:
                taken[target] = guess.column

    def _chosen(self, prefix: str, guesses: Guesses) -> dict[str, str]:
        found = {
            guess.column: self.cleaned_data.get(f"{prefix}_{place}", "")
            for place, guess in enumerate(guesses.columns)
        }
        return {column: target for column, target in found.items() if target}

    def profile(self, base: dict[str, Any]) -> dict[str, Any]:
        """What was said, as a profile in its JSON form; `base` says the rest."""
        said = self.cleaned_data
        dates = [DateForm.ISO.value, said["dates"], DateForm.MONTH_NAMES.value]
        words = [word.strip() for word in said["null_words"].split(",")]
        made: dict[str, Any] = {
            **{name: base[name] for name in _KEPT if base.get(name)},
            "version": 1,
            "name": said["keep_as"],
            "stands_for": said["stands_for"],
            "dates": list(dict.fromkeys(dates)),
            "numbers": {"decimal": said["numbers"]},
            "currency": said["currency"],
            "time_zone": said["time_zone"],
            "scope": said["scope"] or "General",
            "null_words": [word for word in words if word],
            "organisations": {},
            "contract": {},
        }
        for column, target in self._chosen("column", self.guesses).items():
            _place(made, column, target)
        if self.amendments:
            self._add_amendments(made, self.amendments)
        return made

    def _add_amendments(self, made: dict[str, Any], guesses: Guesses) -> None:
        columns = self._chosen("amendment", guesses)
        if not columns:
            return
        made["amendments"] = {
            target.partition(".")[2]: column for column, target in columns.items()
        }
        samples = {guess.column: guess.samples for guess in guesses.columns}
        reference = made["amendments"].get("reference", "")
        mark = mark_before_number(samples.get(reference, ()))
        made["amendments"]["number_after"] = mark


def _place(made: dict[str, Any], column: str, target: str) -> None:
    """Put a column where its target stands in the JSON form of a profile."""
    path, _colon, scheme = target.partition(":")
    part, *rest = path.split(".")
    if part == "contract":
        made["contract"][rest[0]] = column
        return
    side = made["organisations"].setdefault(rest[0], {})
    if scheme:
        numbers = side.setdefault("number", [])
        numbers.append({"scheme": scheme, "column": column})
    else:
        side[rest[1]] = column
