"""What both sides put down together: facts, notes, promises."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from engagements import history
from engagements.commitments import asking
from engagements.commitments.said import Said
from engagements.errors import RuleError, whole
from engagements.issues import mails, queries
from engagements.issues.record import DEEPEST, flat, whys
from engagements.issues.states import Action, State, refuse_unless_may
from engagements.models import (
    Commitment,
    Contact,
    IssueNote,
    JointIssue,
    PromiseAsk,
    Side,
    Standing,
    TimelineEntry,
)
from engagements.notices.ledger import owe
from engagements.seen import kept_already


def held(issue: JointIssue) -> JointIssue:
    """The row as it is now, and nobody else's until the transaction ends."""
    rows = JointIssue.objects.select_for_update(no_key=True, of=("self",))
    return rows.select_related("relationship__client", "relationship__supplier").get(
        pk=issue.pk
    )


def tell(
    issue: JointIssue,
    mark: str,
    words: str,
    *,
    at: datetime | None = None,
    facts: tuple[str, ...] = (),
) -> None:
    """Put it on the timeline both sides read; it names no person and no side."""
    history.record_event(
        issue.relationship,
        kind=TimelineEntry.Kind.ISSUE,
        mark=mark,
        title=words % {"title": issue.title},
        at=at,
        row=issue,
        address=issue.get_absolute_url(),
        facts=facts,
    )


def in_short(words: str, label: str, missing: str, *, field: str) -> str:
    """A few words under the label a person reads, never cut short in silence.

    Raises RuleError for none, and for more than there is room for.
    """
    said = whole(words, label, field=field)
    if not said:
        raise RuleError(missing, field=field)
    return said


@transaction.atomic
def word_facts(
    *,
    issue: JointIssue,
    side: str,
    facts: str,
    dimensions: Iterable[str] = (),
    seen: str | None = None,
) -> JointIssue:
    """Put the facts into words, and what they touch; the other side is asked whether
    it sees them so.

    The side that words them agrees; what was agreed to earlier wording is void.
    Raises StaleError where somebody worded them otherwise since `seen`.
    """
    row = held(issue)
    refuse_unless_may(Action.WORD, row, side)
    touched = [key.value for key in JointIssue.Dimension if key in set(dimensions)]
    said = {"facts": facts, "dimensions": touched}
    if kept_already(seen, queries.facts_words(row), said):
        return row
    row.facts, row.facts_round = facts, row.facts_round + 1
    row.dimensions = touched
    row.save(update_fields=["facts", "dimensions", "facts_round", "updated_at"])
    row.sides.filter(side=side).update(agreed_round=row.facts_round)
    others = row.sides.exclude(side=side)
    owe(mails.owed(row, mails.FACTS, others, counter=row.facts_round))
    return row


@transaction.atomic
def agree_facts(
    *, issue: JointIssue, side: str, round_: int, now: datetime | None = None
) -> JointIssue:
    """A side sees the facts so; with both, they are agreed.

    Raises RuleError without facts, and for a wording that changed meanwhile.
    """
    row = held(issue)
    refuse_unless_may(Action.AGREE, row, side)
    if not row.facts_round:
        raise RuleError(_("The facts are not in words yet."))
    if round_ != row.facts_round:
        raise RuleError(_("The wording changed meanwhile. Read it again."))
    row.sides.filter(side=side).update(agreed_round=row.facts_round)
    if not row.sides.exclude(agreed_round=row.facts_round).exists():
        row.state, row.facts_agreed_at = State.WORK, now or timezone.now()
        row.save(update_fields=["state", "facts_agreed_at", "updated_at"])
        tell(row, "agreed", _("Facts agreed: %(title)s"), at=now)
    return row


@transaction.atomic
def add_note(
    *,
    issue: JointIssue,
    side: str,
    kind: str,
    text: str,
    on: date | None = None,
    at: time | None = None,
    factor: str = "",
    under: IssueNote | None = None,
) -> IssueNote:
    """Add a line to the joint record; whose hand wrote it is not kept.

    Raises RuleError for a why too deep, or under what is no why of this issue.
    """
    row = held(issue)
    now = kind == IssueNote.Kind.CONTAINMENT
    refuse_unless_may(Action.CONTAIN if now else Action.NOTE, row, side)
    return IssueNote.objects.create(
        issue=row,
        kind=kind,
        text=text,
        on=on,
        at=at,
        factor=factor,
        under=_place(row, kind, under),
    )


def _place(issue: JointIssue, kind: str, under: IssueNote | None) -> IssueNote | None:
    if under is None:
        return None
    known = {one.note.pk: one for one in flat(whys(issue.notes.all()))}
    above = known.get(under.pk) if kind == IssueNote.Kind.WHY else None
    if above is None:
        raise RuleError(_("Choose a why of this issue."), field="under")
    if above.depth >= DEEPEST:
        raise RuleError(_("Five whys deep is the end of it."), field="under")
    return above.note


@transaction.atomic
def remove_note(*, note: IssueNote, side: str) -> None:
    """Take a line out again while the record is being written.

    Raises RuleError for a why that others stand under.
    """
    row = held(note.issue)
    now = note.kind == IssueNote.Kind.CONTAINMENT
    refuse_unless_may(Action.CONTAIN if now else Action.NOTE, row, side)
    if note.below.exists():
        raise RuleError(_("Take out the whys under it first."))
    IssueNote.objects.filter(pk=note.pk).delete()


@transaction.atomic
def promise(
    *,
    issue: JointIssue,
    own_side: Side,
    by: Standing,
    side: Side,
    owner: Contact,
    text: str,
    due_on: date,
    measure: str,
) -> Commitment | PromiseAsk:
    """Record what a side will change: a promise like any other, shared by both.

    For the other side it is only asked: that side alone can promise it.
    """
    row = held(issue)
    refuse_unless_may(Action.PROMISE, row, own_side)
    said = Said(
        relationship=row.relationship,
        side=side,
        owner=owner,
        text=text,
        due_on=due_on,
        measure=measure,
        origin_kind=Commitment.Origin.ISSUE,
        origin_id=row.pk,
    )
    return asking.record(by=by, own_side=own_side, said=said)
