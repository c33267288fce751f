"""Ending sign-ins."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.usersessions.models import UserSession

if TYPE_CHECKING:
    from accounts.models import User


def end_sessions(user: User) -> int:
    """Sign a person out everywhere; returns how many sign-ins ended."""
    sessions = list(UserSession.objects.filter(user=user))
    for session in sessions:
        session.end()
    return len(sessions)


def switch_off(user: User) -> None:
    """The person can no longer sign in; open sign-ins end at once."""
    user.is_active = False
    user.save(update_fields=["is_active"])
    end_sessions(user)
