"""Which day is somebody's last, and what ends with it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from engagements.models import Contact, Organisation
from engagements.parties.forms.fields import DayField, Form
from engagements.wording import long_day


class LeaveForm(Form):
    """The last day of a person at an organisation; of who signs in, the end of that."""

    button = _("Keep the last day")

    left_on = DayField(label=_("Last day"))
    sign_in_ends = forms.BooleanField(
        label=_("The sign-in ends with this day"), required=False
    )
    is_over = forms.BooleanField(
        label=_("This day is over: all ends at once"), required=False
    )

    def __init__(
        self,
        *args: Any,
        organisation: Organisation,
        ends_sign_in: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        if self.initial.get("planned"):
            # Whoever stays after all has no last day.
            self.fields["left_on"].required = False
            self.fields["left_on"].help_text = _("Leave it empty: stays after all.")
        self.organisation, self.over = organisation, self.fields.pop("is_over")
        if not ends_sign_in:
            del self.fields["sign_in_ends"]

    def clean(self) -> dict[str, Any]:
        """A day that is over ends all at once: only where that is ticked."""
        data = super().clean() or self.cleaned_data
        day = data.get("left_on")
        if day and Contact(organisation=self.organisation, left_on=day).has_left:
            self.fields["is_over"] = self.over
            if "is_over" not in self.data:
                said = _("%(day)s is over. Type a day to come with its year, or tick.")
                self.add_error("left_on", said % {"day": long_day(day)})
        return data


class LastDayForm(Form):
    """Of somebody who has left: which day it was, or none."""

    button = _("Keep the last day")

    left_on = DayField(
        label=_("Last day"),
        required=False,
        help_text=_("Leave it empty if this person is still there."),
    )
