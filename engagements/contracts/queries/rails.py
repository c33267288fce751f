"""The dates of one contract, as the reader's side meets them."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils.translation import gettext as _

from engagements.charts.key_dates import KeyDate as Point
from engagements.charts.key_dates import Option, Rail
from engagements.contracts.terms import add_months
from engagements.contracts.wording import act_by, notice_by
from engagements.models import Contract, KeyDate, Side
from engagements.wording import long_day

# Work on a renewal begins this many days before the deadline.
LEAD_DAYS = {"strategic": 365, "bottleneck": 270, "leverage": 180, "routine": 120}
USUAL_LEAD = 120
# Letters that fit under a mark of the rail.
_ROOM = 36


def rail(contract: Contract, dates: list[KeyDate], side: Side, today: date) -> Rail:
    """What the rail shows: deadlines of both sides, windows, the term and its ends."""
    open_dates = [row for row in dates if row.settled_at is None]
    points = [
        Point(row.on, row.title, legal=row.kind != KeyDate.Kind.OTHER)
        for row in open_dates
    ]
    points += _deadlines(contract, side)
    if contract.current_end_on:
        points.append(Point(contract.current_end_on, _("Term ends"), legal=True))
    return Rail(
        today=today,
        points=_one_a_day(points),
        begins=contract.start_on,
        ends=contract.current_end_on,
        term_label=_("Term"),
        window=_window(contract, side),
        options=_options(contract, open_dates),
    )


def _one_a_day(points: list[Point]) -> tuple[Point, ...]:
    """What falls on the same day stands under one mark, where the words find room."""
    found: list[Point] = []
    for point in sorted(points, key=lambda point: point.on):
        last = found[-1] if found else None
        words = f"{last.label}; {point.label}" if last else ""
        if last and last.on == point.on and len(words) <= _ROOM:
            found[-1] = Point(last.on, words, legal=last.legal or point.legal)
        else:
            found.append(point)
    return tuple(found)


def _deadlines(contract: Contract, side: Side) -> list[Point]:
    """Each side's working day; where the contract says another, that one as well."""
    if contract.state not in {*Contract.LIVE_STATES, Contract.State.UPCOMING}:
        return []
    own, other = act_by(contract, side), act_by(contract, side.other)
    legal = notice_by(contract, side)
    points = []
    if own is not None:
        both = own == other
        words = _("Last day for notice, both sides") if both else _("Our last day")
        points.append(Point(own, words, legal=True))
        if legal is not None and legal != own:
            points.append(Point(legal, _("Notice day of the contract"), legal=True))
    if other is not None and other != own:
        name = getattr(contract.relationship, side.other.value).name
        words = _("Last day of %(name)s") % {"name": name}
        points.append(Point(other, words, legal=True))
    return points


def _window(contract: Contract, side: Side) -> tuple[date, date] | None:
    """From when the decision is worked on until the reader's last day."""
    deadline = act_by(contract, side)
    if deadline is None:
        return None
    lead = LEAD_DAYS.get(contract.relationship.segment, USUAL_LEAD)
    opens = max(deadline - timedelta(days=lead), contract.start_on)
    return (opens, deadline) if opens < deadline else None


def _options(contract: Contract, dates: list[KeyDate]) -> tuple[Option, ...]:
    """What may follow: the next renewal, else the options one after the other."""
    end = contract.current_end_on
    if end is None:
        return ()
    if contract.next_end_on:
        words = _("Renewal to %(day)s") % {"day": long_day(contract.next_end_on)}
        return (Option(end, contract.next_end_on, words),)
    found = []
    for row in dates:
        if row.kind == KeyDate.Kind.OPTION and row.extends_months:
            until = add_months(end, row.extends_months)
            words = _("Option to %(day)s") % {"day": long_day(until)}
            found.append(Option(end, until, words))
            end = until
    return tuple(found)
