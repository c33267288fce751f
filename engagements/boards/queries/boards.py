"""Reads of boards: who sits, the charter, meetings, what was asked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db import models
from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from engagements.boards.terms import quorum
from engagements.models import (
    Board,
    BoardCharter,
    BoardMeeting,
    BoardSeat,
    CharterRatification,
    Contact,
    Membership,
    Recommendation,
)
from engagements.wording import long_day

UNDER_WAY = (
    BoardMeeting.Phase.OPENING,
    BoardMeeting.Phase.DELIBERATION,
    BoardMeeting.Phase.READ_OUT,
)
# So long before its year is over, a charter is put to the members again.
ASK_AHEAD = timedelta(days=60)


def boards(user: User) -> list[tuple[Board, int]]:
    """The boards a person sees, with how many sit on each: two queries."""
    rows = Board.objects.visible_to(user).select_related("supplier", "facilitator")
    found = list(rows.order_by("archived_at", "name", "pk"))
    held = BoardSeat.objects.current().neutral().members()
    members = held.filter(board__in=[row.pk for row in found])
    counts = members.order_by().values_list("board").annotate(Count("pk"))
    sitting = dict(counts)
    return [(row, sitting.get(row.pk, 0)) for row in found]


def seats(board: Board) -> list[BoardSeat]:
    """Who sits today, the chair first, the facilitator last: one query."""
    rows = board.seats.current().neutral()
    rows = rows.select_related("contact__organisation", "organisation")
    return sorted(
        rows,
        key=lambda row: (
            row.is_facilitator,
            not row.is_chair,
            row.organisation.name if row.organisation else "",
        ),
    )


def promisers(board: Board) -> QuerySet[Contact]:
    """Who of the host may promise the board something: whoever signs in for it.

    Anybody else could neither find the promise nor say that it is kept.
    """
    acts = Membership.objects.active().filter(organisation=board.supplier_id)
    people = Contact.objects.present().filter(user__is_active=True)
    return people.filter(pk__in=acts.order_by().values("contact"))


def proposed(board: Board) -> QuerySet[BoardSeat]:
    """Whom the host has put forward."""
    rows = board.seats.proposed().select_related("contact", "organisation")
    return rows.order_by("organisation__name", "pk")


@dataclass(frozen=True)
class Stale:
    """A seat nobody can use any more and nobody has ended, and why."""

    seat: BoardSeat
    why: str


def stale(board: Board, today: date) -> list[Stale]:
    """Members whose term has passed, who left, or who act for the host by now."""
    rows = board.seats.members().filter(ended_on=None, invited_on__isnull=False)
    shut = rows.exclude(pk__in=BoardSeat.objects.current().neutral().values("pk"))
    related = "contact__user", "contact__organisation", "organisation", "supplier"
    found = shut.select_related(*related)
    return [Stale(row, _why(row, today)) for row in found.order_by("to_on", "pk")]


def _why(seat: BoardSeat, today: date) -> str:
    if seat.to_on is not None and seat.to_on <= today:
        return _("The term ended on %(day)s.") % {"day": long_day(seat.to_on)}
    person = seat.contact
    if person.organisation.claimed_at is not None:
        off = person.user is not None and not person.user.is_active
        if off or not person.is_present:
            return _("Has left %(place)s.") % {"place": seat.organisation}
        if person.email != seat.address:
            words = _("The address became %(address)s. Ask, then send a new link.")
            return words % {"address": person.email}
    return _("Belongs to %(host)s now.") % {"host": seat.supplier}


def doubts(board: Board) -> dict[UUID, str]:
    """What was written about somebody who sits or is put forward, and what whoever
    leads may want to ask them: one query. It shuts no door."""
    rows = board.seats.filter(ended_on=None).with_listed()
    related = "contact__organisation__kept_by", "organisation", "supplier"
    said = {
        row.pk: _doubt(row, listed=row.listed) for row in rows.select_related(*related)
    }
    return {pk: words for pk, words in said.items() if words}


def _doubt(seat: BoardSeat, *, listed: bool) -> str:
    person = seat.contact
    keeper = person.organisation.kept_by if not person.organisation.claimed_at else None
    if listed:
        words = _listed(seat)
    elif keeper and not person.is_present:
        words = _(
            "%(keeper)s noted that %(name)s has left. Ask: the door stays open, and "
            "nothing is mailed."
        )
    elif keeper and seat.invited_on and person.email != seat.address:
        words = _(
            "%(keeper)s noted another address, %(address)s. Ask before you send a new "
            "link there; the one %(name)s has goes on opening, and nothing is mailed."
        )
    else:
        return ""
    return words % {
        "name": person.name,
        "host": seat.supplier,
        "keeper": keeper,
        "address": person.email,
    }


def _listed(seat: BoardSeat) -> str:
    if seat.invited_on:
        return _(
            "%(host)s has the address of %(name)s in the list of its own people. Only "
            "%(name)s can say whether it is so: ask. Until then the door stays as it "
            "is."
        )
    return _(
        "%(host)s has the address of %(name)s in the list of its own people. Only "
        "%(name)s can say whether it is so: ask before you invite."
    )


def released(board: Board) -> list[Recommendation]:
    """What the board asked for, what is open first, the newest first: two queries.

    In the order it was read out; nothing here counts or orders by who asked.
    """
    rows = Recommendation.objects.filter(board=board).select_related("meeting")
    found = rows.prefetch_related("promises").order_by("-meeting__number", "number")
    return sorted(found, key=lambda row: row.state in Recommendation.OVER)


def parts(charter: BoardCharter | None) -> list[tuple[str, str]]:
    """The words of a charter under their headings."""
    if charter is None:
        return []
    found = [
        (str(field.verbose_name), field.value_from_object(charter))
        for field in BoardCharter._meta.concrete_fields
        if isinstance(field, models.TextField)
    ]
    if charter.competitors:
        words = _(
            "There is no other business: the agenda is told in advance, and everything "
            "said belongs to one of its topics."
        )
        found.append((_("Some of the members compete with each other"), words))
    return found


def only_the_agenda(board: UUID) -> bool:
    """The charter in force says that competitors sit together: one query."""
    rows = BoardCharter.objects.filter(board=board, ratified_on__isnull=False)
    last = rows.order_by("-number").values_list("competitors", flat=True).first()
    return bool(last)


def has_charter(board: Board) -> bool:
    """The members have ratified one, whether or not its year is over: one query."""
    return board.charters.filter(ratified_on__isnull=False).exists()


def unanswered(meeting: BoardMeeting) -> list[Recommendation]:
    """What earlier meetings asked for and the host has not answered, or put off to a
    day that has passed."""
    put_off = Q(decision="defer", deferred_until__lt=timezone.localdate())
    rows = Recommendation.objects.filter(
        Q(decision="") | put_off,
        board=meeting.board_id,
        meeting__number__lt=meeting.number,
    )
    left = [Recommendation.State.MERGED, Recommendation.State.WITHDRAWN]
    return list(rows.exclude(state__in=left).order_by("number"))


def open_meeting(board: UUID) -> BoardMeeting | None:
    """The meeting of a board that is under way."""
    return BoardMeeting.objects.filter(board=board, phase__in=UNDER_WAY).first()


@dataclass(frozen=True)
class Standing:
    """How a board's charter stands; every part may be missing."""

    current: BoardCharter | None
    proposed: BoardCharter | None
    draft: BoardCharter | None
    # The members who have said yes to the one that is proposed, or in force.
    said_yes: frozenset[UUID]
    members: int
    today: date

    @property
    def latest(self) -> BoardCharter | None:
        """The one the members are asked about, else the one in force."""
        return self.proposed or self.current

    @property
    def needed(self) -> int:
        """How many members' yes it takes."""
        return quorum(self.members)

    @property
    def ends_soon(self) -> bool:
        """Its year is over, or nearly."""
        row = self.current
        if row is None or row.review_on is None:
            return False
        return row.review_on <= self.today + ASK_AHEAD

    @property
    def lapsed(self) -> bool:
        """Its year is over, and nothing newer is in force."""
        row = self.current
        return (
            row is not None
            and row.review_on is not None
            and row.review_on <= self.today
        )


def charter(board: Board, sitting: Iterable[BoardSeat], today: date) -> Standing:
    """The charter in force, the one proposed since, the draft: two queries."""
    rows = list(BoardCharter.objects.filter(board=board).order_by("-number"))
    current = next((row for row in rows if row.ratified_on), None)
    newest = next((row for row in rows if row.proposed_on), None)
    asked = newest if newest is not None and newest.ratified_on is None else None
    shown = asked or current
    members = {seat.pk for seat in sitting if not seat.is_facilitator}
    said = CharterRatification.objects.filter(charter=shown, seat__in=members)
    return Standing(
        current=current,
        proposed=asked,
        draft=next((row for row in rows if row.proposed_on is None), None),
        said_yes=frozenset(said.values_list("seat_id", flat=True))
        if shown
        else frozenset(),
        members=len(members),
        today=today,
    )
