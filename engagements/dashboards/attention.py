"""Which relationships need somebody, in sentences with reason and next step.

Most urgent first: severity 3 for one at risk or a deadline within 30 days, 2 for one on
watch, for sides far apart, a deadline within 90 days, silence 30 days past the rhythm,
a promise 30 days late or an open issue of severity 1, 1 for any other reason. Among
equals by value, the more the faster it fell since the review before. The rule is shown
on the page; nothing hides in a score.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import (
    Case,
    DateField,
    F,
    IntegerField,
    Q,
    QuerySet,
    Value,
    When,
)
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from engagements.beside import Beside, part, together
from engagements.dashboards.health import READ, WIDE, HealthShown, shown
from engagements.dashboards.lists import address_of
from engagements.dashboards.narrowing import (
    NOTICE_DAYS,
    guarded_sides,
    promises_late,
)
from engagements.dashboards.printed import Printed
from engagements.dashboards.rows import FIRST_SHOWN, Rows, course, fall
from engagements.models import (
    Commitment,
    Health,
    RelationshipSide,
    Side,
    Step,
    standing_of,
)
from engagements.prepared import Few, Prepared, among
from engagements.relationships.guard_words import guarded
from engagements.relationships.guards import Guard
from engagements.relationships.rhythm import is_silent, silent
from engagements.wording import compact_money, day_of, days_words, long_day, near_day

SHOWN = 5
_URGENT_DAYS = 30
_LONG_PAST = 30


@dataclass(frozen=True)
class Attention:
    """One relationship that needs somebody; words are ready to print."""

    url: str
    name: str
    health: HealthShown
    why: str
    next: str
    next_is_known: bool
    value: str
    deadline: str
    severity: int
    way: tuple[int | None, ...]


def first(user: User, today: date) -> dict[UUID, int]:
    """{side: severity} of those with a reason, by the rule this module states: one
    query."""
    return dict(FIRST.rows(user, today=today))


def _first(user: User, today: date) -> QuerySet:
    soon = today + timedelta(days=NOTICE_DAYS)
    reasons = (
        Q(act_by__gte=today, act_by__lte=soon)
        | silent(today)
        | promises_late(today)
        | _health_says()
        | guarded_sides()
    )
    sides = RelationshipSide.objects.seen_by(user).active().filter(reasons)
    ranked = sides.annotate(rank=_rank(today)).order_by(
        "-rank", F("annual_value").desc(nulls_last=True), "pk"
    )
    return ranked.values_list("pk", "rank")[:FIRST_SHOWN]


FIRST = Prepared(_first, today=DateField())


def needing(ranks: Mapping[UUID, int], rows: Rows) -> list[UUID]:
    """The few of them that need somebody most, in order."""

    def order(pk: UUID) -> tuple[float, float]:
        value = float(rows[pk].annual_value or 0)
        return -ranks[pk], -value * (1 + fall(rows[pk]))

    return sorted(ranks, key=order)[:SHOWN]


def attention(
    user: User,
    chosen: Iterable[UUID],
    ranks: Mapping[UUID, int],
    rows: Rows,
    today: date,
) -> list[Attention]:
    """The chosen in sentences: one query."""
    few = [rows[pk] for pk in chosen]
    known = _known(user, [row.relationship_id for row in few], today)
    return [_sentence(row, ranks[row.pk], known) for row in few]


@dataclass(frozen=True)
class _Known:
    """Of the few: the soonest own step by relationship, late promises by side."""

    steps: dict[UUID, Beside]
    late: Counter[tuple[UUID, str]]
    today: date


def _health_says() -> Q:
    """By its last review: weak, far apart, too old, or saying too little."""
    one_sided = Q(health=Health.NONE, reviewed_on__isnull=False)
    states = (Health.RISK, Health.WATCH, Health.STALE, Health.FEW)
    return Q(health__in=states) | _apart() | one_sided


def _apart() -> Q:
    wide = Q(score_gap__gte=WIDE) | Q(score_gap__lte=-WIDE)
    return wide & Q(health__in=READ)


def _known(user: User, relationships: list[UUID], today: date) -> _Known:
    """Of these: the soonest own step, and how many promises of each side are late."""
    rows = UNDONE.rows(user, relationships=relationships, today=today)
    found = [Beside(*row) for row in rows]
    own = [row for row in found if row.kind == "step"]
    own.sort(key=lambda row: (row.until or date.max, row.pk), reverse=True)
    return _Known(
        {row.relationship_id: row for row in own},
        Counter((row.relationship_id, row.side) for row in found if row.side),
        today,
    )


def _undone(user: User, relationships: list[UUID], today: date) -> QuerySet:
    standing = standing_of(user)
    assert standing is not None  # noqa: S101 - a person without one sees no page
    place, of_these = standing.organisation, among("relationship", relationships)
    steps = Step.objects.open().filter(of_these, organisation=place)
    late = Commitment.objects.late(today).own_or_shared(place).filter(of_these)
    words = {"pk": "pk", "text": "text", "until": "due_on", "owner": "owner__name"}
    return together([part(steps, "step", **words), part(late, "late", side="side")])


UNDONE = Prepared(_undone, relationships=Few(SHOWN), today=DateField())


def _rank(today: date) -> Case:
    """3, 2 or 1, by the rule this module states."""
    soon = today + timedelta(days=NOTICE_DAYS)
    urgent = today + timedelta(days=_URGENT_DAYS)
    past = today - timedelta(days=_LONG_PAST)
    return Case(
        When(health=Health.RISK, then=Value(3)),
        When(act_by__gte=today, act_by__lte=urgent, then=Value(3)),
        When(Q(health=Health.WATCH) | _apart(), then=Value(2)),
        When(act_by__gte=today, act_by__lte=soon, then=Value(2)),
        When(promises_late(past), then=Value(2)),
        When(silent(past), then=Value(2)),
        When(guards__contains=Guard.ISSUE.value, then=Value(2)),
        default=Value(1),
        output_field=IntegerField(),
    )


def _sentence(row: Printed, rank: int, known: _Known) -> Attention:
    step = known.steps.get(row.relationship_id)
    found = shown(row, known.today)
    has_next, words = _next(row, step, known.today)
    return Attention(
        url=address_of(row.relationship_id),
        name=row.counterpart,
        health=found,
        why=" ".join([*_of_health(row, found), *_reasons(row, known)]),
        next=words,
        next_is_known=has_next,
        value=compact_money(row.annual_value, row.currency)
        if row.annual_value is not None
        else _("Value not known"),
        deadline=_deadline(row, known.today),
        severity=rank,
        way=tuple(one.at for one in course(row)),
    )


def _of_health(row: Printed, found: HealthShown) -> list[str]:
    """What its last review gives as a reason, if anything."""
    if row.health == Health.FEW and row.reviewed_on is not None:
        words = _("Too few answered in the review of %(day)s.")
        return [words % {"day": long_day(row.reviewed_on)}]
    speaks = found.state not in (Health.STEADY, Health.STRONG)
    if speaks and row.reviewed_on is not None:
        return [f"{capfirst(found.reason)}."]
    if found.is_read and found.is_wide:
        return [_("The two sides see it very differently.")]
    return []


def _reasons(row: Printed, known: _Known) -> list[str]:
    """Why it needs somebody, a sentence each, dates and days named."""
    words, today = [], known.today
    if row.act_by and today <= row.act_by <= today + timedelta(days=NOTICE_DAYS):
        words.append(
            _("A deadline of %(contract)s is on %(day)s.")
            % {
                "contract": row.contract or _("a contract"),
                "day": near_day(row.act_by, today),
            }
        )
    if is_silent(row.contact_due_on, today, active=row.is_active):
        words.append(_silence(row, today))
    words += [one.words for one in guarded(row)]
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


def _silence(row: Printed, today: date) -> str:
    if row.last_contact_at is None:
        return _("No contact on record.")
    spoken = days_words((today - day_of(row.last_contact_at)).days)
    if row.last_with is None:
        return _("No contact for %(days)s.") % {"days": spoken}
    return _("No contact for %(days)s, last with %(name)s.") % {
        "days": spoken,
        "name": row.last_with,
    }


def _next(row: Printed, step: Beside | None, today: date) -> tuple[bool, str]:
    if step is not None:
        day = near_day(step.until, today) if step.until else _("no date")
        words = _("%(step)s, %(owner)s, %(day)s")
        return True, words % {"step": step.text, "owner": step.owner, "day": day}
    if row.next_contact_at is not None:
        words = _("Meeting on %(day)s")
        return True, words % {"day": near_day(day_of(row.next_contact_at), today)}
    if row.owner is None:
        return False, _("No next step, and nobody owns this relationship")
    return False, _("No next step, owner %(name)s") % {"name": row.owner}


def _deadline(row: Printed, today: date) -> str:
    if row.act_by is None or row.act_by < today:
        return _("No deadline ahead")
    return _("Deadline in %(days)s") % {"days": days_words((row.act_by - today).days)}
