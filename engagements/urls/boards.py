"""Advisory boards: /boards/ for whoever signs in, /b/ behind a signed link."""

from django.urls import path

from engagements.boards.views import charter, entering, hosting, meetings, seating
from engagements.urls import board_answers
from engagements.urls.rooms import room_pages

_hosted = [
    path("boards/", hosting.boards, name="boards"),
    path("boards/new/", hosting.create, name="board-create"),
    path("boards/<uuid:pk>/", hosting.board, name="board"),
    path("boards/<uuid:pk>/edit/", hosting.edit, name="board-edit"),
    path("boards/<uuid:pk>/archive/", hosting.archive, name="board-archive"),
    path("boards/<uuid:pk>/restore/", hosting.restore, name="board-restore"),
    path(
        "boards/<uuid:pk>/facilitator/", hosting.facilitator, name="board-facilitator"
    ),
    path("boards/<uuid:pk>/charter/", hosting.charter, name="board-charter"),
    path(
        "boards/<uuid:pk>/seats/new/", hosting.propose_seat, name="board-seat-propose"
    ),
    path(
        "boards/<uuid:pk>/seats/<uuid:seat>/drop/",
        hosting.drop_seat,
        name="board-seat-drop",
    ),
    path("boards/<uuid:pk>/enter/", entering.enter_signed_in, name="board-enter"),
]

# Behind the door. The token comes last: it matches any one word.
_behind = [
    path("b/", entering.home, name="board-home"),
    path("b/charter/", charter.page, name="board-home-charter"),
    path("b/charter/ratify/", charter.ratify, name="board-charter-ratify"),
    path("b/charter/write/", charter.write, name="board-charter-write"),
    path("b/charter/propose/", charter.propose, name="board-charter-propose"),
    path("b/seats/", seating.page, name="board-seats"),
    path("b/seats/new/", seating.invite, name="board-seat-new"),
    path("b/seats/<uuid:pk>/end/", seating.end, name="board-seat-end"),
    *(
        path(
            f"b/seats/<uuid:pk>/{what}/",
            seating.act,
            {"what": what},
            name=f"board-seat-{what}" if what != "drop" else "board-seat-leave-out",
        )
        for what in seating.ACTS
    ),
    path("b/meetings/new/", meetings.plan, name="board-meeting-plan"),
    path("b/meetings/<uuid:pk>/", meetings.meeting, name="board-meeting-page"),
    path("b/meetings/<uuid:pk>/edit/", meetings.edit, name="board-meeting-edit"),
    path("b/meetings/<uuid:pk>/move/", meetings.move, name="board-meeting-move"),
    path(
        "b/meetings/<uuid:pk>/call-off/",
        meetings.call_off,
        name="board-meeting-call-off",
    ),
    *room_pages,
    *board_answers.behind,
    path("b/<str:token>/", entering.enter, name="board-link"),
]
boards = [
    *_hosted,
    *board_answers.host,
    *_behind,
]
