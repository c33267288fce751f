"""The demo's world, for the journeys that begin in it."""

import pytest
from django.utils import timezone

from engagements.demo.actions import seed_demo
from tests import worlds


@pytest.fixture
def demo(transactional_db, tmp_path_factory):
    """Seeded once, for whoever asks first."""
    size = {"relationships": 24, "interactions": 200, "contracts": 40, "seed": 3}
    worlds.once(
        tmp_path_factory.getbasetemp() / "demo.sqlite3",
        lambda: seed_demo(**size, today=timezone.localdate(), reviewed=range(6)),
    )
