"""How much of a file stays out, and whom only such rows name."""

from __future__ import annotations

from collections import Counter

from engagements.exchange.plan import Plan
from engagements.exchange.profiles import Profile
from engagements.exchange.rows import Key, ReadAmendment, ReadContract
from engagements.models import Side

_Couple = tuple[Key | None, Key | None]


def counted_out(
    plan: Plan, read: list[ReadContract], amended: list[ReadAmendment], profile: Profile
) -> Counter[str]:
    """Rejected contracts and amendments by rows; organisations and relationships
    where no accepted row names them."""
    lines = plan.rejected_lines
    lost = [one for one in read if one.line in lines]
    couples = {_couple(one) for one in lost if _names_both(one, profile)}
    sides = {party.key for one in lost for party in (one.client, one.supplier) if party}
    out = {r.line for r in plan.remarks if r.rejects and r.of_amendments}
    return Counter(
        contracts=len(lost),
        organisations=len(sides - {one.key for one in plan.organisations}),
        relationships=len(couples - _taken(plan)),
        amendments=len(out & {one.line for one in amended}),
    )


def _taken(plan: Plan) -> set[_Couple]:
    return {
        (
            one.client.key if one.client else None,
            one.supplier.key if one.supplier else None,
        )
        for one in plan.relationships
    }


def _couple(one: ReadContract) -> _Couple:
    return (
        one.client.key if one.client else None,
        one.supplier.key if one.supplier else None,
    )


def _names_both(one: ReadContract, profile: Profile) -> bool:
    """Whether a row says who its relationship would be between."""
    return all(
        party is not None or not profile.party(side).present
        for party, side in ((one.client, Side.CLIENT), (one.supplier, Side.SUPPLIER))
    )
