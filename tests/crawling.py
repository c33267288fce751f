"""Everything a person can reach by following links, whatever it is made of."""

from __future__ import annotations

import io
import re
import zipfile
from collections import deque
from collections.abc import Iterator

from django.test import Client

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
MOST_PAGES = 400


def crawl(client: Client, *doors: str) -> Iterator[tuple[str, str]]:
    """(address, everything answered) of all pages reached from the doors."""
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
            if inside and link not in seen and "logout" not in link:
                seen.add(link)
                waiting.append(link)
        assert len(seen) < MOST_PAGES


def readable(body: bytes) -> str:
    """A body as text; archives and office files unpacked."""
    if not zipfile.is_zipfile(io.BytesIO(body)):
        return body.decode(errors="replace")
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        return "\n".join(
            archive.read(name).decode(errors="replace") for name in archive.namelist()
        )
