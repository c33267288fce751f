"""Reading the environment: empty counts as unset, nonsense stops the start."""

import os
from pathlib import Path

import environ
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent

_FLAGS = {"0": False, "1": True}


def text(name: str, default: str | None = None) -> str:
    """The value of a variable. Raises ImproperlyConfigured without one."""
    value = os.environ.get(name, "").strip() or default
    if value is None:
        message = f"{name} must be set."
        raise ImproperlyConfigured(message)
    return value


def flag(name: str, *, default: bool) -> bool:
    """True for 1, False for 0; anything else stops the start."""
    value = text(name, "1" if default else "0")
    if value not in _FLAGS:
        message = f"{name}={value!r}: use 0 or 1."
        raise ImproperlyConfigured(message)
    return _FLAGS[value]


def number(name: str, default: int) -> int:
    """A whole number of zero or more."""
    value = text(name, str(default))
    if not value.isdigit():
        message = f"{name}={value!r}: use a whole number."
        raise ImproperlyConfigured(message)
    return int(value)


def names(name: str, default: str = "") -> list[str]:
    """A comma-separated list."""
    return [part.strip() for part in text(name, default).split(",") if part.strip()]


def database(name: str) -> dict:
    """A database from its address; SQLite beside the project without one."""
    address = text(name, f"sqlite:///{BASE_DIR / 'db.sqlite3'}")
    return environ.Env.db_url_config(address)


def mail(name: str) -> dict:
    """A mail relay from its address; empty without one."""
    address = os.environ.get(name, "").strip()
    return environ.Env.email_url_config(address) if address else {}
