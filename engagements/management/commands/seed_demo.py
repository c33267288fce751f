"""Fill an empty installation with an invented world to look around in."""

from __future__ import annotations

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from engagements.demo.actions import seed_demo
from engagements.models import Organisation


class Command(BaseCommand):
    """Three years of two organisations that depend on each other."""

    help = "Load the demo: invented organisations, both sides signed in."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--relationships", type=int, default=27)
        parser.add_argument("--interactions", type=int, default=900)
        parser.add_argument("--contracts", type=int, default=34)
        parser.add_argument("--seed", type=int, default=8)
        parser.add_argument(
            "--no-board", action="store_true", help="Leave the advisory board out."
        )
        parser.add_argument(
            "--if-empty",
            action="store_true",
            help="Do nothing, quietly, where there is any organisation.",
        )

    def handle(self, **options: Any) -> None:
        if Organisation.objects.exists() and options["if_empty"]:
            return
        if Organisation.objects.exists():
            message = "This installation is not empty; the demo needs an empty one."
            raise CommandError(message)
        if min(options["relationships"], options["contracts"]) < 1:
            message = "--relationships and --contracts must be 1 or more."
            raise CommandError(message)
        began = time.monotonic()
        sizes = seed_demo(
            relationships=options["relationships"],
            interactions=options["interactions"],
            contracts=options["contracts"],
            seed=options["seed"],
            today=timezone.localdate(),
            board=not options["no_board"],
        )
        words = ", ".join(f"{count:,} {name}" for name, count in sizes.items())
        self.stdout.write(f"{words} in {time.monotonic() - began:.1f} s")
