"""Dated edits of a contract in words: "Client's notice period: 3 → 6"."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from engagements.models import Change, Contract, Side
from engagements.wording import long_day, money

_LABELS = {
    "client_notice_unit": gettext_lazy("Client's notice is counted in"),
    "supplier_notice_unit": gettext_lazy("Supplier's notice is counted in"),
    "confirmed_renewals": gettext_lazy("Renewals confirmed"),
    "notice_given_by": gettext_lazy("Notice given by"),
    "notice_given_on": gettext_lazy("Notice given on"),
    "terminated_on": gettext_lazy("Ends early on"),
    "client_termination_reason": gettext_lazy("Client's reason for ending"),
    "supplier_termination_reason": gettext_lazy("Supplier's reason for ending"),
    "archived": gettext_lazy("Archived"),
    "document": gettext_lazy("Document"),
    "key_date": gettext_lazy("Date"),
    "recorded": gettext_lazy("Recorded"),
}
# Follows from another field beside it; said twice it would only be longer.
_HIDDEN = ("original_value", "original_start_on", "original_end_on")


@dataclass(frozen=True)
class Line:
    """One field of one edit; an empty side is said by the page."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Edit:
    """One dated edit: its lines, who made it, why."""

    at: datetime
    by: str
    reason: str
    lines: list[Line]


def edits(changes: Iterable[Change], currency: str) -> list[Edit]:
    """Edits in words; the changes must carry who made them."""
    return [
        Edit(
            at=change.at,
            by=change.by.name if change.by else _("an import"),
            reason=change.reason,
            lines=lines(change.fields, currency),
        )
        for change in changes
    ]


def lines(fields: dict[str, list[str | None]], currency: str) -> list[Line]:
    """The fields of an edit, each in the words of its page."""
    return [
        Line(label(name), said(name, before, currency), said(name, after, currency))
        for name, (before, after) in fields.items()
        if name not in _HIDDEN
    ]


def label(name: str) -> str:
    """What a field is called where people type it."""
    if name in _LABELS:
        return str(_LABELS[name])
    try:
        field = Contract._meta.get_field(name)
    except FieldDoesNotExist:
        return name.replace("_", " ").capitalize()
    words = str(getattr(field, "verbose_name", name))
    return words[:1].upper() + words[1:]


def said(name: str, text: str | None, currency: str) -> str:
    """A kept value in words; empty where there was none."""
    if text in (None, ""):
        return ""
    if name == "notice_given_by":
        return str(Side(text).label)
    try:
        field = Contract._meta.get_field(name)
    except FieldDoesNotExist:
        return _day_or(text)
    return _of_field(field, text, currency)


def _of_field(field: object, text: str, currency: str) -> str:
    if isinstance(field, models.DecimalField):
        return _money_or(text, currency)
    if isinstance(field, models.DateField):
        return _day_or(text)
    if isinstance(field, models.BooleanField):
        return _("yes") if text == "True" else _("no")
    choices = dict(getattr(field, "flatchoices", None) or ())
    return str(choices.get(text, text))


def _money_or(text: str, currency: str) -> str:
    try:
        return money(Decimal(text), currency)
    except InvalidOperation:
        return text


def _day_or(text: str) -> str:
    try:
        return long_day(date.fromisoformat(text))
    except ValueError:
        return text
