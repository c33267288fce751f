"""Start, kill and restart the installation's processes; end all that were started."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from tests.faults.relay import free_port

ROOT = Path(__file__).parent.parent.parent
BIN = Path(sys.executable).parent


def wait_until(holds: Callable[[], Any], seconds: float, what: str) -> float:
    """Wait for something to hold; returns how many seconds it took."""
    began = time.monotonic()
    while time.monotonic() - began < seconds:
        if holds():
            return time.monotonic() - began
        time.sleep(0.1)
    message = f"Not within {seconds} s: {what}"
    raise AssertionError(message)


@dataclass
class Redis:
    """A broker that can be flushed, stopped and started."""

    folder: Path
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """As REDIS_URL writes it."""
        return f"redis://127.0.0.1:{self.port}/0"

    def start(self) -> None:
        """Begin empty."""
        program = shutil.which("redis-server") or "redis-server"
        self.process = subprocess.Popen(  # noqa: S603 - the program we looked for
            [program, "--port", str(self.port), "--bind", "127.0.0.1", "--save", "",
             "--appendonly", "no", "--dir", str(self.folder)],
            stdout=subprocess.DEVNULL,
        )  # fmt: skip
        wait_until(lambda: self.says("PING") == "PONG", 10, "Redis answers")

    def stop(self) -> None:
        """At once, with all it held."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process = None

    def says(self, *words: str) -> str:
        """What it answers to a command."""
        program = shutil.which("redis-cli") or "redis-cli"
        done = subprocess.run(  # noqa: S603 - the program we looked for
            [program, "-p", str(self.port), *words],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        return done.stdout.strip()


@dataclass
class Installation:
    """Workers and clocks on one database, one broker and one relay."""

    environment: dict[str, str]
    folder: Path
    running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    def worker(self, name: str, threads: int = 2, taken: int = 1) -> None:
        """Start a worker; it takes so many messages a thread beforehand."""
        self._celery(
            name, "worker", "-P", "threads", "-c", str(threads), "-n", f"{name}@%h",
            "--prefetch-multiplier", str(taken), "--without-gossip", "--without-mingle",
        )  # fmt: skip

    def clock(self, name: str) -> None:
        """Start a clock that ticks every second."""
        schedule = str(self.folder / f"{name}.schedule")
        self._celery(name, "beat", "--schedule", schedule, "--pidfile=")

    def tick(self, now: datetime | None = None) -> subprocess.Popen[bytes]:
        """Start one round by hand, as of now or another moment."""
        moment = [now.isoformat()] if now else []
        program = [sys.executable, "-m", "tests.faults.tick", *moment]
        return self._start("tick", program)

    def kill(self, name: str) -> None:
        """As `kill -9` does: nothing is put away."""
        process = self.running.pop(name)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def end(self) -> None:
        """End everything that was started; whoever does not listen is killed."""
        for process in self.running.values():
            process.terminate()
        for name, process in list(self.running.items()):
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                self.kill(name)

    def log(self, name: str) -> str:
        """What a process wrote."""
        return (self.folder / f"{name}.log").read_text()

    def _celery(self, name: str, *words: str) -> None:
        program = str(BIN / "celery")
        self.running[name] = self._start(
            name,
            [
                program,
                "-A",
                "tests.faults.worker",
                *words,
                "-l",
                self.environment["LOG_LEVEL"],
            ],
        )

    def _start(self, name: str, command: list[str]) -> subprocess.Popen[bytes]:
        with (self.folder / f"{name}.log").open("ab") as log:
            return subprocess.Popen(  # noqa: S603 - our own commands
                command,
                cwd=ROOT,
                env=os.environ | self.environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
