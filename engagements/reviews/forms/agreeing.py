"""What people type about an action that both sides shall agree to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, cast

from crispy_forms.layout import Div
from django import forms
from django.utils.translation import gettext_lazy as _

from engagements.errors import RuleError
from engagements.models import Contact, HealthReview, ReviewAction, Side
from engagements.parties.forms.fields import DayField, Form
from engagements.reviews.actions.agreeing import Proposal, check_day
from engagements.reviews.instrument.content import ENGLISH
from engagements.reviews.instrument.library import content_of
from engagements.reviews.queries.agreed import names_of, owners


class ActionForm(Form):
    """One action: all of it is needed, so that both sides can agree to it."""

    text = forms.CharField(label=_("What will be done"), max_length=300)
    dimension = forms.ChoiceField(label=_("Topic"))
    owner = forms.ChoiceField(
        label=_("Owner"), help_text=_("Its side is the side that promises it.")
    )
    due_on = DayField(label=_("Due on"))
    measure = forms.CharField(
        label=_("How we will notice"),
        max_length=300,
        help_text=_("What both sides will see once it is done."),
    )

    layout = (
        "text",
        Div("dimension", "owner", css_class="side-by-side"),
        Div("due_on", "measure", css_class="side-by-side"),
    )
    button = _("Save action")

    def __init__(
        self,
        *args: Any,
        topics: Sequence[tuple[str, str]],
        people: Mapping[Side, Iterable[Contact]],
        names: Mapping[str, str],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.known = {
            f"{side.value}:{person.pk}": (side, person)
            for side, rows in people.items()
            for person in rows
        }
        self._choices("dimension", topics)
        self._choices(
            "owner",
            [
                (
                    names[side],
                    [
                        (key, person.name)
                        for key, (place, person) in self.known.items()
                        if place == side
                    ],
                )
                for side in Side
            ],
        )

    def _choices(self, name: str, choices: Sequence[Any]) -> None:
        field = cast("forms.ChoiceField", self.fields[name])
        field.choices = [("", _("Choose")), *choices]

    def clean_due_on(self) -> date:
        """Beside whatever else is missing, not only once the rest is right."""
        day: date = self.cleaned_data["due_on"]
        try:
            check_day(day)
        except RuleError as error:
            raise forms.ValidationError(error.message) from error
        return day

    def proposal(self) -> Proposal:
        """What was typed, as the write takes it."""
        data = dict(self.cleaned_data)
        side, person = self.known[data.pop("owner")]
        return Proposal(side=side, owner=person, **data)


def action_form(
    review: HealthReview,
    action: ReviewAction | None = None,
    data: Any = None,
    **kwargs: Any,
) -> ActionForm:
    """The form of an action, new or worded anew: two queries."""
    assert review.instrument is not None  # noqa: S101 - a constraint says so
    initial = {}
    if action is not None:
        initial = {
            "text": action.text,
            "dimension": action.dimension,
            "owner": f"{action.side}:{action.owner_id}",
            "due_on": action.due_on,
            "measure": action.measure,
        }
    return ActionForm(
        data,
        topics=[
            (one.key, one.name[ENGLISH])
            for one in content_of(review.instrument).dimensions
        ],
        people=owners(review),
        names=names_of(review),
        initial=initial,
        **kwargs,
    )
