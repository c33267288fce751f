"""Writes of meetings: planned, moved, held, cancelled; a held one plans the next."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from engagements import history
from engagements.contracts.terms import add_months
from engagements.errors import RuleError
from engagements.models import (
    Contact,
    Interaction,
    Meeting,
    MeetingParticipant,
    RelationshipSide,
    Standing,
    TimelineEntry,
)
from engagements.relationships.figures import refresh_contacts

_WEEKS = {"weekly": 1, "fortnightly": 2}
_MONTHS = {"monthly": 1, "quarterly": 3}


@transaction.atomic
def plan_meeting(
    *,
    by: Standing,
    own: RelationshipSide,
    values: Mapping[str, Any],
    people: Iterable[tuple[Contact, str]],
) -> Meeting:
    """Plan a conversation of both sides."""
    meeting = Meeting.objects.create(
        relationship=own.relationship,
        side=own.side,
        organisation=by.organisation,
        planned_by=by.contact,
        **values,
    )
    _invite(meeting, people)
    _announce(meeting, by)
    refresh_contacts([own.relationship_id])
    return meeting


def _invite(meeting: Meeting, people: Iterable[tuple[Contact, str]]) -> None:
    MeetingParticipant.objects.bulk_create(
        MeetingParticipant(meeting=meeting, contact=person, side=side)
        for person, side in dict(people).items()
    )


def _announce(meeting: Meeting, by: Standing) -> None:
    history.record_event(
        meeting.relationship,
        kind=TimelineEntry.Kind.MEETING,
        mark="planned",
        title=_("Meeting planned: %(title)s") % {"title": meeting.title},
        at=meeting.created_at,
        organisation=by.organisation,
        visibility=meeting.visibility,
        row=meeting,
        address=meeting.get_absolute_url(),
        people=[by.contact],
    )


@transaction.atomic
def change_meeting(
    *,
    by: Standing,
    meeting: Meeting,
    values: Mapping[str, Any],
    people: Iterable[tuple[Contact, str]],
    reason: str = "",
) -> Meeting:
    """Move or reword a planned meeting."""
    meeting = _planned(meeting)
    fields = history.differences(meeting, dict(values))
    for name, value in values.items():
        setattr(meeting, name, value)
    meeting.save()
    meeting.participants.all().delete()
    _invite(meeting, people)
    history.record_change(
        meeting,
        fields,
        by=by,
        relationship=meeting.relationship,
        visibility=meeting.visibility,
        reason=reason,
    )
    _announce(meeting, by)
    refresh_contacts([meeting.relationship_id])
    return meeting


@transaction.atomic
def cancel_meeting(*, by: Standing, meeting: Meeting, reason: str) -> Meeting:
    """It will not take place; a repeated one goes on with the next."""
    meeting = _planned(meeting)
    meeting.cancelled_at = timezone.now()
    meeting.cancelled_reason = reason
    meeting.save(update_fields=["cancelled_at", "cancelled_reason", "updated_at"])
    TimelineEntry.objects.filter(object_id=meeting.pk).delete()
    _plan_next(meeting)
    refresh_contacts([meeting.relationship_id])
    return meeting


@transaction.atomic
def mark_held(*, meeting: Meeting, interaction: Interaction) -> Meeting:
    """It took place: the entry is its record, and the next one is planned."""
    meeting = _planned(meeting)
    meeting.held_as = interaction
    meeting.save(update_fields=["held_as", "updated_at"])
    # The conversation itself now stands on the timeline.
    TimelineEntry.objects.filter(object_id=meeting.pk).delete()
    _plan_next(meeting)
    refresh_contacts([meeting.relationship_id])
    return meeting


def _planned(meeting: Meeting) -> Meeting:
    rows = Meeting.objects.select_for_update(no_key=True, of=("self",))
    meeting = rows.select_related("relationship", "planned_by").get(pk=meeting.pk)
    if meeting.held_as_id or meeting.cancelled_at:
        raise RuleError(_("This meeting is no longer planned."))
    return meeting


def _plan_next(meeting: Meeting) -> Meeting | None:
    starts_at = next_start(meeting.starts_at, meeting.recurrence, timezone.now())
    again = Meeting.objects.planned().filter(
        relationship=meeting.relationship_id, title=meeting.title, starts_at=starts_at
    )
    if starts_at is None or again.exists():
        return None
    following = Meeting.objects.create(
        relationship=meeting.relationship,
        side=meeting.side,
        organisation_id=meeting.organisation_id,
        visibility=meeting.visibility,
        title=meeting.title,
        starts_at=starts_at,
        minutes=meeting.minutes,
        place=meeting.place,
        agenda=meeting.agenda,
        recurrence=meeting.recurrence,
        planned_by=meeting.planned_by,
    )
    people = meeting.participants.select_related("contact")
    _invite(following, [(row.contact, row.side) for row in people])
    return following


def next_start(at: datetime, recurrence: str, now: datetime) -> datetime | None:
    """When a repeated meeting is next, after now, at the same local time of day."""
    if not recurrence:
        return None
    local = timezone.localtime(at)
    count = 1
    while True:
        if recurrence in _WEEKS:
            day = local.date() + timedelta(weeks=_WEEKS[recurrence] * count)
        else:
            day = add_months(local.date(), _MONTHS[recurrence] * count)
        found = timezone.make_aware(datetime.combine(day, local.time()))
        if found > now:
            return found
        count += 1
