"""Mails of sign-in go through the ledger of notices, like all others."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from accounts.adapter import AccountAdapter as OwnWords
from accounts.models import User
from engagements.models import Contact
from engagements.parties import mails


class AccountAdapter(OwnWords):
    """Owes the mail with the link to a new password; a worker sends it."""

    def send_password_reset_mail(
        self, user: User, email: str, context: dict[str, Any]
    ) -> None:
        """Owe the mail. The link allauth made is dropped; sending makes its own."""
        contact = Contact.objects.filter(user=user).first()
        if contact is None:
            # An operator is nobody's contact, so there is no ledger to stand in.
            super().send_password_reset_mail(user, email, context)
            return
        with transaction.atomic():
            mails.owe_password_reset(contact)
