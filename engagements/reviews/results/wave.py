"""One closed wave as plain values: what its documents are made from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from engagements.reviews.instrument.content import Content, Form
from engagements.reviews.ratings import Stored
from engagements.reviews.scoring.parameters import Method
from engagements.reviews.scoring.sides import Mode
from engagements.reviews.scoring.status import Flag

CLIENT, SUPPLIER = SIDES = ("client", "supplier")


def other(side: str) -> str:
    """The side across the table."""
    return SUPPLIER if side == CLIENT else CLIENT


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
    `left` count the people by whom those who took part differ from the wave it is
    compared with.
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

    `answers` holds each person's answers of either side, for the test of a change; only
    the one that is compared has them.
    """

    closed_on: date
    form: Form
    content: Content
    series: Mapping[str, Any]
    answers: Mapping[str, tuple[Stored, ...]] = field(default_factory=dict)

    @property
    def mode(self) -> Mode:
        """How it was answered."""
        return Mode(self.series["mode"])

    @property
    def has_figures(self) -> bool:
        """Enough of both sides answered."""
        return all(self.series[side]["overall"] is not None for side in SIDES)


def compared(form: Form, mode: Mode, earlier: Iterable[Earlier]) -> Earlier | None:
    """The wave another one is compared with: the last one like it that has figures.

    A full wave is compared with a full one; the others on the markers, which every form
    asks. Answers with names are compared with answers with names alone.
    """
    alike = [
        one
        for one in earlier
        if one.mode is mode
        and one.has_figures
        and (form is not Form.FULL or one.form is form)
    ]
    return alike[-1] if alike else None


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
    scope: str = ""
    mirror: bool = False
    comments: tuple[Comment, ...] = ()
    earlier: tuple[Earlier, ...] = ()
    actions_due: int | None = None
    actions_on_time: int | None = None
    notice_given_by: tuple[str, ...] = ()
    # Agreed actions of the relationship, by the side that carries them.
    carried: Mapping[str, int] = field(default_factory=dict)
    # Days to the notice deadline of each side; None where there is none.
    days_to_notice: Mapping[str, int | None] = field(default_factory=dict)

    @property
    def previous(self) -> Earlier | None:
        """The wave this is compared with."""
        return compared(self.form, self.mode, self.earlier)

    @property
    def flags(self) -> set[Flag]:
        """What is known beside the figures."""
        return {Flag.NOTICE_GIVEN} if self.notice_given_by else set()

    @property
    def is_full(self) -> bool:
        """Every statement was asked, not the markers alone."""
        return self.form is Form.FULL

    @property
    def is_named(self) -> bool:
        """Answers stand beside names."""
        return self.mode is Mode.NAMED

    @property
    def least(self) -> int:
        """How many of a side must have taken part for it to have a figure."""
        return 1 if self.is_named else self.method.least_per_side
