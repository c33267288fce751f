"""A real SMTP server on loopback that keeps what it accepts."""

from __future__ import annotations

import email
import email.policy
from dataclasses import dataclass, field
from email.message import EmailMessage

import pytest
from aiosmtpd.controller import Controller

from tests.faults.relay import free_port


@dataclass
class Mailbox:
    """What the server accepted, in order."""

    messages: list[EmailMessage] = field(default_factory=list)
    host: str = "127.0.0.1"
    port: int = 0
    # address -> what the server says instead of taking mail for it.
    refused: dict[str, str] = field(default_factory=dict)

    def refuse(self, address: str, words: str) -> None:
        """Take no mail for an address from now on."""
        self.refused[address] = words

    @property
    def address(self) -> str:
        """As EMAIL_URL writes it."""
        return f"smtp://{self.host}:{self.port}"

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802 - aiosmtpd's name
        """Accept an address unless it is refused."""
        if address in self.refused:
            return self.refused[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802 - aiosmtpd's name
        """Keep the message and say so."""
        message = email.message_from_bytes(
            envelope.content, policy=email.policy.default
        )
        self.messages.append(message)
        return "250 kept"


@pytest.fixture
def mailbox():
    """The server, running until the test ends."""
    # The server greets itself when it starts, so it has to know its port.
    box = Mailbox(port=free_port())
    controller = Controller(box, hostname=box.host, port=box.port)
    controller.start()
    yield box
    controller.stop()
