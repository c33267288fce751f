"""A stored file of a room goes with its row, whatever takes the row away."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.core.files.storage import Storage
from django.db import transaction
from django.db.models.signals import post_delete

from engagements.models import RoomFile


def watch() -> None:
    """Also where a board, a meeting or a seat goes and takes its rows along."""
    post_delete.connect(_forget, sender=RoomFile, dispatch_uid="room-file")


def _forget(*, instance: RoomFile, **_said: Any) -> None:
    storage: Storage = instance.file.storage
    name = str(instance.file.name)
    transaction.on_commit(partial(storage.delete, name), robust=True)
