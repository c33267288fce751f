"""A room full of talk for the demo: what is said, backed and drafted in it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import time

from engagements.models import (
    Attendance,
    BoardMeeting,
    BoardSeat,
    Contribution,
    DraftApproval,
    Recommendation,
    Room,
    RoomDraft,
    Support,
    Topic,
)

_TOPICS = (
    ("How we hear of change", time(9, 30)),
    ("People and knowledge", time(11, 0)),
    ("What comes in two years", time(13, 30)),
)
_TAKEN, _PART = Contribution.Wording.ACCEPTED, Contribution.End.RECOMMENDATION
# Topic, words, kind, how many back it.
_SAID = (
    (0, "We learn of new prices from the invoice.", "operational", 6),
    (0, "The letter of changes came twice, then it stopped.", "operational", 7),
    (0, "If I knew a quarter ahead, I would plan with them, not around them.", "", 8),
    (0, "My desk rings three numbers to learn who is on duty.", "operational", 3),
    (1, "Their best engineer left, and what he knew left with him.", "strategic", 5),
    (1, "The common training days were worth every hour.", "", 7),
    (1, "I would lend them one of my people for a year.", "strategic", 2),
    (1, "Two of the night team have never seen our plant.", "operational", 4),
    (2, "None of us can say what our plant will need in 2029.", "strategic", 6),
    (2, "We all buy the same part, each for himself.", "strategic", 5),
    (2, "Energy will cost us more than maintenance.", "strategic", 6),
    (2, "They should say no more often, and sooner.", "", 4),
)
_REWORDED = {
    4: "Knowledge about a plant must not hang on one person",
    8: "Plan three years ahead with us, plant by plant",
}
# Words, what should be different, what it is made of, how many approve.
_DRAFTS = (
    (
        "Keep the letter of changes, and let a member ask when it is missing",
        "Each of us reads a quarter ahead what changes.",
        (1, 2),
        8,
    ),
    (
        "Plan three years ahead with us, plant by plant",
        "Each plant has a plan that both of us signed.",
        (8,),
        6,
    ),
    ("Two people know every plant", "Nobody's leaving is felt at night.", (4,), 3),
)


def fill_room(
    meeting: BoardMeeting, members: Sequence[BoardSeat], earlier: Recommendation
) -> None:
    """Write what these members have said so far; `earlier` is asked for again."""
    Room.objects.create(meeting=meeting)
    Attendance.objects.bulk_create(
        Attendance(meeting=meeting, seat=seat, present=True) for seat in members
    )
    topics = [
        Topic(meeting=meeting, title=title, starts_at=starts, position=n)
        for n, (title, starts) in enumerate(_TOPICS)
    ]
    Topic.objects.bulk_create(topics)
    drafts = [
        RoomDraft(
            meeting=meeting,
            wording=wording,
            desired_outcome=outcome,
            position=n,
            ancestor=None if n else earlier,
        )
        for n, (wording, outcome, _of, _yes) in enumerate(_DRAFTS)
    ]
    RoomDraft.objects.bulk_create(drafts)
    _talk(meeting, members, topics, drafts)
    DraftApproval.objects.bulk_create(
        DraftApproval(draft=draft, seat=seat, approves=n < yes)
        for draft, (_words, _outcome, _of, yes) in zip(drafts, _DRAFTS, strict=True)
        for n, seat in enumerate(members)
    )


def _talk(
    meeting: BoardMeeting,
    members: Sequence[BoardSeat],
    topics: Sequence[Topic],
    drafts: Sequence[RoomDraft],
) -> None:
    part_of = {
        n: draft for draft, story in zip(drafts, _DRAFTS, strict=True) for n in story[2]
    }
    said = [
        Contribution(
            meeting=meeting,
            topic=topics[topic],
            text=text,
            kind=kind,
            captured=True,
            strategic_wording=_REWORDED.get(n, ""),
            wording_state=_TAKEN if n in _REWORDED else "",
            ends_as=_PART if n in part_of else "",
            draft=part_of.get(n),
            position=n,
        )
        for n, (topic, text, kind, _backing) in enumerate(_SAID)
    ]
    Contribution.objects.bulk_create(said)
    Support.objects.bulk_create(
        Support(contribution=row, seat=seat)
        for row, (_topic, _text, _kind, backing) in zip(said, _SAID, strict=True)
        for seat in members[:backing]
    )
