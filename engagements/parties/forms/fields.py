"""What our forms share: fields in words, dates in the person's order, a layout."""

from __future__ import annotations

import zoneinfo
from collections.abc import Sequence
from contextlib import suppress
from datetime import date
from functools import cache
from typing import Any, cast

from babel import Locale
from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Div, Layout, Submit
from django import forms
from django.contrib.auth import password_validation
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from engagements.typed_dates import TypedDateError, parse_day
from engagements.widgets import TypedDate
from engagements.wording import long_day


class Form(forms.Form):
    """A form whose errors name the field and whose button names the result."""

    button: str | Promise = _("Save")
    # Label and address of the way out beside the button.
    layout: tuple[Any, ...] = ()
    # Of a form two people may write at once: see `ShownForm`.
    conflicts: Sequence[tuple[str, str, str]] = ()

    def __init__(self, *args: Any, back: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.back = back
        for field in self.fields.values():
            words = _("%(label)s is missing.") % {"label": field.label}
            field.error_messages["required"] = words

    @property
    def helper(self) -> FormHelper:
        """Fields in one column, one button, the way back beside it."""
        helper = FormHelper(self)
        rows = self.layout or tuple(self.fields)
        helper.layout = Layout(*rows, self._acts())
        return helper

    @property
    def inner(self) -> FormHelper:
        """The same without the form element, for a page that owns it."""
        helper = self.helper
        helper.form_tag = False
        return helper

    def _acts(self) -> Div:
        acts: list[Any] = [Submit("save", self.button, css_class="btn btn-primary")]
        if self.back:
            link = '<a class="btn btn-bare" href="{}">{}</a>'
            acts.append(HTML(format_html(link, self.back, _("Cancel"))))
        return Div(*acts, css_class="form-acts")


class DayField(forms.Field):
    """A day as people type it: "fri", "14/1", "in 3 weeks", in the reader's order.

    `past`: a day without a year is the last such day, not the next.
    """

    widget = TypedDate

    def __init__(
        self, *, user: User | None = None, past: bool = False, **kwargs: Any
    ) -> None:
        kwargs.setdefault("help_text", _("Such as 14/1/2027 or 14 Jan 2027."))
        super().__init__(**kwargs)
        self.day_first = True
        self.past = past
        self.order_by(user)

    def order_by(self, user: User | None) -> None:
        """Read 3/4 as this person writes it."""
        self.day_first = user is None or user.date_order != "mdy"

    def prepare_value(self, value: Any) -> Any:
        """Shown in words, so that no order has to be guessed."""
        return long_day(value) if isinstance(value, date) else value

    def to_python(self, value: Any) -> date | None:
        """The day, or words that say what was typed and what would do."""
        if isinstance(value, date) or value is None or not str(value).strip():
            return value if isinstance(value, date) else None
        try:
            return parse_day(
                str(value),
                timezone.localdate(),
                day_first=self.day_first,
                past=self.past,
            )
        except TypedDateError as error:
            raise forms.ValidationError(str(error)) from error


def days_in_order(form: forms.BaseForm, user: User) -> None:
    """Let every day of a form be read in the person's order."""
    for field in form.fields.values():
        if isinstance(field, DayField):
            field.order_by(user)


class CurrencyField(forms.CharField):
    """Three letters of a currency that exists."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Currency"))
        kwargs.setdefault("help_text", _("Three letters, such as EUR."))
        attrs = {"class": "w-short", "autocapitalize": "characters", "size": 3}
        super().__init__(max_length=3, widget=forms.TextInput(attrs=attrs), **kwargs)

    def clean(self, value: Any) -> str:
        """The code in capitals. Raises ValidationError for an unknown one."""
        code = str(super().clean(value)).strip().upper()
        if code and code not in Locale("en").currencies:
            words = _("“%(typed)s” is not a currency. Try EUR, GBP or AUD.")
            raise forms.ValidationError(words % {"typed": code})
        return code


class PasswordField(forms.CharField):
    """A new password, typed once; the browser may show it."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Password"))
        kwargs.setdefault("help_text", _("10 characters or more."))
        attrs = {"autocomplete": "new-password"}
        widget = forms.PasswordInput(render_value=False, attrs=attrs)
        super().__init__(strip=False, widget=widget, **kwargs)


def check_password(form: forms.Form, email: str, name: str) -> None:
    """Put what is wrong with a new password onto the form."""
    password = form.cleaned_data.get("password")
    if not password:
        return
    try:
        password_validation.validate_password(password, User(email=email, name=name))
    except forms.ValidationError as error:
        form.add_error("password", error)


# A list of more would weigh more than the page and be read by nobody.
MOST_OFFERED = 1000


def offer(form: forms.Form, name: str, rows: QuerySet) -> None:
    """Let a choice be made among these rows; of very many the first, and the chosen.

    Whatever is posted is looked for among all of them.
    """
    field = cast("forms.ModelChoiceField", form.fields[name])
    field.queryset = rows
    some = list(rows[: MOST_OFFERED + 1])
    if len(some) > MOST_OFFERED:
        chosen = form.data.get(name) or form.initial.get(name)
        with suppress(forms.ValidationError):
            some[-1] = field.to_python(getattr(chosen, "pk", chosen)) or some[-1]
    label = field.empty_label
    empty = [] if label is None else [("", _in_words(label))]
    shown = [(str(row.pk), field.label_from_instance(row)) for row in some]
    field.choices = [*empty, *shown]


def _in_words(label: str | Promise) -> str | Promise:
    """What stands where nothing is chosen yet; the framework's dashes say nothing."""
    return label if str(label).strip("-") else _("Choose one")


@cache
def zone_choices() -> list[tuple[str, str]]:
    """Time zones people live in, by name."""
    outside = ("Etc/", "SystemV/", "posix", "right", "US/", "Canada/", "Brazil/")
    zones = sorted(
        zone
        for zone in zoneinfo.available_timezones()
        if "/" in zone and not zone.startswith(outside)
    )
    return [("UTC", "UTC"), *((zone, zone.replace("_", " ")) for zone in zones)]


@cache
def country_choices() -> list[tuple[str, Any]]:
    """Countries by their English name; the first means unknown."""
    territories = {str(code): name for code, name in Locale("en").territories.items()}
    outside = {"EU", "EZ", "QO", "UN", "XA", "XB", "ZZ"}
    named = sorted(
        (name, code)
        for code, name in territories.items()
        if len(code) == 2 and code.isalpha() and code not in outside
    )
    return [("", _("Not known")), *((code, name) for name, code in named)]


def country_name(code: str) -> str:
    """The name of a country; empty where it is not known."""
    return Locale("en").territories.get(code, code) if code else ""
