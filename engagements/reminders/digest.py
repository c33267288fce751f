"""One mail a person a day, only when there is something to say."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from engagements.models import Notice
from engagements.notices.kinds import Letter, known
from engagements.reminders.words import absolute

MOST_LINES = 40


def waiting(recipient: UUID) -> QuerySet[Notice]:
    """What a person has not been told by mail yet."""
    rows = Notice.objects.filter(
        recipient=recipient,
        channel=Notice.Channel.IN_APP,
        lane=Notice.Lane.DIGEST,
        digested_at=None,
        state__in=[Notice.State.PENDING, Notice.State.SENT],
    )
    return rows.select_related("recipient", "organisation").order_by("day", "pk")


def still_wanted(notice: Notice) -> bool:
    """Something still stands that the digest would name."""
    return any(_stands(row) for row in waiting(notice.recipient_id)[:MOST_LINES])


def _stands(row: Notice) -> bool:
    kind = known(row.kind)
    return kind is not None and kind.still_wanted(row)


def letter(notice: Notice) -> Letter:
    """Every line a link straight to the thing to do.

    What it names is marked as told now; should the mail be sent a second time, it says
    the same by its Message-ID.
    """
    now = timezone.now()
    rows = list(waiting(notice.recipient_id))
    standing = [row for row in rows if _stands(row)]
    named = standing[:MOST_LINES]
    lines = tuple(_line(row) for row in named)
    told = [row.pk for row in rows if row not in standing] + [row.pk for row in named]
    Notice.objects.filter(pk__in=told).update(digested_at=now, updated_at=now)
    count = len(standing)
    subject = ngettext(
        "%(count)d thing for today", "%(count)d things for today", count
    ) % {"count": count}
    first = _("This is due or has fallen silent, the nearest day first.")
    return Letter(
        subject,
        [first],
        _("Open my notices"),
        absolute(reverse("engagements:notices")),
        lines,
    )


def _line(row: Notice) -> tuple[str, str]:
    kind = known(row.kind)
    assert kind is not None  # noqa: S101 - those without a kind were left out
    own = kind.letter(row)
    return own.subject, own.url
