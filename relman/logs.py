"""What a log line must never contain."""

import logging
import re

# Addresses whose last part lets somebody in: invitations, new passwords, way out.
_LETS_IN = re.compile(
    r"/(join|u|a|c/charter|c/idea|c|f|i/up|i|accounts/password/reset/key)/[^/\s\"']+"
)


class WithoutTokens(logging.Filter):
    """Writes "/join/…" where an address carries a token."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Every line passes; its tokens do not."""
        words = record.getMessage()
        covered = _LETS_IN.sub(r"/\1/…", words)
        if covered != words:
            record.msg, record.args = covered, ()
        return True
