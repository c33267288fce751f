"""Two organisations face to face, and ways to say what happened."""

import pytest
from django.utils import timezone

from engagements.interactions.actions import Entry, log_interaction
from tests.engagements.commitments.conftest import (
    client_seat,
    relationship,
    seat,
    seats,
    supplier_seat,
)

__all__ = ["client_seat", "relationship", "seat", "seats", "supplier_seat"]


@pytest.fixture
def signed_in(client, client_seat):
    """A browser the client's person is signed in with."""
    client.force_login(client_seat.contact.user)
    return client


def said(text="Spoke about the summer rota.", **changes):
    """What somebody says happened: a call, now, unless told otherwise."""
    values = {"text": text, "kind": "call", "happened_at": timezone.now()}
    return Entry(**{**values, **changes})


def logged(seat, *args, **changes):
    """The entry of a seat, saved."""
    entry = said(*args, **changes)
    return log_interaction(by=seat.by, own=seat.own, entry=entry)[0]
