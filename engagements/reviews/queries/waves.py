"""The waves of one relationship: what is planned, under way, and what came of each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils import timezone

from accounts.models import User
from engagements.models import HealthReview, ReviewResult, wave_on
from engagements.reviews.queries.calendar import id_of
from engagements.reviews.results.showing import place
from engagements.reviews.scoring.parameters import STANDARD

State = HealthReview.State
_PARTS = {
    "client": "document__sides__client__shown",
    "supplier": "document__sides__supplier__shown",
    "gap": "document__gap",
    "word": "document__status__word",
}
_MOST = 10
_PRINTED = (
    "review_id",
    "review__relationship__client__name",
    "review__relationship__supplier__name",
    "review__relationship__scope",
    "review__form",
    "review__closed_at",
    "review__released_at",
    _PARTS["gap"],
    _PARTS["word"],
)


@dataclass(frozen=True)
class Finished:
    """One result as a list across relationships prints it; `word` its health then."""

    pk: UUID
    names: str
    scope: str
    form: str
    # The day it is called by, and the one on which both sides saw it.
    wave_on: date
    day: date
    apart: int | None
    word: str


@dataclass(frozen=True)
class Wave:
    """One wave; `client` and `supplier` as printed, `word` its health then.

    What came of it is there once both sides may read it.
    """

    url: str
    form: str
    # The day it is called by.
    wave_on: date
    opens_on: date
    state: str
    words: str
    client: str = ""
    supplier: str = ""
    client_at: int | None = None
    supplier_at: int | None = None
    gap: int | None = None
    word: str = ""

    @property
    def apart(self) -> int | None:
        """How far apart the sides were, whichever saw it better."""
        return None if self.gap is None else abs(self.gap)

    @property
    def too_few(self) -> bool:
        """It is over, and too few answered for any figure."""
        return self.state == State.INSUFFICIENT

    @property
    def overdue(self) -> bool:
        """Planned for a day that has passed, and nobody set it up."""
        planned = self.state == State.DRAFT and not self.url
        return planned and self.opens_on < timezone.localdate()

    @property
    def is_ahead(self) -> bool:
        """Nothing has come of it yet."""
        return self.state in (State.DRAFT, *HealthReview.RUNNING)

    @property
    def is_wide(self) -> bool:
        """The sides were wide apart."""
        return self.apart is not None and self.apart >= STANDARD.gap_wide


def waves(user: User, relationship: UUID) -> list[Wave]:
    """All that were set up or are planned, the newest first: two queries."""
    rows = HealthReview.objects.visible_to(user).filter(relationship=relationship)
    held = rows.exclude(set_up_at=None, state=State.CANCELLED)
    found = list(
        held.only(
            "form",
            "state",
            "set_up_at",
            "opens_on",
            "closes_on",
            "closed_at",
            "cancelled_reason",
        ).order_by("-opens_on", "pk")
    )
    results = _results([row.pk for row in found if row.is_published])
    return [_wave(row, results.get(row.pk, {})) for row in found]


def _results(reviews: list[UUID]) -> dict[UUID, dict[str, Any]]:
    """Of each result, the few figures a list prints."""
    rows = ReviewResult.objects.filter(
        review__in=reviews, audience=ReviewResult.Audience.SHARED
    ).order_by()
    return {
        pk: dict(zip(_PARTS, parts, strict=True))
        for pk, *parts in rows.values_list("review_id", *_PARTS.values())
    }


def finished(user: User, relationship: str = "") -> list[Finished]:
    """The last results the person may read, the newest first: one query.

    `relationship` is an id as an address has it; a wrong one finds nothing.
    """
    reviews = HealthReview.objects.visible_to(user).readable_results()
    if relationship:
        reviews = reviews.filter(relationship=id_of(relationship))
    rows = ReviewResult.objects.filter(
        review__in=reviews.order_by().values("pk"),
        audience=ReviewResult.Audience.SHARED,
        review__released_at__isnull=False,
    ).order_by("-review__released_at", "pk")
    return [_finished(*row) for row in rows.values_list(*_PRINTED)[:_MOST]]


def _finished(
    pk: UUID,
    client: str,
    supplier: str,
    scope: str,
    form: str,
    closed_at: datetime,
    released_at: datetime,
    gap: int | None,
    word: str | None,
) -> Finished:
    return Finished(
        pk=pk,
        names=f"{client} / {supplier}",
        scope=scope,
        form=str(HealthReview.Form(form).label),
        wave_on=wave_on(closed_at),
        day=timezone.localdate(released_at),
        apart=None if gap is None else abs(gap),
        word=word or "",
    )


def _wave(row: HealthReview, result: Mapping[str, Any]) -> Wave:
    # SQLite reads the words "69" out of a document as a number.
    client, supplier = (
        None if result.get(side) is None else str(result[side])
        for side in ("client", "supplier")
    )
    return Wave(
        url="" if row.is_planned else row.get_absolute_url(),
        form=str(row.get_form_display()),
        wave_on=row.wave_on,
        opens_on=row.opens_on,
        state=row.state,
        words=_words(row),
        client=client or "",
        supplier=supplier or "",
        client_at=place(client),
        supplier_at=place(supplier),
        gap=result.get("gap"),
        word=result.get("word") or "",
    )


def _words(row: HealthReview) -> str:
    if row.state == State.CANCELLED and row.cancelled_reason:
        return f"{row.get_state_display()}. {row.cancelled_reason}"
    return str(row.get_state_display())
