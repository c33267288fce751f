"""Everything a person can reach by following links, whatever it is made of."""

from __future__ import annotations

import io
import re
import shutil
import zipfile
from collections import deque
from collections.abc import Iterator

from django.test import Client

from tests.paper import told_of, words_of

# Where a crawl begins; the rest it finds by itself.
DOORS = (
    "/",
    "/home/",
    "/portfolio/",
    "/relationships/",
    "/contracts/",
    "/commitments/",
    "/meetings/",
    "/reviews/",
    "/issues/",
    "/instruments/",
    "/notices/",
    "/organisations/",
    "/jobs/",
    "/imports/",
    "/not-sent/",
    "/me/",
    "/no-such-page/",
)
_LINK = re.compile(r'(?:href|src|data-url)="(/[^"#]*)')
# A PDF takes long to make, and lists show the same rows in each order.
LONG = re.compile(r"\.pdf$|\?(?:view|sort|health|within|side|owner)=")
_LOGOUT = re.compile("logout")
MOST_PAGES = 400


def crawl(
    client: Client, *doors: str, but: re.Pattern[str] = _LOGOUT
) -> Iterator[tuple[str, str]]:
    """(address, everything answered) of all pages reached from the doors, but those
    whose address is like that."""
    waiting = deque([*DOORS, *doors])
    seen = set(waiting)
    while waiting:
        address = waiting.popleft()
        answer = client.get(address)
        body = b"".join(answer) if answer.streaming else answer.content
        text = readable(body)
        yield address, f"{answer.headers}\n{text}"
        for link in (*_LINK.findall(text), answer.headers.get("Location", "")):
            inside = link.startswith("/") and not link.startswith("/static/")
            left = _LOGOUT.search(link) or but.search(link)
            if inside and not left and link not in seen:
                seen.add(link)
                waiting.append(link)
        assert len(seen) < MOST_PAGES


def readable(body: bytes) -> str:
    """A body as text; archives and office files unpacked, PDFs read."""
    if body.startswith(b"%PDF-") and shutil.which("pdftotext"):
        return f"{words_of(body)}\n{told_of(body)}"
    if not zipfile.is_zipfile(io.BytesIO(body)):
        return body.decode(errors="replace")
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        return "\n".join(
            archive.read(name).decode(errors="replace") for name in archive.namelist()
        )
