"""Advisory boards: /boards/ for whoever signs in, /b/ behind a signed link."""

from django.urls import path

from engagements.boards.views import entering, meetings

# Behind the door. The token comes last: it matches any one word.
_behind = [
    path("b/", entering.home, name="board-home"),
    path("b/meetings/new/", meetings.plan, name="board-meeting-plan"),
    path("b/meetings/<uuid:pk>/", meetings.meeting, name="board-meeting-page"),
    path("b/meetings/<uuid:pk>/edit/", meetings.edit, name="board-meeting-edit"),
    path("b/meetings/<uuid:pk>/move/", meetings.move, name="board-meeting-move"),
    path(
        "b/meetings/<uuid:pk>/call-off/",
        meetings.call_off,
        name="board-meeting-call-off",
    ),
    path("b/<str:token>/", entering.enter, name="board-link"),
]
boards = [
    path("boards/<uuid:pk>/enter/", entering.enter_signed_in, name="board-enter"),
    *_behind,
]
