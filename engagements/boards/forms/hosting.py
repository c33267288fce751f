"""What the host types: the board, its facilitator, whom it puts forward."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div
from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from engagements.boards.actions.charter import FIELDS
from engagements.boards.actions.seats import Person
from engagements.models import Board, BoardCharter
from engagements.parties.forms.fields import Form
from engagements.widgets import OptionCards

if TYPE_CHECKING:
    from django.db.models import Field


def _line(label: Any, longest: int = 200, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=longest, **more)


class BoardForm(Form):
    """A board: what it is called and how it works."""

    name = _line(_("Name of the board"), 150)
    term_months = forms.IntegerField(
        label=_("Length of a term in months"),
        min_value=6,
        max_value=60,
        initial=24,
        widget=forms.NumberInput(attrs={"class": "w-short"}),
        help_text=_("A member may stay for a second term."),
    )
    attribution = forms.ChoiceField(
        label=_("Names in the room"),
        choices=Board.Attribution.choices,
        initial=Board.Attribution.UNATTRIBUTED,
        widget=OptionCards(
            explanations={
                "unattributed": _("What is said is told from then on without a name."),
                "named": _("Each member decides at each contribution."),
            }
        ),
    )

    button: str | Promise = _("Save board")


class Sure(Form):
    """A second look before what cannot be taken back: a button alone."""

    def __init__(self, *args: Any, button: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.button = button


class FacilitatorForm(Form):
    """Who leads the board, and what the members are told about it."""

    name = _line(_("Name"))
    email = forms.EmailField(label=_("E-mail address"), max_length=254)
    works_for = _line(_("Works for"), help_text=_("Neither you nor a member."))
    paid_by = _line(_("Paid by"), help_text=_("The members read it."))
    formerly = _line(
        _("Formerly worked for"),
        required=False,
        help_text=_("If it was you or a member. The members read it."),
    )

    layout: tuple[Any, ...] = (
        Div("name", "email", css_class="side-by-side"),
        "works_for",
        Div("paid_by", "formerly", css_class="side-by-side"),
    )
    button = _("Name as facilitator")


class SeatForm(Form):
    """An organisation and the one person who sits for it."""

    organisation = _line(_("Organisation"), help_text=_("One seat an organisation."))
    name = _line(_("Name"))
    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        help_text=_("The link goes there; no account is needed."),
    )
    job_title = _line(
        _("Job title"),
        120,
        required=False,
        help_text=_("Somebody who decides for the organisation."),
    )

    asked = forms.BooleanField(
        label=_("I asked: this person does not work for the host"), required=False
    )

    layout: tuple[Any, ...] = (
        "organisation",
        Div("name", "email", css_class="side-by-side"),
        "job_title",
    )

    def __init__(self, *args: Any, button: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.button = button

    @property
    def helper(self) -> FormHelper:
        """Whoever invites says that they asked only where there is something to ask."""
        if "asked" in self.errors or "asked" in self.data:
            self.layout = (*self.layout, "asked")
        return super().helper

    @property
    def person(self) -> Person:
        """Who is meant."""
        said = dict(self.cleaned_data)
        del said["asked"]
        return Person(**said)


_HELP = {
    "purpose": _("What the board advises on, and what it does not."),
    "membership": _("Who sits, for how long, and what happens when somebody leaves."),
    "commitments": _("What the members give, and what the host gives in return."),
    "confidentiality": _("What stays in the room, and what leaves it."),
    "conflict_of_interest": _("When somebody leaves the room."),
    "competition_law": _(
        "No prices, capacities, bids or customers, and who stops the meeting."
    ),
    "recommendations": _("How the members agree, and by when the host answers."),
}


class CharterForm(Form):
    """The seven parts of a charter."""

    button = _("Save draft")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in FIELDS:
            label = cast("Field", BoardCharter._meta.get_field(name)).verbose_name
            self.fields[name] = forms.CharField(
                label=label,
                max_length=5_000,
                help_text=_HELP[name],
                widget=forms.Textarea(attrs={"rows": 3}),
                error_messages={
                    "required": _("%(label)s is missing.") % {"label": label}
                },
            )
        self.fields["competitors"] = forms.BooleanField(
            label=BoardCharter._meta.get_field("competitors").verbose_name,
            required=False,
            help_text=_(
                "Then there is no other business: the agenda is told in advance, and "
                "everything said belongs to one of its topics."
            ),
        )
