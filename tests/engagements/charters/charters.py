"""Charters for tests, as people write, propose and answer them."""

from __future__ import annotations

from engagements.charters.actions import answering, drafting
from engagements.models import Charter, CharterAcceptance, Side

PURPOSE = "Theatres that never wait for us"


def draft(pair, side=None, **words) -> Charter:
    return drafting.write(
        by=pair.by(side),
        relationship=pair.relationship,
        side=side or pair.own,
        **{"purpose": PURPOSE, "values": "Honesty", "principles": "Say it"} | words,
    )


def people(pair, role="executive") -> dict:
    """Neither is whoever proposes."""
    return {side.value: pair.by(side, role).contact for side in Side}


def proposed(pair, **words) -> Charter:
    return drafting.propose(
        by=pair.by(), charter=draft(pair, **words), people=people(pair)
    )


def asked(charter: Charter, side, round_: int = 1) -> CharterAcceptance:
    return charter.acceptances.get(side=side, round=round_)


def say_yes(charter: Charter, round_: int = 1) -> Charter:
    for side in Side:
        answering.answer(acceptance=asked(charter, side, round_), yes=True)
    charter.refresh_from_db()
    return charter


def accepted(pair, **words) -> Charter:
    return say_yes(proposed(pair, **words))
