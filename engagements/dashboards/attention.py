"""Which relationships need somebody, in sentences with reason and next step.

Most urgent first, then by value: severity 3 for a deadline within 30 days, 2 for
one within 90 days, for silence of 30 days past the rhythm or three late promises, 1 for
any other reason. The rule is shown on the page; nothing hides in a score.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Case, Count, F, IntegerField, Q, QuerySet, Value, When
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from engagements.dashboards.lists import COUNTERPART
from engagements.dashboards.narrowing import NOTICE_DAYS
from engagements.models import (
    Commitment,
    Relationship,
    RelationshipSide,
    Side,
    Standing,
    Step,
    readable,
)
from engagements.wording import compact_money, day_of, days_words, near_day

SHOWN = 5
_CANDIDATES = 40
_URGENT_DAYS = 30
_MANY_LATE = 3
_LONG_SILENCE = 30


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


@dataclass(frozen=True)
class _Late:
    """Promises past the date first agreed, by side."""

    own: int = 0
    other: int = 0


def attention(
    standing: Standing, sides: QuerySet[RelationshipSide], today: date
) -> list[Attention]:
    """The few that need somebody most: three queries."""
    late = _late(standing, today)
    ranked = list(_ranked(sides, late, today))
    steps = _next_steps(standing, ranked)
    return [_sentence(row, late, steps, today) for row in ranked]


def _late(standing: Standing, today: date) -> dict[object, dict[str, int]]:
    """{relationship: {side: late promises}} of the relationships with most of them."""
    relationships = Relationship.objects.active().order_by().filter(readable(standing))
    rows = (
        Commitment.objects.late(today)
        .own_or_shared(standing.organisation)
        .filter(relationship__in=relationships.values("pk"))
        .order_by()
        .values_list("relationship_id")
        .annotate(
            client=Count("pk", filter=Q(side=Side.CLIENT)),
            supplier=Count("pk", filter=Q(side=Side.SUPPLIER)),
            both=Count("pk"),
        )
        .order_by("-both", "relationship_id")[:_CANDIDATES]
    )
    return {
        pk: {Side.CLIENT.value: client, Side.SUPPLIER.value: supplier}
        for pk, client, supplier, _both in rows
    }


def _ranked(
    sides: QuerySet[RelationshipSide], late: dict, today: date
) -> QuerySet[RelationshipSide]:
    """Those with a reason, by the rule this module states; only what is printed."""
    soon = today + timedelta(days=NOTICE_DAYS)
    reasons = (
        Q(act_by__gte=today, act_by__lte=soon)
        | Q(contact_due_on__lt=today)
        | Q(relationship__in=list(late))
    )
    return (
        sides.filter(reasons)
        .annotate(rank=_rank(late, today), counterpart=COUNTERPART)
        .select_related("owner", "act_by_contract", "last_contact_with")
        .only(
            "side",
            "relationship_id",
            "act_by",
            "contact_due_on",
            "last_contact_at",
            "next_contact_at",
            "annual_value",
            "currency",
            "owner__name",
            "act_by_contract__title",
            "last_contact_with__name",
        )
        .order_by("-rank", F("annual_value").desc(nulls_last=True), "pk")[:SHOWN]
    )


def _rank(late: dict, today: date) -> Case:
    """3, 2 or 1, by the rule this module states."""
    soon = today + timedelta(days=NOTICE_DAYS)
    urgent = today + timedelta(days=_URGENT_DAYS)
    many = [pk for pk, by_side in late.items() if sum(by_side.values()) >= _MANY_LATE]
    return Case(
        When(act_by__gte=today, act_by__lte=urgent, then=Value(3)),
        When(
            Q(act_by__gte=today, act_by__lte=soon)
            | Q(relationship__in=many)
            | Q(contact_due_on__lte=today - timedelta(days=_LONG_SILENCE)),
            then=Value(2),
        ),
        default=Value(1),
        output_field=IntegerField(),
    )


def _late_of(row: RelationshipSide, late: dict) -> _Late:
    counted = late.get(row.relationship_id, {})
    side = Side(row.side)
    return _Late(counted.get(side.value, 0), counted.get(side.other.value, 0))


def _next_steps(
    standing: Standing, rows: Sequence[RelationshipSide]
) -> dict[object, Step]:
    """The soonest own step of each relationship."""
    steps = (
        Step.objects.open()
        .filter(
            organisation=standing.organisation,
            relationship__in=[row.relationship_id for row in rows],
        )
        .select_related("owner")
        .order_by(F("due_on").desc(nulls_first=True), "pk")
    )
    return {step.relationship_id: step for step in steps}


def _sentence(
    row: RelationshipSide, late: dict, steps: dict[object, Step], today: date
) -> Attention:
    counted = _late_of(row, late)
    known, words = _next(row, steps.get(row.relationship_id), today)
    return Attention(
        url=reverse("engagements:relationship", args=[row.relationship_id]),
        name=row.counterpart,  # type: ignore[attr-defined]  # annotated above
        why=" ".join(reasons(row, counted, today)),
        next=words,
        next_is_known=known,
        value=compact_money(row.annual_value, row.currency)
        if row.annual_value is not None
        else _("Value not known"),
        deadline=_deadline(row, today),
        severity=row.rank,  # type: ignore[attr-defined]  # annotated above
    )


def reasons(row: RelationshipSide, late: _Late, today: date) -> list[str]:
    """Why it needs somebody, a sentence each, dates and days named."""
    words = []
    if row.act_by and today <= row.act_by <= today + timedelta(days=NOTICE_DAYS):
        words.append(
            _("A deadline of %(contract)s is on %(day)s.")
            % {
                "contract": row.act_by_contract or _("a contract"),
                "day": near_day(row.act_by, today),
            }
        )
    if row.contact_due_on and row.contact_due_on < today:
        words.append(_silence(row, today))
    if late.own:
        words.append(
            ngettext(
                "%(count)d promise of ours is late.",
                "%(count)d promises of ours are late.",
                late.own,
            )
            % {"count": late.own}
        )
    if late.other:
        words.append(
            ngettext(
                "%(count)d promise of theirs is late.",
                "%(count)d promises of theirs are late.",
                late.other,
            )
            % {"count": late.other}
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
