"""Amendments of one contract: their order, the terms before and after each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

from engagements.exchange.known import (
    TERMS,
    KnownAmendment,
    Terms,
    from_written,
    written,
)
from engagements.exchange.rows import AmendmentRow

Changes = dict[str, list[str | None]]


@dataclass
class PlannedAmendment:
    """An amendment of the file, with the terms before and after it."""

    line: int
    pk: UUID
    number: int
    reference: str
    facts: dict[str, Any]
    known: KnownAmendment | None = None
    changes: Changes = field(default_factory=dict)

    @property
    def outcome(self) -> str:
        """new, updated or unchanged."""
        if self.known is None:
            return "new"
        kept = {name: self.known.facts.get(name) for name in self.facts}
        same = kept == self.facts and self.known.changes == self.changes
        return "unchanged" if same else "updated"


@dataclass
class Chain:
    """The amendments of one contract in their order, and where they lead."""

    amendments: list[PlannedAmendment]
    # Rows that would make the contract end before it begins.
    impossible: list[AmendmentRow]
    terms: Terms


def chained(
    original: Terms, rows: Iterable[AmendmentRow], kept: Iterable[KnownAmendment]
) -> Chain:
    """Apply the file's amendments, and those kept already, in the order of numbers."""
    others = {amendment.reference: amendment for amendment in kept}
    steps = _numbered(list(rows), others)
    chain = Chain([], [], dict(original))
    for number, step in steps:
        if isinstance(step, KnownAmendment):
            chain.terms |= _after(step)
            continue
        after = {**chain.terms, **{t: step.facts[t] for t in TERMS if t in step.facts}}
        if after["end_on"] and after["end_on"] < after["start_on"]:
            chain.impossible.append(step)
            continue
        chain.amendments.append(
            _planned(number, step, others.get(step.reference), chain.terms, after)
        )
        chain.terms = after
    return chain


def _after(amendment: KnownAmendment) -> Terms:
    """The terms an amendment that is kept already left."""
    return {
        term: from_written(term, text)
        for term, (_before, text) in amendment.changes.items()
        if term in TERMS
    }


def _numbered(
    rows: list[AmendmentRow], kept: dict[str, KnownAmendment]
) -> list[tuple[int, AmendmentRow | KnownAmendment]]:
    """Every amendment under a number of its own: kept, else written, else the next."""
    named = {row.reference for row in rows}
    steps: list[tuple[int, AmendmentRow | KnownAmendment]] = [
        (amendment.number, amendment)
        for amendment in kept.values()
        if amendment.reference not in named
    ]
    taken = {amendment.number for amendment in kept.values()}
    for row in sorted(rows, key=lambda row: (row.number or 10_000, row.line)):
        if row.reference in kept:
            number = kept[row.reference].number
        elif row.number and row.number not in taken:
            number = row.number
        else:
            number = max(taken, default=0) + 1
        taken.add(number)
        steps.append((number, row))
    return sorted(steps, key=lambda step: step[0])


def _planned(
    number: int,
    row: AmendmentRow,
    known: KnownAmendment | None,
    before: Terms,
    after: Terms,
) -> PlannedAmendment:
    return PlannedAmendment(
        line=row.line,
        pk=known.pk if known else uuid4(),
        number=number,
        reference=row.reference,
        facts={name: row.facts[name] for name in row.facts if name not in TERMS},
        known=known,
        changes={
            term: [written(before[term]), written(after[term])]
            for term in TERMS
            if before[term] != after[term]
        },
    )
