"""Setting a review up: how and when, who is asked, who facilitates."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from engagements.models import Contact, HealthReview, InstrumentVersion, Rater
from engagements.parties.forms.fields import DayField, Form, days_in_order
from engagements.parties.forms.people import email_field, name_field
from engagements.widgets import OptionCards, Segmented

FORM_WORDS = {
    "check_in": _("Two people a side, named, ten statements, five minutes."),
    "full": _("Five to eight people a side, confidential, with a facilitator."),
    "pulse": _("The people of the full review, nine statements, two minutes."),
}
MODE_WORDS = {
    "confidential": _("Combined by side, shown from three answers on."),
    "named": _("Both sides see who answered what; everybody agrees first."),
}


class BeginForm(Form):
    """Which form, and from when on people are asked."""

    button = _("Choose the people")

    form = forms.ChoiceField(
        label=_("Form"),
        choices=[
            (value, HealthReview.Form(value).label)
            for value in ("check_in", "full", "pulse")
        ],
        widget=OptionCards(explanations=FORM_WORDS),
    )
    opens_on = DayField(label=_("Opens on"))

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        days_in_order(self, user)


class HowForm(Form):
    """When and how it is asked, by which question set."""

    opens_on = DayField(label=_("Opens on"))
    mode = forms.ChoiceField(
        label=_("Answers are"),
        choices=HealthReview.Mode.choices,
        widget=OptionCards(explanations=MODE_WORDS),
    )
    instrument = forms.ModelChoiceField(
        label=_("Question set"),
        queryset=InstrumentVersion.objects.none(),
        empty_label=None,
    )
    mirror = forms.BooleanField(
        label=_("Each side also rates itself and the other, topic by topic"),
        required=False,
    )

    def __init__(
        self, *args: Any, user: User, review: HealthReview, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        days_in_order(self, user)
        versions = InstrumentVersion.objects.published().visible_to(user)
        own = InstrumentVersion.objects.filter(reviews=review)
        self.fields["instrument"].queryset = (versions | own).distinct()  # type: ignore[attr-defined]  # a choice of rows
        if review.form != HealthReview.Form.FULL:
            del self.fields["mirror"]


class PeopleForm(Form):
    """Who of one side is asked: a tick and a group for each of its people."""

    def __init__(
        self,
        *args: Any,
        people: Iterable[Contact],
        chosen: dict[Any, str],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.people = list(people)
        for person in self.people:
            self.fields[f"asked-{person.pk}"] = forms.BooleanField(
                label=person.name,
                required=False,
                initial=person.pk in chosen,
                widget=forms.CheckboxInput(attrs={"class": "form-check-input"}),
            )
            self.fields[f"group-{person.pk}"] = forms.ChoiceField(
                label=_("Group of %(name)s") % {"name": person.name},
                choices=Rater.Group.choices,
                initial=chosen.get(person.pk, Rater.Group.OPS),
                widget=forms.Select(attrs={"class": "form-select"}),
            )

    def rows(self) -> list[tuple[Contact, Any, Any]]:
        """Each person with the tick and the group, as the page lays them out."""
        return [
            (person, self[f"asked-{person.pk}"], self[f"group-{person.pk}"])
            for person in self.people
        ]

    def chosen(self) -> dict[Contact, str]:
        """The people ticked, each with the group."""
        return {
            person: self.cleaned_data[f"group-{person.pk}"]
            for person in self.people
            if self.cleaned_data.get(f"asked-{person.pk}")
        }


class FacilitatorForm(Form):
    """Who facilitates, and what everybody who is asked should know about it."""

    button = _("Choose as facilitator")

    name = name_field(_("Name"))
    email = email_field(_("E-mail address"))
    works_for = name_field(_("Works for"), help_text=_("Neither of the two sides."))
    disclosure = forms.CharField(
        label=_("To disclose"),
        max_length=200,
        required=False,
        help_text=_("Such as “paid by the client” or “formerly of the supplier”."),
    )


class FewForm(Form):
    """Why three people a side are enough."""

    button = _("Accept three people")

    reason = forms.CharField(label=_("Why three are enough"), max_length=300)


class WhyForm(Form):
    """A reason both sides will read."""

    reason = forms.CharField(
        label=_("Why"), max_length=300, help_text=_("Both sides read it.")
    )

    def __init__(self, *args: Any, button: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.button = button


class AnswerForm(Form):
    """Confirmed, or not like this and why."""

    answer = forms.ChoiceField(
        choices=[("yes", _("Confirm")), ("no", _("Not like this"))], widget=Segmented
    )
    reason = forms.CharField(label=_("What should be different"), required=False)
