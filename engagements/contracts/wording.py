"""A contract's terms in sentences, alike for both sides; a passed date is said."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from engagements.models import Contract, Side
from engagements.wording import full_day, long_day


def days_left(contract: Contract, side: Side, today: date) -> int | None:
    """Days until a side must act; None without a deadline or once it has passed."""
    day = act_by(contract, side)
    return (day - today).days if day is not None and day >= today else None


def act_by(contract: Contract, side: Side) -> date | None:
    """The working day by which a side must act."""
    return contract.client_act_by if side == Side.CLIENT else contract.supplier_act_by


def notice_by(contract: Contract, side: Side) -> date | None:
    """The day the contract itself names for a side."""
    if side == Side.CLIENT:
        return contract.client_notice_by
    return contract.supplier_notice_by


def in_words(contract: Contract, side: Side, today: date) -> str:
    """What happens next if nobody does anything, for the reader's side."""
    state = contract.state
    if state == Contract.State.DRAFT:
        return _("A draft: nothing is agreed yet.")
    if state == Contract.State.TERMINATED:
        return _("It was ended early, on %(day)s.") % _day(contract.current_end_on)
    if state == Contract.State.EXPIRED:
        return _("It ended on %(day)s.") % _day(contract.current_end_on)
    if state == Contract.State.UPCOMING:
        return _("It begins on %(day)s.") % _day(contract.start_on)
    if state == Contract.State.ENDING:
        return _ending(contract)
    if state == Contract.State.OPEN_ENDED:
        return _("It runs on until one side gives notice.")
    return _running(contract, side, today)


def _day(day: date | None) -> dict[str, str]:
    return {"day": long_day(day) if day else _("a day that is not known")}


def _ending(contract: Contract) -> str:
    if not contract.notice_given_by:
        return _("It ends early, on %(day)s.") % _day(contract.current_end_on)
    name = getattr(contract.relationship, contract.notice_given_by).name
    return _("%(name)s gave notice. It ends on %(day)s.") % {
        "name": name,
        **_day(contract.current_end_on),
    }


def _running(contract: Contract, side: Side, today: date) -> str:
    deadline, end = act_by(contract, side), _day(contract.current_end_on)
    if contract.renewal == Contract.Renewal.TACIT:
        return _tacit(contract, deadline, today)
    if contract.renewal == Contract.Renewal.EXPRESS:
        words = _("It ends on %(day)s unless both sides confirm another term.")
        return words % end
    return _("It ends on %(day)s. It does not renew by itself.") % end


def _tacit(contract: Contract, deadline: date | None, today: date) -> str:
    until = long_day(contract.next_end_on) if contract.next_end_on else ""
    if deadline is None:
        words = _("Without notice by %(day)s it renews to %(until)s.")
        return words % {**_day(contract.current_end_on), "until": until}
    if deadline < today:
        words = _(
            "The last day for notice was %(day)s. After %(end)s it renews to %(until)s."
        )
        return words % {
            "day": long_day(deadline),
            "end": _day(contract.current_end_on)["day"],
            "until": until,
        }
    words = _("If nobody gives notice by %(day)s, it renews to %(until)s.")
    return words % {"day": full_day(deadline, today), "until": until}


def notice_period(contract: Contract, side: Side) -> str:
    """A side's notice period: "3 months", "30 business days"; unknown is said."""
    count = getattr(contract, f"{side.value}_notice")
    if count is None:
        return ""
    unit = getattr(contract, f"{side.value}_notice_unit")
    if unit == Contract.Unit.MONTHS:
        return ngettext("%(count)d month", "%(count)d months", count) % {"count": count}
    if unit == Contract.Unit.BUSINESS_DAYS:
        words = ngettext("%(count)d business day", "%(count)d business days", count)
        return words % {"count": count}
    return ngettext("%(count)d day", "%(count)d days", count) % {"count": count}
