"""The stored days of contracts and of the sides they belong to.

Written again in the transaction that changes a term, by imports and by the daily sweep:
all of them through these functions, so that an alarm does not depend on how a contract
came in.
"""

from engagements.contracts.figures.days import (
    annual_value,
    compute,
    compute_all,
    refresh_terms,
    store,
    terms_of,
)
from engagements.contracts.figures.sides import refresh_sides

__all__ = [
    "annual_value",
    "compute",
    "compute_all",
    "refresh_sides",
    "refresh_terms",
    "store",
    "terms_of",
]
