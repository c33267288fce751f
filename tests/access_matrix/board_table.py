"""Every address of a board: the host's, and the door's.

The own organisation hosts; the manager of the other side sits, unknown to colleagues.
The account managers of the host do not know of the board either.
"""

from __future__ import annotations

from tests.access_matrix.table import ANYBODY, Route, on

HOST = frozenset({"own_executive", "own_administrator"})
MEMBER = frozenset({"other_manager"})
# All of the others who act for somebody.
UNKNOWING = ANYBODY - HOST - MEMBER

ROUTES = [
    Route("board-enter", MEMBER, "post", on("board"), hidden=UNKNOWING),
]

# Behind the signed link, with or without an account.
OPEN = dict.fromkeys(
    (
        "board-link",
        "board-home",
        "board-meeting-plan",
        "board-meeting-page",
        "board-meeting-edit",
        "board-meeting-move",
        "board-meeting-call-off",
    ),
    "tests/engagements/boards",
)
