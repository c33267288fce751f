"""What people type about goals."""

from __future__ import annotations

from typing import Any

from crispy_forms.layout import Div
from django import forms
from django.utils.translation import gettext_lazy as _

from engagements.charters.queries.goals import people_of
from engagements.commitments.forms import CommitmentForm
from engagements.models import Contact, Goal, Relationship, Side
from engagements.parties.forms.fields import DayField, Form, offer
from engagements.parties.forms.shown import FacingForm, ShownForm
from engagements.widgets import Segmented

_REASON = 300


class GoalForm(Form):
    """A goal with an owner on each side."""

    title = forms.CharField(label=_("Goal"), max_length=160)
    measure = forms.CharField(
        label=_("Measure"),
        max_length=300,
        help_text=_("How both sides will see how far it has come."),
    )
    expected = forms.DecimalField(
        label=_("Expected value"), max_digits=14, decimal_places=2
    )
    unit = forms.CharField(
        label=_("Unit"),
        max_length=40,
        help_text=_("For example: hours a month, call-outs a year, GBP."),
    )
    due_on = DayField(label=_("Due on"))
    client_owner = forms.ModelChoiceField(
        label=_("Owner, client"), queryset=Contact.objects.none()
    )
    supplier_owner = forms.ModelChoiceField(
        label=_("Owner, supplier"), queryset=Contact.objects.none()
    )

    layout: tuple[Any, ...] = (
        "title",
        "measure",
        Div("expected", "unit", css_class="side-by-side"),
        "due_on",
        Div("client_owner", "supplier_owner", css_class="side-by-side"),
    )
    button = _("Save goal")

    def __init__(self, *args: Any, relationship: Relationship, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for side in Side:
            offer(self, f"{side.value}_owner", people_of(relationship, side))


class GoalChangeForm(GoalForm, ShownForm):
    """The same, with the reason for the change."""

    reason = forms.CharField(label=_("Reason"), max_length=_REASON)

    layout = (*GoalForm.layout, "reason", "seen")


class ValueForm(Form):
    """What a goal brought."""

    amount = forms.DecimalField(
        label=_("Value"),
        max_digits=14,
        decimal_places=2,
        help_text=_("A correction is below zero."),
    )
    on = DayField(label=_("Day"), past=True)
    note = forms.CharField(label=_("How it is known"), max_length=_REASON)

    button = _("Save value")


class CloseGoalForm(FacingForm):
    """How a goal ended, as the page shows it."""

    outcome = forms.ChoiceField(
        label=_("How it ended"),
        choices=[
            (Goal.Outcome.REACHED.value, Goal.Outcome.REACHED.label),
            (Goal.Outcome.LET_GO.value, Goal.Outcome.LET_GO.label),
        ],
        widget=Segmented,
    )
    reason = forms.CharField(label=_("In a sentence"), max_length=_REASON)

    button = _("Close goal")


class GoalPromiseForm(CommitmentForm):
    """What a side does for a goal; both sides always see it."""

    layout = CommitmentForm.layout[:-1]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["shared"]
