"""The states of a review, and who may take it from one to the next. Section 4.1.

One table: the actions ask it, the database enforces it, a test walks it from every
state with every transition.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from engagements.models import HealthReview

State = HealthReview.State


class Mover(StrEnum):
    """Who takes a review on."""

    OWNER = "owner"
    CLOCK = "clock"
    FACILITATOR = "facilitator"
    COORDINATORS = "coordinators"


@dataclass(frozen=True)
class Transition:
    """One step of a review; `reason_needed` asks the mover to say why."""

    before: State
    after: State
    movers: tuple[Mover, ...]
    reason_needed: bool = False


TRANSITIONS = (
    Transition(State.DRAFT, State.SCHEDULED, (Mover.OWNER,)),
    Transition(
        State.DRAFT, State.CANCELLED, (Mover.OWNER, Mover.CLOCK), reason_needed=True
    ),
    Transition(State.SCHEDULED, State.OPEN, (Mover.CLOCK,)),
    # Its day came and too few could be asked: people or days change.
    Transition(State.SCHEDULED, State.DRAFT, (Mover.OWNER,)),
    Transition(State.SCHEDULED, State.CANCELLED, (Mover.OWNER,), reason_needed=True),
    Transition(State.OPEN, State.EXTENDED, (Mover.CLOCK,)),
    Transition(State.OPEN, State.CLOSED, (Mover.CLOCK,)),
    Transition(State.OPEN, State.CANCELLED, (Mover.COORDINATORS,), reason_needed=True),
    Transition(State.EXTENDED, State.CLOSED, (Mover.CLOCK,)),
    Transition(
        State.EXTENDED, State.CANCELLED, (Mover.COORDINATORS,), reason_needed=True
    ),
    Transition(State.CLOSED, State.INSUFFICIENT, (Mover.CLOCK,)),
    Transition(State.CLOSED, State.RELEASED, (Mover.FACILITATOR, Mover.CLOCK)),
    Transition(State.RELEASED, State.DISCUSSED, (Mover.FACILITATOR,)),
    Transition(State.INSUFFICIENT, State.DISCUSSED, (Mover.FACILITATOR,)),
    Transition(State.DISCUSSED, State.AGREED, (Mover.COORDINATORS,)),
    Transition(State.AGREED, State.COMPLETED, (Mover.CLOCK,)),
)


def transition(before: str, after: str) -> Transition | None:
    """The step between two states; None where there is none."""
    return next(
        (one for one in TRANSITIONS if (one.before, one.after) == (before, after)),
        None,
    )
