"""Every address about what a board asked for: the host answers, whoever sits reads."""

from __future__ import annotations

from tests.access_matrix.board_table import HOST, MEMBER, UNKNOWING
from tests.access_matrix.table import Route, on

_SEEN = HOST | MEMBER
# Who of the host promised it: reads that one recommendation, and of the board no more.
_OWNER = frozenset({"own_elsewhere"})
_OTHERS = UNKNOWING - _OWNER
_BOARD = ("board", "board")
_ABOUT = (_BOARD, *on("recommendation"))
_PROMISE = (*_ABOUT, ("promise", "board_promise"))

ROUTES = [
    *(
        Route(f"board-{what}", _SEEN, rows=rows, hidden=UNKNOWING)
        for what, rows in (
            ("report", (_BOARD,)),
            ("report-pdf", (_BOARD,)),
            ("read-out", (_BOARD, *on("board_meeting"))),
            ("read-out-pdf", (_BOARD, *on("board_meeting"))),
        )
    ),
    Route("board-recommendation", _SEEN | _OWNER, rows=_ABOUT, hidden=_OTHERS),
    # A member reads it and does not answer for the host.
    *(
        Route(f"board-{what}", HOST, method, rows, hidden=UNKNOWING)
        for what, method, rows in (
            ("acknowledge", "post", _ABOUT),
            ("answer", "get", _ABOUT),
            ("start", "post", _ABOUT),
            ("deliver", "post", _ABOUT),
            ("promise", "get", _ABOUT),
            ("promise-give", "get", _PROMISE),
        )
    ),
    *(
        Route(f"board-{what}", HOST | _OWNER, method, _PROMISE, hidden=_OTHERS)
        for what, method in (("promise-move", "get"), ("promise-done", "post"))
    ),
]

# Behind the signed link, with or without an account.
OPEN = dict.fromkeys(
    (
        "board-door-report",
        "board-door-report-pdf",
        "board-door-list-pdf",
        "board-door-recommendation",
        "board-door-vote",
        "board-door-hands",
        "board-door-verdict",
        "board-door-told",
        "board-door-withdraw",
        "board-door-merge",
    ),
    "tests/engagements/boards",
)
