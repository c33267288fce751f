"""The demo's advisory board: two years of asking, and a meeting under way today.

Nothing of it is told to anybody: the story happened before anybody looked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta

from django.utils import timezone

from engagements.boards.actions.room_example import fill_room
from engagements.boards.terms import term_end
from engagements.demo.asked import morning
from engagements.demo.board_story import (
    CHARTER,
    FIRST,
    NAME,
    RATIFIED,
    SECOND,
    STORY,
    TODAY,
    Asked,
)
from engagements.demo.people import World
from engagements.models import (
    Board,
    BoardCharter,
    BoardMeeting,
    BoardSeat,
    CharterRatification,
    Contact,
    MeetingPhase,
    Recommendation,
    RecommendationPromise,
    Side,
)

SEATS, FEWEST = 9, 3
# The phase of the response is the fourth.
RELEASED = 3


def write_board(world: World) -> None:
    """The host's board with up to nine of its clients; needs three."""
    clients = _clients(world)
    if len(clients) < FEWEST:
        return
    board, seats = _founded(world, clients)
    earlier: dict[str, Recommendation] = {}
    for number, (ago, story) in enumerate(STORY, 1):
        meeting = _meeting(board, seats, number, world.ago(ago), over=True)
        for asked in story:
            earlier[asked.wording] = _write(world, meeting, asked, earlier)
    meeting = _meeting(board, seats, 3, world.ago(TODAY), over=False)
    first = earlier["Say what changes next quarter, in writing, to each of us"]
    fill_room(meeting, [seat for seat in seats if not seat.is_facilitator], first)


def _clients(world: World) -> list[Contact]:
    """Who speaks for each of the first clients of the host."""
    found: dict[object, Contact] = {}
    for row in world.relationships:
        if row.supplier_id == world.host.pk and len(found) < SEATS:
            person = world.people[row.pk, Side.CLIENT][0]
            if person.organisation_id == row.client_id:
                found.setdefault(row.client_id, person)
    return list(found.values())


def _founded(world: World, clients: list[Contact]) -> tuple[Board, list[BoardSeat]]:
    founder = next(row for row in world.contacts if row.name.startswith("Ingrid"))
    guide = next(row for row in world.contacts if row.email.startswith("ruth@"))
    board = Board.objects.create(
        supplier=world.host,
        name=NAME,
        founded_by=founder,
        facilitator=guide,
        facilitator_paid_by="Tarnmoor, by the day",
    )
    seats = [*_members(world, board, clients), _guide(world, board, guide)]
    BoardSeat.objects.bulk_create(seats)
    _ratified(world, board, seats)
    return board, seats


def _members(world: World, board: Board, clients: list[Contact]) -> Iterator[BoardSeat]:
    began = world.ago(FIRST + 60)
    for number, person in enumerate(clients):
        yield BoardSeat(
            board=board,
            supplier=world.host,
            organisation=person.organisation,
            contact=person,
            address=person.email,
            is_chair=number == 0,
            invited_on=began,
            from_on=began,
            to_on=world.today + timedelta(days=300),
            renewed=True,
        )


def _guide(world: World, board: Board, guide: Contact) -> BoardSeat:
    began = world.ago(FIRST + 60)
    return BoardSeat(
        board=board,
        supplier=world.host,
        contact=guide,
        address=guide.email,
        role=BoardSeat.Role.FACILITATOR,
        invited_on=began,
        from_on=began,
    )


def _ratified(world: World, board: Board, seats: list[BoardSeat]) -> None:
    """Before the first meeting, and the same words again each year."""
    for number, ago in enumerate(RATIFIED, 1):
        day = world.ago(ago)
        charter = BoardCharter.objects.create(
            board=board,
            number=number,
            proposed_on=day - timedelta(days=14),
            ratified_on=day,
            review_on=term_end(day, 12),
            **CHARTER,
        )
        CharterRatification.objects.bulk_create(
            CharterRatification(charter=charter, seat=seat, at=morning(day))
            for seat in seats
            if not seat.is_facilitator
        )


def _meeting(
    board: Board, seats: list[BoardSeat], number: int, day: date, *, over: bool
) -> BoardMeeting:
    phases = [one for one in BoardMeeting.Phase if one != BoardMeeting.Phase.PLANNED]
    if not over:
        phases = phases[:2]
    meeting = BoardMeeting.objects.create(
        board=board,
        number=number,
        title=f"Annual meeting {day.year}",
        held_on=day,
        place="Larkrise House",
        phase=phases[-1],
    )
    begins = morning(day) + timedelta(hours=3)
    if not over and begins + timedelta(hours=1) > timezone.now():
        begins = morning(day)
    # The host answers after weeks, and the meeting is closed with that.
    hours = [
        begins + timedelta(hours=n, days=40 * (n > RELEASED))
        for n in range(len(phases) + 1)
    ]
    MeetingPhase.objects.bulk_create(
        MeetingPhase(
            meeting=meeting,
            phase=phase,
            started_at=hours[n],
            ended_at=hours[n + 1] if over or n + 1 < len(phases) else None,
            moved_by=seats[-1],
        )
        for n, phase in enumerate(phases)
    )
    return meeting


def _write(
    world: World,
    meeting: BoardMeeting,
    asked: Asked,
    earlier: dict[str, Recommendation],
) -> Recommendation:
    def on(days: int) -> date:
        return meeting.held_on + timedelta(days=days)

    answered = morning(on(asked.answered))
    row = Recommendation.objects.create(
        board=meeting.board,
        meeting=meeting,
        number=len(earlier) + 1,
        wording=asked.wording,
        problem=asked.problem,
        desired_outcome=asked.outcome,
        support=asked.support,
        state=asked.state,
        submitted_at=morning(meeting.held_on),
        acknowledged_at=morning(on(3)),
        decision=asked.decision,
        decided_at=answered,
        answered_at=answered,
        reason=asked.reason,
        ancestor=earlier.get(asked.again),
        **_later(world, asked, on),
    )
    if asked.promise[0]:
        _promise(world, row, asked, on(asked.due), on(asked.moved or asked.due))
    return row


def _later(world: World, asked: Asked, on: Callable[[int], date]) -> dict[str, object]:
    """What came after the answer, as far as it came."""
    found: dict[str, object] = {}
    if asked.decision == Recommendation.Decision.DEFER:
        day = world.today + timedelta(days=40)
        found |= {"deferred_once": True, "deferred_until": day}
    if asked.delivered:
        found["delivered_on"] = on(asked.delivered)
    if asked.state in {"reported_back", "verified"}:
        told = max(asked.delivered, asked.answered) + 30
        found["reported_back_at"] = morning(on(told))
    if asked.verdict:
        # Stated while the next annual meeting opens.
        opens = (day for day in map(world.ago, (SECOND, TODAY)) if day > on(0))
        found |= {"verdict": asked.verdict, "verdict_on": next(opens)}
    return found


def _promise(
    world: World, row: Recommendation, asked: Asked, first: date, now: date
) -> None:
    text, measure = asked.promise
    done = row.delivered_on
    made = RecommendationPromise.objects.create(
        recommendation=row,
        owner=next(one for one in world.contacts if one.name.startswith("Dan ")),
        text=text,
        measure=measure,
        original_due_on=first,
        due_on=now,
        done_on=done,
    )
    RecommendationPromise.objects.filter(pk=made.pk).update(created_at=row.decided_at)
