"""Named ways to narrow one's relationships.

A figure on a page and the list it opens use the same function, so that the figure is
the number of rows in the list.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from engagements.dashboards.health import WIDE
from engagements.models import (
    Health,
    RelationshipSide,
    Step,
    TeamRole,
)
from engagements.prepared import midnight
from engagements.relationships import rhythm
from engagements.relationships.guards import Guard

Sides = QuerySet[RelationshipSide]
# A deadline this near asks for a decision.
NOTICE_DAYS = 90
SOON_DAYS = 30
TROUBLE = (Health.RISK, Health.WATCH)


def silent(sides: Sides, today: date) -> Sides:
    """An active relationship without contact for longer than its rhythm."""
    return sides.filter(rhythm.silent(today))


def silent_60(sides: Sides, today: date) -> Sides:
    """Last contact more than 60 days ago, or never."""
    return sides.filter(silent_for(60, today))


def silent_for(days: int, today: date) -> Q:
    """Last contact more than so many days ago, or never."""
    first = midnight(today - timedelta(days=days))
    return Q(last_contact_at=None) | Q(last_contact_at__lt=first)


def never(sides: Sides, today: date) -> Sides:
    """No contact on record."""
    return sides.filter(last_contact_at=None)


def no_meeting(sides: Sides, today: date) -> Sides:
    """No meeting planned."""
    return sides.filter(next_contact_at=None)


def notice(sides: Sides, today: date) -> Sides:
    """A day to act on within 90 days: notice, option or break."""
    return sides.filter(
        act_by__gte=today, act_by__lte=today + timedelta(days=NOTICE_DAYS)
    )


def unowned(sides: Sides, today: date) -> Sides:
    """No owner on the own side."""
    return sides.filter(owner=None)


def no_contract(sides: Sides, today: date) -> Sides:
    """No live contract."""
    return sides.filter(live_contracts=0)


def no_value(sides: Sides, today: date) -> Sides:
    """The annual value is not known."""
    return sides.filter(annual_value=None)


def no_segment(sides: Sides, today: date) -> Sides:
    """Not classified."""
    return sides.filter(segment="")


def in_trouble(sides: Sides, today: date) -> Sides:
    """At risk or on watch by the last review."""
    return sides.filter(health__in=TROUBLE)


def no_next_step(sides: Sides, today: date) -> Sides:
    """Nothing planned: no open step of one's own, no meeting ahead."""
    steps = Step.objects.open().filter(
        relationship=OuterRef("relationship"), organisation=OuterRef("acted_by")
    )
    return sides.filter(~Exists(steps), next_contact_at=None)


def wide_gap(sides: Sides, today: date) -> Sides:
    """The two sides see it far apart."""
    return sides.filter(Q(score_gap__gte=WIDE) | Q(score_gap__lte=-WIDE))


def late(sides: Sides, today: date) -> Sides:
    """A promise of either side is past the date first agreed."""
    return sides.filter(promises_late(today))


def promises_late(today: date) -> Q:
    """A promise of the client or of the supplier is late."""
    return Q(client_promise_on__lt=today) | Q(supplier_promise_on__lt=today)


def late_of_client(sides: Sides, today: date) -> Sides:
    """A promise of the client is late."""
    return sides.filter(client_promise_on__lt=today)


def late_of_supplier(sides: Sides, today: date) -> Sides:
    """A promise of the supplier is late."""
    return sides.filter(supplier_promise_on__lt=today)


def soon_of_client(sides: Sides, today: date) -> Sides:
    """The client's next promise is due within 30 days."""
    return sides.filter(client_promise_on__range=soon(today))


def soon_of_supplier(sides: Sides, today: date) -> Sides:
    """The supplier's next promise is due within 30 days."""
    return sides.filter(supplier_promise_on__range=soon(today))


def soon(today: date) -> tuple[date, date]:
    """The days in which a promise is due soon."""
    return today, today + timedelta(days=SOON_DAYS)


def team_gap(sides: Sides, today: date) -> Sides:
    """An interface person or a sponsor is missing on one of the sides."""
    return sides.filter(
        ~_present(TeamRole.Role.INTERFACE, "client", today)
        | ~_present(TeamRole.Role.INTERFACE, "supplier", today)
        | ~_present(TeamRole.Role.SPONSOR, "client", today)
        | ~_present(TeamRole.Role.SPONSOR, "supplier", today)
    )


def with_issue(sides: Sides, today: date) -> Sides:
    """A joint issue is open."""
    return sides.filter(open_issues__gt=0)


def with_idea(sides: Sides, today: date) -> Sides:
    """An idea of the other side waits for an answer of ours."""
    return sides.filter(idea_since__isnull=False)


def guarded_sides() -> Q:
    """Something endangers it, as this side sees it."""
    return Q(guards__gt="")


def guarded(sides: Sides, today: date) -> Sides:
    """One guard or several speak."""
    return sides.filter(guarded_sides())


def _with(guard: Guard) -> Callable[[Sides, date], Sides]:
    """Those of which one guard speaks."""

    def narrow(sides: Sides, today: date) -> Sides:
        return sides.filter(guards__contains=guard.value)

    return narrow


def _present(role: str, side: str, today: date) -> Exists:
    return Exists(
        TeamRole.objects.current(today).filter(
            relationship=OuterRef("relationship"), role=role, side=side
        )
    )


NARROWINGS: dict[str, tuple[str | Promise, Callable[[Sides, date], Sides]]] = {
    "silent": (_("Silent past rhythm"), silent),
    "silent-60": (_("Silent for 60 days"), silent_60),
    "never": (_("No contact on record"), never),
    "no-meeting": (_("No meeting planned"), no_meeting),
    "notice": (_("Deadline in 90 days"), notice),
    "late": (_("Promises late"), late),
    "late-client": (_("Client's promises late"), late_of_client),
    "late-supplier": (_("Supplier's promises late"), late_of_supplier),
    "soon-client": (_("Client's promises due"), soon_of_client),
    "soon-supplier": (_("Supplier's promises due"), soon_of_supplier),
    "trouble": (_("At risk or on watch"), in_trouble),
    "no-next-step": (_("No next step"), no_next_step),
    "team-gap": (_("Role missing"), team_gap),
    "guarded": (_("A guard speaks"), guarded),
    "commodity": (_("Managed like a commodity"), _with(Guard.COMMODITY)),
    "single-thread": (_("Single thread"), _with(Guard.THREAD)),
    "unconfirmed": (_("Interface unconfirmed"), _with(Guard.HANDOVER)),
    "charter-lapsed": (_("Charter lapsed"), _with(Guard.CHARTER)),
    "issues": (_("Joint issue open"), with_issue),
    "ideas": (_("Idea to answer"), with_idea),
    "severe": (_("Severity 1 open"), _with(Guard.ISSUE)),
    "unowned": (_("No owner"), unowned),
    "wide-gap": (_("Gap of 20 or more"), wide_gap),
    "no-contract": (_("No live contract"), no_contract),
    "no-value": (_("Value not known"), no_value),
    "no-segment": (_("Not classified"), no_segment),
}
