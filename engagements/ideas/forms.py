"""What people type about ideas."""

from __future__ import annotations

from typing import Any

from crispy_forms.layout import Div
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from engagements.ideas.states import Action
from engagements.models import Contact
from engagements.parties.forms.fields import DayField, Form, offer
from engagements.widgets import Segmented

_REASON = 300


class IdeaForm(Form):
    """An idea for the work of both sides."""

    title = forms.CharField(
        label=_("Idea"), max_length=150, help_text=_("In one sentence.")
    )
    text = forms.CharField(
        label=_("What it would change"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2_000,
    )

    button = _("Give idea to other side")


class AnswerForm(Form):
    """Try it, later, or no: with the day, the person or the reason each needs."""

    answer = forms.ChoiceField(
        label=_("Answer"),
        choices=[
            (Action.TRY.value, _("We will try it")),
            (Action.LATER.value, _("Later")),
            (Action.DECLINE.value, _("Decline")),
        ],
        widget=Segmented,
    )
    day = DayField(
        label=_("From, or looked at again on"),
        required=False,
        help_text=_("Not needed to decline. Such as 14/1/2027 or 14 Jan 2027."),
    )
    owner = forms.ModelChoiceField(
        label=_("Who looks after the trial"),
        queryset=Contact.objects.none(),
        required=False,
    )
    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        max_length=_REASON,
        help_text=_("Needed for later and to decline."),
    )

    layout: tuple[Any, ...] = (
        "answer",
        Div("day", "owner", css_class="side-by-side"),
        "reason",
    )
    button = _("Answer")

    def __init__(self, *args: Any, people: QuerySet[Contact], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "owner", people)

    def clean(self) -> dict[str, Any]:
        """Each answer with what it needs; the reason is the rule's own business."""
        said = super().clean() or {}
        answer = said.get("answer")
        if answer in {Action.TRY, Action.LATER} and "day" not in self.errors:
            self._need("day", _("Say a day."))
        if answer == Action.TRY:
            self._need("owner", _("Say who looks after it."))
        return said

    def _need(self, name: str, words: Any) -> None:
        if not self.cleaned_data.get(name):
            self.add_error(name, words)


class PassForm(Form):
    """Who answers instead."""

    to = forms.ModelChoiceField(label=_("Who answers"), queryset=Contact.objects.none())

    button = _("Ask this person")

    def __init__(self, *args: Any, people: QuerySet[Contact], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "to", people)


class EndForm(Form):
    """What came of the trial."""

    answer = forms.ChoiceField(
        label=_("What came of it"),
        choices=[("keep", _("We keep it")), ("stop", _("We stop"))],
        widget=Segmented,
    )
    outcome = forms.CharField(label=_("In a sentence"), max_length=_REASON)

    button = _("End the trial")


class LinkForm(forms.Form):
    """The same answers from a mailed link: the person asked looks after the trial."""

    day = DayField(label=_("From, or looked at again on"), required=False)
    reason = forms.CharField(
        label=_("What you would say to it"),
        required=False,
        max_length=_REASON,
        help_text=_("Needed for later and to decline."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    to = forms.ModelChoiceField(
        label=_("Who answers instead"),
        queryset=Contact.objects.none(),
        required=False,
        empty_label=_("Nobody: I answer"),
    )

    def __init__(self, *args: Any, people: QuerySet[Contact], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "to", people)
