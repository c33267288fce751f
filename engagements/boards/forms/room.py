"""What is typed in the room."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.translation import gettext_lazy as _

from engagements.boards import agenda
from engagements.boards.actions.room_drafts import Words
from engagements.boards.agenda import Point
from engagements.errors import RuleError
from engagements.models import Contribution, JointIssue, Recommendation, Relationship
from engagements.parties.forms.fields import DayField, Form, offer

if TYPE_CHECKING:
    from django.http import QueryDict

# Longer is not read aloud.
MOST_LETTERS = 2000


class Prose(forms.CharField):
    """Typed text, its lines kept the same way whatever the browser sends."""

    def to_python(self, value: Any) -> Any:
        return as_kept(super().to_python(value) or "")


def as_kept(words: str) -> str:
    """Words as a browser sends them back, ending lines as they were kept."""
    return words.replace("\r\n", "\n").strip()


class AskedBefore(forms.ModelChoiceField):
    """A recommendation of an earlier meeting."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.number}. {obj.wording[:90]}"


class MadeFrom(forms.ModelMultipleChoiceField):
    """What was said, in the wording its author took."""

    def label_from_instance(self, obj: Any) -> str:
        taken = obj.wording_state == Contribution.Wording.ACCEPTED
        return (obj.strategic_wording if taken else obj.text)[:160]


class SayForm(Form):
    """A contribution; the key makes the same words sent twice one contribution."""

    key = forms.UUIDField()
    text = Prose(label=_("What is said"), max_length=MOST_LETTERS)
    topic = forms.UUIDField(required=False)
    named = forms.BooleanField(required=False)


class LineForm(Form):
    """A captured line, with or without the one key for its kind."""

    key = forms.UUIDField()
    line = forms.CharField(label=_("Line"), max_length=500)
    topic = forms.UUIDField(required=False)
    kind = forms.ChoiceField(choices=Contribution.Kind.choices, required=False)


class TopicForm(Form):
    """Something to speak about; its key beside that of words in the same form."""

    topic_key = forms.UUIDField()
    title = forms.CharField(label=_("Topic"), max_length=150)


class WordingForm(Form):
    """The same as strategy; without words the proposal is taken back."""

    wording = Prose(
        label=_("Strategic wording"), max_length=MOST_LETTERS, required=False
    )


class HandsForm(Form):
    """Hands raised in the room."""

    hands = forms.IntegerField(
        label=_("Hands"), min_value=0, max_value=99, required=False
    )


class VerdictHandsForm(Form):
    """Hands raised for each answer to whether a thing is done."""

    done, partly, undone = (
        forms.IntegerField(label=label, min_value=0, max_value=99, required=False)
        for label in (_("Done"), _("Partly done"), _("Not done"))
    )

    def clean(self) -> dict[str, int]:
        """An empty field is no hand."""
        return {name: self.cleaned_data.get(name) or 0 for name in self.fields}


def _prose(label: Any, help_text: Any = "", **more: Any) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": 3, "class": "w-long"})
    return Prose(
        label=label,
        help_text=help_text,
        widget=widget,
        max_length=MOST_LETTERS,
        **{"required": False, **more},
    )


class DraftForm(Form):
    """A recommendation as it will be read out."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    # What was there when the page was opened; a new draft has none.
    shown = forms.CharField(widget=forms.HiddenInput, required=False)
    wording = _prose(_("What we recommend"), _("In one sentence."), required=True)
    problem = _prose(_("The problem"))
    evidence = _prose(_("What shows it"))
    desired_outcome = _prose(
        _("What should be different"), _("The outcome, not the solution.")
    )
    benefits = _prose(_("Who benefits"))
    ancestor = AskedBefore(
        label=_("Asked before"),
        queryset=Recommendation.objects.none(),
        required=False,
        empty_label=_("Asked for the first time"),
        help_text=_("What is asked twice is shown together with the first time."),
    )
    contributions = MadeFrom(
        label=_("Made from"),
        queryset=Contribution.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    button = _("Save draft")

    def __init__(
        self, *args: Any, before: Any = None, contributions: Any = None, **more: Any
    ) -> None:
        super().__init__(*args, **more)
        for name, rows in (("ancestor", before), ("contributions", contributions)):
            cast("forms.ModelChoiceField", self.fields[name]).queryset = rows

    @property
    def helper(self) -> FormHelper:
        """Its words are kept in the tab until they have arrived."""
        helper = super().helper
        helper.form_id = "draft"
        helper.attrs = {"data-draft": "", "data-next": self.back}
        return helper

    @property
    def words(self) -> Words:
        """What was typed, as the action takes it."""
        said = dict(self.cleaned_data)
        del said["key"], said["shown"], said["contributions"]
        return Words(**said)

    def shows(self, mark: str) -> None:
        """From now on what was typed replaces what has this mark."""
        data = cast("QueryDict", self.data).copy()
        data["shown"] = mark
        self.data = data


class AgendaForm(Form):
    """A line a topic; `shown` is what one began to change."""

    shown = forms.CharField(widget=forms.HiddenInput, required=False)
    lines = Prose(
        label=_("One line for each topic, in their order"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 12, "class": "w-long"}),
        help_text=_("With the time it begins, if it has one: 09:30 How we hear of it."),
    )
    button = _("Save agenda")

    def clean_lines(self) -> list[Point]:
        """The topics; what is wrong with a line is said at the field."""
        try:
            return agenda.read(self.cleaned_data["lines"])
        except RuleError as error:
            raise forms.ValidationError(error.message) from error

    @property
    def points(self) -> dict[str, list[Point]]:
        """What was typed and what was shown, as the action takes it."""
        shown = agenda.read(self.cleaned_data["shown"])
        return {"agenda": self.cleaned_data["lines"], "shown": shown}


class QuorumForm(Form):
    """Why what is approved below the quorum counts."""

    reason = _prose(
        _("Why the list counts all the same"),
        _("The members read it, the host does not. Empty takes it back."),
    )
    button = _("Save reason")


class LiftForm(Form):
    """How the room goes on after a stop."""

    sentence = _prose(
        _("How the room goes on"),
        _("Everybody in the room reads it. Such as: we leave prices out."),
        required=True,
    )
    button = _("Go on")


class FileForm(Form):
    """A file for the room."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("PDF, Word, Excel, PowerPoint, text or picture, up to 20 MB."),
    )
    button = _("Add file")


class ByScope(forms.ModelChoiceField):
    """A relationship of two sides that both know."""

    def label_from_instance(self, obj: Any) -> str:
        return obj.scope


class CarryForm(Form):
    """A joint issue of the member's own organisation; the host reads these words."""

    relationship = ByScope(
        label=_("Relationship"), queryset=Relationship.objects.none()
    )
    title = forms.CharField(label=_("What it is about"), max_length=150)
    happened_on = DayField(label=_("Happened on"), past=True)
    severity = forms.ChoiceField(
        label=_("Severity"), choices=JointIssue.Severity.choices, initial="2"
    )
    button = _("Open the joint issue")

    def __init__(
        self,
        *args: Any,
        known: list[Relationship],
        asked: list[Relationship],
        **kwargs: Any,
    ) -> None:
        """`known`: those of both sides; `asked`: those with somebody to ask."""
        super().__init__(*args, **kwargs)
        if len(known) <= 1:
            del self.fields["relationship"]
            return
        # Without anybody to ask on any, the refusal says who is missing.
        keys = [row.pk for row in asked or known]
        rows = Relationship.objects.filter(pk__in=keys).order_by("scope", "pk")
        offer(self, "relationship", rows)
        others = ", ".join(row.scope for row in known if row not in asked)
        if asked and others:
            words = _("Not offered, as a side has nobody to ask there: %(scopes)s.")
            self.fields["relationship"].help_text = words % {"scopes": others}
