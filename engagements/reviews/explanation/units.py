"""Thresholds in words: a number with its unit."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _t

from engagements.reviews.scoring.parameters import Parameter
from engagements.reviews.scoring.rounding import half_up

_UNITS: dict[str, str | Promise] = {
    "people": _t("%(value)s people"),
    "waves": _t("%(value)s reviews"),
    "days": _t("%(value)s days"),
    "months": _t("%(value)s months"),
    "points": _t("%(value)s points"),
    "cadences": _t("%(value)s times the usual interval"),
    "factor": _t("%(value)s times"),
    "count": "%(value)s",
}
_PERCENT = "share"
_PLACES = 4


def printed(one: Parameter) -> str:
    """The value with its unit."""
    if one.unit == _PERCENT:
        return percent(one.value)
    return str(_UNITS[one.unit]) % {"value": _number(one.value)}


def percent(share: float) -> str:
    """A share of the whole: 0.125 is "12.5 %"."""
    return _("%(value)s %%") % {"value": _number(share * 100)}


def unit_words(one: Parameter) -> str:
    """The unit alone."""
    if one.unit == _PERCENT:
        return "%"
    return (str(_UNITS[one.unit]) % {"value": ""}).strip()


def _number(value: float) -> str:
    return f"{half_up(value, _PLACES).normalize():,f}"
