"""allauth's forms in our words; what they do is allauth's."""

from typing import Any

from allauth.account import forms as allauth_forms
from django.forms import Field
from django.utils.translation import gettext_lazy as _

WORDS = {
    "login": _("E-mail address"),
    "email": _("E-mail address"),
    "password": _("Password"),
    "remember": _("Stay signed in on this device"),
    "oldpassword": _("Password you have now"),
    "password1": _("New password"),
    "password2": _("New password, once more"),
}


class InOurWords:
    """Labels of our own; a label is not repeated as a grey word inside the field."""

    fields: dict[str, Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.label = WORDS.get(name, field.label)
            field.widget.attrs.pop("placeholder", None)
            if name != "password1":
                field.help_text = ""
        if "password1" in self.fields:
            self.fields["password1"].help_text = _(
                "At least 10 characters. Three or four words are easy to keep."
            )


class LoginForm(InOurWords, allauth_forms.LoginForm):
    """Sign in."""


class ResetPasswordForm(InOurWords, allauth_forms.ResetPasswordForm):
    """Ask for a mail with a link."""


class ResetPasswordKeyForm(InOurWords, allauth_forms.ResetPasswordKeyForm):
    """A new password, from that link."""


class ChangePasswordForm(InOurWords, allauth_forms.ChangePasswordForm):
    """A new password while signed in."""


class ReauthenticateForm(InOurWords, allauth_forms.ReauthenticateForm):
    """The password once more, before something delicate."""
