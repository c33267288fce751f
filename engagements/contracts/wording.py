"""A contract's terms in sentences, alike for both sides; a passed date is said."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from engagements.models import Contract, KeyDate, Side
from engagements.wording import days_words, full_day, long_day


@dataclass(frozen=True)
class Clock:
    """How many days are left, for what; `first` says it in full where it helps."""

    days: int
    what: str
    first: str = ""


def clock(
    contract: Contract, dates: Iterable[KeyDate], side: Side, today: date
) -> Clock | None:
    """The soonest day a side may still act on, else the other's, else the end.

    None where no day is ahead: a passed one is said in the sentence.
    """
    if contract.state not in Contract.LIVE_STATES:
        return None
    if contract.state == Contract.State.ENDING:
        return _until_end(contract, today)
    usable = _usable(dates, side, today)
    window = min(usable, key=lambda row: row.on, default=None)
    deadline = act_by(contract, side)
    if deadline is not None and deadline < today:
        deadline = None
    if window is not None and (deadline is None or window.on < deadline):
        return _until_window(window, today)
    if deadline is not None:
        count = (deadline - today).days
        return Clock(count, _own_words(count))
    return _theirs(contract, side, today) or _until_end(contract, today)


def _usable(dates: Iterable[KeyDate], side: Side, today: date) -> list[KeyDate]:
    return [
        row
        for row in dates
        if row.kind != KeyDate.Kind.OTHER
        and row.side in {"", side.value}
        and row.settled_at is None
        and row.on >= today
    ]


def _until_window(row: KeyDate, today: date) -> Clock:
    count = (row.on - today).days
    if row.kind == KeyDate.Kind.OPTION:
        what = ngettext(
            "day to take up the option", "days to take up the option", count
        )
    else:
        what = ngettext(
            "day to use the right to break", "days to use the right to break", count
        )
    words = _("%(title)s: the last day is %(day)s.")
    first = words % {"title": row.title, "day": full_day(row.on, today)}
    return Clock(count, what, first)


def _own_words(count: int) -> str:
    return ngettext(
        "day to decide and give notice", "days to decide and give notice", count
    )


def _theirs(contract: Contract, side: Side, today: date) -> Clock | None:
    deadline = act_by(contract, side.other)
    # A side whose own last day has passed reads that first.
    if deadline is None or deadline < today or act_by(contract, side):
        return None
    name = getattr(contract.relationship, side.other.value).name
    words = _("days for %(name)s to decide and give notice") % {"name": name}
    return Clock((deadline - today).days, words)


def _until_end(contract: Contract, today: date) -> Clock | None:
    end = contract.current_end_on
    if end is None or contract.next_end_on is not None:
        return None
    count = (end - today).days
    return Clock(count, ngettext("day until it ends", "days until it ends", count))


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
    if contract.renewal == Contract.Renewal.TACIT:
        return _tacit(contract, act_by(contract, side), today)
    end = _day(contract.current_end_on)
    if contract.renewal == Contract.Renewal.EXPRESS:
        words = _("It ends on %(day)s unless both sides confirm another term.")
        return words % end
    deadline = act_by(contract, side) or act_by(contract, side.other)
    if deadline is not None and deadline >= today:
        words = _(
            "If nobody decides by %(by)s, it ends on %(day)s. "
            "It does not renew by itself."
        )
        return words % {**end, "by": full_day(deadline, today)}
    return _("It ends on %(day)s. It does not renew by itself.") % end


def _tacit(contract: Contract, deadline: date | None, today: date) -> str:
    until = long_day(contract.next_end_on) if contract.next_end_on else ""
    end = _day(contract.current_end_on)
    if deadline is None:
        words = _("Without notice by %(day)s it renews to %(until)s.")
        return words % {**end, "until": until}
    if deadline < today:
        words = _(
            "Our last day for notice was %(by)s, %(ago)s ago. "
            "After %(day)s it renews to %(until)s."
        )
        return words % {
            **end,
            "by": long_day(deadline),
            "ago": days_words((today - deadline).days),
            "until": until,
        }
    words = _("If nobody gives notice by %(by)s, it renews to %(until)s.")
    return words % {"by": full_day(deadline, today), "until": until}


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
