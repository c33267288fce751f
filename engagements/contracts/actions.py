"""Writes to contracts: each locks, keeps the change with its reason, and refreshes
the stored days in the same transaction."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from engagements import history, search
from engagements.contracts.figures import compute, refresh_sides, store
from engagements.contracts.terms import TermsError
from engagements.errors import RuleError
from engagements.models import (
    Amendment,
    Contract,
    KeyDate,
    Relationship,
    SearchEntry,
    Side,
    Standing,
    TimelineEntry,
    Visibility,
)
from engagements.parties.calendars import joint_calendar
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
# Where the form shows what the rules of terms complain about.
_FORM_FIELDS = {
    "start": "start_on",
    "end": "end_on",
    "notice": "client_notice",
    "term": "end_on",
    "notice_given": "notice_given_on",
}


@transaction.atomic
def create_contract(
    *, by: Standing, relationship: Relationship, values: Mapping[str, Any]
) -> Contract:
    """Record a contract. Raises RuleError where its terms contradict themselves."""
    contract = Contract(relationship=relationship)
    for name, value in values.items():
        setattr(contract, name, value)
    contract.original_value = contract.value
    contract.original_start_on = contract.start_on
    contract.original_end_on = contract.end_on
    _check(contract)
    _refresh(contract)
    contract.save(force_insert=True)
    refresh_sides([relationship.pk], timezone.localdate())
    _tell(contract, by, mark="recorded", title=_("Contract recorded"))
    return contract


@transaction.atomic
def change_contract(
    *, by: Standing, contract: Contract, values: Mapping[str, Any], reason: str = ""
) -> Contract:
    """Change facts of a contract; terms that are signed need a reason."""
    contract = _locked(contract)
    fields = history.differences(contract, dict(values))
    if not fields:
        return contract
    if contract.signed_on and not reason and set(fields) & set(TERM_FIELDS):
        raise RuleError(
            _(
                "This contract is signed: say why its terms are corrected, "
                "or record an amendment."
            ),
            field="reason",
        )
    _apply(contract, values)
    _record(contract, by, fields, reason)
    _tell(contract, by, mark="", title=_("Contract corrected"), text=reason)
    return contract


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
    contract = _locked(contract)
    terms = {name: value for name, value in values.items() if name in TERM_FIELDS}
    fields = history.differences(contract, terms)
    if not fields:
        raise RuleError(_("Nothing differs from the terms as they are."))
    amendment = Amendment.objects.create(
        contract=contract,
        number=contract.amendments.count() + 1,
        reference=reference,
        signed_on=signed_on,
        effective_on=effective_on,
        reason=reason,
        changes=fields,
    )
    _apply(contract, terms)
    _record(contract, by, fields, reason)
    words = _("Amendment %(number)d signed") % {"number": amendment.number}
    _tell(contract, by, mark="amended", title=words, text=reason, row=amendment)
    return amendment


@transaction.atomic
def give_notice(*, by: Standing, contract: Contract, side: Side, on: date) -> Contract:
    """One side told the other that it ends the contract."""
    contract = _locked(contract)
    if contract.notice_given_by:
        raise RuleError(_("Notice was already given on this contract."))
    if on > timezone.localdate():
        raise RuleError(_("Notice is recorded once it is given."), field="on")
    values = {"notice_given_by": side.value, "notice_given_on": on}
    fields = history.differences(contract, values)
    _apply(contract, values)
    _record(contract, by, fields, "")
    name = getattr(contract.relationship, side.value).name
    title = _("%(name)s gave notice on %(day)s") % {"name": name, "day": long_day(on)}
    _tell(contract, by, mark="notice", title=title)
    return contract


@transaction.atomic
def withdraw_notice(*, by: Standing, contract: Contract, reason: str) -> Contract:
    """Both sides go on: the notice no longer stands."""
    contract = _locked(contract)
    if not contract.notice_given_by:
        raise RuleError(_("No notice was given on this contract."))
    values = {"notice_given_by": "", "notice_given_on": None}
    fields = history.differences(contract, values)
    _apply(contract, values)
    _record(contract, by, fields, reason)
    _tell(contract, by, mark="", title=_("Notice withdrawn"), text=reason)
    return contract


@transaction.atomic
def confirm_renewal(*, by: Standing, contract: Contract) -> Contract:
    """Both sides agreed to go on for another term."""
    contract = _locked(contract)
    if contract.renewal != Contract.Renewal.EXPRESS:
        raise RuleError(_("Only a contract that renews by agreement is confirmed."))
    values = {"confirmed_renewals": contract.confirmed_renewals + 1}
    fields = history.differences(contract, values)
    _apply(contract, values)
    _record(contract, by, fields, "")
    _tell(contract, by, mark="", title=_("Renewal confirmed"))
    return contract


@transaction.atomic
def terminate(
    *, by: Standing, contract: Contract, side: Side, on: date, reason: str
) -> Contract:
    """End a contract before its term, with the reason of the side that says so.

    The second side adds its own reason; the day stays the first one named.
    """
    contract = _locked(contract)
    if on < contract.start_on:
        raise RuleError(
            _("The day must not be before the contract begins."), field="on"
        )
    values = {
        "terminated_on": contract.terminated_on or on,
        f"{side.value}_termination_reason": reason,
    }
    fields = history.differences(contract, values)
    _apply(contract, values)
    _record(contract, by, fields, reason)
    _tell(contract, by, mark="ended", title=_("Contract ended early"), text=reason)
    return contract


@transaction.atomic
def add_key_date(
    *, by: Standing, contract: Contract, values: Mapping[str, Any]
) -> KeyDate:
    """Name an option, a break or another day that matters."""
    contract = _locked(contract)
    key_date = KeyDate(contract=contract, **values)
    _validate(key_date)
    key_date.save(force_insert=True)
    refresh_sides([contract.relationship_id], timezone.localdate())
    day = long_day(key_date.on)
    fields = {"key_date": [None, f"{key_date.title}, {day}"]}
    _record(contract, by, fields, "")
    return key_date


@transaction.atomic
def settle_key_date(*, by: Standing, key_date: KeyDate, outcome: str) -> KeyDate:
    """Say what became of a key date; it warns no longer."""
    contract = _locked(key_date.contract)
    key_date = KeyDate.objects.get(pk=key_date.pk)
    if key_date.settled_at:
        raise RuleError(_("This date is already settled."))
    key_date.settled_at = timezone.now()
    key_date.outcome = outcome
    key_date.save(update_fields=["settled_at", "outcome", "updated_at"])
    refresh_sides([contract.relationship_id], timezone.localdate())
    _record(contract, by, {"key_date": [key_date.title, outcome]}, "")
    return key_date


@transaction.atomic
def archive_contract(*, by: Standing, contract: Contract, reason: str) -> Contract:
    """Put a contract away; it warns and counts no longer."""
    contract = _locked(contract)
    if contract.children.active().exists():
        raise RuleError(_("Contracts stand under this framework: archive them first."))
    contract.archived_at = timezone.now()
    contract.save(update_fields=["archived_at", "updated_at"])
    refresh_sides([contract.relationship_id], timezone.localdate())
    _record(contract, by, {"archived": [None, str(timezone.localdate())]}, reason)
    search.forget(contract)
    return contract


def _locked(contract: Contract) -> Contract:
    rows = Contract.objects.select_for_update(no_key=True, of=("self",))
    return rows.select_related(
        "relationship__client", "relationship__supplier", "parent"
    ).get(pk=contract.pk)


def _apply(contract: Contract, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        setattr(contract, name, value)
    _check(contract)
    _refresh(contract)
    contract.save()
    refresh_sides([contract.relationship_id], timezone.localdate())


def _check(contract: Contract) -> None:
    parent = contract.parent
    if parent is not None and parent.relationship_id != contract.relationship_id:
        raise RuleError(
            _("The framework must belong to the same relationship."), field="parent"
        )
    _validate(contract)


def _validate(row: Contract | KeyDate) -> None:
    try:
        row.full_clean(exclude=["relationship"])
    except ValidationError as error:
        for field, messages in error.message_dict.items():
            raise RuleError(
                messages[0], field="" if field == "__all__" else field
            ) from error


def _refresh(contract: Contract) -> None:
    relationship = contract.relationship
    both = joint_calendar(relationship.client, relationship.supplier)
    try:
        values = compute(contract, timezone.localdate(), both.works)
    except TermsError as error:
        field = _FORM_FIELDS.get(error.field, error.field)
        raise RuleError(error.reason, field=field) from error
    store(contract, values)


def _record(
    contract: Contract, by: Standing, fields: dict[str, list], reason: str
) -> None:
    history.record_change(
        contract,
        fields,
        by=by,
        relationship=contract.relationship,
        visibility=Visibility.SHARED,
        reason=reason,
    )


def _tell(
    contract: Contract,
    by: Standing,
    *,
    mark: str,
    title: str,
    text: str = "",
    row: Contract | Amendment | None = None,
) -> None:
    """The event on the timeline of both sides, and the names to find it by."""
    history.record_event(
        contract.relationship,
        kind=TimelineEntry.Kind.CONTRACT,
        mark=mark,
        title=f"{contract.title}: {title}",
        organisation=by.organisation,
        visibility=Visibility.SHARED,
        # Without a mark the same thing may happen again: an entry of its own.
        row=(row or contract) if mark else None,
        address=contract.get_absolute_url(),
        people=[by.contact],
        text=text,
    )
    search.index(
        contract,
        kind=SearchEntry.Kind.CONTRACT,
        label=contract.title,
        detail=" ".join(
            filter(None, [contract.client_reference, contract.supplier_reference])
        ),
        also=[contract.external_id],
        relationship=contract.relationship,
    )
