"""The world of these tests, on one day."""

import pytest
import time_machine

from tests.engagements.contracts import worlds


@pytest.fixture(autouse=True)
def _on_one_day():
    with time_machine.travel("2026-11-18 10:00:00+00:00", tick=False):
        yield


@pytest.fixture
def world(db):
    return worlds.make()
