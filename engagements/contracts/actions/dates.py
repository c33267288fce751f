"""Options, breaks and other days that matter: named, corrected, settled."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from engagements.contracts.actions import keeping
from engagements.contracts.figures import refresh_sides
from engagements.contracts.terms import add_months
from engagements.errors import RuleError
from engagements.models import Contract, KeyDate, Standing
from engagements.wording import long_day


@transaction.atomic
def add_key_date(
    *, by: Standing, contract: Contract, values: Mapping[str, Any]
) -> KeyDate:
    """Name an option, a break or another day that matters."""
    contract = keeping.hold(contract)
    row = KeyDate(contract=contract, **values)
    _check(row, contract)
    row.save(force_insert=True)
    refresh_sides([contract.relationship_id], timezone.localdate())
    keeping.record(contract, {"key_date": [None, _said(row)]}, by=by)
    keeping.tell(contract, _said(row), by=by, mark="date")
    return row


@transaction.atomic
def change_key_date(
    *, by: Standing, key_date: KeyDate, values: Mapping[str, Any], reason: str
) -> KeyDate:
    """Correct a day, with the reason; what was warned of before warns again."""
    contract = keeping.hold(key_date.contract)
    row = KeyDate.objects.get(pk=key_date.pk)
    if row.settled_at:
        raise RuleError(_("This date is already settled."))
    before, day = _said(row), row.on
    for name, value in values.items():
        setattr(row, name, value)
    if not reason:
        raise RuleError(_("Say why the date is corrected."), field="reason")
    _check(row, contract)
    row.save()
    if row.on != day:
        contract.alarm_counter += 1
        contract.save(update_fields=["alarm_counter", "updated_at"])
    refresh_sides([contract.relationship_id], timezone.localdate())
    fields: dict[str, list[str | None]] = {"key_date": [before, _said(row)]}
    keeping.record(contract, fields, by=by, reason=reason)
    keeping.tell(contract, _said(row), by=by, mark="date", text=reason)
    return row


@transaction.atomic
def settle_key_date(
    *, by: Standing, key_date: KeyDate, outcome: str, taken: bool = False
) -> KeyDate:
    """Say what became of a key date; it warns no longer.

    An option that was `taken` moves the end of the contract by its months.
    """
    contract = keeping.hold(key_date.contract)
    row = KeyDate.objects.get(pk=key_date.pk)
    if row.settled_at:
        raise RuleError(_("This date is already settled."))
    row.settled_at = timezone.now()
    row.outcome = outcome
    row.save(update_fields=["settled_at", "outcome", "updated_at"])
    if taken:
        _extend(contract, row, by=by)
    refresh_sides([contract.relationship_id], timezone.localdate())
    keeping.record(contract, {"key_date": [_said(row), outcome]}, by=by)
    keeping.tell(contract, f"{row.title}. {outcome}", by=by, mark="date")
    return row


def _extend(contract: Contract, option: KeyDate, *, by: Standing) -> None:
    end = contract.current_end_on
    if option.kind != KeyDate.Kind.OPTION or not option.extends_months or end is None:
        words = _("Only an option with its months moves the end of a contract.")
        raise RuleError(words, field="taken")
    values = {
        "end_on": add_months(end, option.extends_months),
        "initial_months": None,
        # The new end counts from here: terms confirmed before are part of it.
        "confirmed_renewals": 0,
    }
    keeping.write(contract, values, by=by, reason=option.title)


def _check(row: KeyDate, contract: Contract) -> None:
    keeping.check_row(row)
    if row.on < contract.start_on:
        words = _("The last day must not be before the contract begins on %(day)s.")
        raise RuleError(words % {"day": long_day(contract.start_on)}, field="on")
    end = contract.current_end_on
    final = contract.next_end_on is None and row.kind != KeyDate.Kind.OTHER
    if final and end is not None and row.on > end:
        words = _("The last day must not be after the term ends on %(day)s.")
        raise RuleError(words % {"day": long_day(end)}, field="on")


def _said(row: KeyDate) -> str:
    return f"{row.title}, {long_day(row.on)}"
