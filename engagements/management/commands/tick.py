"""Run one round by hand and print what it did."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from engagements.reminders import rounds


class Command(BaseCommand):
    """Sweep, plan, give back, deliver: what the clock does, once."""

    help = "Run one round of reminders and print the counts."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="Print JSON.")
        parser.add_argument(
            "--now",
            metavar="ISO-INSTANT",
            help="Plan as of another moment; only with DEBUG or in tests.",
        )

    def handle(self, **options: Any) -> None:
        now = self._moment(options["now"])
        counts = rounds.run(now)
        if options["json"]:
            self.stdout.write(json.dumps(counts))
            return
        for name, count in counts.items():
            self.stdout.write(f"{name:9} {count}")

    def _moment(self, typed: str | None) -> datetime | None:
        if typed is None:
            return None
        if not (settings.DEBUG or getattr(settings, "TESTING", False)):
            message = "--now is for DEBUG and tests: it would owe what is not yet due."
            raise CommandError(message)
        try:
            moment = datetime.fromisoformat(typed)
        except ValueError as error:
            message = f"--now={typed}: an instant is written 2026-11-23T07:30:00+00:00."
            raise CommandError(message) from error
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
