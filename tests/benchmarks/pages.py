"""Measure the pages beside a bare one, in the same run; bin/bench calls it.

Prints p50 and p95 at one connection, requests a second at eight, queries and bytes, and
the ratio to the bare page. The bars are those the project holds itself to.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import re
import socket
import statistics
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.benchmarks.settings"

import django
from django.conf import settings
from django.core.management import call_command

WARM_UP = 30
WORKERS, THREADS = 2, 4
MOST_QUERIES = 12
MOST_PSS = 220


@dataclass(frozen=True)
class Page:
    """What is asked for, compared with which bare page, and how dear it may be."""

    name: str
    path: str
    bar: float
    bare: str = "bare"
    body: dict[str, str] | None = None
    queries: int = MOST_QUERIES
    # Instead of the reader's: a page that no sign-in opens.
    cookie: str = ""


@dataclass
class Reader:
    """A signed-in executive of one side of all relationships."""

    cookie: str
    token: str


def prepare(size: dict[str, int]) -> None:
    """An empty database, migrated and filled with the invented world."""
    call_command("migrate", verbosity=0)
    call_command("createcachetable")
    call_command("seed_demo", **size, seed=8, no_board=True)
    from django.db import connection

    # What the database's own upkeep would have done by the next morning.
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def sign_in(email: str) -> Reader:
    """A session as the sign-in page makes it."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore
    from django.middleware.csrf import _get_new_csrf_string

    from accounts.models import User

    user = User.objects.get(email=email)
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    token = _get_new_csrf_string()
    cookies = {
        settings.SESSION_COOKIE_NAME: session.session_key,
        settings.CSRF_COOKIE_NAME: token,
    }
    return Reader("; ".join(f"{key}={value}" for key, value in cookies.items()), token)


def survey_step() -> Page:
    """A statement of a review that asks, with the cookie of a mailed link."""
    from django.http import HttpResponse

    from engagements.reviews import links
    from engagements.reviews.links import Held, Purpose
    from tests.engagements.reviews.waves import raters, still_asking

    rater = raters(still_asking(mirror=True))[0]
    door = HttpResponse()
    links.let_in(door, Purpose.ANSWER, Held(rater.pk, rater.link_version))
    cookie = f"{Purpose.ANSWER.cookie}={door.cookies[Purpose.ANSWER.cookie].value}"
    return Page("survey step", "/a/3/", 2.0, queries=2, cookie=cookie)


def board_room() -> Page:
    """A closed room with 300 contributions, as a member of twenty sees it."""
    from tests.benchmarks.room import busy_room

    path, cookies = busy_room()
    return Page("board room", path, 4.0, cookie=cookies[0])


def result_page() -> Page:
    """The newest result of the relationship that has six full waves behind it."""
    from engagements.demo import names
    from engagements.models import HealthReview

    review = HealthReview.objects.filter(
        relationship__client__name=names.PARTNER,
        relationship__supplier__name=names.HOST,
        form=HealthReview.Form.FULL,
        released_at__isnull=False,
    ).latest("closed_at")
    return Page("review result", review.get_absolute_url(), 4.0)


def pages() -> list[Page]:
    """The pages the project is measured by."""
    from engagements.models import RelationshipSide

    side = (
        RelationshipSide.objects.filter(organisation__name="Tarnmoor Services")
        .order_by("-annual_value")
        .first()
    )
    relationship = side.relationship_id
    entry = {"r": str(relationship), "kind": "call", "text": "Spoke about the rota."}
    return [
        Page("bare page", "/bare/", 1.0),
        Page("relationship list", "/relationships/", 2.5),
        Page("relationship page", f"/relationships/{relationship}/", 3.0),
        Page("executive page", "/portfolio/", 4.0),
        Page("contract list", "/contracts/", 2.5),
        result_page(),
        survey_step(),
        board_room(),
        Page("name search", "/search/palette/?q=mar", 2.0),
        Page("bare write", "/bare/write/", 1.0, bare="write", body={"x": "1"}),
        Page("saving an interaction", "/log/", 4.0, "write", entry, queries=15),
    ]


class Server:
    """gunicorn as production runs it, on a free port of this machine."""

    def __init__(self) -> None:
        # A page names its style sheets by what collecting them found.
        call_command("collectstatic", interactive=False, verbosity=0)
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        command = [
            sys.executable, "-m", "gunicorn", "-c", "python:relman.gunicorn",
            "relman.wsgi", "--bind", f"127.0.0.1:{self.port}",
        ]  # fmt: skip
        self.process = subprocess.Popen(command)  # noqa: S603 - our own server
        self._wait()

    def _wait(self) -> None:
        for _attempt in range(150):
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
            except OSError:
                time.sleep(0.2)
            else:
                return
        message = "The server did not start."
        raise RuntimeError(message)

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(20)

    def memory(self) -> float:
        """Proportional memory of the workers in MB; the parent only watches."""
        listed = subprocess.run(  # noqa: S603 - a fixed program
            ["/usr/bin/pgrep", "-P", str(self.process.pid)],
            capture_output=True, text=True, check=True,
        )  # fmt: skip
        total = 0
        for pid in listed.stdout.split():
            text = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii")
            total += int(re.search(r"^Pss:\s+(\d+)", text, re.MULTILINE)[1])
        return total / 1024


def ask(line: http.client.HTTPConnection, page: Page, reader: Reader) -> int:
    """One request; the bytes of the answer."""
    headers = {"Cookie": page.cookie or reader.cookie, "Host": f"localhost:{line.port}"}
    method, body = "GET", None
    if page.body is not None:
        method, body = "POST", urlencode(page.body)
        headers |= {
            "Content-Type": "application/x-www-form-urlencoded",
            "X-CSRFToken": reader.token,
        }
    line.request(method, page.path, body, headers)
    answer = line.getresponse()
    content = answer.read()
    expected = {200} if page.body is None else {302}
    if answer.status not in expected:
        message = f"{page.name}: {answer.status} {content[:300]!r}"
        raise RuntimeError(message)
    return len(content)


def at_one(
    port: int, asked: list[Page], reader: Reader, samples: int
) -> dict[str, tuple[float, float, int]]:
    """{page: (p50 ms, p95 ms, bytes)}, the pages taken in turn: what disturbs the
    machine disturbs them all alike."""
    line = http.client.HTTPConnection("127.0.0.1", port)
    times: dict[str, list[float]] = {page.name: [] for page in asked}
    sizes: dict[str, int] = {}
    for number in range(WARM_UP + samples):
        for page in asked:
            began = time.perf_counter()
            sizes[page.name] = ask(line, page, reader)
            if number >= WARM_UP:
                times[page.name].append((time.perf_counter() - began) * 1000)
    line.close()
    return {
        name: (
            statistics.median(found),
            statistics.quantiles(found, n=20)[-1],
            sizes[name],
        )
        for name, found in times.items()
    }


def at_eight(port: int, page: Page, reader: Reader, seconds: float = 3.0) -> float:
    """Requests a second over eight connections."""
    done, end = [0] * 8, time.monotonic() + seconds

    def client(number: int) -> None:
        line = http.client.HTTPConnection("127.0.0.1", port)
        while time.monotonic() < end:
            ask(line, page, reader)
            done[number] += 1
        line.close()

    clients = [threading.Thread(target=client, args=(n,)) for n in range(8)]
    began = time.monotonic()
    for thread in clients:
        thread.start()
    for thread in clients:
        thread.join()
    return sum(done) / (time.monotonic() - began)


def queries(asked: list[Page], email: str) -> dict[str, int]:
    """{page: how often it asks the database}, in this process."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from accounts.models import User

    reader = Client(headers={"host": "localhost"})
    reader.force_login(User.objects.get(email=email))
    counted = {}
    for page in asked:
        client = reader
        if page.cookie:
            client = Client(headers={"host": "localhost", "cookie": page.cookie})
        for _twice in range(2):
            with CaptureQueriesContext(
                connection,
            ) as found:
                if page.body is None:
                    client.get(page.path)
                else:
                    client.post(page.path, page.body)
        statements = [
            q
            for q in found
            if not q["sql"].startswith(("BEGIN", "SAVEPOINT", "RELEASE", "COMMIT"))
        ]
        counted[page.name] = len(statements)
    return counted


def measure(samples: int) -> dict[str, dict]:
    """Everything about every page, at the size the database has."""
    email = "ingrid@tarnmoor.example"
    asked, reader = pages(), sign_in(email)
    server = Server()
    try:
        times = at_one(server.port, asked, reader, samples)
        rates = {page.name: at_eight(server.port, page, reader) for page in asked}
        memory = server.memory()
    finally:
        server.stop()
    counted = queries(asked, email)
    found: dict[str, dict] = {"memory": {"pss_mb": round(memory, 1), "bar": MOST_PSS}}
    for page in asked:
        p50, p95, size = times[page.name]
        found[page.name] = {
            "p50_ms": round(p50, 2),
            "p95_ms": round(p95, 2),
            "ratio": round(
                p50 / times[f"bare {'page' if page.bare == 'bare' else 'write'}"][0], 2
            ),
            "bar": page.bar,
            "per_second": round(rates[page.name], 1),
            "queries": counted[page.name],
            "most_queries": page.queries,
            "bytes": size,
        }
    return found


def show(found: dict[str, dict]) -> bool:
    """Print the table; says whether every bar is held."""
    held = True
    print(
        f"{'':24}{'p50 ms':>8}{'p95 ms':>8}{'ratio':>7}{'bar':>6}"
        f"{'req/s':>8}{'SQL':>5}{'bytes':>8}"
    )
    for name, row in found.items():
        if name == "memory":
            continue
        good = row["ratio"] <= row["bar"] and row["queries"] <= row["most_queries"]
        held = held and good
        print(
            f"{name:24}{row['p50_ms']:8.2f}{row['p95_ms']:8.2f}{row['ratio']:7.2f}"
            f"{row['bar']:6.1f}{row['per_second']:8.1f}{row['queries']:5d}{row['bytes']:8d}"
            f"{'' if good else '  over'}"
        )
    memory = found["memory"]
    print(f"two workers: {memory['pss_mb']} MB PSS (bar {memory['bar']})")
    return held and memory["pss_mb"] <= memory["bar"]


def main() -> None:
    """Fill the database named by DATABASE_URL and measure it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--relationships", type=int, default=5_000)
    parser.add_argument("--contracts", type=int, default=20_000)
    parser.add_argument("--interactions", type=int, default=200_000)
    parser.add_argument("--samples", type=int, default=500)
    parser.add_argument("--json", type=Path, help="also write the figures here")
    options = parser.parse_args()
    django.setup()
    began = time.monotonic()
    prepare(
        {
            "relationships": options.relationships,
            "contracts": options.contracts,
            "interactions": options.interactions,
        }
    )
    print(f"filled in {time.monotonic() - began:.0f} s", flush=True)
    found = measure(options.samples)
    if options.json:
        options.json.write_text(json.dumps(found, indent=1), encoding="utf-8")
    sys.exit(0 if show(found) else 1)


if __name__ == "__main__":
    main()
