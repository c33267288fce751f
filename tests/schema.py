"""The tables: migrated once, then copied for every worker that needs them.

To migrate takes longer than most parts of the suite, so one process does it, and the
workers of this run and of later ones copy the outcome. Another file that decides what
the tables are makes another one, and bin/test begins without any.
"""

from __future__ import annotations

import fcntl
import hashlib
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper

ROOT = Path(__file__).parent.parent
# What decides the tables, and the rows that every migration leaves in them.
DECISIVE = (
    "requirements-dev.lock",
    "tests/schema.py",
    "relman/**/*.py",
    "accounts/**/*.py",
    "engagements/*.py",
    "engagements/models/**/*.py",
    "engagements/migrations/*.py",
    "engagements/reviews/frozen/*.py",
)


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment,
    django_db_modify_db_settings,
    django_db_blocker,
    tmp_path_factory,
):
    """A database of this worker's own; the table of the cache is there too."""
    before = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite":
        # A file: in memory, the threads of the test server would share one connection
        # and with it one transaction, which no real server does.
        own = str(tmp_path_factory.mktemp("database") / "test.sqlite3")
    else:
        own = connection.settings_dict["TEST"]["NAME"] or f"test_{before}"
    with django_db_blocker.unblock(), _one_at_a_time():
        prepared = _prepared()
        if not _exists(prepared):
            _make(prepared)
        _copy(prepared, own)
        _use(own)
    yield
    with django_db_blocker.unblock():
        connection.creation.destroy_test_db(before, verbosity=0)


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    with (settings.VAR_DIR / "tables.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _prepared() -> str:
    """The name under which the tables of today's code are kept."""
    found = hashlib.sha256()
    for pattern in DECISIVE:
        for path in sorted(ROOT.glob(pattern)):
            found.update(path.as_posix().encode() + path.read_bytes())
    name = f"tables_{found.hexdigest()[:16]}"
    if connection.vendor == "sqlite":
        return str(settings.VAR_DIR / f"{name}.sqlite3")
    return name


def _make(prepared: str) -> None:
    """Migrate; half done, it never bears the name."""
    before = connection.settings_dict["NAME"]
    half = f"{prepared}_unfinished"
    if connection.vendor == "sqlite":
        # A run that was killed leaves it, with a journal that fits no other file.
        for left in settings.VAR_DIR.glob("tables_*"):
            left.unlink()
    connection.settings_dict["TEST"]["NAME"] = half
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    call_command("createcachetable")
    _use(before)
    if connection.vendor == "sqlite":
        Path(half).rename(prepared)
    else:
        _command(f"ALTER DATABASE {_quoted(half)} RENAME TO {_quoted(prepared)}")


def _exists(prepared: str) -> bool:
    if connection.vendor == "sqlite":
        return Path(prepared).exists()
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [prepared])
        return cursor.fetchone() is not None


def _copy(prepared: str, own: str) -> None:
    if connection.vendor == "sqlite":
        # A run that begins beside this one may put the prepared ones away.
        for place in (own, untouched(own)):
            shutil.copyfile(prepared, place)
        return
    _command(f"DROP DATABASE IF EXISTS {_quoted(own)}")
    _command(f"CREATE DATABASE {_quoted(own)} TEMPLATE {_quoted(prepared)}")


def untouched(own: str) -> Path:
    """Beside a worker's SQLite: what it was made of."""
    return Path(f"{own}-untouched")


def made_anew(one: BaseDatabaseWrapper) -> None:
    """A worker's SQLite as it was made.

    Django would empty each table and fill some again, for a hundred times as long.
    """
    written_over(one, untouched(one.settings_dict["NAME"]))


def written_over(one: BaseDatabaseWrapper, kept: Path) -> None:
    """What was kept; whoever else has the database open sees it at once."""
    one.ensure_connection()
    with closing(sqlite3.connect(f"file:{kept}?immutable=1", uri=True)) as source:
        source.backup(one.connection)


def set_aside(one: BaseDatabaseWrapper, kept: Path) -> None:
    """Keep all that a SQLite holds now."""
    with closing(sqlite3.connect(kept)) as target:
        one.connection.backup(target)


def _use(name: str) -> None:
    """As Django's own creation of a test database does it."""
    connection.close()
    settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = name


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)


def _command(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)
