"""What boards asked for and what became of it: /boards/ signed in, /b/ by link."""

from django.urls import path

from engagements.boards.views import answering, behind_told, told

_ONE = "boards/<uuid:board>/recommendations/<uuid:pk>/"
_BEHIND_ONE = "b/recommendations/<uuid:pk>/"
host = [
    path("boards/<uuid:board>/report/", told.report, name="board-report"),
    path(
        "boards/<uuid:board>/report.pdf",
        told.report_on_paper,
        name="board-report-pdf",
    ),
    path(
        "boards/<uuid:board>/meetings/<uuid:pk>/",
        told.read_out,
        name="board-read-out",
    ),
    path(
        "boards/<uuid:board>/meetings/<uuid:pk>/read-out.pdf",
        told.read_out_sheet,
        name="board-read-out-pdf",
    ),
    path(_ONE, told.recommendation, name="board-recommendation"),
    path(f"{_ONE}read/", answering.acknowledge, name="board-acknowledge"),
    path(f"{_ONE}answer/", answering.decide, name="board-answer"),
    path(f"{_ONE}start/", answering.start, name="board-start"),
    path(f"{_ONE}deliver/", answering.deliver, name="board-deliver"),
    path(f"{_ONE}promises/new/", answering.promise, name="board-promise"),
    path(
        f"{_ONE}promises/<uuid:promise>/move/",
        answering.move,
        name="board-promise-move",
    ),
    path(
        f"{_ONE}promises/<uuid:promise>/give/",
        answering.give,
        name="board-promise-give",
    ),
    path(
        f"{_ONE}promises/<uuid:promise>/done/",
        answering.keep,
        name="board-promise-done",
    ),
]
behind = [
    path("b/report/", behind_told.report, name="board-door-report"),
    path(
        "b/report.pdf",
        behind_told.report_on_paper,
        name="board-door-report-pdf",
    ),
    path(
        "b/meetings/<uuid:pk>/read-out.pdf",
        behind_told.list_on_paper,
        name="board-door-list-pdf",
    ),
    path(_BEHIND_ONE, behind_told.recommendation, name="board-door-recommendation"),
    path(f"{_BEHIND_ONE}vote/", behind_told.vote, name="board-door-vote"),
    path(f"{_BEHIND_ONE}hands/", behind_told.hands, name="board-door-hands"),
    path(f"{_BEHIND_ONE}verdict/", behind_told.verdict, name="board-door-verdict"),
    path(f"{_BEHIND_ONE}told/", behind_told.report_back, name="board-door-told"),
    path(f"{_BEHIND_ONE}withdraw/", behind_told.withdraw, name="board-door-withdraw"),
    path(f"{_BEHIND_ONE}merge/", behind_told.merge, name="board-door-merge"),
]
