"""What every write to a contract shares: the lock, the checks, the traces it leaves."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from engagements import history, search
from engagements.contracts import mails
from engagements.contracts.figures import compute, refresh_sides, store
from engagements.contracts.terms import TermsError
from engagements.errors import RuleError
from engagements.models import (
    Amendment,
    Contract,
    ContractDocument,
    KeyDate,
    Relationship,
    SearchEntry,
    Standing,
    TimelineEntry,
    Visibility,
)
from engagements.parties.calendars import joint_calendar
from engagements.wording import long_day

# Frameworks within frameworks; more than this is a circle.
DEEPEST = 20


def hold_relationship(pk: UUID) -> None:
    """Hold a relationship until the transaction ends.

    Two contracts of one relationship write the same figures of its sides: whoever
    comes second must read what the first wrote.
    """
    rows = Relationship.objects.order_by().select_for_update(no_key=True)
    rows.values_list("pk").get(pk=pk)


def hold(contract: Contract, *, archived: bool = False) -> Contract:
    """The contract as it stands now, held until the transaction ends."""
    hold_relationship(contract.relationship_id)
    rows = Contract.objects.select_for_update(no_key=True, of=("self",))
    found = rows.select_related(
        "relationship__client", "relationship__supplier", "parent"
    ).get(pk=contract.pk)
    if found.archived_at and not archived:
        raise RuleError(_("This contract is archived: restore it first."))
    return found


def write(
    contract: Contract,
    values: Mapping[str, Any],
    *,
    by: Standing,
    reason: str = "",
) -> dict[str, list[str | None]]:
    """Set values on a held contract with all that follows; says what differed."""
    fields = history.differences(contract, dict(values))
    for name, value in values.items():
        setattr(contract, name, value)
    check(contract)
    contract.save()
    refresh_sides([contract.relationship_id], timezone.localdate())
    record(contract, fields, by=by, reason=reason)
    return fields


def check(contract: Contract) -> None:
    """Refuse what contradicts itself, and compute the stored days of the rest."""
    if contract.drafted and contract.signed_on:
        raise RuleError(
            _("A draft is not signed: leave the day empty, or untick the draft."),
            field="signed_on",
        )
    _check_parent(contract)
    both = joint_calendar(contract.relationship.client, contract.relationship.supplier)
    try:
        values = compute(contract, timezone.localdate(), both.works)
    except TermsError as error:
        raise worded(error, contract) from error
    store(contract, values)
    check_row(contract)


def check_row(row: Contract | KeyDate) -> None:
    """Refuse a row that its table would refuse, in words."""
    try:
        row.full_clean(exclude=["relationship", "change_set"])
    except ValidationError as error:
        field, messages = next(iter(error.message_dict.items()))
        field = "" if field == "__all__" else field
        raise RuleError(messages[0], field=field) from error


def _check_parent(contract: Contract) -> None:
    parent = contract.parent
    if parent is None:
        return
    if parent.relationship_id != contract.relationship_id:
        words = _("The framework must belong to the same relationship.")
        raise RuleError(words, field="parent")
    above: Contract | None = parent
    for _step in range(DEEPEST):
        if above is None:
            return
        if above.pk == contract.pk:
            break
        above = above.parent
    words = _("“%(title)s” stands under this contract itself.")
    raise RuleError(words % {"title": parent.title}, field="parent")


def worded(error: TermsError, contract: Contract) -> RuleError:
    """A contradiction in the terms, in words, on the field where it was typed."""
    if error.field == "end":
        words = _("The last day must not be before the contract begins on %(day)s.")
        day = {"day": long_day(contract.start_on)}
        return RuleError(words % day, field="end_on")
    if error.field == "renewal_months":
        words = _("Say by how many months it renews, such as 12.")
        return RuleError(words, field="renewal_months")
    if error.field == "initial_months":
        words = _("The initial term must be 1 to 1,200 months.")
        return RuleError(words, field="initial_months")
    if error.field == "notice":
        words = _("A notice period must be 0 to 1,200 months, or 0 to 36,525 days.")
        return RuleError(words, field="client_notice")
    words = _("These terms run past the end of the calendar. Try a shorter term.")
    return RuleError(words, field="end_on" if contract.end_on else "initial_months")


def record(
    contract: Contract,
    fields: dict[str, list[str | None]],
    *,
    by: Standing,
    reason: str = "",
    visibility: str = Visibility.SHARED,
) -> None:
    """Keep a dated edit; the other side reads it and is told of it."""
    change = history.record_change(
        contract,
        fields,
        by=by,
        relationship=contract.relationship,
        visibility=visibility,
        reason=reason,
    )
    if change is not None and visibility == Visibility.SHARED:
        mails.owe_change(change, by=by)


def tell(
    contract: Contract,
    title: str,
    *,
    by: Standing,
    mark: str = "",
    text: str = "",
    once: Contract | Amendment | ContractDocument | None = None,
    visibility: str = Visibility.SHARED,
) -> None:
    """Put it on the timeline; `once` names what may stand there only once."""
    history.record_event(
        contract.relationship,
        kind=TimelineEntry.Kind.CONTRACT,
        mark=mark,
        title=f"{contract.title}: {title}",
        organisation=by.organisation,
        visibility=visibility,
        row=once,
        address=contract.get_absolute_url(),
        people=[by.contact],
        text=text,
    )


def make_findable(contract: Contract) -> None:
    """Keep the words a contract is found by."""
    references = (contract.client_reference, contract.supplier_reference)
    search.index(
        contract,
        kind=SearchEntry.Kind.CONTRACT,
        label=contract.title,
        detail=" ".join(filter(None, references)),
        also=[contract.external_id],
        relationship=contract.relationship,
    )
