"""One kept SMTP connection, and what became of a message handed to it.

Three endings matter: the server has it; it certainly has not (and then: not reached,
come again later, or never); nobody knows, because the line broke after the data.
"""

from __future__ import annotations

import contextlib
import re
import smtplib
from types import TracebackType

from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.smtp import EmailBackend

CONNECT_SECONDS = 10
COMMAND_SECONDS = 60
# A shorter wait for the final reply manufactures duplicates (RFC 5321, 4.5.3.2.6).
FINAL_REPLY_SECONDS = 600
_READY = 354
_FAULTS = (OSError, smtplib.SMTPServerDisconnected)


class NotSentError(Exception):
    """The message certainly did not leave."""


class NotReachedError(NotSentError):
    """The server could not be spoken to; the message is not to blame."""


class LaterError(NotSentError):
    """The server asks to come again (4xx)."""


class RefusedError(NotSentError):
    """The server refuses this message for good (5xx)."""


class AddressRefusedError(RefusedError):
    """The server knows no such address; the message is not to blame."""


class UnknownOutcomeError(Exception):
    """The line broke after the data: the server may have it."""


class Postman:
    """Hands messages over, one connection for many."""

    def __init__(self) -> None:
        self._backend = get_connection()

    def __enter__(self) -> Postman:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._hang_up()

    def send(self, message: EmailMessage) -> None:
        """Hand one message over. Raises one of the errors above."""
        if not isinstance(self._backend, EmailBackend):
            # Any other backend says what went wrong in its own way.
            self._backend.send_messages([message])
            return
        smtp = self._connected(self._backend)
        raw = re.sub(rb"\r?\n", b"\r\n", message.message().as_bytes())
        try:
            self._hand_over(smtp, message, raw)
        except (NotReachedError, UnknownOutcomeError):
            self._hang_up()
            raise
        except (LaterError, RefusedError):
            self._start_anew(smtp)
            raise

    def _connected(self, backend: EmailBackend) -> smtplib.SMTP:
        backend.timeout = CONNECT_SECONDS
        try:
            backend.open()
        except (smtplib.SMTPException, OSError) as error:
            self._hang_up()
            raise NotReachedError(str(error)) from error
        smtp = backend.connection
        assert smtp is not None  # noqa: S101 - it was just opened
        _patience(smtp, COMMAND_SECONDS)
        try:
            smtp.ehlo_or_helo_if_needed()
        except (smtplib.SMTPException, OSError) as error:
            self._hang_up()
            raise NotReachedError(str(error)) from error
        return smtp

    def _hand_over(self, smtp: smtplib.SMTP, message: EmailMessage, raw: bytes) -> None:
        try:
            _expect(smtp.mail(message.from_email), 250)
            for address in message.recipients():
                _expect_address(smtp.rcpt(address))
            _expect(smtp.docmd("DATA"), _READY)
        except _FAULTS as error:
            raise NotReachedError(str(error)) from error
        except ValueError as error:
            # An address no line can carry.
            raise RefusedError(str(error)) from error
        try:
            smtp.send(re.sub(rb"(?m)^\.", b"..", raw) + b"\r\n.\r\n")
            _patience(smtp, FINAL_REPLY_SECONDS)
            reply = smtp.getreply()
        except _FAULTS as error:
            raise UnknownOutcomeError(str(error)) from error
        _expect(reply, 250)

    def _start_anew(self, smtp: smtplib.SMTP) -> None:
        try:
            smtp.rset()
        except (smtplib.SMTPException, OSError):
            self._hang_up()

    def _hang_up(self) -> None:
        with contextlib.suppress(smtplib.SMTPException, OSError):
            self._backend.close()
        # Half closed or not: a new one is opened for the next message.
        self._backend = get_connection()


def _patience(smtp: smtplib.SMTP, seconds: int) -> None:
    assert smtp.sock is not None  # noqa: S101 - the line is open
    smtp.sock.settimeout(seconds)


def _expect_address(reply: tuple[int, bytes]) -> None:
    code, words = reply
    # 5.7 and others: the relay will not serve us, which says nothing of the address.
    if code in {550, 551, 553} and not re.match(rb"5\.[02-9]", words):
        raise AddressRefusedError(f"{code} {words.decode('utf-8', 'replace')}"[:300])
    _expect(reply, 250, 251)


def _expect(reply: tuple[int, bytes], *codes: int) -> None:
    code, words = reply
    if code in codes:
        return
    said = f"{code} {words.decode('utf-8', 'replace')}"[:300]
    if code == 421:
        raise NotReachedError(said)
    if 400 <= code < 500:
        raise LaterError(said)
    raise RefusedError(said)
