"""Measure the closed room: python -m tests.benchmarks.room [--seconds 60] [--json FILE]

Twenty members poll a room of 300 contributions every three seconds, first while nobody
says anything, then while somebody does every ten seconds. Measured is the time of the
processor that the web workers take. DATABASE_URL names an empty database.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import subprocess
import sys
import threading
import time
from pathlib import Path
from urllib.parse import urlencode
from uuid import uuid4

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.benchmarks.settings")

import django

MEMBERS, SAID, EVERY = 20, 300, 3.0
# Of one core.
MOST_PER_CENT = 10.0


def busy_room() -> tuple[str, list[str]]:
    """The path of a room with 300 contributions, and a cookie for each member."""
    from django.http import HttpResponse

    from engagements.boards import door
    from engagements.boards.actions import room_words
    from engagements.models import Contribution, RoomDraft, Support
    from tests.factories import BoardMeetingFactory, board_with_seats

    board = board_with_seats(MEMBERS)
    meeting = BoardMeetingFactory(board=board, number=1, phase="deliberation")
    seats = list(board.seats.members().select_related("board"))
    leads = board.seats.get(role="facilitator")
    topics = [
        room_words.add_topic(
            by=leads, meeting=meeting, key=uuid4(), title=f"Topic {number}"
        )
        for number in range(6)
    ]
    draft = RoomDraft.objects.create(meeting=meeting, wording="A recommendation")
    rows = Contribution.objects.bulk_create(
        _said(meeting, topics[number % 6], seats[number % MEMBERS], draft, number)
        for number in range(SAID)
    )
    Support.objects.bulk_create(
        Support(contribution=row, seat=seats[(number + more) % MEMBERS])
        for number, row in enumerate(rows)
        for more in range(number % 8)
    )
    cookies = []
    for seat in seats:
        answer = HttpResponse()
        door.let_in(answer, seat)
        cookies += [f"{name}={one.value}" for name, one in answer.cookies.items()]
    return f"/b/meetings/{meeting.pk}/room/", cookies


def _said(meeting, topic, seat, draft, number: int):
    from engagements.models import Contribution

    named, ended = number % 3 == 0, number % 10 == 0
    return Contribution(
        meeting=meeting,
        topic=topic,
        seat=seat if named else None,
        author_key="" if named else uuid4().hex,
        text=f"Number {number}: we wait for weeks until somebody calls us back, and "
        "nobody says when the answer will come or who will give it.",
        kind=("", "operational", "strategic")[number % 3],
        ends_as="recommendation" if ended else "",
        draft=draft if ended else None,
        position=number,
    )


class Member(threading.Thread):
    """A page left open: it asks with the tag it has, and loads what is new."""

    def __init__(self, port: int, path: str, cookie: str, begin: float, end: float):
        super().__init__()
        self.port, self.path, self.cookie = port, path, cookie
        self.begin, self.end = begin, end
        self.statuses: list[int] = []

    def run(self) -> None:
        line = http.client.HTTPConnection("127.0.0.1", self.port)
        tag, following = "", self.begin
        while following < self.end:
            time.sleep(max(0.0, following - time.monotonic()))
            headers = {"Cookie": self.cookie, "Host": f"localhost:{self.port}"}
            headers["If-None-Match"] = tag
            line.request("GET", f"{self.path}state/", headers=headers)
            answer = line.getresponse()
            answer.read()
            self.statuses.append(answer.status)
            tag = answer.headers.get("ETag", tag)
            following += EVERY
        line.close()


def polled(server, path: str, cookies: list[str], seconds: float, *, talk: bool):
    """(per cent of one core, how often 200, how often 304)."""
    begin = time.monotonic() + 0.5
    end = begin + seconds
    members = [
        Member(server.port, path, cookie, begin + n * EVERY / len(cookies), end)
        for n, cookie in enumerate(cookies)
    ]
    for member in members:
        member.start()
    # The first answer is the page's own content: it is not polling yet.
    time.sleep(max(0.0, begin + EVERY + 0.5 - time.monotonic()))
    before, since = _processor(server), time.monotonic()
    while talk and time.monotonic() < end - 10:
        _say(server.port, path, cookies[0])
        time.sleep(10)
    for member in members:
        member.join()
    spent, wall = _processor(server) - before, time.monotonic() - since
    statuses = [status for member in members for status in member.statuses]
    assert set(statuses) <= {200, 304}, set(statuses)
    return 100 * spent / wall, statuses.count(200), statuses.count(304)


def _say(port: int, path: str, cookie: str) -> None:
    token = "a" * 32
    line = http.client.HTTPConnection("127.0.0.1", port)
    body = {"key": str(uuid4()), "text": "One more", "csrfmiddlewaretoken": token}
    headers = {
        "Cookie": f"{cookie}; csrftoken={token}",
        "Host": f"localhost:{port}",
        "Content-Type": "application/x-www-form-urlencoded",
        "X-Room": "1",
        "Origin": "null",
    }
    line.request("POST", path, urlencode(body), headers)
    answer = line.getresponse()
    assert answer.status == 204, (answer.status, answer.read()[:300])
    line.close()


def _processor(server) -> float:
    """Seconds of processor the workers have used."""
    listed = subprocess.run(  # noqa: S603 - a fixed program
        ["/usr/bin/pgrep", "-P", str(server.process.pid)],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    ticks = 0
    for pid in listed.stdout.split():
        words = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rsplit(")")[-1]
        ticks += sum(map(int, words.split()[11:13]))
    return ticks / os.sysconf("SC_CLK_TCK")


def main() -> int:
    """Measure both; 1 when quiet polling is over its bar."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--seconds", type=float, default=60.0)
    options.add_argument("--json", type=Path)
    asked = options.parse_args()
    django.setup()
    from django.core.management import call_command

    from tests.benchmarks.pages import Server

    call_command("migrate", verbosity=0)
    call_command("createcachetable")
    path, cookies = busy_room()
    server, found = Server(), {}
    try:
        for name, talk in (("quiet", False), ("while one talks", True)):
            share, new, same = polled(server, path, cookies, asked.seconds, talk=talk)
            found[name] = {"per_cent": round(share, 1), "200": new, "304": same}
            print(
                f"{name:18}{share:6.1f} % of one core  {new} answers new, {same} quiet"
            )
        print(f"{'bar, while quiet':18}{MOST_PER_CENT:6.1f} % of one core")
    finally:
        server.stop()
    if asked.json:
        asked.json.write_text(json.dumps(found, indent=1), encoding="utf-8")
    return 0 if found["quiet"]["per_cent"] <= MOST_PER_CENT else 1


if __name__ == "__main__":
    sys.exit(main())
