"""What the demo's reviews told people was told then: nothing of it leaves today."""

from __future__ import annotations

from django.utils import timezone

from engagements.demo.people import World
from engagements.models import HealthReview, Notice
from engagements.notices.kinds import sealed_names
from engagements.notices.ledger import owe
from engagements.notices.sealing import settle
from engagements.reminders.rules.reviews import no_actions_agreed, not_talked_about


def as_told_then(world: World) -> None:
    """Let everything owed about a review that opened before today go, the late
    conversations and actions of the stories included."""
    opened = HealthReview.objects.filter(
        relationship__in=world.relationships, opened_at__isnull=False
    )
    told = set(opened.order_by().values_list("pk", flat=True))
    for rule in (not_talked_about, no_actions_agreed):
        for batch in rule(world.today):
            owe(one for one in batch if one.object_id in told)
    rows = Notice.objects.filter(object_id__in=told, state=Notice.State.PENDING)
    settle(rows.filter(kind__in=sealed_names()))
    # Cancelled, not sent: a list of notices of years ago is nobody's news today.
    rows.update(state=Notice.State.CANCELLED, updated_at=timezone.now())
