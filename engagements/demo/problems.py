"""Three joint issues of the demo: just opened, being worked on, closed."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from engagements.demo.asked import morning
from engagements.demo.people import World
from engagements.issues.actions import closing, opening, recording
from engagements.issues.actions.opening import Opening
from engagements.models import (
    Commitment,
    IssueNote,
    JointIssue,
    Notice,
    Relationship,
    Side,
    TimelineEntry,
    Visibility,
)

# Title, days ago, severity; each goes one stretch further than the one before.
_STORIES = (
    ("Sunday alarm reached the ward before us", 4, "1"),
    ("The night desk was rung on an old number", 25, "3"),
    ("The weekend rota had a gap of six hours", 70, "2"),
)
_ACCOUNTS = {
    Side.CLIENT: (
        "The call came to the ward at ten past nine. Nobody there knew the number.",
        "Two people left their patients to look for somebody.",
    ),
    Side.SUPPLIER: (
        "Our desk saw it at five past nine and rang the number on the old list.",
        "We lost forty minutes and the trust of the night team.",
    ),
}
_FACTS = "It rang at five past nine; the list of numbers was from before the move."
_RECORD = (
    (
        IssueNote.Kind.CONTAINMENT,
        "Both desks ring each other meanwhile",
        "",
    ),
    (IssueNote.Kind.FACTOR, "The list has no keeper since the move", "handover"),
    (IssueNote.Kind.FACTOR, "Changes reach one desk a week later", "information"),
    (IssueNote.Kind.WELL, "The night teams found each other by themselves", ""),
)
_PROMISES = {
    Side.CLIENT: ("Keep the list and say who does", "A name stands on it"),
    Side.SUPPLIER: ("Read the list aloud at each change of shift", "The log shows it"),
}


def write_issues(world: World) -> None:
    """On the first three relationships; what they told people was told then."""
    rows = world.relationships[: len(_STORIES)]
    for number, (row, story) in enumerate(zip(rows, _STORIES, strict=False)):
        _write(world, row, story, number)
    seats = [seat.pk for row in JointIssue.objects.all() for seat in row.sides.all()]
    Notice.objects.filter(object_id__in=seats).update(
        state=Notice.State.CANCELLED, updated_at=timezone.now()
    )


def _write(
    world: World, row: Relationship, story: tuple[str, int, str], stretch: int
) -> None:
    title, ago, severity = story
    day = world.ago(ago)
    people = {side: world.people[row.pk, side][0] for side in Side}
    issue = opening.open_issue(
        relationship=row,
        by=people[Side.SUPPLIER],
        said=Opening(title, day - timedelta(days=1), severity=severity),
        now=morning(day),
    )
    for side in list(Side)[: 1 if stretch == 0 else 2]:
        text, impact = _ACCOUNTS[side]
        opening.write_account(
            issue=issue,
            side=side,
            by=people[side],
            text=text,
            impact=impact,
            now=morning(day + timedelta(days=2)),
        )
    if stretch:
        _work(world, issue, stretch)


def _work(world: World, issue: JointIssue, stretch: int) -> None:
    agreed = morning(issue.opened_on + timedelta(days=5))
    recording.word_facts(issue=issue, side=Side.CLIENT, facts=_FACTS)
    recording.agree_facts(issue=issue, side=Side.SUPPLIER, round_=1, now=agreed)
    for kind, text, factor in _RECORD:
        recording.add_note(
            issue=issue, side=Side.CLIENT, kind=kind, text=text, factor=factor
        )
    for side, said in _PROMISES.items():
        _promise(world, issue, side, said)
    if stretch == len(_STORIES) - 1:
        day = issue.opened_on + timedelta(days=14)
        closing.ask_to_close(
            issue=issue,
            side=Side.SUPPLIER,
            outcome="One list, one keeper, read aloud at each change.",
            check_days=30,
            today=day,
        )
        closing.answer_closing(
            issue=issue, side=Side.CLIENT, yes=True, today=day, round_=1
        )
        told = TimelineEntry.objects.filter(object_id=issue.pk, mark="closed")
        told.update(at=morning(day))


def _promise(
    world: World, issue: JointIssue, side: Side, said: tuple[str, str]
) -> None:
    person = world.people[issue.relationship_id, side][0]
    due = world.today + timedelta(days=20)
    Commitment.objects.create(
        relationship=issue.relationship,
        side=side,
        organisation=world.host,
        visibility=Visibility.SHARED,
        origin_kind=Commitment.Origin.ISSUE,
        origin_id=issue.pk,
        owner=person,
        text=said[0],
        measure=said[1],
        original_due_on=due,
        due_on=due,
        written_by=person,
    )
