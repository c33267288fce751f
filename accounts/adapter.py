"""How allauth fits in: no open sign-up, mails in our own words."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _


class AccountAdapter(DefaultAccountAdapter):
    """People come in by invitation or as the first person, never by signing up."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": _("This sign-in is switched off."),
        "email_password_mismatch": _(
            "This e-mail address and password do not belong together."
        ),
        "enter_current_password": _("Type the password you have now."),
        "incorrect_password": _("This is not the password you sign in with."),
        "invalid_password_reset": _("This link was used already or is too old."),
        "too_many_login_attempts": _(
            "5 attempts did not work. Wait 5 minutes, or ask for a new password."
        ),
        "rate_limited": _("Too many attempts. Wait 5 minutes."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Closed: an invitation names the organisation a person acts for."""
        return False
