"""Forms of a draft's scale and thresholds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from engagements.reviews.explanation.topics import TOPICS as FIGURES
from engagements.reviews.explanation.units import printed, unit_words
from engagements.reviews.forms.parts import (
    PartForm,
    grouped,
    in_language,
    text_field,
)
from engagements.reviews.instrument import editing
from engagements.reviews.instrument.content import ENGLISH
from engagements.reviews.instrument.editing import ITEMS
from engagements.reviews.instrument.thresholds import FIXED, limits, method_of
from engagements.reviews.scoring.parameters import STANDARD, Parameter, parameters

_PERCENT = 100
_NUMBER = {"class": "form-control w-short", "inputmode": "decimal"}
FEWEST_POINTS, MOST_POINTS = 2, 10


class ScaleForm(PartForm):
    """The labels of the points; with `points`, of another number of them."""

    part = "scale"
    meaning_help = (
        _("Other words for the same points, or more or fewer of them."),
        _("The points mean something else. Nothing is compared with earlier reviews."),
    )

    def __init__(self, *args: Any, points: int | None = None, **kwargs: Any) -> None:
        self.points = points
        super().__init__(*args, **kwargs)

    def build(self) -> None:
        """A field a label; the scale's and those of questions with their own."""
        now = editing.scale_of(self.document)
        self.least = now["scale"]["least"]
        self.most = now["scale"]["most"]
        if self.points is not None:
            self.most = self.least + self.points - 1
        self.count = self.most - self.least + 1
        rows: list[Any] = []
        for key, labels in [("scale", now["scale"]["labels"]), *now["own"].items()]:
            for language in self.languages:
                names = list(self._labels(key, labels, language))
                rows.append(grouped(self._heading(key, language), *names))
        was = editing.scale_of(self.original)
        revisions = [
            editing.revisions_of(one)[editing.SCALE]
            for one in (self.document, self.original)
        ]
        self.add_meaning(*revisions, edited=now != was)
        self.layout = ("seen", *rows, "meaning")

    def _labels(self, key: str, labels: Any, language: str) -> Iterator[str]:
        given = labels.get(language, [])
        for index, point in enumerate(range(self.least, self.most + 1)):
            field = text_field(str(point), 60, language, long=False)
            field.required = language == ENGLISH
            name = f"{key}-{language}-{point}"
            self.add(name, field, given[index] if index < len(given) else "")
            words = _t("The label of point %(point)d is missing.")
            field.error_messages["required"] = words % {"point": point}
            yield name

    def _heading(self, key: str, language: str) -> str:
        if key == "scale":
            return in_language(_t("Labels of the points"), language)
        words = editing.one_of(self.document, ITEMS, key)["text"][ENGLISH]
        return in_language(words, language)

    @property
    def values(self) -> dict[str, Any]:
        """The number of points, the labels by key and language, the meaning."""
        points = range(self.least, self.most + 1)
        keys = ["scale", *editing.scale_of(self.document)["own"]]
        labels: dict[str, dict[str, list[str]]] = {key: {} for key in keys}
        for key in keys:
            for language in self.languages:
                typed = [self.cleaned_data[f"{key}-{language}-{one}"] for one in points]
                if any(typed):
                    labels[key][language] = typed
        return {"most": self.most, "labels": labels, "new_meaning": self.new_meaning}


@dataclass(frozen=True)
class Row:
    """One threshold on its form: the field, its unit, what is usual."""

    field: forms.BoundField
    unit: str
    usual: str


class ThresholdsForm(PartForm):
    """Every threshold of the method that a version may set."""

    part = "thresholds"

    def build(self) -> None:
        """A field a threshold, within its limits; shares in per cent."""
        self.known = {
            one.name: one for one in parameters(method_of(self.version.method))
        }
        for one in self.known.values():
            if one.name not in FIXED:
                self.add(one.name, _threshold_field(one), _shown(one))

    @property
    def values(self) -> dict[str, Any]:
        """All thresholds; those that nobody may set as they are."""
        return {
            "values": {
                name: self.typed(one) if name not in FIXED else one.value
                for name, one in self.known.items()
            }
        }

    def typed(self, one: Parameter) -> float:
        """What was typed for a threshold, as the method counts it."""
        value = self.cleaned_data[one.name]
        if isinstance(value, Decimal):
            return float(value / _PERCENT if one.unit == "share" else value)
        return value

    @property
    def sections(self) -> Iterator[tuple[Any, list[Row]]]:
        """The thresholds under the figure they belong to."""
        usual = {one.name: one for one in parameters(STANDARD)}
        for figure in FIGURES:
            rows = [
                Row(self[name], unit_words(self.known[name]), printed(usual[name]))
                for name in figure.names
                if name not in FIXED
            ]
            yield figure.title, rows


def _threshold_field(one: Parameter) -> forms.Field:
    limit = limits(one)
    factor = _PERCENT if one.unit == "share" else 1
    given: dict[str, Any] = {
        "label": _t(one.meaning),
        "min_value": limit.least * factor,
        "max_value": None if limit.most is None else limit.most * factor,
        "widget": forms.TextInput(
            {"class": "form-control w-short", "inputmode": "decimal"}
        ),
    }
    if limit.whole:
        return forms.IntegerField(**given)
    return forms.DecimalField(max_digits=12, decimal_places=6, **given)


def _shown(one: Parameter) -> str:
    value = Decimal(repr(one.value)) * (_PERCENT if one.unit == "share" else 1)
    return f"{value.normalize():f}"
