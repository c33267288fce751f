"""What people type about the talk on a result.

The same forms serve a facilitator without a sign-in: they need the review, not a user.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, cast

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div
from django import forms
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from engagements.models import (
    Contact,
    ConversationParticipant,
    HealthReview,
    ReviewConversation,
    Side,
)
from engagements.parties.forms.fields import DayField, Form
from engagements.reviews.actions.conversation import Plan
from engagements.reviews.agenda import LENGTHS, LONGEST
from engagements.reviews.queries.agreed import Speaker, names_of, speakers


class _People(forms.CheckboxSelectMultiple):
    """People to tick; where some are ticked already, "Optional" would mislead."""

    unmarked = True


class _PeopleForm(Form):
    """A form that names people of both sides, each side under its own name."""

    def __init__(
        self,
        *args: Any,
        people: Sequence[Speaker],
        names: Mapping[str, str],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(one.contact.pk): one for one in people}
        for side in Side:
            field = cast("forms.MultipleChoiceField", self.fields[f"{side}_people"])
            field.label = names[side]
            words = _("Name at least one person of %(name)s who took part.")
            field.error_messages["required"] = words % {"name": names[side]}
            field.choices = [
                (pk, one.contact.name)
                for pk, one in self.people.items()
                if one.side == side
            ]

    def chosen(self) -> tuple[tuple[Contact, str], ...]:
        """The people ticked, with their sides."""
        ticked = [
            pk for side in Side for pk in self.cleaned_data.get(f"{side}_people", ())
        ]
        return tuple((self.people[pk].contact, self.people[pk].side) for pk in ticked)


def _people_field(*, required: bool = False) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(required=required, widget=_People)


class PlanForm(_PeopleForm):
    """When and where both sides meet."""

    day = DayField(label=_("Day"))
    time = forms.TimeField(
        label=_("Time"),
        widget=forms.TextInput(attrs={"class": "w-short"}),
        help_text=_("Such as 14:30."),
        input_formats=["%H:%M", "%H.%M"],
        error_messages={"invalid": _("A time is written such as 14:30.")},
    )
    minutes = forms.TypedChoiceField(
        label=_("Minutes"),
        choices=[(minutes, str(minutes)) for minutes in LENGTHS],
        coerce=int,
        initial=LONGEST,
    )
    place = forms.CharField(label=_("Where"), max_length=200, required=False)
    client_people = _people_field()
    supplier_people = _people_field()

    layout = (
        Div("day", "time", "minutes", css_class="side-by-side"),
        "place",
        Div("client_people", "supplier_people", css_class="side-by-side"),
    )
    button: str | Promise = _("Plan the conversation")
    # Where the form is sent, on a page that shows more than the form.
    action = ""

    @property
    def helper(self) -> FormHelper:
        """As of every form, sent to its own address."""
        helper = super().helper
        helper.form_action = self.action
        return helper

    def plan(self) -> Plan:
        """What was typed, as the write takes it."""
        data = self.cleaned_data
        at = timezone.make_aware(datetime.combine(data["day"], data["time"]))
        return Plan(at, data["place"], data["minutes"], self.chosen())


class HoldForm(_PeopleForm):
    """That both sides met, who was there, and what was said."""

    held_on = DayField(label=_("Held on"), past=True)
    client_people = _people_field(required=True)
    supplier_people = _people_field(required=True)
    minutes = forms.CharField(
        label=_("Minutes"),
        max_length=20_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("Both sides read them. What is to be done follows as actions."),
    )

    layout = (
        "held_on",
        Div("client_people", "supplier_people", css_class="side-by-side"),
        "minutes",
    )
    button = _("Record the conversation")


class MinutesForm(Form):
    """The minutes put right."""

    minutes = forms.CharField(
        label=_("Minutes"),
        max_length=20_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 12}),
    )

    button = _("Save minutes")


def plan_form(
    review: HealthReview,
    conversation: ReviewConversation | None,
    participants: Iterable[ConversationParticipant],
    data: Any = None,
    **kwargs: Any,
) -> PlanForm:
    """The form of a plan, filled in where one was made: one or two queries."""
    people = speakers(review)
    initial: dict[str, Any] = {"minutes": LONGEST}
    if conversation is None or conversation.planned_at is None:
        initial |= _ticked((one.side, one.contact.pk) for one in people if one.leads)
        if review.discuss_by > timezone.localdate():
            initial["day"] = review.discuss_by
    else:
        at = timezone.localtime(conversation.planned_at)
        minutes = sum(one["minutes"] for one in conversation.agenda)
        initial |= {"day": at.date(), "time": f"{at:%H:%M}", "minutes": minutes}
        initial |= {"place": conversation.place}
        initial |= _there(participants)
    return PlanForm(
        data, people=people, names=names_of(review), initial=initial, **kwargs
    )


def hold_form(
    review: HealthReview,
    conversation: ReviewConversation | None,
    participants: Iterable[ConversationParticipant],
    data: Any = None,
    *,
    offered: Sequence[Speaker] | None = None,
    **kwargs: Any,
) -> HoldForm:
    """The form of a talk that was held, as it was planned: one or two queries.

    `offered` are those who can be named beside who was expected, unless all of a side.
    """
    rows = list(participants)
    people = list(speakers(review) if offered is None else offered)
    # Who was expected can be named, on the team or not any more.
    known = {one.contact.pk for one in people}
    people += [
        Speaker(row.contact, row.side) for row in rows if row.contact_id not in known
    ]
    today = timezone.localdate()
    planned = conversation.planned_at if conversation else None
    day = timezone.localdate(planned) if planned else today
    initial = {"held_on": min(day, today), **_there(rows)}
    return HoldForm(
        data,
        people=people,
        names=names_of(review),
        initial=initial,
        **kwargs,
    )


def _there(participants: Iterable[ConversationParticipant]) -> dict[str, list[str]]:
    return _ticked((row.side, row.contact_id) for row in participants)


def _ticked(people: Iterable[tuple[str, object]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {f"{side}_people": [] for side in Side}
    for side, pk in people:
        found[f"{side}_people"].append(str(pk))
    return found
