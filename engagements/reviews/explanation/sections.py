"""How each figure is computed, for the people it is about, from the method itself.

Every threshold and weight of the method stands in one section; a test says so.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _t

from engagements.reviews.explanation.topics import TOPICS
from engagements.reviews.scoring.parameters import Method, Parameter, parameters
from engagements.reviews.scoring.rounding import half_up


@dataclass(frozen=True)
class Threshold:
    """One threshold as printed: its value with the unit, and what it is for."""

    value: str
    meaning: str


@dataclass(frozen=True)
class Section:
    """One topic as printed."""

    key: str
    title: str
    words: list[str]
    thresholds: list[Threshold]


_UNITS: dict[str, str | Promise] = {
    "people": _t("%(value)s people"),
    "waves": _t("%(value)s reviews"),
    "days": _t("%(value)s days"),
    "months": _t("%(value)s months"),
    "seconds": _t("%(value)s seconds"),
    "points": _t("%(value)s points"),
    "cadences": _t("%(value)s times the usual interval"),
    "factor": _t("%(value)s times"),
    "count": "%(value)s",
}
_PERCENT = "share"
_PLACES = 4


def explained(method: Method) -> Iterator[Section]:
    """The topics with the thresholds of this method, in the order of the method."""
    known = {one.name: one for one in parameters(method)}
    for topic in TOPICS:
        yield Section(
            key=topic.key,
            title=str(topic.title),
            words=[str(text) for text in topic.words],
            thresholds=[_printed(known[name]) for name in topic.names],
        )


def _printed(one: Parameter) -> Threshold:
    return Threshold(value=_value(one), meaning=_(one.meaning))


def _value(one: Parameter) -> str:
    if one.unit == _PERCENT:
        return _("%(value)s %%") % {"value": _number(one.value * 100)}
    return str(_UNITS[one.unit]) % {"value": _number(one.value)}


def _number(value: float) -> str:
    return f"{half_up(value, _PLACES).normalize():,f}"
