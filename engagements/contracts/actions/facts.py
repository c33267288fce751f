"""A contract is recorded, corrected, amended, put away and taken out again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from engagements import history, search
from engagements.contracts.actions import keeping
from engagements.contracts.figures import refresh_sides
from engagements.errors import RuleError
from engagements.models import Amendment, Contract, Relationship, Standing
from engagements.wording import long_day

# What a signature covers: later changes are amendments, or corrections with a reason.
TERM_FIELDS = (
    "start_on",
    "end_on",
    "initial_months",
    "renewal",
    "renewal_months",
    "client_notice",
    "client_notice_unit",
    "supplier_notice",
    "supplier_notice_unit",
    "value",
    "value_basis",
    "currency",
    "typed_annual_value",
)


@transaction.atomic
def create_contract(
    *, by: Standing, relationship: Relationship, values: Mapping[str, Any]
) -> Contract:
    """Record a contract. Raises RuleError where its terms contradict themselves."""
    keeping.hold_relationship(relationship.pk)
    contract = Contract(relationship=relationship, **values)
    contract.original_value = contract.value
    contract.original_start_on = contract.start_on
    contract.original_end_on = contract.end_on
    keeping.check(contract)
    contract.save(force_insert=True)
    refresh_sides([relationship.pk], timezone.localdate())
    keeping.record(contract, {"recorded": [None, contract.title]}, by=by)
    words = _("Draft recorded") if contract.drafted else _("Contract recorded")
    keeping.tell(contract, words, by=by, mark="recorded", once=contract)
    keeping.make_findable(contract)
    return contract


@transaction.atomic
def change_contract(
    *, by: Standing, contract: Contract, values: Mapping[str, Any], reason: str = ""
) -> Contract:
    """Correct facts of a contract; signed terms need a reason."""
    contract = keeping.hold(contract)
    signed = bool(contract.signed_on)
    terms = set(history.differences(contract, dict(values))) & set(TERM_FIELDS)
    if signed and terms and not reason:
        raise RuleError(
            _(
                "This contract is signed: say why its terms are corrected, "
                "or record an amendment."
            ),
            field="reason",
        )
    if not contract.amendments.exists():
        # Mistyped from the start: what was agreed first is what stands now.
        values = {**values, **_as_agreed_first(values)}
    fields = keeping.write(contract, values, by=by, reason=reason)
    if fields:
        words = _("Contract corrected") if signed else _("Contract changed")
        keeping.tell(contract, words, by=by, mark="changed", text=reason)
        keeping.make_findable(contract)
    return contract


def _as_agreed_first(values: Mapping[str, Any]) -> dict[str, Any]:
    first = ("value", "start_on", "end_on")
    return {f"original_{name}": values[name] for name in first if name in values}


@transaction.atomic
def amend(
    *,
    by: Standing,
    contract: Contract,
    values: Mapping[str, Any],
    signed_on: date,
    reference: str = "",
    effective_on: date | None = None,
    reason: str = "",
) -> Amendment:
    """Record a signed change, with the terms before and after."""
    contract = keeping.hold(contract)
    terms = {name: value for name, value in values.items() if name in TERM_FIELDS}
    if not history.differences(contract, terms):
        raise RuleError(_("Nothing differs from the terms as they are."))
    if contract.drafted:
        raise RuleError(_("A draft is changed, not amended: correct its facts."))
    if contract.signed_on and signed_on < contract.signed_on:
        words = _("The amendment must not be signed before the contract, on %(day)s.")
        day = {"day": long_day(contract.signed_on)}
        raise RuleError(words % day, field="signed_on")
    fields = keeping.write(contract, terms, by=by, reason=reason)
    amendment = Amendment.objects.create(
        contract=contract,
        number=contract.amendments.count() + 1,
        reference=reference,
        signed_on=signed_on,
        effective_on=effective_on,
        reason=reason,
        changes=fields,
    )
    words = _("Amendment %(number)d signed") % {"number": amendment.number}
    keeping.tell(contract, words, by=by, mark="amended", text=reason, once=amendment)
    return amendment


@transaction.atomic
def archive_contract(*, by: Standing, contract: Contract, reason: str) -> Contract:
    """Put a contract away; it warns and counts no longer."""
    contract = keeping.hold(contract)
    under = contract.children.active().count()
    if under:
        words = _("%(count)d contracts stand under this framework: archive them first.")
        raise RuleError(words % {"count": under})
    _put(contract, away=True, by=by, reason=reason)
    keeping.tell(contract, _("Archived"), by=by, mark="archived", text=reason)
    search.forget(contract)
    return contract


@transaction.atomic
def restore_contract(*, by: Standing, contract: Contract) -> Contract:
    """Take an archived contract out again; it warns and counts as before."""
    contract = keeping.hold(contract, archived=True)
    if not contract.archived_at:
        raise RuleError(_("This contract is not archived."))
    _put(contract, away=False, by=by, reason="")
    keeping.tell(contract, _("Restored"), by=by, mark="restored")
    keeping.make_findable(contract)
    return contract


def _put(contract: Contract, *, away: bool, by: Standing, reason: str) -> None:
    today = timezone.localdate()
    contract.archived_at = timezone.now() if away else None
    keeping.check(contract)
    contract.save()
    refresh_sides([contract.relationship_id], today)
    day = today.isoformat()
    fields: dict[str, list[str | None]] = {"archived": [None, day]}
    if not away:
        fields = {"archived": [day, None]}
    keeping.record(contract, fields, by=by, reason=reason)
