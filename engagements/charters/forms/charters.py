"""What people type about a charter."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from engagements.charters.queries.goals import first_named, reachable
from engagements.models import Contact, Relationship, Side
from engagements.parties.forms.fields import Form, offer
from engagements.parties.forms.shown import FacingForm, ShownForm

_LONGEST = 2000


class CharterForm(ShownForm):
    """Purpose, values and principles in the words of both sides."""

    purpose = forms.CharField(
        label=_("Shared purpose"),
        max_length=_LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("What both sides want from working together, in a few sentences."),
    )
    values = forms.CharField(
        label=_("Shared values"),
        max_length=_LONGEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("One a line."),
    )
    principles = forms.CharField(
        label=_("Principles of behaviour"),
        max_length=_LONGEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("How both sides act, one a line. The same for both."),
    )

    button = _("Save draft")


class ProposeForm(FacingForm):
    """One named person of each side, asked about the words the page shows."""

    client_person = forms.ModelChoiceField(
        label=_("Accepts for the client"), queryset=Contact.objects.none()
    )
    supplier_person = forms.ModelChoiceField(
        label=_("Accepts for the supplier"), queryset=Contact.objects.none()
    )

    button = _("Propose to both sides")

    def __init__(self, *args: Any, relationship: Relationship, **kwargs: Any) -> None:
        kwargs["initial"] = {
            f"{side.value}_person": getattr(first_named(relationship, side), "pk", None)
            for side in Side
        }
        super().__init__(*args, **kwargs)
        for side in Side:
            offer(self, f"{side.value}_person", reachable(relationship, side))

    @property
    def people(self) -> dict[str, Contact]:
        """{side: the person named}."""
        return {side.value: self.cleaned_data[f"{side.value}_person"] for side in Side}


class PersonForm(Form):
    """Who answers for a side instead."""

    contact = forms.ModelChoiceField(
        label=_("Who answers"), queryset=Contact.objects.none()
    )

    button = _("Ask this person")

    def __init__(
        self, *args: Any, relationship: Relationship, side: Side, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "contact", reachable(relationship, side))
