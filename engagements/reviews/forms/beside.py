"""Forms beside a result: a comment on it, and what a side says of its dependence."""

from __future__ import annotations

from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy as _

from engagements.parties.forms.fields import Form
from engagements.reviews.actions.depending import Declared
from engagements.reviews.actions.noting import MOST_WORDS

_WHOLE = 100


class CommentForm(Form):
    """What a side sees differently."""

    button = _("Save comment")

    text = forms.CharField(
        label=_("What your side sees differently"),
        help_text=_("Both sides read it beside the result. The result stays as it is."),
        max_length=MOST_WORDS,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class DependenceForm(Form):
    """How much the own side depends on the other."""

    button = _("Save")

    share = forms.DecimalField(
        label=_("Share in per cent"),
        required=False,
        min_value=0,
        max_value=_WHOLE,
        decimal_places=2,
    )
    alternatives = forms.IntegerField(
        label=_("Alternatives you could turn to"),
        required=False,
        min_value=0,
        max_value=1_000,
    )
    months_to_replace = forms.DecimalField(
        label=_("Months it would take to replace"),
        required=False,
        min_value=0,
        max_value=600,
        decimal_places=1,
    )
    shared = forms.BooleanField(
        label=_("Show who depends on whom, and who is heard, to both sides"),
        help_text=_(
            "In words, never as numbers, from the next result on, once the other side "
            "agrees too."
        ),
        required=False,
    )

    def declared(self) -> Declared:
        """What was typed, the share as a part of the whole."""
        data = dict(self.cleaned_data)
        share = data.pop("share")
        return Declared(
            share=None if share is None else share / Decimal(_WHOLE), **data
        )
