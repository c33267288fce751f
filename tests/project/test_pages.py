"""Every page: strangers are sent to sign-in unless the page says why not."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import RoutePattern
from django.utils.regex_helper import normalize

from tests.factories import OrganisationFactory

# What a stranger may open, and why. A page that is missing here asks for sign-in.
PUBLIC = {
    "accounts/login/": "signing in",
    "accounts/signup/": "says that people join by invitation",
    "accounts/inactive/": "says that one's sign-in is switched off",
    "accounts/password/reset/": "who forgot a password cannot sign in",
    "accounts/password/reset/done/": "says that a mail is on its way",
    "accounts/^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$": "mailed",
    "accounts/password/reset/key/done/": "says that the new password holds",
    "u/<str:token>/": "mailed: stops mails of a kind, without signing in",
    "health/": "whether the application and its clock run",
    "join/<str:token>/": "an invitation, opened before there is a password",
    "a/<str:token>/": "mailed: answers a review without an account",
    "i/<str:token>/": "mailed: a side of a joint issue, without an account",
    "i/up/<str:token>/": "mailed: answers for a pair without an account",
    "i/up/": "behind a mailed link: its cookie lets in, nothing else",
    "i/": "the same, for a sitting",
    **dict.fromkeys(
        (
            "a/<int:n>/",
            "a/words/",
            "a/check/",
            "a/send/",
            "a/withdraw/",
            "a/done/",
            "f/",
            "f/words/",
            "f/release/",
            "f/agenda.pdf",
            "f/held/",
            "f/minutes/",
        ),
        "behind a mailed link: its cookie lets in, nothing else",
    ),
    "f/<str:token>/": "mailed: facilitates a review without an account",
    "c/<str:token>/": "mailed: confirms for a side without an account",
    "c/": "behind a mailed link: its cookie lets in, nothing else",
    "c/charter/<str:token>/": "mailed: answers about a charter without an account",
    "c/idea/<str:token>/": "mailed: answers an idea without an account",
    "c/promise/<str:token>/": "mailed: answers about a promise without an account",
    "c/mirror/<str:token>/": "mailed: writes a part of the mirror without an account",
    "c/mirror/": "behind a mailed link: its cookie lets in, nothing else",
    "c/promise/": "behind a mailed link: its cookie lets in, nothing else",
    "c/idea/": "behind a mailed link: its cookie lets in, nothing else",
    "c/charter/": "behind a mailed link: its cookie lets in, nothing else",
    **dict.fromkeys(
        (
            "b/",
            "b/charter/",
            "b/charter/ratify/",
            "b/charter/write/",
            "b/charter/propose/",
            "b/seats/",
            "b/seats/new/",
            *(
                f"b/seats/<uuid:pk>/{what}/"
                for what in ("invite", "drop", "renew", "end", "chair", "link")
            ),
            "b/meetings/new/",
            "b/meetings/<uuid:pk>/",
            "b/meetings/<uuid:pk>/edit/",
            "b/meetings/<uuid:pk>/move/",
            "b/meetings/<uuid:pk>/call-off/",
            "b/meetings/<uuid:pk>/room/",
            "b/meetings/<uuid:pk>/agenda/",
            "b/meetings/<uuid:pk>/room/quorum/",
            "b/meetings/<uuid:pk>/room/stops/",
            "b/meetings/<uuid:pk>/room/state/",
            "b/meetings/<uuid:pk>/room/files/new/",
            "b/meetings/<uuid:pk>/room/files/<uuid:row>/",
            "b/meetings/<uuid:pk>/room/files/<uuid:row>/delete/",
            "b/meetings/<uuid:pk>/room/<uuid:said>/",
            "b/meetings/<uuid:pk>/room/<uuid:said>/issue/",
            "b/meetings/<uuid:pk>/capture/",
            "b/meetings/<uuid:pk>/drafts/",
            "b/meetings/<uuid:pk>/drafts/new/",
            "b/meetings/<uuid:pk>/drafts/<uuid:draft>/",
            "b/meetings/<uuid:pk>/read-out.pdf",
            "b/report/",
            "b/report.pdf",
            "b/recommendations/<uuid:pk>/",
            *(
                f"b/recommendations/<uuid:pk>/{what}/"
                for what in ("vote", "hands", "verdict", "told", "withdraw", "merge")
            ),
        ),
        "behind a mailed link to a board: its cookie lets in, nothing else",
    ),
    "b/<str:token>/": "mailed: a seat on a board, without an account",
    "welcome/": "the two doors of an empty installation",
    "welcome/start/": "the first door: one's own organisation",
    "welcome/demo/": "the second door: look around",
    "welcome/demo/sign-in/": "pick whom to look around as; the demo only",
}

SAMPLES = {"uuid": "0198c7a2-7c51-7f3e-9d0a-3f5b8c2d1e4f", "int": "1"}


def routes(
    entries: list[URLPattern | URLResolver], before: str = ""
) -> Iterator[tuple[str, str]]:
    """The pattern of every page, and an address that it matches."""
    for entry in entries:
        if isinstance(entry, URLResolver):
            yield from routes(entry.url_patterns, before + example(entry))
        else:
            yield before + str(entry.pattern), before + example(entry)


def example(entry: URLPattern | URLResolver) -> str:
    """A part of an address that the entry matches."""
    pattern = str(entry.pattern)
    if isinstance(entry.pattern, RoutePattern):
        return re.sub(
            r"<(?:(\w+):)?\w+>", lambda part: SAMPLES.get(part[1], "x"), pattern
        )
    form, names = normalize(pattern)[0]
    return form % dict.fromkeys(names, "1")


ROUTES = dict(routes(get_resolver().url_patterns))


@pytest.fixture
def used(db):
    """An installation that is in use: an empty one greets whoever comes first."""
    OrganisationFactory()


def asks_for_sign_in(response) -> bool:
    """Whether the answer sends the person to a sign-in page."""
    # The door of the technical tables leads on to the sign-in page.
    places = (str(settings.LOGIN_URL), "/technical/login/")
    return response.status_code == 302 and response.url.startswith(places)


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_stranger_is_sent_to_sign_in(client, used, method: str):
    answers = {
        path: getattr(client, method)(f"/{path}")
        for pattern, path in ROUTES.items()
        if pattern not in PUBLIC
    }

    opened = {
        path: answer.status_code
        for path, answer in answers.items()
        if not asks_for_sign_in(answer)
    }
    assert answers
    assert opened == {}, "Ask for sign-in, or say in PUBLIC why strangers may open it."


@pytest.mark.parametrize("pattern", sorted(PUBLIC))
def test_a_page_listed_as_public_is_one(client, used, pattern: str):
    assert pattern in ROUTES, "There is no such page: take it off the list."

    response = client.get(f"/{ROUTES[pattern]}")

    assert not asks_for_sign_in(response)
    # 503 is an answer: the page about health says that the worker is not there.
    assert response.status_code != 500
