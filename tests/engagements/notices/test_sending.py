"""One kept connection, and what each ending of a conversation means."""

from __future__ import annotations

import socket
import threading

import pytest
from django.core.mail import EmailMessage

from engagements.notices.sending import (
    LaterError,
    NotReachedError,
    Postman,
    RefusedError,
    UnknownOutcomeError,
)
from tests.faults.relay import CUT_AFTER, CUT_BEFORE, Relay, free_port


@pytest.fixture
def relay(settings):
    """A relay of one's own, and the backend that speaks with it."""
    found = Relay(free_port())
    found.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", found.port
    yield found
    found.stop()


def message(to="ann@example.org", body="Good morning"):
    return EmailMessage("Hello", body, "relman@example.org", [to])


def test_many_messages_go_over_one_connection(relay):
    with Postman() as postman:
        for _ in range(5):
            postman.send(message())

    assert sum(relay.accepted.values()) == 5
    assert relay.connections == 1


def test_a_line_that_is_only_a_dot_ends_no_message(relay):
    with Postman() as postman:
        postman.send(message(body="before\n.\nafter"))
        postman.send(message())

    assert sum(relay.accepted.values()) == 2


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        ("451 Come again", LaterError),
        ("452 No room", LaterError),
        ("421 Closing", NotReachedError),
        ("550 No such person", RefusedError),
        ("554 No", RefusedError),
        (CUT_BEFORE, UnknownOutcomeError),
        (CUT_AFTER, UnknownOutcomeError),
    ],
)
def test_each_answer_has_its_meaning_and_the_next_message_goes(relay, answer, error):
    answers = iter([answer])
    relay.script = lambda _id, _offered: next(answers, "250 kept")

    with Postman() as postman:
        with pytest.raises(error):
            postman.send(message())
        postman.send(message())

    assert relay.events["250 kept"] == 1


def test_a_server_that_does_not_listen_is_not_reached(relay):
    relay.stop()

    with Postman() as postman, pytest.raises(NotReachedError):
        postman.send(message())


def test_a_connection_that_was_cut_meanwhile_is_not_reached_then_renewed(relay):
    with Postman() as postman:
        postman.send(message())
        relay.stop()
        relay.start()
        with pytest.raises(NotReachedError):
            postman.send(message())
        postman.send(message())

    assert relay.connections == 2


def test_an_address_no_line_can_carry_is_refused(relay):
    with Postman() as postman, pytest.raises(RefusedError):
        postman.send(message(to="zoë@exämple.org"))


@pytest.fixture
def scripted(settings):
    """A server that says these lines, one a line it is told, and then hangs up."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    listener = socket.create_server(("127.0.0.1", 0))
    settings.EMAIL_HOST, settings.EMAIL_PORT = listener.getsockname()

    def serve(*lines):
        def talk():
            line, _address = listener.accept()
            with line, line.makefile("rb") as heard:
                for words in lines:
                    line.sendall(f"{words}\r\n".encode())
                    if words.startswith("354"):
                        while heard.readline() != b".\r\n":
                            pass
                    else:
                        heard.readline()

        threading.Thread(target=talk, daemon=True).start()

    yield serve
    listener.close()


def test_a_server_that_hangs_up_on_being_greeted_is_not_reached(scripted):
    scripted("220 here")

    with Postman() as postman, pytest.raises(NotReachedError):
        postman.send(message())


def test_a_server_that_hangs_up_after_its_answer_has_still_answered(scripted):
    scripted("220 here", "250 hello", "250 fine", "250 fine", "354 go on", "451 later")

    with Postman() as postman, pytest.raises(LaterError):
        postman.send(message())


def test_another_backend_sends_in_its_own_way(mailoutbox):
    with Postman() as postman:
        postman.send(message())

    assert len(mailoutbox) == 1
