"""What every test stands on: browser, mail sink, Hypothesis profiles."""

import gc
import os
import signal
import threading
from datetime import UTC, datetime

import pytest
from django.core.cache import cache
from django.db import connection
from hypothesis import HealthCheck, settings

from tests.clock import set_back
from tests.schema import django_db_setup  # noqa: F401 - in place of pytest-django's

# A property is tried a few times at hand, often in CI, and very often by command.
for name, examples in (("default", 60), ("ci", 500), ("thorough", 10_000)):
    settings.register_profile(
        name,
        max_examples=examples,
        deadline=None,
        suppress_health_check=[
            HealthCheck.too_slow,
            HealthCheck.function_scoped_fixture,
        ],
    )
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))

pytest_plugins = ["tests.browsing", "tests.mailbox", "tests.paper"]


@pytest.fixture(autouse=True)
def _limits_do_not_leak_between_tests(request):
    if request.node.get_closest_marker("django_db"):
        request.getfixturevalue("db")
        cache.clear()


def pytest_addoption(parser):
    """What needs no database need not run once a database."""
    parser.addoption(
        "--data-only", action="store_true", help="Only tests that touch data."
    )


def pytest_configure(config):
    """Told to stop, a run puts away what it started, as after Ctrl+C. Late in the
    evening it is earlier, but for the faults: real programs tell their own time."""
    if config.option.markexpr != "faults":
        set_back(datetime.now(UTC))
    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGTERM, signal.default_int_handler)


def pytest_collection_modifyitems(config, items):
    """A test about locks says nothing on SQLite; one without data says it once."""
    if config.getoption("--data-only"):
        left_out = [item for item in items if not touches_data(item)]
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if touches_data(item)]
    if connection.vendor == "postgresql":
        return
    reason = pytest.mark.skip(reason="locks mean something on PostgreSQL only")
    for item in items:
        if item.get_closest_marker("postgres"):
            item.add_marker(reason)


def pytest_collection_finish():
    """What is imported by now stays: the collector need not walk it again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 20, 100)


def touches_data(item) -> bool:
    """Whether a test asks for a database."""
    fixtures = {"db", "transactional_db", "live_server"}
    return bool(
        item.get_closest_marker("django_db") or fixtures & set(item.fixturenames)
    )
