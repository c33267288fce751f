"""Writes of the composer: one act keeps the entry, its people and its next step."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.contrib.auth import get_user_model
from django.db import IntegrityError, models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from engagements import history
from engagements.commitments.actions import commit
from engagements.commitments.said import Said
from engagements.errors import RuleError
from engagements.models import (
    Commitment,
    Contact,
    Draft,
    Interaction,
    InteractionOutcome,
    InteractionParticipant,
    InteractionRevision,
    Meeting,
    RelationshipSide,
    Side,
    Standing,
    Step,
    TimelineEntry,
    Visibility,
)
from engagements.relationships.figures import (
    note_contact,
    refresh_contacts,
    refresh_promises,
)
from engagements.wording import full_day

UNDO_WINDOW = timedelta(minutes=10)


@dataclass(frozen=True)
class NextStep:
    """What shall happen next; as a promise it is seen by both sides."""

    text: str
    due_on: date | None
    promise: bool = False


@dataclass(frozen=True)
class Entry:
    """What a person says happened."""

    text: str
    kind: str
    happened_at: datetime
    minutes: int | None = None
    topic: str = ""
    tone: int | None = None
    shared: bool = False
    # (person, side) of everybody who took part besides the writer.
    people: tuple[tuple[Contact, str], ...] = ()
    next_steps: tuple[NextStep, ...] = ()
    submit_key: uuid.UUID = field(default_factory=uuid.uuid4)


def log_interaction(
    *, by: Standing, own: RelationshipSide, entry: Entry
) -> tuple[Interaction, bool]:
    """Keep what happened; a second submit of the same form returns the first.

    `own` is the writer's side, with its relationship. Says whether it is new. Raises
    RuleError for a promise without a date or on an entry of one's own.
    """
    for step in entry.next_steps:
        if step.promise and step.due_on is None:
            raise RuleError(_("A promise needs a date."), field="next_due")
        if step.promise and not entry.shared:
            words = _("A promise is seen by both sides: share the entry as well.")
            raise RuleError(words, field="promise")
    try:
        with transaction.atomic():
            return _written(by, own, entry), True
    except IntegrityError:
        known = Interaction.objects.filter(
            submit_key=entry.submit_key, written_by=by.contact
        ).first()
        if known is None:
            raise RuleError(_("This entry was saved already.")) from None
        return known, False


def _written(by: Standing, own: RelationshipSide, entry: Entry) -> Interaction:
    interaction = _row(by, own, entry)
    people = ((by.contact, own.side), *entry.people)
    InteractionParticipant.objects.bulk_create(
        InteractionParticipant(interaction=interaction, contact=person, side=side)
        for person, side in dict(people).items()
    )
    facts = [_follow(by, own, interaction, step) for step in entry.next_steps]
    _place_on_timeline(interaction, by, entry, facts)
    if entry.kind in Interaction.CONTACT_KINDS:
        note_contact(
            own.relationship,
            entry.happened_at,
            {side: person for person, side in reversed(people)},
            seen_by=None if entry.shared else own,
        )
    drafts = Draft.objects.filter(relationship=own.relationship)
    drafts.filter(user=by.contact.user_id).delete()
    return interaction


def _row(by: Standing, own: RelationshipSide, entry: Entry) -> Interaction:
    return Interaction.objects.create(
        relationship=own.relationship,
        side=own.side,
        organisation=by.organisation,
        visibility=Visibility.SHARED if entry.shared else Visibility.INTERNAL,
        kind=entry.kind,
        topic=entry.topic,
        tone=entry.tone,
        text=entry.text,
        happened_at=entry.happened_at,
        minutes=entry.minutes,
        written_by=by.contact,
        shared_at=timezone.now() if entry.shared else None,
        shared_by=by.contact if entry.shared else None,
        submit_key=entry.submit_key,
    )


def _follow(
    by: Standing, own: RelationshipSide, interaction: Interaction, step: NextStep
) -> str:
    """The step or promise an entry leads to; returns it in words for the timeline."""
    if step.promise and step.due_on is not None:
        said = Said(
            relationship=own.relationship,
            side=Side(own.side),
            owner=by.contact,
            text=step.text,
            due_on=step.due_on,
            origin_kind=Commitment.Origin.INTERACTION,
            origin_id=interaction.pk,
        )
        promise = commit(by=by, said=said)
        InteractionOutcome.objects.create(interaction=interaction, commitment=promise)
    else:
        row = Step.objects.create(
            relationship=own.relationship,
            organisation=by.organisation,
            owner=by.contact,
            text=step.text,
            due_on=step.due_on,
            written_by=by.contact,
        )
        InteractionOutcome.objects.create(interaction=interaction, step=row)
    if step.due_on is None:
        return _("Next: %(text)s") % {"text": step.text}
    day = full_day(step.due_on, timezone.localdate())
    return _("Next: %(text)s, %(day)s") % {"text": step.text, "day": day}


def _place_on_timeline(
    interaction: Interaction, by: Standing, entry: Entry, facts: list[str]
) -> None:
    # A step is one's own: on an entry both sides read, only promises are named.
    shown = [
        words
        for words, step in zip(facts, entry.next_steps, strict=True)
        if step.promise or not entry.shared
    ]
    names = dict.fromkeys(
        [by.contact.name, *(person.name for person, _s in entry.people)]
    )
    TimelineEntry.objects.create(
        relationship=interaction.relationship,
        kind=TimelineEntry.Kind.INTERACTION,
        mark=interaction.kind,
        at=interaction.happened_at,
        organisation=by.organisation,
        visibility=interaction.visibility,
        object_id=interaction.pk,
        address=interaction.get_absolute_url(),
        title=interaction.get_kind_display(),
        people=", ".join(names)[:300],
        text=interaction.text,
        facts=shown,
    )


@transaction.atomic
def correct(
    *, by: Standing, interaction: Interaction, text: str, reason: str = ""
) -> Interaction:
    """Put the words right; what was written before stays readable."""
    interaction = _locked(interaction)
    if text == interaction.text:
        return interaction
    InteractionRevision.objects.create(
        interaction=interaction,
        text=interaction.text,
        written_by=by.contact,
        written_at=interaction.updated_at,
        reason=reason,
    )
    interaction.text = text
    interaction.save(update_fields=["text", "updated_at"])
    _entries(interaction).update(text=text)
    return interaction


@transaction.atomic
def share(*, by: Standing, interaction: Interaction) -> Interaction:
    """Let the other side read an entry, from now on."""
    interaction = _locked(interaction)
    if interaction.visibility == Visibility.SHARED:
        return interaction
    interaction.visibility = Visibility.SHARED
    interaction.shared_at = timezone.now()
    interaction.shared_by = by.contact
    interaction.save(
        update_fields=["visibility", "shared_at", "shared_by", "updated_at"]
    )
    # What follows for oneself stays one's own.
    _entries(interaction).update(visibility=Visibility.SHARED, facts=[])
    refresh_contacts([interaction.relationship_id])
    return interaction


@transaction.atomic
def undo(*, by: Standing, interaction: Interaction) -> None:
    """Take back one's own entry, shortly after saving it, with what it led to.

    Raises RuleError once the time is over or another person read a promise of it.
    """
    interaction = _locked(interaction)
    if timezone.now() - interaction.created_at > UNDO_WINDOW:
        raise RuleError(_("An entry can be taken back for 10 minutes. Correct it now."))
    outcomes = list(interaction.outcomes.select_related("step", "commitment"))
    promises = [row.commitment_id for row in outcomes if row.commitment_id]
    TimelineEntry.objects.filter(object_id__in=[interaction.pk, *promises]).delete()
    steps = [row.step_id for row in outcomes if row.step_id]
    relationship = interaction.relationship_id
    fields = {"entry": [interaction.text[:200], None]}
    history.record_change(
        interaction, fields, by=by, relationship=interaction.relationship
    )
    # A meeting that was held as this entry is planned again.
    Meeting.objects.filter(held_as=interaction).update(held_as=None)
    interaction.delete()
    Step.objects.filter(pk__in=steps).delete()
    Commitment.objects.filter(pk__in=promises).delete()
    refresh_contacts([relationship])
    if promises:
        refresh_promises([relationship])


def _locked(interaction: Interaction) -> Interaction:
    rows = Interaction.objects.select_for_update(no_key=True, of=("self",))
    return rows.select_related("relationship").get(pk=interaction.pk)


def _entries(interaction: Interaction) -> models.QuerySet[TimelineEntry]:
    return TimelineEntry.objects.filter(
        kind=TimelineEntry.Kind.INTERACTION, object_id=interaction.pk
    )


@transaction.atomic
def save_draft(*, by: Standing, relationship: uuid.UUID | None, payload: dict) -> Draft:
    """Keep what is typed so far; one draft a person and relationship."""
    # One after the other: a draft that another window keeps, and saving takes away
    # again, would collide here and be gone when it is looked for.
    people = get_user_model().objects.select_for_update(no_key=True)
    people.only("pk").get(contact=by.contact)
    draft, _created = Draft.objects.update_or_create(
        user=by.contact.user,
        relationship_id=relationship,  # type: ignore[misc] # a draft may have none
        defaults={"payload": payload},
    )
    return draft


def drop_drafts(*, by: Standing, relationships: Iterable[uuid.UUID | None]) -> int:
    """Forget what was typed."""
    dropped = 0
    for relationship in relationships:
        rows = Draft.objects.filter(user=by.contact.user, relationship=relationship)
        dropped += rows.delete()[0]
    return dropped
