"""How many stand behind a recommendation, and what of that leaves the room. Pure.

The host reads words. A count is told where neither those for it nor those who are not
for it are so few that somebody could be found out.
"""

from __future__ import annotations

from dataclasses import dataclass

# Of a hundred present so many endorse it.
ENDORSED = 60
FEW = 3


@dataclass(frozen=True)
class Support:
    """The word, and the count where it may be told."""

    word: str
    count: int | None


def is_endorsed(yes: int, present: int) -> bool:
    """Sixty in a hundred of those present approve; nobody endorses nothing."""
    return yes > 0 and yes * 100 >= present * ENDORSED


def support(yes: int, present: int) -> Support:
    """All, most (60 in a hundred), several (three) or some of those present."""
    others = max(present - yes, 0)
    told = yes >= FEW and (others == 0 or others >= FEW)
    return Support(_word(yes, others, present), yes if told else None)


def _word(yes: int, others: int, present: int) -> str:
    if yes and not others:
        return "all"
    if is_endorsed(yes, present):
        return "most"
    return "several" if yes >= FEW else "some"


def verdict_of(votes: dict[str, int]) -> str:
    """What more than half of those who voted say; nothing where no answer has that,
    or where so few voted that it would tell how one of them did."""
    every = sum(votes.values())
    if every < FEW:
        return ""
    return next((say for say, n in votes.items() if 2 * n > every), "")
