"""What people type when a contract ends, goes on, or gets a date or a file."""

from __future__ import annotations

from typing import Any, cast

from crispy_forms.layout import Div
from django import forms
from django.utils.translation import gettext_lazy as _

from engagements.commitments.forms import CommitmentForm
from engagements.contracts.forms.terms import months_field
from engagements.models import KeyDate, Relationship, Side
from engagements.parties.forms.fields import DayField, Form
from engagements.widgets import OptionCards, Segmented


class NoticeForm(Form):
    """Which side gave notice, and when."""

    side = forms.ChoiceField(
        label=_("Who gave notice"), choices=Side.choices, widget=Segmented
    )
    on = DayField(label=_("Given on"))
    reason = forms.CharField(label=_("Reason"), max_length=500, required=False)

    button = _("Record notice")

    def __init__(self, *args: Any, relationship: Relationship, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        side = cast("forms.ChoiceField", self.fields["side"])
        side.choices = [
            (known.value, getattr(relationship, known.value).name) for known in Side
        ]


class TerminateForm(Form):
    """The day a contract ends before its term, and why, as our side sees it."""

    on = DayField(label=_("Ends on"))
    reason = forms.CharField(
        label=_("Our reason"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The other side reads it and may write its own."),
    )

    button = _("End contract early")


class KeyDateForm(Form):
    """An option, a break or another day that matters."""

    kind = forms.ChoiceField(label=_("Kind"), choices=KeyDate.Kind.choices)
    title = forms.CharField(label=_("What"), max_length=160)
    side = forms.ChoiceField(
        label=_("Who may act"),
        choices=[("", _("Either side")), *Side.choices],
        required=False,
    )
    opens_on = DayField(label=_("Window opens"), required=False)
    on = DayField(label=_("Last day"))
    extends_months = months_field(_("Extends by months"))
    clause = forms.CharField(label=_("Clause"), max_length=120, required=False)

    layout: tuple[Any, ...] = (
        Div("kind", "side", css_class="side-by-side"),
        "title",
        Div("opens_on", "on", css_class="side-by-side"),
        Div("extends_months", "clause", css_class="side-by-side"),
    )
    button = _("Add date")


class CorrectDateForm(KeyDateForm):
    """A date again, with the reason."""

    reason = forms.CharField(label=_("Reason"), max_length=500)

    layout = (*KeyDateForm.layout, "reason")
    button = _("Correct date")


class OutcomeForm(Form):
    """What became of a key date."""

    outcome = forms.CharField(label=_("What became of it"), max_length=200)

    button = _("Settle date")

    def __init__(self, *args: Any, key_date: KeyDate, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if key_date.kind == KeyDate.Kind.OPTION and key_date.extends_months:
            words = _("Taken: the end moves by %(count)d months")
            label = words % {"count": key_date.extends_months}
            self.fields["taken"] = forms.BooleanField(label=label, required=False)


class ReasonForm(Form):
    """Why."""

    reason = forms.CharField(label=_("Reason"), max_length=500)

    def __init__(self, *args: Any, button: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.button = button


class DocumentForm(Form):
    """A file of the contract, and who sees it."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("PDF, Word, Excel, PowerPoint, text or picture, up to 20 MB."),
    )
    seen_by = forms.ChoiceField(
        label=_("Who sees it"),
        choices=[("internal", _("Only our side")), ("shared", _("Both sides"))],
        initial="internal",
        widget=OptionCards,
    )

    button = _("Add document")

    def __init__(
        self, *args: Any, relationship: Relationship, side: str, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].error_messages["empty"] = _("The file is empty.")
        own = getattr(relationship, side).name
        other = getattr(relationship, Side(side).other.value).name
        field = cast("forms.ChoiceField", self.fields["seen_by"])
        field.choices = [
            ("internal", _("Only %(name)s sees it") % {"name": own}),
            ("shared", _("%(other)s sees it too") % {"other": other}),
        ]


class ObligationForm(CommitmentForm):
    """What a side owes by the contract: read by both sides like all its facts."""

    layout = CommitmentForm.layout[:-1]
    button = _("Save obligation")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["shared"]
