"""What the host types to answer its board, and who leads the board about it."""

from __future__ import annotations

from datetime import date
from typing import Any

from crispy_forms.layout import Div
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from engagements.models import Contact, Recommendation
from engagements.parties.forms.fields import DayField, Form, offer
from engagements.wording import long_day

Decision = Recommendation.Decision


class _Why(forms.Textarea):
    """Needed with some answers alone: the help says with which, and not "Optional"."""

    unmarked = True


class DecideForm(Form):
    """Yes, in part, no, or not yet."""

    decision = forms.ChoiceField(
        label=_("Our answer"),
        choices=[
            (Decision.ACCEPT, _("We will do it")),
            (Decision.PARTIAL, _("We will do a part of it")),
            (Decision.DECLINE, _("We will not do it")),
            (Decision.DEFER, _("We will answer later")),
        ],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("Why"),
        required=False,
        max_length=2_000,
        widget=_Why(attrs={"rows": 4}),
        help_text=_("The members read it. Needed unless you will do all of it."),
    )
    deferred_until = DayField(
        label=_("We will answer on"),
        required=False,
    )

    button = _("Tell the board")

    def __init__(self, *args: Any, latest: date | None, **kwargs: Any) -> None:
        """`latest`: to which day the answer can be put off; None where it cannot."""
        super().__init__(*args, **kwargs)
        if latest is None:
            del self.fields["deferred_until"]
            answers = self.fields["decision"]
            answers.choices = answers.choices[:-1]  # type: ignore[attr-defined]  # a field of choices has them
            return
        words = _(
            "Only if you answer later: once, and until %(day)s at the latest, a year "
            "after it was asked."
        )
        self.fields["deferred_until"].help_text = words % {"day": long_day(latest)}


class PromiseForm(Form):
    """Who does what until when, and how the members will see it."""

    text = forms.CharField(label=_("What we will do"), max_length=300)
    measure = forms.CharField(
        label=_("How the members will see it"),
        max_length=300,
        help_text=_("Something one can look at: a number, a date, a thing in use."),
    )
    owner = forms.ModelChoiceField(
        label=_("Who"),
        queryset=Contact.objects.none(),
        help_text=_("Whoever signs in here: they say when it is done."),
    )
    due_on = DayField(
        label=_("Until"), help_text=_("Stays visible, even if you move it later.")
    )

    layout: tuple[Any, ...] = (
        "text",
        "measure",
        Div("owner", "due_on", css_class="side-by-side"),
    )
    button = _("Promise it")

    def __init__(
        self,
        *args: Any,
        people: QuerySet[Contact],
        counted: date | None,
        **kwargs: Any,
    ) -> None:
        """`counted`: the day that is counted, whatever is promised now."""
        super().__init__(*args, **kwargs)
        offer(self, "owner", people)
        if counted is not None:
            words = _(
                "Stays visible. What is counted is %(day)s, the day first promised."
            )
            self.fields["due_on"].help_text = words % {"day": long_day(counted)}


class MovePromiseForm(Form):
    """Another day, and why."""

    due_on = DayField(
        label=_("New day"),
        help_text=_("The day first promised stays beside it and is what is counted."),
    )
    reason = forms.CharField(label=_("Why"), max_length=500)

    button = _("Move promise")


class GivePromiseForm(Form):
    """Who of the host owns it from now on, and why."""

    owner = forms.ModelChoiceField(
        label=_("Owner"),
        queryset=Contact.objects.none(),
        help_text=_("Whoever signs in here: they say when it is done."),
        error_messages={
            "invalid_choice": _(
                "Choose somebody who signs in here and does not own it yet."
            )
        },
    )
    reason = forms.CharField(
        label=_("Why"),
        max_length=500,
        required=False,
        help_text=_("The new owner reads it, the members do not."),
    )
    # Who owned it on the page: two people may give it away at once.
    seen = forms.UUIDField(widget=forms.HiddenInput)

    button = _("Give promise")

    def __init__(
        self, *args: Any, people: QuerySet[Contact], owner: Contact, **kwargs: Any
    ) -> None:
        super().__init__(*args, initial={"seen": owner.pk}, **kwargs)
        self._now = owner
        offer(self, "owner", people.exclude(pk=owner.pk))

    def clean(self) -> dict[str, Any]:
        """Somebody else may have given it away since; sent again, it goes through."""
        said = super().clean() or {}
        if said.get("seen") != self._now.pk:
            words = _("%(name)s owns it since you opened this page.")
            self.add_error("owner", words % {"name": self._now.name})
            self.data = {**self.data.dict(), "seen": str(self._now.pk)}  # type: ignore[attr-defined]  # what was posted has it
        return said


class MergeForm(Form):
    """Which other recommendation it is part of."""

    into = forms.ModelChoiceField(
        label=_("Part of"), queryset=Recommendation.objects.none()
    )

    button = _("Merge")

    def __init__(
        self, *args: Any, others: QuerySet[Recommendation], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["into"].label_from_instance = _numbered  # type: ignore[attr-defined]  # a choice of rows has it
        offer(self, "into", others)


def _numbered(row: Recommendation) -> str:
    return f"{row.number}. {row.wording}"[:120]
