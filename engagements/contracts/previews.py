"""What follows from terms that are still being typed; nothing is written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.forms import Form
from django.utils import timezone
from django.utils.translation import gettext as _

from engagements.contracts import wording
from engagements.contracts.figures import compute, store
from engagements.contracts.terms import TermsError, weekdays
from engagements.models import Contract, Relationship, Side
from engagements.parties.calendars import joint_calendar


@dataclass(frozen=True)
class SideFollows:
    """The days of one side."""

    side: str
    name: str
    notice_by: date | None
    act_by: date | None
    passed: bool


@dataclass(frozen=True)
class Follows:
    """The end, the deadlines and the sentence that terms lead to."""

    sentence: str
    ends: date | None
    clause: str
    sides: tuple[SideFollows, ...] = ()


def follows(form: Form, row: Contract | None = None) -> Follows | None:
    """The days as far as the form says; None while it does not say when it begins."""
    data = _typed(form)
    if not data.get("start_on"):
        return None
    relationship = row.relationship if row else data.get("relationship")
    contract = _as_typed(data, relationship, row)
    works = weekdays
    if relationship is not None:
        works = joint_calendar(relationship.client, relationship.supplier).works
    today = timezone.localdate()
    try:
        store(contract, compute(contract, today, works))
    except TermsError:
        return Follows(_("These terms contradict each other so far."), None, "")
    return Follows(
        sentence=_sentence(contract, relationship, today),
        ends=contract.current_end_on,
        clause=contract.notice_clause,
        sides=tuple(_side(contract, relationship, side, today) for side in Side),
    )


def _typed(form: Form) -> dict[str, Any]:
    if form.is_bound:
        form.is_valid()
        return form.cleaned_data
    return dict(form.initial)


def _as_typed(
    data: dict[str, Any], relationship: Relationship | None, row: Contract | None
) -> Contract:
    names = {field.attname for field in Contract._meta.concrete_fields}
    values = {name: value for name, value in data.items() if name in names}
    contract = Contract(**values)
    if relationship is not None:
        contract.relationship = relationship
    if row is not None:
        kept = ("notice_given_by", "notice_given_on", "terminated_on", "notice_clause")
        for name in (*kept, "confirmed_renewals"):
            setattr(contract, name, values.get(name, getattr(row, name)))
    return contract


def _sentence(
    contract: Contract, relationship: Relationship | None, today: date
) -> str:
    if relationship is None and contract.state == Contract.State.ENDING:
        return ""
    return wording.in_words(contract, Side.CLIENT, today)


def _side(
    contract: Contract, relationship: Relationship | None, side: Side, today: date
) -> SideFollows:
    day = wording.act_by(contract, side)
    name = str(side.label)
    if relationship is not None:
        name = getattr(relationship, side.value).name
    return SideFollows(
        side=side.value,
        name=name,
        notice_by=wording.notice_by(contract, side),
        act_by=day,
        passed=day is not None and day < today,
    )
