"""Reads around the talk on a result: who takes part, earlier actions, who agreed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from engagements.commitments.queries import people_of
from engagements.models import (
    Contact,
    ConversationParticipant,
    HealthReview,
    ReviewAction,
    ReviewConfirmation,
    ReviewConversation,
    ReviewResult,
    Side,
    TeamRole,
)
from engagements.reviews.agenda import agenda
from engagements.reviews.instrument.content import ENGLISH
from engagements.reviews.instrument.library import content_of
from engagements.reviews.scoring.power import ActionBurden, action_burden

State = HealthReview.State
Purpose = ReviewConfirmation.Purpose
# The result is there, with figures or without; the talk on it is not over.
TALKED_ABOUT = (State.RELEASED, State.INSUFFICIENT)
# Actions are written down before, in and after the talk, until both sides agree.
PROPOSING = (*TALKED_ABOUT, State.DISCUSSED)
SHOWN = (*PROPOSING, State.AGREED, State.COMPLETED)
# Fewer are done, more are forgotten.
MOST = 3
_LEADS = (TeamRole.Role.INTERFACE, TeamRole.Role.SPONSOR)
# A longer list is read by nobody.
_OFFERED = 500


@dataclass
class Speaker:
    """Somebody of a side who can take part; `leads`: interface person or sponsor."""

    contact: Contact
    side: str
    leads: bool = False


@dataclass(frozen=True)
class SideAsked:
    """What one side was last asked about the actions, if it was asked at all."""

    side: Side
    name: str
    confirmation: ReviewConfirmation | None

    @property
    def state(self) -> str:
        """Where it stands: not asked, asked, yes, no."""
        row = self.confirmation
        if row is None or row.version == 0:
            return "unasked"
        return row.answer or "asked"

    @property
    def objection(self) -> str:
        """What the side wants to be different, also after something changed."""
        row = self.confirmation
        said_no = row is not None and row.answer == ReviewConfirmation.Answer.NO
        return row.reason if row is not None and said_no else ""


def document_of(review: HealthReview) -> dict[str, Any] | None:
    """What both sides read; None where there were too few answers for it."""
    if review.state == State.INSUFFICIENT:
        return None
    rows = ReviewResult.objects.filter(review=review)
    return (
        rows.filter(audience=ReviewResult.Audience.SHARED)
        .values_list("document", flat=True)
        .first()
    )


def stages(
    review: HealthReview,
    conversation: ReviewConversation | None,
    earlier: Sequence[ReviewAction],
) -> list[dict[str, Any]]:
    """The agenda as it was planned; before that, as it would be."""
    if conversation is not None and conversation.agenda:
        return conversation.agenda
    return agenda(document_of(review), previous=len(earlier))


def conversation_of(review: HealthReview) -> ReviewConversation | None:
    """The talk as it is planned or was held."""
    rows = ReviewConversation.objects.select_related("planned_by", "recorded_by")
    return rows.filter(review=review).first()


def participants_of(
    conversation: ReviewConversation | None,
) -> list[ConversationParticipant]:
    """Who takes part, the client's people first."""
    if conversation is None:
        return []
    rows = conversation.participants.select_related("contact")
    return sorted(rows, key=lambda row: (row.side, row.contact.name))


def speakers(review: HealthReview, *, whole: bool = True) -> list[Speaker]:
    """Who can take part: the team of each side, or where nobody is on it, its people.

    One query where both sides have a team, or the team alone is wanted.
    """
    roles = TeamRole.objects.current().filter(relationship=review.relationship_id)
    found: dict[Any, Speaker] = {}
    for role in roles.select_related("contact").order_by("contact__name", "pk"):
        known = found.setdefault(role.contact_id, Speaker(role.contact, role.side))
        known.leads = known.leads or role.role in _LEADS
    for side in Side:
        if whole and not any(one.side == side for one in found.values()):
            people = people_of(review.relationship, side)[:_OFFERED]
            found |= {row.pk: Speaker(row, side.value) for row in people}
    return list(found.values())


def spokespeople(review: HealthReview) -> list[Speaker]:
    """Who can take part, as far as somebody of neither side may know a side's people:
    its team, or where nobody is on it, who speaks for it."""
    found = speakers(review, whole=False)
    present = {one.side for one in found}
    return found + [
        Speaker(contact, side.value, leads=True)
        for side, contact in coordinators(review).items()
        if contact is not None and side.value not in present
    ]


def owners(review: HealthReview) -> dict[Side, list[Contact]]:
    """Who may own an action, by side, the team first: two queries."""
    team = TeamRole.objects.current().filter(
        relationship=review.relationship_id, contact=OuterRef("pk")
    )
    return {
        side: list(
            people_of(review.relationship, side)
            .annotate(speaks=Exists(team.filter(side=side)))
            .order_by("-speaks", "name", "pk")[:_OFFERED]
        )
        for side in Side
    }


def names_of(review: HealthReview) -> dict[str, str]:
    """{side: its organisation's name}."""
    relationship = review.relationship
    return {side.value: getattr(relationship, side.value).name for side in Side}


def topic_names(review: HealthReview) -> dict[str, str]:
    """{topic: its name} of the instrument the review asked."""
    if review.instrument is None:
        return {}
    dimensions = content_of(review.instrument).dimensions
    return {one.key: one.name[ENGLISH] for one in dimensions}


def earlier_actions(review: HealthReview) -> list[ReviewAction]:
    """What was agreed in the review before, and what was carried over to this one.

    Both sides look at them first. One query; for a review that never opened, the same.
    """
    before = (
        HealthReview.objects.filter(
            relationship=review.relationship_id,
            state__in=[State.AGREED, State.COMPLETED],
            opens_on__lt=review.opens_on,
        )
        .order_by("-opens_on")
        .values("pk")[:1]
    )
    rows = ReviewAction.objects.filter(
        Q(review__in=before) | Q(carried_to=review), commitment__isnull=False
    )
    return list(
        rows.exclude(review=review)
        .select_related("owner", "commitment")
        .order_by("commitment__original_due_on", "pk")
    )


def actions_of(review: HealthReview) -> list[ReviewAction]:
    """What the talk led to, in the order it was written down."""
    rows = ReviewAction.objects.filter(review=review)
    return list(rows.select_related("owner", "commitment"))


def burden(
    actions: Iterable[ReviewAction], earlier: Iterable[ReviewAction]
) -> tuple[ActionBurden, dict[Side, int]]:
    """Who carries what: these actions and the earlier ones that are still open."""
    sides = [one.side for one in actions]
    sides += [one.side for one in earlier if is_open(one)]
    counts = {side: sides.count(side.value) for side in Side}
    return action_burden(counts[Side.CLIENT], counts[Side.SUPPLIER]), counts


def is_open(action: ReviewAction) -> bool:
    """Agreed, neither done nor let go by both sides."""
    promise = action.commitment
    return (
        promise is not None and promise.done_at is None and promise.cancelled_at is None
    )


def sides_asked(review: HealthReview) -> list[SideAsked]:
    """What each side is asked about the actions as they stand: one query.

    What was asked before something changed has version 0 and is no longer asked.
    """
    rows = asked_about_actions(review).select_related("contact", "answered_by")
    last = {row.side: row for row in rows.order_by("round")}
    names = names_of(review)
    return [SideAsked(side, names[side], last.get(side.value)) for side in Side]


def asked_about_actions(review: HealthReview) -> QuerySet[ReviewConfirmation]:
    """What both sides were asked about this review's actions."""
    return ReviewConfirmation.objects.filter(review=review, purpose=Purpose.ACTIONS)


def coordinators(
    review: HealthReview, today: date | None = None
) -> dict[Side, Contact | None]:
    """Who speaks for each side of a review: who confirmed its people, while present;
    else the interface person, else the owner of the side.

    Two queries.
    """
    relationship = review.relationship
    day = today or timezone.localdate()
    roles = TeamRole.objects.current(day).filter(
        relationship=relationship, role=TeamRole.Role.INTERFACE
    )
    found: dict[Side, Contact | None] = dict.fromkeys(Side)
    sides = relationship.sides.select_related("owner")
    candidates = [
        *((row.side, row.owner) for row in sides if row.owner),
        *(
            (row.side, row.contact)
            for row in roles.select_related("contact").order_by("-from_on", "-pk")
        ),
        *_confirmed_people(review),
    ]
    for side, contact in candidates:
        if contact.is_present:
            found[Side(side)] = contact
    return found


def _confirmed_people(review: HealthReview) -> list[tuple[str, Contact]]:
    rows = review.confirmations.filter(purpose=Purpose.RATERS).select_related("contact")
    return [(row.side, row.contact) for row in rows.order_by("round")]
