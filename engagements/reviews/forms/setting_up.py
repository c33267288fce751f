"""Setting a review up: how and when, who is asked, who facilitates."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from engagements.models import Contact, HealthReview, InstrumentVersion, Rater
from engagements.parties.forms.fields import DayField, Form, days_in_order, offer
from engagements.parties.forms.people import email_field, name_field
from engagements.relationships.forms import Person
from engagements.reviews.lengths import MINUTES
from engagements.reviews.queries.people import Candidate
from engagements.widgets import OptionCards

FORM_WORDS = {
    "check_in": format_lazy(
        _(
            "Two people a side, with their names: ten statements, {minutes} minutes. "
            "Both sides see the result as soon as it closes."
        ),
        minutes=MINUTES[HealthReview.Form.CHECK_IN],
    ),
    "full": format_lazy(
        _(
            "Five to eight people a side, confidential: 29 statements and three "
            "questions, {minutes} minutes. Somebody of neither side facilitates."
        ),
        minutes=MINUTES[HealthReview.Form.FULL],
    ),
    "pulse": format_lazy(
        _(
            "The people of a full review, in between: nine statements, "
            "{minutes} minutes."
        ),
        minutes=MINUTES[HealthReview.Form.PULSE],
    ),
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
        if review.form == HealthReview.Form.CHECK_IN:
            del self.fields["mode"]


class PeopleForm(Form):
    """Who of one side is asked: a tick and a group each, and whoever is missing."""

    button = _("Save these people")

    def __init__(
        self,
        *args: Any,
        people: Iterable[Candidate],
        rest: QuerySet[Contact],
        may_add: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.people = list(people)
        for one in self.people:
            self.fields[f"asked-{one.contact.pk}"] = forms.BooleanField(
                label=one.contact.name,
                required=False,
                initial=one.asked,
                disabled=not one.contact.email,
                widget=forms.CheckboxInput(attrs={"class": "form-check-input"}),
            )
            self.fields[f"group-{one.contact.pk}"] = _group(
                _("Group of %(name)s") % {"name": one.contact.name}, one.group
            )
        if rest.exists():
            self.fields["more"] = Person(
                label=_("Somebody else of this side"),
                queryset=rest,
                required=False,
                empty_label=_("Nobody else"),
            )
            offer(self, "more", rest)
            self.fields["more_group"] = _group(_("Their group"))
        if may_add:
            self.fields["name"] = name_field(_("Somebody new"), required=False)
            self.fields["email"] = email_field(required=False)
            self.fields["new_group"] = _group(_("Group of somebody new"))

    def clean(self) -> dict[str, Any]:
        """A new person has a name and an address."""
        data = super().clean() or self.cleaned_data
        name, email = data.get("name"), data.get("email")
        if email and not name and "name" not in self.errors:
            self.add_error("name", _("Write the name that goes with this address."))
        if name and not email and "email" not in self.errors:
            self.add_error("email", _("The link goes to an e-mail address: write it."))
        return data

    def rows(self) -> list[tuple[Candidate, Any, Any]]:
        """Each person with the tick and the group, as the page lays them out."""
        return [
            (one, self[f"asked-{one.contact.pk}"], self[f"group-{one.contact.pk}"])
            for one in self.people
        ]

    def chosen(self, newcomer: Contact | None = None) -> dict[Contact, str]:
        """The people ticked or named beside, each with the group."""
        data = self.cleaned_data
        found = {
            one.contact: data[f"group-{one.contact.pk}"]
            for one in self.people
            if data.get(f"asked-{one.contact.pk}")
        }
        if data.get("more"):
            found[data["more"]] = data["more_group"]
        if newcomer is not None:
            found[newcomer] = data["new_group"]
        return found


def _group(label: Any, initial: str = Rater.Group.OPS) -> forms.ChoiceField:
    """In which group somebody answers; empty is the one that is shown."""
    return forms.ChoiceField(
        label=label,
        choices=Rater.Group.choices,
        initial=initial,
        widget=forms.Select(attrs={"class": "form-select"}),
    )


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


class CoordinatorForm(Form):
    """Who answers for a side instead."""

    button = _("Ask this person")

    contact = Person(
        label=_("Person"), queryset=Contact.objects.none(), empty_label=None
    )

    def __init__(self, *args: Any, people: QuerySet[Contact], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "contact", people)
