"""The stored file of a room goes with its row, whatever takes the row away."""

from __future__ import annotations

import pytest
from django.core.files.base import ContentFile

from engagements.models import Board, BoardMeeting, Organisation, RoomFile
from engagements.parties.actions import remove_demo

pytestmark = pytest.mark.django_db


@pytest.fixture
def kept(talk, member, settings, tmp_path):
    """Where the file of a room is stored."""
    settings.MEDIA_ROOT = tmp_path
    row = RoomFile(meeting=talk, name="Offer.pdf", added_by=member)
    row.file.save("x", ContentFile(b"Offer"))
    (path,) = [one for one in tmp_path.rglob("*") if one.is_file()]
    return path


def take_the_demo_away(board):
    Organisation.objects.update(demo=True)
    remove_demo()
    assert not Organisation.objects.exists()


@pytest.mark.parametrize(
    "remove",
    [
        take_the_demo_away,
        lambda board: Board.objects.all().delete(),
        lambda board: BoardMeeting.objects.get().delete(),
        lambda board: board.seats.all().delete(),
    ],
)
def test_no_file_stays_behind(remove, board, kept, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        remove(board)
        # Only once it is certain.
        assert kept.exists()

    assert not RoomFile.objects.exists()
    assert not kept.exists()
