"""What a log line must never contain."""

import logging
import re

# Addresses whose last part lets somebody in: invitations, new passwords, way out.
_LETS_IN = re.compile(
    r"/(join|u|a|c/charter|c/idea|c/mirror|c/promise|c|f|i/up|i"
    r"|accounts/password/reset/key)/[^/\s\"']+"
)
# Behind the door of a board every address tells that somebody was in the room.
_BEHIND_THE_DOOR = re.compile(r"/b/[^\s\"']+")


class WithoutTokens(logging.Filter):
    """Writes "/join/…" where an address carries a token, "/b/…/" for all of a board."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Every line passes; its tokens do not."""
        words = record.getMessage()
        covered = _BEHIND_THE_DOOR.sub("/b/…/", _LETS_IN.sub(r"/\1/…", words))
        if covered != words:
            record.msg, record.args = covered, ()
        return True
