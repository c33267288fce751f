"""Claim, send, record; give back what a dead worker held.

A claim raises the row's fence: a worker that lost its lease cannot record anything.
One bad row never holds up another.
"""

from __future__ import annotations

import logging
import random
import smtplib
import time
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import (
    DatabaseError,
    InterfaceError,
    OperationalError,
    connection,
    transaction,
)
from django.db.models import F, Q
from django.utils import timezone

from engagements.models import Notice
from engagements.notices import heartbeat as heartbeats
from engagements.notices import letters
from engagements.notices.heartbeat import Heartbeat
from engagements.notices.kinds import known, sealed_names
from engagements.notices.sealing import is_sealed, named, sealed_outcome
from engagements.notices.sending import (
    AddressRefusedError,
    LaterError,
    NotReachedError,
    Postman,
    RefusedError,
    UnknownOutcomeError,
)

logger = logging.getLogger(__name__)
_State = Notice.State

_HELD = (_State.LEASED, _State.SENDING)
_GIVEN_BACK = (*_HELD, _State.PENDING, _State.PARKED)

BATCH = 50
# Minutes to wait after the first, second … failure; then a person decides.
_PAUSES = (1, 5, 15, 30, 60, 120, 240, 480, 720, 1_440, 1_440)
# Not reached: the message is not to blame, and the server is left in peace.
_NOT_REACHED_PAUSE = timedelta(seconds=30)
_UNKNOWN_PAUSE = timedelta(minutes=1)
_BREAKER = 3
# Leases for which a worker keeps in mind that a message has left.
_REMEMBERED = 10
# Seconds between two looks whether the database is back.
_DATABASE_PAUSE = 0.5
# Seconds after which the queue is looked at again, the most urgent first.
_SLICE = 3.0


@dataclass
class Counts:
    """What one delivery did."""

    shown: int = 0
    sent: int = 0
    failed: int = 0
    parked: int = 0
    left_out: int = 0

    def add(self, outcome: str) -> None:
        """Count one outcome."""
        setattr(self, outcome, getattr(self, outcome) + 1)


def deliver(seconds: float = 45.0) -> Counts:
    """Send what is due until nothing is left or the time is over."""
    deadline, silent = time.monotonic() + seconds, 0
    counts = Counts(shown=show(timezone.now()))
    if not settings.HAS_MAIL_RELAY:
        return counts
    with Postman() as postman, Heartbeat() as heartbeat:
        while time.monotonic() < deadline and silent < _BREAKER:
            claimed = claim(timezone.now())
            if not claimed:
                break
            slice_over = time.monotonic() + _SLICE
            for position, notice in enumerate(claimed):
                outcome = _deliver_one(postman, heartbeat, notice)
                silent = silent + 1 if outcome == "not_reached" else 0
                if not is_sealed(notice):
                    counts.add("failed" if silent else outcome)
                # Give the rest back: a server that is down is not hammered, and with
                # a slow one something more urgent may have come meanwhile.
                if silent >= _BREAKER or time.monotonic() > slice_over:
                    _give_back(claimed[position + 1 :])
                    break
    return counts


def show(now: datetime) -> int:
    """In the application a message arrives by being recorded; all that are due."""
    due = Notice.objects.filter(
        Q(not_after=None) | Q(not_after__gte=now),
        state=_State.PENDING,
        channel=Notice.Channel.IN_APP,
        next_attempt_at__lte=now,
    )
    return due.update(state=_State.SENT, sent_at=now, updated_at=now)


def claim(now: datetime, batch: int = BATCH) -> list[Notice]:
    """Take the most urgent waiting mails for this worker."""
    due = Notice.objects.filter(
        state=_State.PENDING, channel=Notice.Channel.MAIL, next_attempt_at__lte=now
    )
    with transaction.atomic():
        rows = due.order_by("lane", "next_attempt_at", "pk")
        rows = rows.select_for_update(
            skip_locked=connection.features.has_select_for_update_skip_locked
        )
        taken = list(rows.values_list("pk", flat=True)[:batch])
        Notice.objects.filter(pk__in=taken, state=_State.PENDING).update(
            state=_State.LEASED,
            fence=F("fence") + 1,
            lease_until=now + heartbeats.LEASE,
            updated_at=now,
        )
    found = Notice.objects.filter(pk__in=taken, state=_State.LEASED)
    found = found.select_related("recipient__user", "organisation")
    return list(found.order_by("lane", "next_attempt_at", "pk"))


def _give_back(notices: list[Notice]) -> None:
    for notice in notices:
        _record(notice, state=_State.PENDING, lease_until=None)


def _deliver_one(postman: Postman, heartbeat: Heartbeat, notice: Notice) -> str:
    kind = known(notice.kind)
    try:
        ending = _no_longer(notice)
        if kind is None or ending:
            _record(notice, state=ending or _State.DEAD, last_error=_reason(ending))
            return "left_out"
        message = letters.mail(notice, kind, kind.letter(notice))
        # Building the bytes now finds a poisoned row before the line is open.
        message.message()
    except DatabaseError as error:
        # The database has its own bad moments; the row may be as good as any.
        return _later(notice, error)
    except Exception as error:
        logger.exception("Notice %s cannot be written", named(notice))
        _record(notice, state=_State.DEAD, last_error=_said(error))
        return "failed"
    until = timezone.now() + heartbeats.LEASE
    if not _record(notice, state=_State.SENDING, lease_until=until):
        return "left_out"
    with heartbeat.holding(notice):
        return _hand_over(postman, notice, message)


def _no_longer(notice: Notice) -> str:
    """The state of a message that must not go out any more; empty while it must."""
    now, person = timezone.now(), notice.recipient
    if notice.not_after is not None and notice.not_after < now:
        return _State.STALE
    user, kind = person.user, known(notice.kind)
    off = user is not None and not user.is_active
    if not person.is_present or (off and not (kind and kind.opens)):
        return _State.CANCELLED
    if kind is not None and not kind.still_wanted(notice):
        return _State.CANCELLED
    if not person.email:
        return _State.DEAD
    return ""


def _reason(ending: str) -> str:
    if ending == _State.DEAD or not ending:
        return "Nobody to send it to, or its kind is no longer known."
    return "No longer wanted when it was about to be sent."


def _hand_over(postman: Postman, notice: Notice, message: object) -> str:
    try:
        postman.send(message)  # type: ignore[arg-type]  # an EmailMessage
    except NotReachedError as error:
        pause = timezone.now() + _NOT_REACHED_PAUSE
        _record(
            notice,
            state=_State.PENDING,
            next_attempt_at=pause,
            last_error=_said(error),
        )
        return "not_reached"
    except LaterError as error:
        return _later(notice, error)
    except UnknownOutcomeError as error:
        return _unknown(notice, error)
    except (RefusedError, smtplib.SMTPException, OSError, ValueError) as error:
        return _refused(notice, error)
    remember(notice, state=_State.SENT, sent_at=timezone.now(), last_error="")
    return "sent"


def _refused(notice: Notice, error: Exception) -> str:
    words = "" if is_sealed(notice) else _said(error)
    logger.warning("Notice %s was refused: %s", named(notice), words)
    _record(notice, state=_State.DEAD, last_error=_said(error))
    kind = known(notice.kind)
    unknown = isinstance(error, AddressRefusedError)
    if unknown and kind is not None and kind.refused is not None:
        kind.refused(notice)
    return "failed"


def _later(notice: Notice, error: Exception) -> str:
    attempt = notice.attempts
    if attempt >= len(_PAUSES):
        _record(notice, state=_State.DEAD, last_error=_said(error))
        return "failed"
    minutes = _PAUSES[attempt] * random.uniform(0.8, 1.2)  # noqa: S311 - spreads load
    _record(
        notice,
        state=_State.PENDING,
        attempts=attempt + 1,
        next_attempt_at=timezone.now() + timedelta(minutes=minutes),
        last_error=_said(error),
    )
    return "failed"


def _unknown(notice: Notice, error: Exception) -> str:
    """Resent once, with the same Message-ID; then a person decides."""
    again = notice.unknown_outcomes == 0
    _record(
        notice,
        state=_State.PENDING if again else _State.PARKED,
        unknown_outcomes=notice.unknown_outcomes + 1,
        next_attempt_at=timezone.now() + _UNKNOWN_PAUSE,
        last_error=_said(error),
    )
    return "failed" if again else "parked"


def _said(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"[:300]


def _record(notice: Notice, states: tuple[str, ...] = _HELD, **values: object) -> bool:
    """Write an outcome, if this worker still holds the row."""
    written = {"updated_at": timezone.now()} | values
    if is_sealed(notice):
        written = sealed_outcome(written)
    held = Notice.objects.filter(pk=notice.pk, fence=notice.fence, state__in=states)
    return bool(held.update(**written))


def remember(notice: Notice, **values: object) -> None:
    """Write that a message has left, though the database may be away for a moment.

    Only this worker knows; forgotten, the message would go out again. A row given back
    meanwhile, its lease being over, is told as well while nobody has claimed it.
    """
    gives_up = time.monotonic() + _REMEMBERED * heartbeats.LEASE.total_seconds()
    while True:
        try:
            _record(notice, _GIVEN_BACK, **values)
        except (OperationalError, InterfaceError):
            connection.close()
            if time.monotonic() > gives_up:
                raise
            time.sleep(_DATABASE_PAUSE)
        else:
            return


def reap(now: datetime) -> int:
    """Give back what a dead worker held; returns how many rows.

    A row that was leased had not left. One that was being sent may have left: its
    outcome is unknown, so it is sent once more and then parked.
    """
    over = Notice.objects.filter(lease_until__lt=now)
    free = {"lease_until": None, "next_attempt_at": now, "updated_at": now}
    back = over.filter(state=_State.LEASED).update(state=_State.PENDING, **free)
    sending = over.filter(state=_State.SENDING)
    twice = sending.filter(unknown_outcomes__gte=1)
    # Nobody could be shown a sealed one to decide about it.
    ended = {"state": _State.PARKED, "lease_until": None, "updated_at": now}
    sealed = twice.filter(kind__in=sealed_names())
    settled = sealed.update(**sealed_outcome(ended))
    parked = twice.update(**ended)
    again = sending.filter(unknown_outcomes=0).update(
        state=_State.PENDING, unknown_outcomes=1, **free
    )
    return back + settled + parked + again
