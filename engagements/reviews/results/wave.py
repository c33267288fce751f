"""One closed wave as plain values: what its documents are made from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from engagements.reviews.instrument.content import Content, Form
from engagements.reviews.ratings import Stored
from engagements.reviews.scoring.parameters import Method
from engagements.reviews.scoring.sides import Mode
from engagements.reviews.scoring.status import Flag

CLIENT, SUPPLIER = SIDES = ("client", "supplier")


@dataclass(frozen=True)
class Respondent:
    """One person's sealed answers; the name is there in named mode alone."""

    answers: Stored
    group: str = ""
    name: str = ""


@dataclass(frozen=True)
class Comment:
    """Words somebody left."""

    side: str
    item: str
    text: str
    facilitator_only: bool = False
    name: str = ""


@dataclass(frozen=True)
class SideOfWave:
    """One side: who answered, how many were asked, what it says of its dependence.

    `eligible` leaves out who left, could not be reached or was away. `joined` and
    `left` count the seats that changed hands since the last wave of this form.
    """

    name: str
    people: tuple[Respondent, ...]
    eligible: int
    joined: int = 0
    left: int = 0
    declared_dependence: float | None = None
    shares_dependence: bool = False


@dataclass(frozen=True)
class Earlier:
    """A wave before this one: its unrounded figures, and what it asked.

    `scores` holds each person's answers of either side, for the test of a change.
    """

    closed_on: date
    form: Form
    content: Content
    series: Mapping[str, Any]
    answers: Mapping[str, tuple[Stored, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class Wave:
    """A wave and all that its figures rest on; `earlier` is oldest first."""

    form: Form
    mode: Mode
    closed_on: date
    content: Content
    instrument: str
    method: Method
    weights: Mapping[str, float]
    sides: Mapping[str, SideOfWave]
    mirror: bool = False
    comments: tuple[Comment, ...] = ()
    earlier: tuple[Earlier, ...] = ()
    actions_due: int | None = None
    actions_on_time: int | None = None
    flags: tuple[Flag, ...] = ()
    # Days to the notice deadline of each side; None where there is none.
    days_to_notice: Mapping[str, int | None] = field(default_factory=dict)

    @property
    def previous(self) -> Earlier | None:
        """The last wave of the same form: the one this is compared with."""
        same = [one for one in self.earlier if one.form == self.form]
        return same[-1] if same else None
