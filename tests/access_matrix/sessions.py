"""Everybody's session, opened once for a world: to sign in takes longer than a page."""

from __future__ import annotations

from http.cookies import SimpleCookie

from tests.access_matrix.world import World
from tests.sitting import Client


def sign_in(world: World) -> None:
    """Open a session for everybody who has a sign-in."""
    for persona, user in world.users.items():
        if user is not None:
            client = Client()
            client.force_login(user)
            world.cookies[persona] = client.cookies


def client(world: World, persona: str) -> Client:
    """A new browser, in which somebody is signed in who can be."""
    found = Client()
    if persona in world.cookies:
        found.cookies = SimpleCookie(world.cookies[persona].output(header=""))
    return found
