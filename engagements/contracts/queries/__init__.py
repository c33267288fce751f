"""Reads of contracts: the list, and the dates of one."""

from engagements.contracts.queries.listing import Listed, contracts
from engagements.contracts.queries.narrowing import (
    STATES,
    VIEWS,
    WITHIN,
    Asked,
    narrowed,
)
from engagements.contracts.queries.rails import rail

__all__ = [
    "STATES",
    "VIEWS",
    "WITHIN",
    "Asked",
    "Listed",
    "contracts",
    "narrowed",
    "rail",
]
