"""Three joint issues of the demo: just opened, being worked on, closed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from engagements.demo.asked import morning
from engagements.demo.people import World
from engagements.issues import queries
from engagements.issues.actions import (
    closing,
    correcting,
    escalating,
    opening,
    recording,
)
from engagements.issues.actions.opening import Opening
from engagements.models import (
    Commitment,
    Contact,
    IssueNote,
    IssueStepSide,
    JointIssue,
    Notice,
    Relationship,
    Side,
    TimelineEntry,
    Visibility,
)

# Title, days ago, severity; each goes one stretch further than the one before.
_STORIES = (
    ("Sunday alarm reached the ward before us", 4, "2"),
    ("The night desk was rung", 25, "2"),
    ("The weekend rota had a gap of six hours", 70, "2"),
)


@dataclass(frozen=True)
class _Correction:
    """What a side puts right so many days after the opening."""

    side: Side
    after: int
    said: dict[str, str]
    earlier: int = 0


# By stretch. Each side puts something right; each has a severity of its own to read.
_CORRECTIONS = {
    0: (
        _Correction(Side.SUPPLIER, 1, {}, earlier=1),
        _Correction(
            Side.CLIENT,
            2,
            {"severity": "1", "reason": "The ward stood still till ten."},
        ),
    ),
    1: (
        _Correction(
            Side.CLIENT, 10, {"title": "The night desk was rung on an old number"}
        ),
        _Correction(
            Side.SUPPLIER, 12, {"severity": "3", "reason": "No call was missed since."}
        ),
    ),
}
_QUESTION = "Whose phone rings at weekends until there is one list?"
_NOT_YET = "The night team needs a name for Sundays before we can say so."
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
    seats += IssueStepSide.objects.values_list("pk", flat=True)
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
    else:
        _step_up(issue, day + timedelta(days=3))
    for one in _CORRECTIONS.get(stretch, ()):
        _put_right(issue, one, people)


def _step_up(issue: JointIssue, day: date) -> None:
    """Both sponsors are asked; one of them has answered."""
    step = escalating.step_up(
        issue=issue, side=Side.CLIENT, question=_QUESTION, today=day
    )
    said = step.people.get(side=Side.CLIENT)
    escalating.answer_step(asked=said, yes=False, words=_NOT_YET)
    step.people.filter(pk=said.pk).update(answered_on=day)
    _date(issue, "up-", day)


def _put_right(
    issue: JointIssue, one: _Correction, people: dict[Side, Contact]
) -> None:
    """Said on its day; a milder severity the other side agreed to the day after."""
    row, day = issue.corrections, issue.opened_on + timedelta(days=one.after)
    issue.refresh_from_db()
    said = queries.plain_words(issue) | one.said
    said["happened_on"] -= timedelta(days=one.earlier)
    correcting.correct(issue=issue, side=one.side, by=people[one.side], **said)
    number = row.count()
    if row.filter(number=number, state="asked").exists():
        other = one.side.other
        correcting.answer_milder(
            issue=issue,
            side=other,
            by=people[other],
            number=number,
            yes=True,
            reason="",
        )
        row.filter(number=number).update(answered_on=day + timedelta(days=1))
    row.filter(number=number).update(said_on=day)
    _date(issue, f"corrected-{number}", day)


def _date(issue: JointIssue, mark: str, day: date) -> None:
    told = TimelineEntry.objects.filter(object_id=issue.pk, mark__startswith=mark)
    told.update(at=morning(day))


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
        _date(issue, "closed", day)


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
