"""What a file did not say of its contracts, filled in afterwards."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from engagements.models import Contract, Side


class GapForm(forms.Form):
    """The terms one contract of a file does not have."""

    notice = forms.IntegerField(
        label=_("Notice period"),
        required=False,
        min_value=0,
        max_value=3_650,
        widget=forms.NumberInput(attrs={"class": "form-control w-short"}),
    )
    unit = forms.ChoiceField(
        label=_("Counted in"),
        choices=Contract.Unit.choices,
        required=False,
        widget=forms.Select(attrs={"class": "form-select"}),
    )
    renewal = forms.ChoiceField(
        label=_("Renewal"),
        choices=Contract.Renewal.choices,
        required=False,
        widget=forms.Select(attrs={"class": "form-select"}),
    )
    renewal_months = forms.IntegerField(
        label=_("Renews by months"),
        required=False,
        min_value=1,
        max_value=1_200,
        widget=forms.NumberInput(attrs={"class": "form-control w-short"}),
    )

    def __init__(self, data: Any, *, contract: Contract, side: Side) -> None:
        unit = getattr(contract, f"{side.value}_notice_unit")
        super().__init__(
            data,
            prefix=str(contract.pk),
            initial={
                "unit": unit,
                "renewal": contract.renewal,
                "renewal_months": contract.renewal_months,
            },
        )
        self.contract = contract
        self.side = side
        self.counterpart = getattr(contract.relationship, side.other.value)

    def values(self) -> dict[str, Any]:
        """What was filled in, as the contract's own fields; empty where nothing was."""
        if not self.has_changed():
            return {}
        said = self.cleaned_data
        found: dict[str, Any] = {
            "renewal": said["renewal"] or self.contract.renewal,
            "renewal_months": said["renewal_months"],
        }
        if said["notice"] is not None:
            found[f"{self.side.value}_notice"] = said["notice"]
            found[f"{self.side.value}_notice_unit"] = said["unit"] or "months"
        return found
