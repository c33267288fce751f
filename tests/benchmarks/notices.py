"""Measure reminders: python -m tests.benchmarks.notices [--json FILE]

Mails a second from one worker through a local relay; planning what is due among 50,000
contracts. DATABASE_URL names an empty database.
"""

from __future__ import annotations

import argparse
import json
import os
import secrets
import socket
import subprocess
import sys
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import django

MAILS, CONTRACTS, MAILS_A_SECOND, PLANNING_SECONDS = 1_000, 50_000, 100, 10
_TODAY = date(2026, 11, 23)


def main() -> int:
    """Measure both; 1 when a bar is missed."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--json", type=Path)
    asked = options.parse_args()
    port = _free_port()
    os.environ["EMAIL_URL"] = f"smtp://127.0.0.1:{port}"
    os.environ.setdefault("SECRET_KEY", secrets.token_urlsafe(60))
    os.environ.setdefault("ALLOWED_HOSTS", "localhost")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.benchmarks.settings")
    django.setup()
    sink = subprocess.Popen(  # noqa: S603 - our own program
        [sys.executable, "-m", "tests.benchmarks.sink", str(port)]
    )
    try:
        figures = _measured(port)
    finally:
        sink.kill()
        sink.wait()
    for name, figure in figures.items():
        sys.stdout.write(f"{name:32} {figure}\n")
    if asked.json:
        asked.json.write_text(json.dumps(figures, indent=2))
    good = figures["mails a second"] >= MAILS_A_SECOND
    return 0 if good and figures["planning, seconds"] <= PLANNING_SECONDS else 1


def _measured(port: int) -> dict[str, float]:
    from django.core.management import call_command
    from django.db import connection

    call_command("migrate", verbosity=0)
    while not _listens(port):
        time.sleep(0.1)
    figures: dict[str, float] = {"database": connection.vendor}  # type: ignore[dict-item]  # a name
    organisation = _contracts(CONTRACTS)
    return figures | _planning() | _delivery(organisation)


def _planning() -> dict[str, float]:
    from engagements.models import Notice
    from engagements.reminders.planning import plan

    now = datetime.combine(_TODAY, datetime.min.time(), UTC)
    began = time.perf_counter()
    planned = plan(now)
    took = time.perf_counter() - began
    began = time.perf_counter()
    again = plan(now)
    assert (planned, again) == (Notice.objects.count(), 0)
    return {
        "planned": planned,
        "planning, seconds": round(took, 2),
        "planning again, seconds": round(time.perf_counter() - began, 2),
    }


def _delivery(organisation: object) -> dict[str, float]:
    from engagements.models import Contact, Notice
    from engagements.notices.delivery import deliver
    from engagements.notices.kinds import Kind, Letter, register
    from engagements.notices.ledger import Owed, owe

    def letter(notice: Notice) -> Letter:
        lines = tuple((f"Promise {number}", "http://x/") for number in range(5))
        return Letter("Due", ["Five promises."], "Open", "http://localhost/", lines)

    register(Kind("trial", "Trial", letter, lambda notice: True))
    people = [
        Contact(organisation=organisation, name=f"P {n}", email=f"p{n}@example.org")
        for n in range(MAILS)
    ]
    Contact.objects.bulk_create(people)
    owe(Owed("trial", person.pk, organisation.pk, lane=1) for person in people)
    Notice.objects.exclude(kind="trial").delete()
    began = time.perf_counter()
    counts = deliver(seconds=300)
    took = time.perf_counter() - began
    assert counts.sent == MAILS, counts
    return {"mails": MAILS, "mails a second": round(MAILS / took, 1)}


def _contracts(count: int) -> object:
    """So many contracts, each with one deadline ahead that one person is told of."""
    from django.utils import timezone

    from engagements.models import Contract, Organisation, Relationship
    from tests.factories import MembershipFactory, OrganisationFactory

    client = MembershipFactory(organisation=OrganisationFactory()).organisation
    suppliers = Organisation.objects.bulk_create(
        [
            Organisation(name=f"Supplier {n}", name_key=f"supplier {n}", kept_by=client)
            for n in range(count // 10)
        ],
        batch_size=1_000,
    )
    relationships = Relationship.objects.bulk_create(
        [
            Relationship(
                client=client,
                supplier=supplier,
                started_on=_TODAY,
                marked_active_at=timezone.now(),
            )
            for supplier in suppliers
        ],
        batch_size=1_000,
    )
    _sides(relationships, client)
    Contract.objects.bulk_create(
        [
            Contract(
                relationship=relationships[n % len(relationships)],
                title=f"Contract {n}",
                start_on=date(2024, 1, 1),
                renewal=Contract.Renewal.TACIT,
                state=Contract.State.RENEWING,
                client_act_by=_TODAY + timedelta(days=1 + n % 180),
            )
            for n in range(count)
        ],
        batch_size=1_000,
    )
    return client


def _sides(relationships: list, client: object) -> None:
    from engagements.models import RelationshipSide

    RelationshipSide.objects.bulk_create(
        [
            RelationshipSide(
                relationship=row,
                side=side,
                organisation_id=getattr(row, f"{side}_id"),
                acted_by=client if side == "client" else None,
            )
            for row in relationships
            for side in ("client", "supplier")
        ],
        batch_size=1_000,
    )


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


if __name__ == "__main__":
    sys.exit(main())
