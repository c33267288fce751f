"""The part of the site map that is a board's closed room, behind its door."""

from django.urls import path

from engagements.boards.views import (
    room_agenda,
    room_drafts,
    room_files,
    room_page,
    room_quorum,
    room_said,
    room_stops,
)

room_pages = [
    path("b/meetings/<uuid:pk>/agenda/", room_agenda.write, name="board-agenda"),
    path("b/meetings/<uuid:pk>/room/", room_page.room, name="board-room"),
    path("b/meetings/<uuid:pk>/room/state/", room_page.state, name="board-room-state"),
    path(
        "b/meetings/<uuid:pk>/room/files/new/",
        room_files.add,
        name="board-room-file-add",
    ),
    path(
        "b/meetings/<uuid:pk>/room/files/<uuid:row>/",
        room_files.file,
        name="board-room-file",
    ),
    path(
        "b/meetings/<uuid:pk>/room/files/<uuid:row>/delete/",
        room_files.ask,
        name="board-room-file-delete",
    ),
    path(
        "b/meetings/<uuid:pk>/room/<uuid:said>/",
        room_said.contribution,
        name="board-room-said",
    ),
    path(
        "b/meetings/<uuid:pk>/room/<uuid:said>/issue/",
        room_said.carry,
        name="board-room-carry",
    ),
    path(
        "b/meetings/<uuid:pk>/room/quorum/",
        room_quorum.go_on,
        name="board-room-quorum",
    ),
    path("b/meetings/<uuid:pk>/room/stops/", room_stops.log, name="board-room-stops"),
    path("b/meetings/<uuid:pk>/capture/", room_page.capture, name="board-capture"),
    path("b/meetings/<uuid:pk>/drafts/", room_drafts.drafts, name="board-drafts"),
    path("b/meetings/<uuid:pk>/drafts/new/", room_drafts.start, name="board-draft-new"),
    path(
        "b/meetings/<uuid:pk>/drafts/<uuid:draft>/",
        room_drafts.change,
        name="board-draft",
    ),
]
