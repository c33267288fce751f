"""How a contract ends or goes on: notice, confirmation, early termination."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from engagements.contracts.actions import keeping
from engagements.errors import RuleError
from engagements.models import Contract, Side, Standing
from engagements.wording import long_day

OVER = (Contract.State.EXPIRED, Contract.State.TERMINATED)


@transaction.atomic
def give_notice(
    *, by: Standing, contract: Contract, side: Side, on: date, reason: str = ""
) -> Contract:
    """One side told the other that it ends the contract.

    A notice too late for one end counts for the next, as the terms say.
    """
    contract = keeping.hold(contract)
    if contract.notice_given_by:
        raise RuleError(_("Notice was already given on this contract."))
    _check_running(contract)
    _check_notice_day(contract, on)
    values = {"notice_given_by": side.value, "notice_given_on": on}
    keeping.write(contract, values, by=by, reason=reason)
    name = getattr(contract.relationship, side.value).name
    words = _("%(name)s gave notice on %(day)s") % {"name": name, "day": long_day(on)}
    keeping.tell(contract, words, by=by, mark="notice", text=reason)
    return contract


def _check_running(contract: Contract) -> None:
    if contract.drafted:
        raise RuleError(_("A draft binds nobody: there is nothing to end."))
    if contract.state in OVER:
        words = _("This contract ended on %(day)s.")
        end = contract.current_end_on
        raise RuleError(words % {"day": long_day(end) if end else _("Not known")})


def _check_notice_day(contract: Contract, on: date) -> None:
    if on > timezone.localdate():
        words = _("Notice date must not be after today: record it once it is given.")
        raise RuleError(words, field="on")
    first = contract.signed_on or contract.start_on
    if on < first:
        words = _("Notice date must not be before the contract stood, on %(day)s.")
        raise RuleError(words % {"day": long_day(first)}, field="on")


@transaction.atomic
def withdraw_notice(*, by: Standing, contract: Contract, reason: str) -> Contract:
    """Both sides go on: the notice no longer stands."""
    contract = keeping.hold(contract)
    if not contract.notice_given_by:
        raise RuleError(_("No notice was given on this contract."))
    values = {"notice_given_by": "", "notice_given_on": None}
    keeping.write(contract, values, by=by, reason=reason)
    words = _("Notice withdrawn")
    keeping.tell(contract, words, by=by, mark="withdrawn", text=reason)
    return contract


@transaction.atomic
def confirm_renewal(
    *, by: Standing, contract: Contract, times: int | None = None
) -> Contract:
    """Both sides agreed to go on for another term.

    `times` is how often it was confirmed when the page was shown: a form sent twice
    confirms once.
    """
    contract = keeping.hold(contract)
    if contract.renewal != Contract.Renewal.EXPRESS:
        raise RuleError(_("Only a contract that renews by agreement is confirmed."))
    if times is not None and times != contract.confirmed_renewals:
        raise RuleError(_("This renewal was confirmed in the meantime."))
    if contract.terminated_on or contract.notice_given_by or contract.drafted:
        raise RuleError(_("This contract is ending: it cannot go on as well."))
    values = {"confirmed_renewals": contract.confirmed_renewals + 1}
    keeping.write(contract, values, by=by)
    if contract.current_end_on is None:
        raise RuleError(_("This contract has no end: there is nothing to renew."))
    words = _("Renewal confirmed, now to %(day)s")
    words %= {"day": long_day(contract.current_end_on)}
    keeping.tell(contract, words, by=by, mark="renewed")
    return contract


@transaction.atomic
def terminate(
    *, by: Standing, contract: Contract, side: Side, on: date, reason: str
) -> Contract:
    """End a contract before its term, with the reason of the side that says so.

    The second side adds its own reason to the same day.
    """
    contract = keeping.hold(contract)
    _check_last_day(contract, side, on)
    values = {"terminated_on": on, f"{side.value}_termination_reason": reason}
    first = contract.terminated_on is None
    fields = keeping.write(contract, values, by=by, reason=reason)
    words = _("Ends early, on %(day)s") if first else _("Reason for ending on %(day)s")
    if fields:
        words %= {"day": long_day(on)}
        keeping.tell(contract, words, by=by, mark="ended", text=reason)
    return contract


def _check_last_day(contract: Contract, side: Side, on: date) -> None:
    if contract.drafted:
        raise RuleError(_("A draft binds nobody: there is nothing to end."))
    if on < contract.start_on:
        words = _("The last day must not be before the contract begins on %(day)s.")
        raise RuleError(words % {"day": long_day(contract.start_on)}, field="on")
    other = getattr(contract, f"{side.other.value}_termination_reason")
    if contract.terminated_on and other and on != contract.terminated_on:
        words = _("The other side wrote its reason for %(day)s: the day stays.")
        raise RuleError(words % {"day": long_day(contract.terminated_on)}, field="on")
    end = contract.current_end_on
    if contract.terminated_on is None and end and on >= end:
        words = _("The day must be before the term ends on %(day)s.")
        raise RuleError(words % {"day": long_day(end)}, field="on")
