"""What people type about organisations."""

from __future__ import annotations

import re
from typing import Any

from crispy_forms.layout import Div, Fieldset
from django import forms
from django.utils.translation import gettext_lazy as _

from engagements.models import Organisation
from engagements.parties.forms.fields import (
    CurrencyField,
    DayField,
    Form,
    country_choices,
    offer,
    zone_choices,
)
from engagements.parties.forms.people import name_field

_DOMAIN = re.compile(r"^(?:[a-z0-9-]+\.)+[a-z]{2,}$")
_SCHEME = re.compile(r"^[A-Za-z0-9][A-Za-z0-9 ._-]*$")


class OrganisationForm(Form):
    """What is known of an organisation."""

    name = name_field()
    legal_name = name_field(_("Legal name"), required=False)
    country = forms.ChoiceField(
        label=_("Country"),
        choices=country_choices,
        required=False,
        help_text=_("Decides the public holidays."),
    )
    subdivision = forms.CharField(
        label=_("Region"),
        max_length=10,
        required=False,
        widget=forms.TextInput(attrs={"class": "w-short"}),
        help_text=_("Such as NSW or BY; holidays differ by it."),
    )
    locality = name_field(_("Town"), required=False)
    time_zone = forms.ChoiceField(label=_("Time zone"), choices=zone_choices)
    domain = forms.CharField(
        label=_("Internet domain"),
        max_length=250,
        required=False,
        help_text=_("Such as merrow.example."),
        widget=forms.TextInput(attrs={"class": "w-mid", "autocapitalize": "none"}),
    )
    reporting_currency = CurrencyField()
    parent = forms.ModelChoiceField(
        label=_("Part of"),
        queryset=Organisation.objects.none(),
        required=False,
        empty_label=_("Stands alone"),
    )

    layout: tuple[Any, ...] = (
        Fieldset(_("Who it is"), "name", "legal_name", "parent", "domain"),
        Fieldset(
            _("Where it is"),
            Div("country", "subdivision", css_class="side-by-side"),
            Div("locality", "time_zone", css_class="side-by-side"),
            "reporting_currency",
        ),
    )

    def __init__(self, *args: Any, parents: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "parent", parents)

    def clean_domain(self) -> str:
        """The bare domain, whatever was pasted around it."""
        typed = self.cleaned_data["domain"].strip().lower()
        domain = re.sub(r"^(https?://)?(www\.)?", "", typed).split("/")[0]
        if domain and not _DOMAIN.match(domain):
            words = _("“%(typed)s” is not a domain. Try merrow.example.")
            raise forms.ValidationError(words % {"typed": typed})
        return domain


class NewOrganisationForm(OrganisationForm):
    """An organisation to bring in, with the number it is registered under."""

    button = _("Add organisation")

    scheme = forms.CharField(
        label=_("Register"),
        max_length=40,
        required=False,
        help_text=_("Such as AU-ABN, GB-COH or XI-LEI."),
    )
    value = forms.CharField(
        label=_("Number"),
        max_length=80,
        required=False,
        help_text=_("As the register writes it."),
    )

    layout: tuple[Any, ...] = (
        *OrganisationForm.layout[:1],
        Fieldset(
            _("Where it is registered"),
            Div("scheme", "value", css_class="side-by-side"),
        ),
        *OrganisationForm.layout[1:],
    )

    def clean(self) -> dict[str, Any]:
        """A number needs its register, and the other way round."""
        data = super().clean() or self.cleaned_data
        if bool(data.get("scheme")) != bool(data.get("value")):
            empty = "value" if data.get("scheme") else "scheme"
            words = _("A register and its number go together: fill both, or neither.")
            self.add_error(empty, words)
        return data

    @property
    def identifiers(self) -> list[tuple[str, str]]:
        """Scheme and number, when both were typed."""
        data = self.cleaned_data
        return [(data["scheme"], data["value"])] if data.get("value") else []


class EditOrganisationForm(OrganisationForm):
    """A correction and its reason."""

    button = _("Save organisation")

    reason = forms.CharField(label=_("Why it changes"), max_length=500, required=False)

    layout: tuple[Any, ...] = (*OrganisationForm.layout, "reason")


class IdentifierForm(Form):
    """A registration number."""

    button = _("Add number")

    scheme = forms.CharField(
        label=_("Register"),
        max_length=40,
        help_text=_("Such as AU-ABN, GB-COH or XI-LEI."),
        widget=forms.TextInput(attrs={"class": "w-mid"}),
    )
    value = forms.CharField(
        label=_("Number"),
        max_length=80,
        widget=forms.TextInput(attrs={"class": "w-mid"}),
    )

    def clean_scheme(self) -> str:
        """Letters, digits and hyphens."""
        scheme = self.cleaned_data["scheme"].strip()
        if not _SCHEME.match(scheme):
            raise forms.ValidationError(_("Use letters, digits and hyphens: GB-COH."))
        return scheme


class AliasForm(Form):
    """Another spelling of the name."""

    button = _("Add name")

    name = name_field(_("Also known as"))


class OwnDayForm(Form):
    """A day the organisation rests or works on, whatever the calendar says."""

    button = _("Add day")

    on = DayField(label=_("Day"))
    name = name_field(_("Occasion"))
    works = forms.BooleanField(label=_("People work on this day"), required=False)
