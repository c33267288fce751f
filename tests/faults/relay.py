"""A mail relay that misbehaves on demand and logs what it accepted: the truth."""

from __future__ import annotations

import asyncio
import email
import logging
import socket
import threading
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP

# It would tell every line of the conversation.
logging.getLogger("mail.log").setLevel(logging.ERROR)

ACCEPT, CUT_BEFORE, CUT_AFTER = "250 kept", "cut before", "cut after"
# (Message-ID, how often it was offered, this time included) -> what to answer.
Script = Callable[[str, int], str]


def well_behaved(_message_id: str, _offered: int) -> str:
    """Accept everything."""
    return ACCEPT


@dataclass
class Relay:
    """The server, its script, and its log."""

    port: int
    script: Script = well_behaved
    # Seconds it takes over each message, so that a kill finds it at work.
    pause: float = 0.0
    accepted: Counter[str] = field(default_factory=Counter)
    recipients: list[str] = field(default_factory=list)
    messages: list[bytes] = field(default_factory=list)
    offered: Counter[str] = field(default_factory=Counter)
    events: Counter[str] = field(default_factory=Counter)
    connections: int = 0
    _controller: Controller | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def url(self) -> str:
        """As EMAIL_URL writes it."""
        return f"smtp://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Listen."""
        self._controller = Controller(self, hostname="127.0.0.1", port=self.port)
        self._controller.start()

    def stop(self) -> None:
        """Refuse connections."""
        if self._controller is not None:
            self._controller.stop()
            self._controller = None

    async def handle_EHLO(self, server, session, envelope, hostname, responses):  # noqa: N802 - aiosmtpd's name
        """Count connections: one is kept for many messages."""
        session.host_name = hostname
        self.connections += 1
        return responses

    async def handle_DATA(self, server: SMTP, session, envelope) -> str:  # noqa: N802 - aiosmtpd's name
        """Do as the script says."""
        if self.pause:
            await asyncio.sleep(self.pause)
        found = email.message_from_bytes(envelope.content)["Message-ID"]
        with self._lock:
            self.offered[found] += 1
            answer = self.script(found, self.offered[found])
            self.events[answer] += 1
            if answer in {ACCEPT, CUT_AFTER}:
                self.accepted[found] += 1
                self.recipients.extend(envelope.rcpt_tos)
                self.messages.append(envelope.content)
        if answer in {CUT_BEFORE, CUT_AFTER}:
            server.transport.abort()
        return answer


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
