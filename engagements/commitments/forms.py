"""What people type about promises and steps."""

from __future__ import annotations

from typing import Any

from crispy_forms.layout import Div
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from engagements.models import Contact, Side
from engagements.parties.forms.fields import DayField, Form, offer


class CommitmentForm(Form):
    """A promise of either side, with an owner and a date."""

    text = forms.CharField(label=_("Promise"), max_length=300)
    side = forms.ChoiceField(
        label=_("Whose promise"),
        choices=Side.choices,
        help_text=_("The other side is asked first, by mail."),
    )
    owner = forms.ModelChoiceField(
        label=_("Owner"),
        queryset=Contact.objects.none(),
        help_text=_("Somebody of that side."),
    )
    due_on = DayField(label=_("Due on"))
    measure = forms.CharField(
        label=_("Measure"),
        max_length=300,
        required=False,
        help_text=_("How both sides will see that it is done."),
    )
    shared = forms.BooleanField(
        label=_("Both sides see it"), required=False, initial=True
    )

    layout: tuple[Any, ...] = (
        "text",
        Div("side", "owner", css_class="side-by-side"),
        Div("due_on", "measure", css_class="side-by-side"),
        "shared",
    )
    button = _("Save promise")

    def __init__(self, *args: Any, people: QuerySet[Contact], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "owner", people)


class MoveForm(Form):
    """A new date and why; the date first agreed stays."""

    due_on = DayField(label=_("Now due on"))
    reason = forms.CharField(label=_("Reason"), max_length=500)

    button = _("Move date")


class GiveForm(Form):
    """Who of the same side keeps the promise from now on, and why."""

    owner = forms.ModelChoiceField(label=_("Owner"), queryset=Contact.objects.none())
    reason = forms.CharField(label=_("Reason"), max_length=500, required=False)

    button = _("Give promise")

    def __init__(self, *args: Any, people: QuerySet[Contact], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "owner", people)


class DoneForm(Form):
    """The day it was done."""

    done_on = DayField(label=_("Done on"))

    button = _("Mark as done")


class LetGoForm(Form):
    """Why one side lets a promise go."""

    reason = forms.CharField(label=_("Reason"), max_length=500)

    button = _("Let promise go")


class StepForm(Form):
    """One's own next step."""

    text = forms.CharField(label=_("Next step"), max_length=300)
    owner = forms.ModelChoiceField(label=_("Owner"), queryset=Contact.objects.none())
    due_on = DayField(label=_("Due on"), required=False)

    layout = ("text", Div("owner", "due_on", css_class="side-by-side"))
    button = _("Save step")

    def __init__(self, *args: Any, people: QuerySet[Contact], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "owner", people)
