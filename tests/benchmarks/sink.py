"""A mail relay that accepts everything, in a process of its own: sink PORT."""

from __future__ import annotations

import sys
import time

from aiosmtpd.controller import Controller


class Sink:
    """Says yes."""

    async def handle_DATA(self, server, session, envelope):  # noqa: N802 - aiosmtpd's name
        """Forget the message."""
        return "250 kept"


if __name__ == "__main__":
    controller = Controller(Sink(), hostname="127.0.0.1", port=int(sys.argv[1]))
    controller.start()
    while True:
        time.sleep(60)
