"""What people type about joint issues."""

from __future__ import annotations

from typing import Any

from crispy_forms.layout import Div
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from engagements.commitments.forms import CommitmentForm
from engagements.models import IssueNote, JointIssue
from engagements.parties.forms.fields import DayField, Form, offer
from engagements.parties.forms.shown import ShownForm


class Words(forms.CharField):
    """A few paragraphs."""

    widget = forms.Textarea(attrs={"rows": 5})

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=5_000, **kwargs)


class OpenForm(Form):
    """An issue of both sides: a title and a day; there is no field for a culprit."""

    title = forms.CharField(
        label=_("What it is about"),
        max_length=150,
        help_text=_("What happened, without the name of a person or a side."),
    )
    happened_on = DayField(label=_("Happened on"), past=True)
    severity = forms.ChoiceField(
        label=_("Severity"), choices=JointIssue.Severity.choices
    )
    because = forms.ChoiceField(
        label=_("Why together"), choices=JointIssue.Because.choices
    )
    recurrence_of = forms.ModelChoiceField(
        label=_("Happened before"),
        queryset=JointIssue.objects.none(),
        required=False,
        empty_label=_("Not that we know"),
    )

    layout: tuple[Any, ...] = (
        "title",
        Div("happened_on", "severity", css_class="side-by-side"),
        Div("because", "recurrence_of", css_class="side-by-side"),
    )
    button = _("Open for both sides")

    def __init__(
        self, *args: Any, earlier: QuerySet[JointIssue], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "recurrence_of", earlier)


class CorrectForm(ShownForm):
    """What an issue says of itself, put right; a severity with the reason."""

    title = forms.CharField(label=_("What it is about"), max_length=150)
    happened_on = DayField(label=_("Happened on"), past=True)
    severity = forms.ChoiceField(
        label=_("Severity"),
        choices=JointIssue.Severity.choices,
        help_text=_("More severe counts at once; less severe once both sides agree."),
    )
    reason = forms.CharField(
        label=_("Why another severity"),
        max_length=300,
        required=False,
        help_text=_("A sentence both sides read. Only for another severity."),
    )

    layout: tuple[Any, ...] = (
        "title",
        Div("happened_on", "severity", css_class="side-by-side"),
        "reason",
        "seen",
    )
    button = _("Correct")


class AccountForm(ShownForm):
    """One side's account, in its own words."""

    text = Words(label=_("What happened, as we saw it"))
    impact = Words(label=_("What it meant for us"))

    button = _("Hand in account")


class FactsForm(ShownForm):
    """What both sides can say together."""

    facts = Words(
        label=_("What happened"),
        help_text=_("Facts and times, in words both sides would use."),
    )

    dimensions = forms.MultipleChoiceField(
        label=_("What it touches"),
        choices=JointIssue.Dimension.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Topics of the relationship; several, or none."),
    )

    button = _("Ask other side to agree")


class NoteForm(Form):
    """A line of the joint record."""

    text = forms.CharField(label=_("In words"), max_length=300)

    button = _("Add line")


class MomentForm(NoteForm):
    """Something that happened at a time."""

    on = DayField(label=_("Day"), past=True)
    at = forms.TimeField(
        label=_("Time"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}),
    )

    layout: tuple[Any, ...] = ("text", Div("on", "at", css_class="side-by-side"))


class FactorForm(NoteForm):
    """What in the system contributed; it belongs to no side."""

    factor = forms.ChoiceField(label=_("Where"), choices=IssueNote.Factor.choices)


class WhyForm(NoteForm):
    """Why something could happen; a why may stand under another."""

    under = forms.ModelChoiceField(
        label=_("Under"),
        queryset=IssueNote.objects.none(),
        required=False,
        empty_label=_("The problem itself"),
    )

    layout: tuple[Any, ...] = ("text", "under")

    def __init__(self, *args: Any, whys: QuerySet[IssueNote], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "under", whys)


NOTE_FORMS: dict[str, type[NoteForm]] = {
    IssueNote.Kind.MOMENT: MomentForm,
    IssueNote.Kind.CONTAINMENT: NoteForm,
    IssueNote.Kind.FACTOR: FactorForm,
    IssueNote.Kind.WHY: WhyForm,
    IssueNote.Kind.WELL: NoteForm,
}


class PromiseForm(CommitmentForm):
    """What a side will change; both sides always see it."""

    layout = CommitmentForm.layout[:-1]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["shared"]


class OwnPromiseForm(PromiseForm):
    """What the own side will change."""

    layout = ("text", "owner", "due_on", "measure")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["side"]
        self.fields["owner"].help_text = ""


class StepForm(Form):
    """What the two people of the next level are asked to settle."""

    question = forms.CharField(
        label=_("What they are asked to settle"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=500,
        help_text=_("Both read these words: a question, no name and no side."),
    )

    button = _("Ask both")


class CloseForm(Form):
    """What was agreed, and when both look again."""

    outcome = forms.CharField(
        label=_("What we agreed"), widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1_000,
    )  # fmt: skip
    check_days = forms.TypedChoiceField(
        label=_("Prevention check"),
        choices=[(30, _("After 30 days")), (90, _("After 90 days"))],
        coerce=int,
    )

    button = _("Ask other side to close")
