"""The joint record: the lines both sides put down, without a side and an author."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from django.db.models import TimeField, UUIDField, Value
from django.db.models.functions import Cast

from engagements.beside import together
from engagements.models import IssueNote, JointIssue

# A why under a why, and so on: five of them.
DEEPEST = 5


@dataclass(frozen=True)
class Why:
    """A why, how deep it stands, and the whys under it."""

    note: IssueNote
    depth: int
    below: list[Why]

    @property
    def may_go_on(self) -> bool:
        """Whether another why may stand under it."""
        return self.depth < DEEPEST


def whys(rows: Iterable[IssueNote]) -> list[Why]:
    """The whys among the lines of an issue, as a tree: no query."""
    under: dict[UUID | None, list[IssueNote]] = {}
    for row in rows:
        if row.kind == IssueNote.Kind.WHY:
            under.setdefault(row.under_id, []).append(row)

    def branch(above: UUID | None, depth: int) -> list[Why]:
        found = under.get(above, [])
        return [Why(row, depth, branch(row.pk, depth + 1)) for row in found]

    return branch(None, 1)


def flat(tree: Iterable[Why]) -> Iterator[Why]:
    """Every why of a tree, each before those under it."""
    for one in tree:
        yield one
        yield from flat(one.below)


@dataclass(frozen=True)
class Part:
    """A part of the joint record: its lines, or its whys as a tree."""

    kind: IssueNote.Kind
    rows: list[IssueNote]
    whys: list[Why]


@dataclass(frozen=True)
class Record:
    """The joint record by kind, each kind once; and where it happened again."""

    parts: list[Part]
    again: list[JointIssue]


_LINE = ("pk", "kind", "factor", "text", "on", "at", "under_id", "created_at")
_AGAIN = "again"


def record_of(issue: JointIssue) -> Record:
    """What both put down together, and the later issues about the same: one query."""
    later = issue.recurrences.order_by().values_list(
        "pk",
        Value(_AGAIN),
        Value(""),
        "title",
        "opened_on",
        Cast(Value(None), TimeField()),
        Cast(Value(None), UUIDField()),
        "created_at",
    )
    found = together([issue.notes.order_by().values_list(*_LINE), later])
    lines = [IssueNote(**dict(zip(_LINE, row, strict=True))) for row in found]
    lines.sort(key=_when)
    return Record(
        [_part(kind, lines) for kind in IssueNote.Kind],
        [JointIssue(pk=row.pk, title=row.text) for row in lines if row.kind == _AGAIN],
    )


def _when(line: IssueNote) -> tuple[date, time, datetime]:
    """What has no time of day stands before the rest of its day."""
    return line.on or date.min, line.at or time.min, line.created_at


def _part(kind: IssueNote.Kind, lines: list[IssueNote]) -> Part:
    rows = [line for line in lines if line.kind == kind]
    return Part(kind, rows, whys(rows) if kind == IssueNote.Kind.WHY else [])
