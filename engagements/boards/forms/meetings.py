"""What is typed to plan a meeting of a board."""

from __future__ import annotations

from typing import Any

from crispy_forms.layout import Div
from django import forms
from django.utils.translation import gettext_lazy as _

from engagements.parties.forms.fields import DayField, Form


class MeetingForm(Form):
    """When and where; what is spoken about belongs into the room."""

    title = forms.CharField(
        label=_("Title"),
        max_length=150,
        help_text=_("The host reads title, day and place. Topics stay in the room."),
    )
    held_on = DayField(label=_("Day"))
    place = forms.CharField(label=_("Place"), max_length=200, required=False)

    layout: tuple[Any, ...] = (
        "title",
        Div("held_on", "place", css_class="side-by-side"),
    )
    button = _("Save meeting")
