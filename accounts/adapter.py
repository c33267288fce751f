"""How allauth fits in: no open sign-up, mails in our own words."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):
    """People come in by invitation or as the first person, never by signing up."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Closed: an invitation names the organisation a person acts for."""
        return False
