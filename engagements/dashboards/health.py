"""How a relationship is, ready to print: word, reason, both sides, topics, age."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Case, When
from django.urls import reverse
from django.utils.translation import gettext as _

from engagements.dashboards.printed import Printed
from engagements.models import Health, RelationshipSide
from engagements.reviews.health_words import health_reason, score_words
from engagements.reviews.results.showing import place
from engagements.templatetags.look import health_shape
from engagements.wording import age_words, ago_words

# States that say how a relationship is today; only these are coloured and averaged.
READ = (Health.RISK, Health.WATCH, Health.STEADY, Health.STRONG)
# From this gap on the sides are wide apart.
WIDE = 20
ORDER = (*READ[:2], Health.STALE, *READ[2:], Health.FEW, Health.NONE)
# A list by health: what asks for somebody before what is unknown.
WORST_FIRST = Case(
    *(When(health=state, then=place_) for place_, state in enumerate(ORDER))
).asc()


@dataclass(frozen=True)
class Topic:
    """One topic: figures as printed, places on the axis, the gap between them."""

    name: str
    client: str | None
    supplier: str | None
    client_at: int | None
    supplier_at: int | None
    gap: int | None

    @property
    def is_wide(self) -> bool:
        """Wide enough to be talked about first."""
        return is_wide(self.gap)


@dataclass(frozen=True)
class HealthShown:
    """What a page prints; `ago` is empty where nothing was read."""

    state: str
    last: str
    reason: str
    client: str
    supplier: str
    gap: str
    is_wide: bool
    topics: Sequence[Topic]
    ago: str
    review: UUID | None
    url: str

    @property
    def word(self) -> str:
        """The state in words."""
        return str(Health(self.state).label)

    @property
    def shape(self) -> str:
        """The name of its mark."""
        return health_shape(self.state, self.last)

    @property
    def widest(self) -> Topic | None:
        """The topic on which the sides are furthest apart."""
        first = self.topics[0] if self.topics else None
        return first if first and first.gap else None

    @property
    def is_read(self) -> bool:
        """It says how the relationship is today."""
        return self.state in READ

    @property
    def is_stale(self) -> bool:
        """The figures are old: they are told, and no colour says that they hold."""
        return self.state == "stale"


@dataclass(frozen=True)
class HealthLine:
    """What a row of a list prints; `reason` is there alone where nothing was read."""

    state: str
    last: str
    score: str
    client: str
    supplier: str
    gap: int | None
    is_wide: bool
    age: str
    reason: str

    @property
    def is_stale(self) -> bool:
        """The figures are old: they are told, with their age."""
        return self.state == Health.STALE


# What a row of `RelationshipSide` gives to `line`, in its order.
LINE = (
    "health",
    "health_last",
    "health_score",
    "client_score",
    "supplier_score",
    "score_gap",
    "reviewed_on",
)


def line(
    state: str,
    last: str,
    score: int | None,
    client: int | None,
    supplier: int | None,
    gap: int | None,
    reviewed_on: date | None,
    *,
    today: date,
) -> HealthLine:
    """One row of a list: the word, figures and age, or why there are none."""
    known = score is not None
    return HealthLine(
        state=state,
        last=last,
        score=score_words(score),
        client=score_words(client),
        supplier=score_words(supplier),
        gap=None if gap is None else abs(gap),
        is_wide=is_wide(gap),
        age=age_words(reviewed_on, today) if known and reviewed_on else "",
        reason=""
        if known
        else health_reason(state, (), reviewed_on=reviewed_on, today=today),
    )


def shown(side: RelationshipSide | Printed, today: date) -> HealthShown:
    """The health a side's row keeps; it is the same on both."""
    review = side.health_review_id
    return HealthShown(
        state=side.health,
        last=side.health_last,
        reason=health_reason(
            side.health,
            side.health_why,
            last=side.health_last,
            basis=side.health_basis,
            reviewed_on=side.reviewed_on,
            today=today,
        ),
        client=score_words(side.client_score),
        supplier=score_words(side.supplier_score),
        gap=gap_words(side.score_gap),
        is_wide=is_wide(side.score_gap),
        topics=topics(side.health_topics),
        ago=ago_words(side.reviewed_on, today) if side.reviewed_on else "",
        review=review,
        url=reverse("engagements:review", args=[review]) if review else "",
    )


def is_wide(gap: int | None) -> bool:
    """Whether the sides are so far apart that it is talked about first."""
    return gap is not None and abs(gap) >= WIDE


def gap_words(gap: int | None) -> str:
    """The client's number less the supplier's, said for both: "gap 6, ..."."""
    if gap is None:
        return ""
    if gap == 0:
        return _("no gap")
    if gap > 0:
        return _("gap %(gap)d, the client sees it better") % {"gap": gap}
    return _("gap %(gap)d, the supplier sees it better") % {"gap": -gap}


def topics(kept: Sequence[Sequence[Any]]) -> list[Topic]:
    """A relationship's topics, the widest gap first, those without one last."""
    rows = [
        Topic(
            name,
            client,
            supplier,
            place(client),
            place(supplier),
            None if gap is None else abs(gap),
        )
        for _key, name, client, supplier, gap in kept
    ]
    return sorted(rows, key=lambda row: (row.gap is None, -(row.gap or 0)))
