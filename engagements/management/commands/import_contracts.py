"""Bring a file of contracts in from the command line; preview unless told to commit."""

from __future__ import annotations

import json
from argparse import ArgumentTypeError
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone

from engagements.errors import RuleError
from engagements.exchange import actions
from engagements.exchange.profiles import Profile, load_profile
from engagements.exchange.queries import Source, plan_for
from engagements.exchange.reading import read_table
from engagements.exchange.reporting import report_of
from engagements.models import Organisation
from engagements.search import name_key


class Command(BaseCommand):
    """What the pages under /imports/ do, for scripts and large files."""

    help = (
        "Preview a file of contracts (CSV or XLSX), and import it with --commit. "
        "docs/import.md describes profiles, counts and kinds of warning."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE", type=Path)
        parser.add_argument(
            "--as",
            dest="organisation",
            required=True,
            metavar="ORGANISATION",
            help="The organisation that imports; created on an empty installation.",
        )
        parser.add_argument("--profile", required=True, type=Path, metavar="PROFILE")
        parser.add_argument("--amendments", type=Path, metavar="FILE")
        parser.add_argument("--commit", action="store_true", help="Write it.")
        parser.add_argument("--json", action="store_true", help="Print counts as JSON.")
        parser.add_argument(
            "--in-force-on",
            nargs="+",
            default=[],
            type=_day,
            metavar="DATE",
            help="Count the contracts in force on these days (YYYY-MM-DD).",
        )

    def handle(self, **options: Any) -> None:
        try:
            report = _imported(options)
        except RuleError as error:
            raise CommandError(error.message) from error
        if options["json"]:
            self.stdout.write(json.dumps(report, indent=2, ensure_ascii=False))
            return
        self._tell(report, committed=options["commit"])

    def _tell(self, report: dict[str, Any], *, committed: bool) -> None:
        self.stdout.write(f"{report['read']:,} rows read")
        for name in ("organisations", "relationships", "contracts", "amendments"):
            counts = ", ".join(f"{n:,} {word}" for word, n in report[name].items())
            self.stdout.write(f"{name}: {counts}")
        for kind, count in report["warnings"].items():
            self.stdout.write(f"{kind}: {count:,}")
        for currency, sums in report["totals"].items():
            self.stdout.write(
                f"{currency} {sums['original']} before, {sums['current']} after"
                " amendments"
            )
        for day, count in report["in_force"].items():
            self.stdout.write(
                f"in force on {day}: {count:,} "
                f"({report['in_force_original'][day]:,} by their original dates)"
            )
        if not committed:
            self.stdout.write("Preview only: nothing was written. Add --commit.")


def _imported(options: dict[str, Any]) -> dict[str, Any]:
    text = _read(options["profile"]).decode("utf-8", errors="replace")
    profile = load_profile(text)
    content = _read(options["file"])
    amendments = _read(options["amendments"]) if options["amendments"] else b""
    if amendments and profile.amendments is None:
        raise CommandError("The profile does not say how to read amendments.")
    source = _source(content, amendments, profile)
    with transaction.atomic():
        organisation = _organisation(
            options["organisation"], profile, save=options["commit"]
        )
        if options["commit"]:
            actions.lock_books(organisation)
        plan = plan_for(organisation, source)
        if options["commit"]:
            run = actions.keep_file(
                by=None,
                organisation=organisation,
                name=options["file"].name,
                content=content,
                stands_for=profile.stands_for,
                profile=json.loads(text),
                amendments=amendments,
            )
            actions.commit_plan(by=None, run=run, plan=plan)
    return report_of(plan, options["in_force_on"])


def _source(content: bytes, amendments: bytes, profile: Profile) -> Source:
    tables = [
        read_table(
            data,
            encoding=profile.encoding,
            delimiter=profile.delimiter,
            sheet=profile.sheet,
        )
        for data in (content, amendments)
        if data
    ]
    if not content:
        raise CommandError("The file is empty.")
    return Source(tables[0], profile, tables[1] if len(tables) > 1 else None)


def _organisation(name: str, profile: Profile, *, save: bool) -> Organisation:
    """The organisation of that name; a new one where there is none at all."""
    name = " ".join(name.split())
    claimed = Organisation.objects.exclude(claimed_at=None)
    found = list(claimed.filter(name_key=name_key(name)))
    if len(found) == 1:
        return found[0]
    if claimed.exists():
        own = claimed.values_list("name", flat=True)
        names = ", ".join(f"“{one}”" for one in own[:10])
        raise CommandError(f"No organisation is called “{name}”. There is: {names}.")
    created = Organisation(
        name=name,
        name_key=name_key(name),
        time_zone=profile.time_zone,
        usual_side=profile.stands_for,
        reporting_currency=profile.currency or "EUR",
        claimed_at=timezone.now(),
    )
    if save:
        created.save(force_insert=True)
    return created


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise CommandError(f"{path}: {error.strerror}.") from error


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        words = f"“{text}” is not a date. Write 2024-07-01."
        raise ArgumentTypeError(words) from error
