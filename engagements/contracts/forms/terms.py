"""The terms of a contract, as people type them."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from crispy_forms.layout import Div, Fieldset
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from engagements.models import Contract, Relationship
from engagements.parties.forms.fields import CurrencyField, DayField, Form, offer
from engagements.wording import minor_unit

_MOST_MONTHS = 1_200


def months_field(label: Any) -> forms.IntegerField:
    """A number of months, at least one."""
    return forms.IntegerField(
        label=label,
        required=False,
        min_value=1,
        max_value=_MOST_MONTHS,
        widget=forms.NumberInput(attrs={"class": "w-short"}),
    )


class AmountField(forms.DecimalField):
    """An amount as people type it: "4,200,000", "4200000.50" or "4 200 000"."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"class": "w-mid", "inputmode": "decimal"})
        super().__init__(
            required=False,
            min_value=0,
            max_digits=18,
            decimal_places=2,
            widget=widget,
            **kwargs,
        )

    def to_python(self, value: Any) -> Any:
        """The amount, or words that say what was typed and what would do."""
        typed = str(value or "").strip()
        plain = typed.replace(" ", "").replace("\u00a0", "").replace("\u202f", "")
        if re.fullmatch(r"\d{1,3}(,\d{3})+(\.\d+)?", plain):
            plain = plain.replace(",", "")
        try:
            return super().to_python(plain)
        except forms.ValidationError as error:
            words = _("“%(typed)s” is not an amount. Try 4200000 or 4,200,000.50.")
            raise forms.ValidationError(words % {"typed": typed[:40]}) from error

    def prepare_value(self, value: Any) -> Any:
        """Without the places that say nothing."""
        if isinstance(value, Decimal) and value == value.to_integral_value():
            return f"{value:,.0f}"
        return f"{value:,.2f}" if isinstance(value, Decimal) else value


def _period(label: Any) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        required=False,
        min_value=0,
        max_value=3_650,
        widget=forms.NumberInput(attrs={"class": "w-short"}),
    )


def _unit() -> forms.ChoiceField:
    return forms.ChoiceField(label=_("Counted in"), choices=Contract.Unit.choices)


class TermFields(Form):
    """The terms a signature covers."""

    start_on = DayField(label=_("Begins on"), help_text=_("Such as 14/1/2027."))
    end_on = DayField(
        label=_("Ends on"),
        required=False,
        help_text=_("Or give the initial term in months."),
    )
    initial_months = months_field(_("Initial term in months"))
    renewal = forms.ChoiceField(label=_("Renewal"), choices=Contract.Renewal.choices)
    renewal_months = months_field(_("Renewal term in months"))
    client_notice = _period(_("Client's notice period"))
    client_notice_unit = _unit()
    supplier_notice = _period(_("Supplier's notice period"))
    supplier_notice_unit = _unit()
    value = AmountField(label=_("Value"))
    value_basis = forms.ChoiceField(
        label=_("Value is"), choices=Contract.ValueBasis.choices
    )
    currency = CurrencyField(required=False)
    typed_annual_value = AmountField(
        label=_("Value a year"),
        help_text=_("Only where it does not follow from value and term."),
    )

    @staticmethod
    def terms(*of_notice: str) -> tuple[Fieldset, ...]:
        """Term, notice and value, with more fields of notice where a form has them."""
        return (
            Fieldset(
                _("Term"),
                Div("start_on", "end_on", "initial_months", css_class="side-by-side"),
                Div("renewal", "renewal_months", css_class="side-by-side"),
            ),
            Fieldset(
                _("Notice"),
                Div("client_notice", "client_notice_unit", css_class="side-by-side"),
                Div(
                    "supplier_notice", "supplier_notice_unit", css_class="side-by-side"
                ),
                *of_notice,
            ),
            Fieldset(
                _("Value"),
                Div("value", "currency", "value_basis", css_class="side-by-side"),
                "typed_annual_value",
            ),
        )

    def clean(self) -> dict[str, Any]:
        """A value has a currency; an end is said once."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("value") is not None and not cleaned.get("currency"):
            self.add_error("currency", _("Say the currency of the value."))
        for name in ("value", "typed_annual_value"):
            self._check_minor_unit(name, cleaned)
        if cleaned.get("end_on") and cleaned.get("initial_months"):
            words = _("Give the last day or the term in months, not both.")
            self.add_error("initial_months", words)
        return cleaned

    def _check_minor_unit(self, name: str, cleaned: dict[str, Any]) -> None:
        amount, currency = cleaned.get(name), cleaned.get("currency")
        if amount is None or not currency:
            return
        if amount % minor_unit(currency):
            words = _("%(currency)s has no smaller unit: leave out the decimals.")
            self.add_error(name, words % {"currency": currency})


class ContractForm(TermFields):
    """A contract with its key facts, on one page."""

    title = forms.CharField(label=_("Title"), max_length=250)
    client_reference = forms.CharField(
        label=_("Client's reference"), max_length=120, required=False
    )
    supplier_reference = forms.CharField(
        label=_("Supplier's reference"), max_length=120, required=False
    )
    parent = forms.ModelChoiceField(
        label=_("Under the framework"),
        queryset=Contract.objects.none(),
        required=False,
        empty_label=_("Stands alone"),
    )
    drafted = forms.BooleanField(
        label=_("A draft: not agreed yet, no reminders"), required=False
    )
    signed_on = DayField(label=_("Signed on"), required=False)
    notice_clause = forms.CharField(
        label=_("Notice clause"),
        max_length=120,
        required=False,
        help_text=_("Such as 18.2."),
        widget=forms.TextInput(attrs={"class": "w-short"}),
    )

    layout: tuple[Any, ...] = (
        "title",
        *TermFields.terms("notice_clause"),
        Fieldset(
            _("More about it"),
            Div("client_reference", "supplier_reference", css_class="side-by-side"),
            Div("signed_on", "parent", css_class="side-by-side"),
            "drafted",
        ),
    )
    button = _("Save contract")


class NewContractForm(ContractForm):
    """A contract of a relationship that is chosen here."""

    relationship = forms.ModelChoiceField(
        label=_("Relationship"),
        queryset=Relationship.objects.none(),
        empty_label=_("Choose a relationship"),
    )

    layout = ("relationship", *ContractForm.layout)

    def __init__(
        self, *args: Any, relationships: QuerySet[Relationship], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "relationship", relationships)
        chosen = self.data.get("relationship") or self.initial.get("relationship")
        frameworks = Contract.objects.active().filter(
            relationship__in=relationships.order_by().values("pk")
        )
        offer(self, "parent", _of_chosen(frameworks, chosen))


def _of_chosen(frameworks: QuerySet[Contract], chosen: Any) -> QuerySet[Contract]:
    try:
        known = Relationship._meta.pk.to_python(chosen)
    except forms.ValidationError:
        known = None
    return frameworks.filter(relationship=known) if known else frameworks.none()


class CorrectContractForm(ContractForm):
    """The facts again, with the reason of a correction."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        required=False,
        help_text=_("Needed where signed terms are corrected; both sides read it."),
    )

    layout = (*ContractForm.layout, "reason")

    def __init__(self, *args: Any, contract: Contract, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = Contract.objects.active().exclude(pk=contract.pk)
        offer(self, "parent", others.filter(relationship=contract.relationship_id))


class AmendForm(TermFields):
    """A signed change of the terms."""

    reference = forms.CharField(label=_("Reference"), max_length=120, required=False)
    signed_on = DayField(label=_("Signed on"))
    effective_on = DayField(label=_("In effect from"), required=False)
    reason = forms.CharField(label=_("Reason"), max_length=500, required=False)

    layout = (
        Fieldset(
            _("The amendment"),
            Div("signed_on", "effective_on", "reference", css_class="side-by-side"),
            "reason",
        ),
        *TermFields.terms(),
    )
    button = _("Record amendment")
