"""Which relationships need somebody, in sentences with reason and next step.

Most urgent first, then by value: severity 3 for a deadline within 30 days, 2 for
one within 90 days, for silence 30 days past the rhythm or a promise 30 days late, 1 for
any other reason. The rule is shown on the page; nothing hides in a score.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Case, F, IntegerField, Q, QuerySet, Value, When
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from engagements.dashboards.narrowing import NOTICE_DAYS, promises_late
from engagements.models import Commitment, RelationshipSide, Side, Standing, Step
from engagements.relationships.rhythm import is_silent, silent
from engagements.wording import compact_money, day_of, days_words, near_day

SHOWN = 5
_URGENT_DAYS = 30
_LONG_PAST = 30


@dataclass(frozen=True)
class Attention:
    """One relationship that needs somebody; words are ready to print."""

    url: str
    name: str
    why: str
    next: str
    next_is_known: bool
    value: str
    deadline: str
    severity: int


def attention(
    standing: Standing,
    sides: QuerySet[RelationshipSide],
    today: date,
) -> list[Attention]:
    """The few that need somebody most: four queries."""
    first = _first(sides, today)
    rows = {row.pk: row for row in _named(list(first))}
    ids = [row.relationship_id for row in rows.values()]
    known = _Known(_next_steps(standing, ids), _late(standing, ids, today), today)
    return [_sentence(rows[pk], rank, known) for pk, rank in first.items()]


@dataclass(frozen=True)
class _Known:
    """Of the few: the soonest own step by relationship, late promises by side."""

    steps: dict[UUID, Step]
    late: Counter[tuple[UUID, str]]
    today: date


def _first(sides: QuerySet[RelationshipSide], today: date) -> dict[UUID, int]:
    """{side: severity} of those with a reason, by the rule this module states."""
    soon = today + timedelta(days=NOTICE_DAYS)
    reasons = (
        Q(act_by__gte=today, act_by__lte=soon) | silent(today) | promises_late(today)
    )
    ranked = (
        sides.filter(reasons)
        .annotate(rank=_rank(today))
        .order_by("-rank", F("annual_value").desc(nulls_last=True), "pk")
    )
    return dict(ranked.values_list("pk", "rank")[:SHOWN])


def _named(first: list[UUID]) -> QuerySet[RelationshipSide]:
    """The few with all that is printed: names are joined to no more than these."""
    return (
        RelationshipSide.objects.filter(pk__in=first)
        .select_related("owner", "act_by_contract", "last_contact_with")
        .only(
            "side",
            "relationship_id",
            "counterpart",
            "act_by",
            "contact_due_on",
            "live_contracts",
            "marked_active",
            "last_contact_at",
            "next_contact_at",
            "annual_value",
            "currency",
            "owner__name",
            "act_by_contract__title",
            "last_contact_with__name",
        )
    )


def _late(
    standing: Standing, relationships: list[UUID], today: date
) -> Counter[tuple[UUID, str]]:
    """How many promises of each side are late that one may read."""
    late = Commitment.objects.late(today).own_or_shared(standing.organisation)
    rows = late.filter(relationship__in=relationships).order_by()
    return Counter(rows.values_list("relationship_id", "side"))


def _rank(today: date) -> Case:
    """3, 2 or 1, by the rule this module states."""
    soon = today + timedelta(days=NOTICE_DAYS)
    urgent = today + timedelta(days=_URGENT_DAYS)
    past = today - timedelta(days=_LONG_PAST)
    return Case(
        When(act_by__gte=today, act_by__lte=urgent, then=Value(3)),
        When(act_by__gte=today, act_by__lte=soon, then=Value(2)),
        When(promises_late(past), then=Value(2)),
        When(silent(past), then=Value(2)),
        default=Value(1),
        output_field=IntegerField(),
    )


def _next_steps(standing: Standing, relationships: list[UUID]) -> dict[UUID, Step]:
    """The soonest own step of each relationship."""
    steps = (
        Step.objects.open()
        .filter(organisation=standing.organisation, relationship__in=relationships)
        .select_related("owner")
        .only("relationship_id", "text", "due_on", "owner__name")
        .order_by(F("due_on").desc(nulls_first=True), "pk")
    )
    return {step.relationship_id: step for step in steps}


def _sentence(row: RelationshipSide, rank: int, known: _Known) -> Attention:
    step = known.steps.get(row.relationship_id)
    has_next, words = _next(row, step, known.today)
    return Attention(
        url=reverse("engagements:relationship", args=[row.relationship_id]),
        name=row.counterpart,
        why=" ".join(_reasons(row, known)),
        next=words,
        next_is_known=has_next,
        value=compact_money(row.annual_value, row.currency)
        if row.annual_value is not None
        else _("Value not known"),
        deadline=_deadline(row, known.today),
        severity=rank,
    )


def _reasons(row: RelationshipSide, known: _Known) -> list[str]:
    """Why it needs somebody, a sentence each, dates and days named."""
    words, today = [], known.today
    if row.act_by and today <= row.act_by <= today + timedelta(days=NOTICE_DAYS):
        words.append(
            _("A deadline of %(contract)s is on %(day)s.")
            % {
                "contract": row.act_by_contract or _("a contract"),
                "day": near_day(row.act_by, today),
            }
        )
    if is_silent(row.contact_due_on, today, active=row.is_active):
        words.append(_silence(row, today))
    ours, theirs = Side(row.side), Side(row.side).other
    return words + _late_words(
        known.late[row.relationship_id, ours], known.late[row.relationship_id, theirs]
    )


def _late_words(ours: int, theirs: int) -> list[str]:
    words = []
    if ours:
        words.append(
            ngettext(
                "%(count)d promise of ours is late.",
                "%(count)d promises of ours are late.",
                ours,
            )
            % {"count": ours}
        )
    if theirs:
        words.append(
            ngettext(
                "%(count)d promise of theirs is late.",
                "%(count)d promises of theirs are late.",
                theirs,
            )
            % {"count": theirs}
        )
    return words


def _silence(row: RelationshipSide, today: date) -> str:
    if row.last_contact_at is None:
        return _("No contact on record.")
    spoken = days_words((today - day_of(row.last_contact_at)).days)
    if row.last_contact_with is None:
        return _("No contact for %(days)s.") % {"days": spoken}
    return _("No contact for %(days)s, last with %(name)s.") % {
        "days": spoken,
        "name": row.last_contact_with.name,
    }


def _next(row: RelationshipSide, step: Step | None, today: date) -> tuple[bool, str]:
    if step is not None:
        day = near_day(step.due_on, today) if step.due_on else _("no date")
        words = _("%(step)s, %(owner)s, %(day)s")
        return True, words % {"step": step.text, "owner": step.owner.name, "day": day}
    if row.next_contact_at is not None:
        words = _("Meeting on %(day)s")
        return True, words % {"day": near_day(day_of(row.next_contact_at), today)}
    if row.owner is None:
        return False, _("No next step, and nobody owns this relationship")
    return False, _("No next step, owner %(name)s") % {"name": row.owner.name}


def _deadline(row: RelationshipSide, today: date) -> str:
    if row.act_by is None or row.act_by < today:
        return _("No deadline ahead")
    return _("Deadline in %(days)s") % {"days": days_words((row.act_by - today).days)}
