"""What people type into the composer and about meetings."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any, cast

from crispy_forms.layout import Div
from django import forms
from django.utils import timezone
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from engagements.interactions.actions import Entry, NextStep
from engagements.interactions.next_lines import refuse_longer, steps_in
from engagements.models import Contact, Interaction, Meeting, RelationshipSide, Side
from engagements.parties.forms.fields import DayField, Form, offer
from engagements.typed_dates import (
    TypedDateError,
    parse_day,
    parse_when,
)

# How many letters a step may have.
_STEP = 300
# A clock that runs a little ahead is no lie about what happened.
_AHEAD = timedelta(minutes=10)

# What the lists of the composer offer.
CHOICES: dict[str, list[tuple[Any, Any]]] = {
    "topic": [("", _("No topic")), *Interaction.Topic.choices],
    "tone": [("", _("Not said")), *Interaction.Tone.choices],
}


class EntryForm(forms.Form):
    """What happened; only the text is required. The template lays it out."""

    kind = forms.ChoiceField(choices=Interaction.Kind.choices, required=False)
    text = forms.CharField(
        label=_("What was said"),
        max_length=20_000,
        widget=forms.Textarea,
        error_messages={"required": _("Write what was said.")},
    )
    when = forms.CharField(label=_("When"), max_length=60, required=False)
    topic = forms.ChoiceField(
        label=_("Topic"),
        choices=CHOICES["topic"],
        required=False,
    )
    tone = forms.TypedChoiceField(
        label=_("Tone"),
        choices=CHOICES["tone"],
        coerce=int,
        empty_value=None,
        required=False,
    )
    people = forms.MultipleChoiceField(required=False)
    person = forms.CharField(label=_("Somebody else"), max_length=200, required=False)
    next_step = forms.CharField(label=_("Next step"), max_length=_STEP, required=False)
    next_due = forms.CharField(label=_("By"), max_length=40, required=False)
    promise = forms.BooleanField(label=_("As our promise"), required=False)
    shared = forms.BooleanField(label=_("Both sides see it"), required=False)
    submit_key = forms.UUIDField(required=False)
    meeting = forms.UUIDField(required=False)

    def __init__(
        self,
        *args: Any,
        own: RelationshipSide,
        user: User,
        choices: Callable[[], Sequence[tuple[Contact, str]]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.own, self.user, self._choices = own, user, choices
        # Asked for only when somebody is ticked: most entries name nobody.
        people = cast("forms.MultipleChoiceField", self.fields["people"])
        people.choices = lambda: [(pk, row[0].name) for pk, row in self.sides.items()]

    @cached_property
    def sides(self) -> dict[str, tuple[Contact, str]]:
        """{id of a person who could have taken part: (person, side)}."""
        return {str(person.pk): (person, side) for person, side in self._choices()}

    @property
    def day_first(self) -> bool:
        """How the writer orders day and month."""
        return self.user.date_order != "mdy"

    def clean_text(self) -> str:
        """The steps in it have less room than the text."""
        typed: str = self.cleaned_data["text"]
        refuse_longer(steps_in(typed, day_first=self.day_first), _STEP)
        return typed

    def clean_when(self) -> tuple[datetime, int | None]:
        """The moment and its length; now where nothing is typed."""
        typed, now = self.cleaned_data["when"], timezone.localtime()
        try:
            when = parse_when(typed, now, day_first=self.day_first)
        except TypedDateError as error:
            raise forms.ValidationError(str(error)) from error
        if when.at > now + _AHEAD:
            words = _("“%(typed)s” is still ahead. Plan a meeting for it.")
            raise forms.ValidationError(words % {"typed": typed})
        return when.at, when.minutes

    def clean_next_due(self) -> Any:
        """The day of the next step; None where nothing is typed."""
        typed = self.cleaned_data["next_due"]
        if not typed:
            return None
        try:
            return parse_day(typed, timezone.localdate(), day_first=self.day_first)
        except TypedDateError as error:
            raise forms.ValidationError(str(error)) from error

    def clean_person(self) -> Contact | None:
        """Somebody of the two organisations, by name."""
        name = self.cleaned_data["person"].strip()
        if not name:
            return None
        relationship = self.own.relationship
        places = [relationship.client_id, relationship.supplier_id]
        known = Contact.objects.present().filter(organisation__in=places)
        found = known.filter(name__iexact=name).first()
        if found is None:
            words = _("Nobody named “%(name)s” is known at either organisation.")
            raise forms.ValidationError(words % {"name": name})
        return found

    def clean(self) -> dict[str, Any]:
        """A date belongs to a step."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("next_due") and not cleaned.get("next_step"):
            self.add_error("next_step", _("Say what shall happen by that day."))
        return cleaned

    def entry(self) -> Entry:
        """The cleaned words as the write takes them."""
        data = self.cleaned_data
        at, minutes = data["when"]
        steps = steps_in(data["text"], day_first=self.day_first)
        return Entry(
            text=data["text"],
            kind=data["kind"] or Interaction.Kind.CALL,
            happened_at=at,
            minutes=minutes,
            topic=data["topic"],
            tone=data["tone"],
            shared=data["shared"],
            people=self._people(),
            next_steps=(*self._typed_step(), *steps),
            submit_key=data["submit_key"] or uuid.uuid4(),
        )

    def _people(self) -> tuple[tuple[Contact, str], ...]:
        chosen = [self.sides[pk] for pk in self.cleaned_data["people"]]
        other = self.cleaned_data["person"]
        if other is not None:
            client = self.own.relationship.client_id
            side = Side.CLIENT if other.organisation_id == client else Side.SUPPLIER
            chosen.append((other, side.value))
        return tuple(chosen)

    def _typed_step(self) -> list[NextStep]:
        data = self.cleaned_data
        if not data["next_step"]:
            return []
        return [NextStep(data["next_step"], data["next_due"], data["promise"])]


class CorrectForm(Form):
    """The words put right, and why."""

    text = forms.CharField(
        label=_("What was said"),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    reason = forms.CharField(label=_("Reason"), max_length=300, required=False)

    button = _("Save correction")


class ShareForm(Form):
    """Nothing to type: the page shows who will read it."""

    button = _("Share with both sides")


class MeetingForm(Form):
    """A planned conversation."""

    title = forms.CharField(label=_("Title"), max_length=160)
    day = DayField(label=_("Day"))
    time = forms.TimeField(
        label=_("Time"),
        widget=forms.TextInput(attrs={"class": "w-short"}),
        help_text=_("Such as 14:30."),
        input_formats=["%H:%M", "%H.%M"],
        error_messages={"invalid": _("A time is written such as 14:30.")},
    )
    minutes = forms.IntegerField(
        label=_("Minutes"),
        min_value=5,
        max_value=1_440,
        initial=60,
        widget=forms.NumberInput(attrs={"class": "w-short"}),
    )
    recurrence = forms.ChoiceField(
        label=_("Repeats"), choices=Meeting.Recurrence.choices, required=False
    )
    place = forms.CharField(label=_("Where"), max_length=200, required=False)
    agenda = forms.CharField(
        label=_("Agenda"),
        max_length=8_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    people = forms.ModelMultipleChoiceField(
        label=_("People of both sides"),
        queryset=Contact.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    shared = forms.BooleanField(
        label=_("Both sides see it"), required=False, initial=True
    )

    layout = (
        "title",
        Div("day", "time", "minutes", css_class="side-by-side"),
        Div("recurrence", "place", css_class="side-by-side"),
        "agenda",
        "people",
        "shared",
    )
    button: str | Promise = _("Plan meeting")

    def __init__(
        self, *args: Any, choices: Sequence[tuple[Contact, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.sides = {person.pk: (person, side) for person, side in choices}
        offer(self, "people", Contact.objects.filter(pk__in=self.sides))

    def clean_day(self) -> Any:
        """A planned day lies ahead."""
        day = self.cleaned_data["day"]
        if day < timezone.localdate():
            raise forms.ValidationError(_("A meeting is planned for a day ahead."))
        return day

    def values(self) -> dict[str, Any]:
        """The cleaned words as the write takes them."""
        data = self.cleaned_data
        at = datetime.combine(data["day"], data["time"])
        return {
            "title": data["title"],
            "starts_at": timezone.make_aware(at),
            "minutes": data["minutes"],
            "recurrence": data["recurrence"],
            "place": data["place"],
            "agenda": data["agenda"],
            "visibility": "shared" if data["shared"] else "internal",
        }

    def expected(self) -> list[tuple[Contact, str]]:
        """Who is expected, with the side of each."""
        return [self.sides[row.pk] for row in self.cleaned_data["people"]]


class CancelForm(Form):
    """Why a meeting does not take place."""

    reason = forms.CharField(label=_("Reason"), max_length=300)

    button = _("Cancel meeting")
