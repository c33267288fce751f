"""Amendments of a file, with the terms before and after each."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from engagements.exchange.amending import PlannedAmendment
from engagements.exchange.plan import Plan, PlannedContract
from engagements.exchange.queries import BATCH, in_batches
from engagements.exchange.writing.act import Act, save_all
from engagements.exchange.writing.contracts import noon_of
from engagements.models import Amendment, Contract, TimelineEntry, Visibility


def write_amendments(plan: Plan, act: Act) -> None:
    """Write the new amendments, and those the file tells differently now."""
    pairs = [
        (contract, amendment)
        for contract in plan.contracts
        for amendment in contract.amendments
    ]
    new = [pair for pair in pairs if pair[1].outcome == "new"]
    save_all(Amendment, (_amendment(contract, one, act) for contract, one in new))
    titles = _titles({contract.pk for contract, _one in new})
    save_all(
        TimelineEntry,
        (_amended(contract, one, act, titles[contract.pk]) for contract, one in new),
    )
    moved = [
        _amendment(contract, one, act)
        for contract, one in pairs
        if one.outcome == "updated"
    ]
    Amendment.objects.bulk_update(
        moved, ["changes", "signed_on", "effective_on", "reason"], batch_size=BATCH
    )


def _amendment(contract: PlannedContract, one: PlannedAmendment, act: Act) -> Amendment:
    return Amendment(
        pk=one.pk,
        contract_id=contract.pk,
        number=one.number,
        reference=one.reference,
        changes=one.changes,
        change_set=act.change_set,
        **{**(one.known.facts if one.known else {}), **one.facts},
    )


def _titles(pks: Iterable[UUID]) -> dict[UUID, str]:
    found: dict[UUID, str] = {}
    for batch in in_batches(pks):
        rows = Contract.objects.filter(pk__in=batch)
        found.update(rows.values_list("pk", "title"))
    return found


def _amended(
    contract: PlannedContract, one: PlannedAmendment, act: Act, title: str
) -> TimelineEntry:
    signed = one.facts.get("signed_on")
    words = _("Amendment %(number)d signed") % {"number": one.number}
    return TimelineEntry(
        relationship_id=contract.relationship,
        kind=TimelineEntry.Kind.CONTRACT,
        mark="amended",
        at=noon_of(signed) if signed else timezone.now(),
        organisation=act.own,
        visibility=Visibility.SHARED,
        object_id=one.pk,
        address=Contract(pk=contract.pk).get_absolute_url(),
        title=f"{title}: {words}"[:200],
    )
