"""What people type about themselves and others."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from engagements.models import Contact, Membership, Side
from engagements.parties.forms.fields import (
    CurrencyField,
    DayField,
    Form,
    PasswordField,
    check_password,
    days_in_order,
    offer,
    zone_choices,
)
from engagements.widgets import OptionCards, Segmented

# A choice without a value would count as not chosen.
SYSTEM = "system"
NAME, ADDRESS = _("Name"), _("E-mail address")
ROLE_WORDS = {
    "administrator": _("Keeps people, organisations and contracts right."),
    "account_manager": _("Works on the relationships whose team they are on."),
    "executive": _("Reads every relationship of the own side."),
}


def name_field(label: Any = NAME, **more: Any) -> forms.CharField:
    more.setdefault("widget", forms.TextInput(attrs={"class": "w-long"}))
    return forms.CharField(label=label, max_length=200, **more)


def email_field(label: Any = ADDRESS, **more: Any) -> forms.EmailField:
    attrs = {"class": "w-long", "autocomplete": more.pop("autocomplete", "off")}
    words = _("Write the whole address, such as dan@example.org.")
    return forms.EmailField(
        label=label,
        max_length=254,
        widget=forms.EmailInput(attrs=attrs),
        error_messages={"invalid": words},
        **more,
    )


def _role() -> forms.ChoiceField:
    return forms.ChoiceField(
        label=_("Role"),
        choices=Membership.Role.choices,
        widget=OptionCards(explanations=ROLE_WORDS),
        initial=Membership.Role.ACCOUNT_MANAGER,
    )


class StartForm(Form):
    """The first organisation and its first administrator."""

    button = _("Start")

    organisation = name_field(_("Your organisation"))
    name = name_field(
        _("Your name"),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = email_field(_("Your e-mail address"), autocomplete="username")
    password = PasswordField()
    usual_side = forms.ChoiceField(
        label=_("Most of the time you are the"),
        choices=Side.choices,
        widget=Segmented,
        initial=Side.CLIENT,
        help_text=_("You can be either, relationship by relationship."),
    )
    time_zone = forms.ChoiceField(label=_("Time zone"), choices=zone_choices)
    currency = CurrencyField(initial="EUR")

    def clean(self) -> dict[str, Any]:
        """Check the password against the name and address."""
        data = super().clean() or self.cleaned_data
        check_password(self, data.get("email", ""), data.get("name", ""))
        return data


class JoinForm(Form):
    """The invited person's name and password."""

    button = _("Accept and sign in")

    name = name_field(
        _("Your name"),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    password = PasswordField()

    def __init__(self, *args: Any, email: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._email = email

    def clean(self) -> dict[str, Any]:
        """Check the password against the name and address."""
        data = super().clean() or self.cleaned_data
        check_password(self, self._email, data.get("name", ""))
        return data


class SettingsForm(Form):
    """How pages look and read for one person."""

    button = _("Save settings")

    name = name_field(_("Your name"))
    theme = forms.TypedChoiceField(
        label=_("Colours"),
        choices=[(SYSTEM, User.Theme.SYSTEM.label), *User.Theme.choices[1:]],
        coerce=lambda value: "" if value == SYSTEM else value,
        widget=Segmented,
    )
    compact = forms.TypedChoiceField(
        label=_("Rows"),
        choices=[("comfortable", _("Comfortable")), ("compact", _("Compact"))],
        coerce=lambda value: value == "compact",
        widget=Segmented,
    )
    time_zone = forms.ChoiceField(label=_("Time zone"), choices=zone_choices)
    date_order = forms.ChoiceField(
        label=_("Typed dates"),
        choices=User.DateOrder.choices,
        widget=forms.RadioSelect,
    )
    shortcuts = forms.BooleanField(
        label=_("Single-key shortcuts"),
        required=False,
        help_text=_("L logs an interaction, / searches, ? lists them all."),
    )


class AbsenceForm(Form):
    """From when to when a person is away, and who stands in."""

    button = _("Save absence")

    from_on = DayField(label=_("First day away"))
    to_on = DayField(label=_("Last day away"), help_text="")
    deputy = forms.ModelChoiceField(
        label=_("Who stands in"), queryset=Contact.objects.none()
    )

    def __init__(self, *args: Any, user: User, deputies: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        days_in_order(self, user)
        offer(self, "deputy", deputies)


class MemberForm(Form):
    """A person of the own organisation and the sign-in they get."""

    button = _("Send the invitation")

    name = name_field()
    email = email_field()
    job_title = name_field(_("Job title"), required=False)
    role = _role()


class RoleForm(Form):
    """The role of a person who signs in, or will."""

    role = _role()


class ReasonForm(Form):
    """Why something is done; kept in the history."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "class": "w-long"}),
    )

    def __init__(
        self, *args: Any, button: Any = None, needed: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.button = button or self.button
        self.fields["reason"].required = needed


class InviteForm(RoleForm):
    """The role a person is invited to."""

    button = _("Send the invitation")


class SwitchOffForm(Form):
    """Nothing to type: only the button that names the act."""

    button = _("Switch off the sign-in")


class RemoveDemoForm(Form):
    """Nothing to type: only the button that names the act."""

    button = _("Remove the demo")


class ContactForm(Form):
    """What is known of a person."""

    button = _("Save person")

    name = name_field()
    email = email_field(required=False)
    phone = forms.CharField(
        label=_("Telephone"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"class": "w-mid", "inputmode": "tel"}),
    )
    job_title = name_field(_("Job title"), required=False)


class ClaimForm(Form):
    """Who of a kept organisation is invited to look after it."""

    button = _("Send the invitation")

    contact = forms.ModelChoiceField(
        label=_("Person"),
        queryset=Contact.objects.none(),
        required=False,
        empty_label=_("Somebody new"),
    )
    name = name_field(required=False)
    email = email_field(required=False)

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "contact", people)

    def clean(self) -> dict[str, Any]:
        """Somebody who is known, or a name and an address."""
        data = super().clean() or self.cleaned_data
        if not data.get("contact"):
            for field in ("name", "email"):
                if not data.get(field) and field not in self.errors:
                    label = self.fields[field].label
                    self.add_error(field, _("%(label)s is missing.") % {"label": label})
        return data
