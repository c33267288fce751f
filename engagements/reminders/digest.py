"""One mail a person a day, only when there is something to say."""

from __future__ import annotations

from itertools import islice

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from engagements.models import Notice
from engagements.notices.kinds import Letter, known, unsealed
from engagements.reminders.words import absolute

MOST_LINES = 40
# Of very many, whether they still stand is asked of the nearest ones.
_LOOKED_AT = 400


def waiting(digest: Notice) -> QuerySet[Notice]:
    """What a person has not been told by mail yet, and what this digest told already:
    one that has to be sent again says the same."""
    return unsealed(Notice.objects.all()).filter(
        Q(digested_at=None) | Q(digested_at=digest.due_at),
        recipient=digest.recipient_id,
        channel=Notice.Channel.IN_APP,
        lane=Notice.Lane.DIGEST,
        state__in=[Notice.State.PENDING, Notice.State.SENT],
    )


def still_wanted(notice: Notice) -> bool:
    """Something still stands that the digest would name."""
    return bool(_standing(notice, most=1))


def _standing(digest: Notice, *, most: int) -> list[Notice]:
    rows = waiting(digest).select_related("recipient", "organisation")
    found = (row for row in rows.order_by("day", "pk")[:_LOOKED_AT] if _stands(row))
    return list(islice(found, most))


def _stands(row: Notice) -> bool:
    kind = known(row.kind)
    return kind is not None and kind.still_wanted(row)


def letter(notice: Notice) -> Letter:
    """Every line a link straight to the thing to do; the rest is counted."""
    named = _standing(notice, most=MOST_LINES)
    everything = waiting(notice)
    more = everything.count() - len(named) if len(named) == MOST_LINES else 0
    everything.update(digested_at=notice.due_at, updated_at=timezone.now())
    count = len(named) + more
    subject = ngettext(
        "%(count)d thing for today", "%(count)d things for today", count
    ) % {"count": count}
    paragraphs = [_("This is due or has fallen silent, the nearest day first.")]
    if more:
        left = ngettext(
            "%(count)d more stands in the application.",
            "%(count)d more stand in the application.",
            more,
        )
        paragraphs.append(left % {"count": more})
    return Letter(
        subject,
        paragraphs,
        _("Open my notices"),
        absolute(reverse("engagements:notices")),
        tuple(_line(row) for row in named),
    )


def _line(row: Notice) -> tuple[str, str]:
    kind = known(row.kind)
    assert kind is not None  # noqa: S101 - those without a kind were left out
    own = kind.letter(row)
    return own.subject, own.url
