"""What a signed-in person may do about a board; who enters the room is `door`.

A view first fetches through `Board.objects.visible_to` (404), then asks here (403).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from engagements.models import BoardSeat, standing_of

if TYPE_CHECKING:
    from accounts.models import User
    from engagements.models import Board, RecommendationPromise


def can_found_board(user: User) -> bool:
    """Executives and administrators found a board of their own organisation."""
    standing = standing_of(user)
    return standing is not None and standing.reads_everything


def hosts(user: User, board: Board) -> bool:
    """Executives and administrators of the organisation whose board it is."""
    standing = standing_of(user)
    if standing is None or not standing.reads_everything:
        return False
    return standing.organisation.pk == board.supplier_id


def can_keep_board(user: User, board: Board) -> bool:
    """The host keeps the shell: its name, its facilitator, whom it puts forward."""
    return hosts(user, board) and board.archived_at is None


def can_restore_board(user: User, board: Board) -> bool:
    """The host takes it out of the archive again."""
    return hosts(user, board) and board.archived_at is not None


def can_propose_seat(user: User, board: Board) -> bool:
    """The host, until the facilitator is named, who then invites."""
    return can_keep_board(user, board) and board.facilitator_id is None


def can_write_charter(user: User, board: Board) -> bool:
    """The host drafts until the facilitator is named, who puts it to the members."""
    return can_propose_seat(user, board)


def can_answer_recommendation(user: User, board: Board) -> bool:
    """The host answers for itself; nobody answers for an archived board."""
    return can_keep_board(user, board)


def can_keep_promise(user: User, promise: RecommendationPromise) -> bool:
    """Whoever answers for the host, and the person who promised it for the host."""
    board, standing = promise.recommendation.board, standing_of(user)
    if standing is None or board.archived_at is not None:
        return False
    own = standing.organisation.pk == board.supplier_id
    promised = own and promise.owner_id == standing.contact.pk
    return promised or can_answer_recommendation(user, board)


def seat_on(user: User, board: Board) -> BoardSeat | None:
    """Where the person sits today; nobody of the host sits."""
    if board.archived_at is not None:
        return None
    held = BoardSeat.objects.current().neutral().of(user)
    return held.filter(board=board).first()


def can_enter_room(user: User, board: Board) -> bool:
    """Whoever sits; the host's people and everybody else do not."""
    return seat_on(user, board) is not None
