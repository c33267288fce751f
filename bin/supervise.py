"""Keep the web server, the worker and the clock running; stop them together.

A child that dies is started again, after a pause that grows while it keeps dying.
"""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

BIN = Path(sys.executable).parent
LONGEST_PAUSE = 30
# A child that ran this long had a good start; its next death counts from one again.
GOOD_START = 60


@dataclass
class Child:
    """A process to keep running."""

    name: str
    command: list[str]
    process: subprocess.Popen[bytes] | None = None
    deaths: int = 0
    start_at: float = 0.0
    started_at: float = field(default=0.0)

    def keep_running(self) -> None:
        """Start it when it is not running and its pause is over."""
        now = time.monotonic()
        if self.process is None:
            if now >= self.start_at:
                # In a group of its own: Ctrl+C reaches this program alone, and it
                # tells each child once.
                self.process = subprocess.Popen(  # noqa: S603 - our own commands
                    self.command, start_new_session=True
                )
                self.started_at = now
            return
        code = self.process.poll()
        if code is None:
            return
        clear(self.process)
        self.deaths = 1 if now - self.started_at > GOOD_START else self.deaths + 1
        pause = min(2 ** (self.deaths - 1), LONGEST_PAUSE)
        print(f"{self.name} ended with {code}; starting again in {pause} s", flush=True)
        self.process, self.start_at = None, now + pause


def children(port: str) -> list[Child]:
    """The web server; one worker, with the clock inside where there is no Redis."""
    celery = [str(BIN / "celery"), "-A", "relman"]
    quiet = ["--without-gossip", "--without-mingle", "--loglevel", "WARNING"]
    worker = [*celery, "worker", "-P", "threads", "-c", "2", *quiet]
    web = Child(
        "web",
        [str(BIN / "gunicorn"), "-c", "python:relman.gunicorn", "relman.wsgi",
         "--bind", f"127.0.0.1:{port}"],
    )  # fmt: skip
    if os.environ.get("REDIS_URL", "none").strip() not in {"", "none"}:
        beat = [*celery, "beat", "--loglevel", "WARNING"]
        return [web, Child("worker", worker), Child("clock", beat)]
    return [web, Child("worker and clock", [*worker, "-B"])]


def clear(process: subprocess.Popen[bytes]) -> None:
    """End what a dead child left behind: a killed worker's clock ticks on."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)


def answers(port: str) -> bool:
    """Whether anything listens there."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", int(port))) == 0


def welcome(port: str) -> None:
    """Where it is, and who can sign in to the demo."""
    print(f"\nRelman is at http://localhost:{port}/  (Ctrl+C stops it)", flush=True)
    print("Demo sign-ins, password “look around”, while the demo is loaded:")
    for address, role in (
        ("dan@tarnmoor.example", "account manager, supplier's side"),
        ("ingrid@tarnmoor.example", "executive, supplier's side"),
        ("amira@tarnmoor.example", "administrator, supplier's side"),
        ("priya@hollin.example", "account manager, client's side"),
        ("miriam@hollin.example", "executive, client's side"),
        ("tom@hollin.example", "administrator, client's side"),
    ):
        print(f"  {address:26} {role}")
    sys.stdout.flush()


def stop(running: list[Child]) -> None:
    """Ask every child to end, then insist."""
    alive = [child.process for child in running if child.process is not None]
    for process in alive:
        process.terminate()
    deadline = time.monotonic() + 15
    for process in alive:
        try:
            process.wait(max(deadline - time.monotonic(), 0.1))
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        clear(process)


def main() -> None:
    """Run until told to stop."""
    port = sys.argv[1]
    stopping = False

    def end(_signal: int, _frame: FrameType | None) -> None:
        nonlocal stopping
        stopping = True

    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGINT, end)
    signal.signal(signal.SIGHUP, end)
    if answers(port):
        sys.exit(f"Port {port} is taken. Choose another: bin/run {int(port) + 1}")
    running, welcomed = children(port), False
    try:
        while not stopping:
            for child in running:
                child.keep_running()
            time.sleep(0.5)
            if not welcomed and answers(port):
                welcome(port)
                welcomed = True
    finally:
        stop(running)


if __name__ == "__main__":
    main()
