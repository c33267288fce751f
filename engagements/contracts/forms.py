"""What people type about contracts."""

from __future__ import annotations

from typing import Any

from crispy_forms.layout import Div, Fieldset
from django import forms
from django.utils.translation import gettext_lazy as _

from engagements.models import Contract, KeyDate, Relationship, Side
from engagements.parties.forms.fields import CurrencyField, DayField, Form

_MOST_MONTHS = 1_200


def _months(label: str) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        required=False,
        min_value=1,
        max_value=_MOST_MONTHS,
        widget=forms.NumberInput(attrs={"class": "w-short"}),
    )


def _amount(label: str, **more: Any) -> forms.DecimalField:
    return forms.DecimalField(
        label=label,
        required=False,
        min_value=0,
        max_digits=18,
        decimal_places=2,
        localize=False,
        widget=forms.TextInput(attrs={"class": "w-mid", "inputmode": "decimal"}),
        **more,
    )


def _period(label: str) -> forms.IntegerField:
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

    start_on = DayField(label=_("Begins on"))
    end_on = DayField(
        label=_("Ends on"),
        required=False,
        help_text=_("Or give the initial term in months."),
    )
    initial_months = _months(_("Initial term in months"))
    renewal = forms.ChoiceField(label=_("Renewal"), choices=Contract.Renewal.choices)
    renewal_months = _months(_("Renewal term in months"))
    client_notice = _period(_("Client's notice period"))
    client_notice_unit = _unit()
    supplier_notice = _period(_("Supplier's notice period"))
    supplier_notice_unit = _unit()
    value = _amount(_("Value"))
    value_basis = forms.ChoiceField(
        label=_("Value is"), choices=Contract.ValueBasis.choices
    )
    currency = CurrencyField(required=False)
    typed_annual_value = _amount(
        _("Value a year"),
        help_text=_("Only where it does not follow from value and term."),
    )

    term_layout = (
        Fieldset(
            _("Term"),
            Div("start_on", "end_on", "initial_months", css_class="side-by-side"),
            Div("renewal", "renewal_months", css_class="side-by-side"),
        ),
        Fieldset(
            _("Notice"),
            Div("client_notice", "client_notice_unit", css_class="side-by-side"),
            Div("supplier_notice", "supplier_notice_unit", css_class="side-by-side"),
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
        if cleaned.get("end_on") and cleaned.get("initial_months"):
            words = _("Give the last day or the term in months, not both.")
            self.add_error("initial_months", words)
        return cleaned


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
        widget=forms.TextInput(attrs={"class": "w-short"}),
    )

    layout = (
        Fieldset(
            _("What it is"),
            "title",
            Div("client_reference", "supplier_reference", css_class="side-by-side"),
            Div("signed_on", "parent", css_class="side-by-side"),
            "drafted",
        ),
        *TermFields.term_layout,
        "notice_clause",
    )
    button = _("Save contract")

    def __init__(
        self, *args: Any, relationship: Relationship | None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        frameworks = Contract.objects.active().filter(relationship=relationship)
        self.fields["parent"].queryset = frameworks


class NewContractForm(ContractForm):
    """A contract of a relationship that is chosen here."""

    relationship = forms.ModelChoiceField(
        label=_("Relationship"), queryset=Relationship.objects.none()
    )

    layout = ("relationship", *ContractForm.layout)

    def __init__(self, *args: Any, relationships: Any, **kwargs: Any) -> None:
        super().__init__(*args, relationship=None, **kwargs)
        self.fields["relationship"].queryset = relationships


class CorrectContractForm(ContractForm):
    """The facts again, with the reason of a correction."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        required=False,
        help_text=_("Needed where signed terms are corrected."),
    )

    layout = (*ContractForm.layout, "reason")


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
        *TermFields.term_layout,
    )
    button = _("Record amendment")


class NoticeForm(Form):
    """Which side gave notice, and when."""

    side = forms.ChoiceField(label=_("Who gave notice"), choices=Side.choices)
    on = DayField(label=_("Given on"))

    button = _("Record notice")


class TerminateForm(Form):
    """The day a contract ends before its term, and why, as our side sees it."""

    on = DayField(label=_("Ends on"))
    reason = forms.CharField(
        label=_("Our reason"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The other side reads it and may write its own."),
    )

    button = _("End contract early")


class KeyDateForm(Form):
    """An option, a break or another day that matters."""

    kind = forms.ChoiceField(label=_("Kind"), choices=KeyDate.Kind.choices)
    title = forms.CharField(label=_("What"), max_length=160)
    side = forms.ChoiceField(
        label=_("Who may act"),
        choices=[("", _("Either side")), *Side.choices],
        required=False,
    )
    opens_on = DayField(label=_("Window opens"), required=False)
    on = DayField(label=_("Last day"))
    extends_months = _months(_("Extends by months"))
    clause = forms.CharField(label=_("Clause"), max_length=120, required=False)

    layout = (
        Div("kind", "side", css_class="side-by-side"),
        "title",
        Div("opens_on", "on", css_class="side-by-side"),
        Div("extends_months", "clause", css_class="side-by-side"),
    )
    button = _("Add date")


class OutcomeForm(Form):
    """What became of a key date."""

    outcome = forms.CharField(label=_("What became of it"), max_length=200)

    button = _("Settle date")


class ReasonForm(Form):
    """Why."""

    reason = forms.CharField(label=_("Reason"), max_length=500)


class DocumentForm(Form):
    """A file of the contract, and who sees it."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("PDF, Word, Excel, PowerPoint, text or picture, up to 20 MB."),
    )
    shared = forms.BooleanField(label=_("Both sides see it"), required=False)

    button = _("Add document")
