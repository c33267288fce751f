"""What a plan comes to, as numbers: the same for the page and the command."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from engagements.exchange.known import written
from engagements.exchange.plan import OUTCOMES, Plan
from engagements.exchange.remarks import counted

# Remarks kept with an import for each kind; the counts are always whole.
MOST_REMARKS = 200
# Contracts shown in a preview.
SHOWN = 20


def report_of(plan: Plan, days: Iterable[date] = ()) -> dict[str, Any]:
    """The counts of a plan; `docs/import.md` says what each number counts."""
    contracts = plan.of_the_file
    amendments = [one for contract in plan.contracts for one in contract.amendments]
    chosen = list(days)
    return {
        "read": plan.read,
        "organisations": _outcomes(plan, "organisations", plan.organisations),
        "relationships": _outcomes(plan, "relationships", plan.relationships),
        "contracts": _outcomes(plan, "contracts", contracts),
        "amendments": _outcomes(plan, "amendments", amendments),
        "warnings": counted(plan.remarks),
        "totals": _totals(plan),
        "in_force": _in_force(plan, chosen, original=False),
        "in_force_original": _in_force(plan, chosen, original=True),
    }


def remarks_to_show(plan: Plan) -> list[dict[str, Any]]:
    """The first remarks of each kind, in the order of the lines."""
    shown: Counter[str] = Counter()
    chosen = []
    for remark in plan.remarks:
        shown[remark.kind] += 1
        if shown[remark.kind] <= MOST_REMARKS:
            chosen.append(remark.as_json())
    return chosen


def sample_of(plan: Plan, own: str) -> list[dict[str, Any]]:
    """The first contracts of a file, as they would stand here."""
    sides = {
        row.pk: (
            row.client.name if row.client else own,
            row.supplier.name if row.supplier else own,
        )
        for row in plan.relationships
    }
    return [
        {
            "line": one.line,
            "title": str(one.facts.get("title") or one.changed.get("title", "")),
            "client": sides[one.relationship][0],
            "supplier": sides[one.relationship][1],
            "start_on": written(one.terms["start_on"]),
            "end_on": written(one.terms["end_on"]),
            "value": written(one.terms["value"]),
            "currency": one.currency,
            "outcome": one.outcome,
        }
        for one in plan.of_the_file[:SHOWN]
    ]


def _outcomes(plan: Plan, name: str, things: Sequence[Any]) -> dict[str, int]:
    counts = Counter(thing.outcome for thing in things)
    counts["rejected"] = plan.rejected[name]
    return {outcome: counts[outcome] for outcome in OUTCOMES}


def _totals(plan: Plan) -> dict[str, dict[str, str]]:
    sums: dict[str, dict[str, Decimal]] = defaultdict(
        lambda: {"original": Decimal(0), "current": Decimal(0)}
    )
    for contract in plan.of_the_file:
        for name, terms in (
            ("original", contract.original),
            ("current", contract.terms),
        ):
            if terms["value"] is not None:
                sums[contract.currency][name] += terms["value"]
    return {
        currency: {name: format(amount, ".2f") for name, amount in both.items()}
        for currency, both in sorted(sums.items())
    }


def _in_force(plan: Plan, days: list[date], *, original: bool) -> dict[str, int]:
    return {
        day.isoformat(): sum(
            contract.in_force(day, original=original) for contract in plan.of_the_file
        )
        for day in days
    }
