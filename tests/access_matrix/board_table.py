"""Every address of a board: the host's, and the door's.

The own organisation hosts; the manager of the other side sits, unknown to colleagues.
The account managers of the host do not know of the board either.
"""

from __future__ import annotations

from tests.access_matrix.table import ANYBODY, EVERYBODY, Route, list_of, on

HOST = frozenset({"own_executive", "own_administrator"})
OTHER_READERS = frozenset({"other_executive", "other_administrator"})
MEMBER = frozenset({"other_manager"})
# All of the others who act for somebody.
UNKNOWING = ANYBODY - HOST - MEMBER

ROUTES = [
    # Whoever acts for nobody has no list; what it shows is narrowed for the others.
    list_of("boards"),
    Route("board-create", HOST | OTHER_READERS | {"outsider"}, hidden=frozenset()),
    Route("board", HOST | MEMBER, rows=on("board"), hidden=UNKNOWING),
    *(
        Route(f"board-{what}", HOST, rows=on("board"), hidden=UNKNOWING)
        for what in ("edit", "facilitator", "archive")
    ),
    *(
        Route(f"board-{what}", HOST, rows=on("new_board"), hidden=EVERYBODY)
        for what in ("charter", "seat-propose")
    ),
    Route("board-restore", HOST, "post", on("archived_board"), hidden=EVERYBODY),
    Route(
        "board-seat-drop",
        HOST,
        "post",
        rows=(*on("new_board"), ("seat", "proposed_seat")),
        hidden=EVERYBODY,
    ),
    Route("board-enter", MEMBER, "post", on("board"), hidden=UNKNOWING),
]

# Behind the signed link, with or without an account.
OPEN = dict.fromkeys(
    (
        "board-link",
        "board-home",
        "board-home-charter",
        "board-charter-ratify",
        "board-charter-write",
        "board-charter-propose",
        "board-seats",
        "board-seat-new",
        "board-seat-invite",
        "board-seat-leave-out",
        "board-seat-renew",
        "board-seat-end",
        "board-seat-chair",
        "board-seat-link",
        "board-meeting-plan",
        "board-meeting-page",
        "board-meeting-edit",
        "board-meeting-move",
        "board-meeting-call-off",
        "board-agenda",
        "board-room",
        "board-room-state",
        "board-room-file-add",
        "board-room-file",
        "board-room-file-delete",
        "board-room-said",
        "board-room-quorum",
        "board-room-stops",
        "board-room-carry",
        "board-capture",
        "board-drafts",
        "board-draft-new",
        "board-draft",
    ),
    "tests/engagements/boards",
)
