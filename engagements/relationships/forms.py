"""What people type about relationships and teams; forms never write."""

from __future__ import annotations

from typing import Any

from crispy_forms.layout import Div, Fieldset
from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from engagements.models import Contact, Organisation, Relationship, Side, TeamRole
from engagements.parties.forms.fields import DayField, Form, days_in_order, offer
from engagements.parties.forms.people import email_field, name_field
from engagements.widgets import OptionCards, Segmented

SEGMENT_WORDS = {
    "strategic": _("Much depends on it, hard to replace. Every 14 days."),
    "bottleneck": _("Hard to replace, though little is spent. Every 30 days."),
    "leverage": _("Much is spent, others could do it. Every 30 days."),
    "routine": _("Little is spent, others could do it. Every 90 days."),
    "unclassified": _("Nobody has decided yet. Every 30 days."),
}


# A choice without a value would count as not chosen.
UNCLASSIFIED = "unclassified"
SEGMENTS = [
    *[choice for choice in Relationship.Segment.choices if choice[0]],
    (UNCLASSIFIED, _("Not classified")),
]


class Person(forms.ModelChoiceField):
    """A person, with the organisation where it is not obvious."""

    def label_from_instance(self, obj: Contact) -> str:
        """Name and job, as they are told apart in a list."""
        return f"{obj.name}, {obj.job_title}" if obj.job_title else obj.name


class RelationshipFacts(Form):
    """What both sides read of a relationship."""

    scope = name_field(
        _("Scope"),
        initial="General",
        help_text=_("What the work is about; two organisations may have several."),
    )
    segment = forms.TypedChoiceField(
        label=_("Segment"),
        choices=SEGMENTS,
        coerce=lambda value: "" if value == UNCLASSIFIED else value,
        initial=UNCLASSIFIED,
        widget=OptionCards(explanations=SEGMENT_WORDS),
    )
    started_on = DayField(
        label=_("Began on"),
        past=True,
        help_text=_("Such as 14/1/2022; reviews count from it."),
    )
    contact_rhythm_days = forms.IntegerField(
        label=_("Days between contacts"),
        min_value=1,
        max_value=730,
        required=False,
        help_text=_("Empty: as the segment says."),
        error_messages={
            "invalid": _("Write a number of days, such as 14."),
            "min_value": _("The rhythm must be at least 1 day."),
            "max_value": _("The rhythm must be at most 730 days."),
        },
        widget=forms.NumberInput(attrs={"class": "w-short", "inputmode": "numeric"}),
    )
    inside_boundary = forms.BooleanField(
        label=_("The supplier works inside the client's own operation"),
        required=False,
    )


class NewRelationshipForm(RelationshipFacts):
    """Which two organisations, which side is one's own, and how they work."""

    button = _("Add relationship")

    side = forms.ChoiceField(
        label=_("Your side"),
        choices=Side.choices,
        widget=Segmented,
        help_text=_("In this relationship."),
    )
    stands = forms.ModelChoiceField(
        label=_("Acting for"),
        queryset=Organisation.objects.none(),
        empty_label=None,
        help_text=_("Your organisation, or one that you keep."),
    )
    counterpart = forms.ModelChoiceField(
        label=_("The other side"),
        queryset=Organisation.objects.none(),
        required=False,
        empty_label=_("A new organisation, named below"),
    )
    counterpart_name = name_field(
        _("New organisation"),
        required=False,
        help_text=_("Only where it is not in the list above."),
    )
    owner = Person(
        label=_("Interface person of your side"),
        queryset=Contact.objects.none(),
        required=False,
        empty_label=_("Nobody yet"),
    )
    system = forms.CharField(
        label=_("Other system"),
        max_length=60,
        required=False,
        help_text=_("Such as SAP or Salesforce."),
    )
    reference = forms.CharField(
        label=_("Its reference there"),
        max_length=120,
        required=False,
        help_text=_("The number it has there."),
    )

    layout: tuple[Any, ...] = (
        Fieldset(
            _("The two sides"),
            Div("side", "stands", css_class="side-by-side"),
            "counterpart",
            "counterpart_name",
            "owner",
        ),
        Fieldset(
            _("The work"),
            "scope",
            "segment",
            "inside_boundary",
            Div("started_on", "contact_rhythm_days", css_class="side-by-side"),
        ),
        Fieldset(_("Elsewhere"), Div("system", "reference", css_class="side-by-side")),
    )

    def __init__(
        self,
        *args: Any,
        user: User,
        stands: Any,
        others: Any,
        owners: Any,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        days_in_order(self, user)
        offer(self, "stands", stands)
        offer(self, "counterpart", others)
        offer(self, "owner", owners)

    def clean(self) -> dict[str, Any]:
        """One counterpart: chosen, or named."""
        data = super().clean() or self.cleaned_data
        chosen, typed = data.get("counterpart"), data.get("counterpart_name")
        if not chosen and not typed:
            self.add_error("counterpart", _("Choose the other side, or name it below."))
        if chosen and typed:
            self.add_error(
                "counterpart_name", _("Choose one from the list or name a new one.")
            )
        if chosen and chosen == data.get("stands"):
            words = _("The client and the supplier must be two organisations.")
            self.add_error("counterpart", words)
        if bool(data.get("system")) != bool(data.get("reference")):
            empty = "reference" if data.get("system") else "system"
            self.add_error(empty, _("A system and its reference go together."))
        return data


class EditRelationshipForm(RelationshipFacts):
    """A change both sides read, with its reason."""

    button = _("Save relationship")

    reason = forms.CharField(
        label=_("Why it changes"),
        max_length=500,
        required=False,
        help_text=_("Needed when the segment changes. Both sides read it."),
        widget=forms.Textarea(attrs={"rows": 2, "class": "w-long"}),
    )

    layout: tuple[Any, ...] = (
        "scope",
        "segment",
        "inside_boundary",
        Div("started_on", "contact_rhythm_days", css_class="side-by-side"),
        "reason",
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        days_in_order(self, user)


class RoleForm(Form):
    """Who gets which role on one side, from when."""

    button = _("Give the role")

    contact = Person(
        label=_("Person"),
        queryset=Contact.objects.none(),
        required=False,
        empty_label=_("Somebody new, named below"),
    )
    name = name_field(_("New person"), required=False)
    email = email_field(required=False)
    role = forms.ChoiceField(label=_("Role"), choices=TeamRole.Role.choices)
    from_on = DayField(label=_("From"))
    to_on = DayField(label=_("To"), required=False, help_text=_("Empty: still."))

    layout: tuple[Any, ...] = (
        "contact",
        Div("name", "email", css_class="side-by-side"),
        "role",
        Div("from_on", "to_on", css_class="side-by-side"),
    )

    def __init__(
        self, *args: Any, user: User, people: Any, may_add: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        days_in_order(self, user)
        offer(self, "contact", people)
        if not may_add:
            del self.fields["name"], self.fields["email"]
            self.fields["contact"].required = True
            self.layout = ("contact", *self.layout[2:])

    def clean(self) -> dict[str, Any]:
        """Somebody known, or a name."""
        data = super().clean() or self.cleaned_data
        known, typed = data.get("contact"), data.get("name")
        if not known and not typed and "contact" not in self.errors:
            self.add_error("contact", _("Choose a person, or name a new one below."))
        if known and typed:
            self.add_error("name", _("Choose a person or name a new one, not both."))
        return data


class EndRoleForm(Form):
    """The last day of a role."""

    button = _("End the role")

    to_on = DayField(label=_("Last day"))


class OwnerForm(Form):
    """Who owns a side."""

    button = _("Save owner")

    contact = Person(
        label=_("Owner"),
        queryset=Contact.objects.none(),
        required=False,
        empty_label=_("The interface person"),
    )

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "contact", people)


class ReferenceForm(Form):
    """The number another system knows the relationship by."""

    button = _("Add reference")

    system = forms.CharField(
        label=_("Other system"),
        max_length=60,
        help_text=_("Such as SAP or Salesforce."),
    )
    value = forms.CharField(label=_("Its reference there"), max_length=120)
