"""What was due, what the relay accepted, what is recorded: held against each other."""

from __future__ import annotations

from dataclasses import dataclass

from engagements.models import Notice
from tests.faults.relay import Relay


@dataclass(frozen=True)
class Verdict:
    """How the three differ."""

    due: int
    lost: int
    falsely_recorded: int
    copies: int
    parked: int
    dead: int
    attempts: int

    @property
    def said(self) -> str:
        """For a person who reads the run."""
        return (
            f"{self.due} due, {self.lost} lost, {self.falsely_recorded} falsely "
            f"recorded, {self.copies} copies, {self.parked} parked, {self.dead} refused"
        )


def verdict(relay: Relay) -> Verdict:
    """Compare every message of the ledger with the relay's log.

    Lost: neither accepted nor shown to a person. Falsely recorded: said to be sent,
    and the relay never had it.
    """
    rows = list(Notice.objects.values_list("message_id", "state", "attempts"))
    shown = {Notice.State.DEAD, Notice.State.PARKED}
    return Verdict(
        due=len(rows),
        lost=sum(
            not relay.accepted[pk] and state not in shown for pk, state, _ in rows
        ),
        falsely_recorded=sum(
            state == Notice.State.SENT and not relay.accepted[pk]
            for pk, state, _ in rows
        ),
        copies=sum(count - 1 for count in relay.accepted.values()),
        parked=sum(state == Notice.State.PARKED for _, state, _ in rows),
        dead=sum(state == Notice.State.DEAD for _, state, _ in rows),
        attempts=sum(attempts for _, _, attempts in rows),
    )
