"""How the demo's relationships went in their health reviews: every state, every label.

Levels are what people of a side tend to, from 0 to 100, a wave each, oldest first.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from engagements.models import HealthReview

Form, State = HealthReview.Form, HealthReview.State


@dataclass(frozen=True)
class Story:
    """One relationship's waves, and where the last one stands.

    `apart`: what a topic is above or below the level, for the client and the supplier.
    Of the last wave: `silent` people of each side do not answer, `blind` clients cannot
    say anything about a topic.
    """

    client: tuple[float, ...]
    supplier: tuple[float, ...]
    form: str = Form.FULL
    people: int = 5
    apart: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    silent: tuple[int, int] = (0, 0)
    blind: Mapping[str, int] = field(default_factory=dict)
    state: str = State.COMPLETED
    # Waves that fell out since: the reading has grown old.
    missed: int = 0
    # A pulse after the last wave, at that level.
    pulse: float | None = None
    # Of the agreed actions, those that were not done in time.
    late: int = 0


@dataclass(frozen=True)
class Chapter:
    """One wave of a story; pairs are the client's and the supplier's."""

    form: str
    levels: tuple[float, float]
    state: str = State.COMPLETED
    silent: tuple[int, int] = (0, 0)
    blind: Mapping[str, int] = field(default_factory=dict)
    late: int = 0


def chapters(story: Story) -> Iterator[Chapter]:
    """The waves of a story, oldest first; what is special is so in the last."""
    levels = list(zip(story.client, story.supplier, strict=True))
    for one in levels[:-1]:
        yield Chapter(story.form, one)
    yield Chapter(
        story.form, levels[-1], story.state, story.silent, story.blind, story.late
    )
    if story.pulse is not None:
        yield Chapter(Form.PULSE, (story.pulse, story.pulse), State.RELEASED)


def check_in(
    client: float, supplier: float, state: str = State.RELEASED, **more: object
) -> Story:
    """The light form: two people a side, named."""
    values: dict = {"form": Form.CHECK_IN, "people": 2, "state": state, **more}
    return Story((client,), (supplier,), **values)


# By the rank of the relationship; who is not here has no review yet.
STORIES: dict[int, Story] = {
    # Trust is seen alike, delivery by one side alone.
    0: Story(
        (79, 77, 78, 74, 73, 70),
        (80, 81, 79, 80, 82, 81),
        apart={"DEL": (-24, 10), "FAI": (6, -9), "SOL": (-10, 2), "TRU": (5, 1)},
        people=6,
        state=State.AGREED,
        late=1,
    ),
    # The client turns away, wave by wave.
    1: Story(
        (76, 74, 68, 60, 48, 34),
        (74, 75, 72, 70, 66, 63),
        apart={"COM": (-9, 0), "TRU": (-6, 3)},
        state=State.DISCUSSED,
    ),
    # Both sides are well and stay so.
    2: Story(
        (80, 82, 84, 85, 87, 88),
        (79, 82, 84, 86, 86, 88),
        apart={"INN": (-5, -4)},
        people=6,
    ),
    # Rising, but the pulse after it fell.
    3: Story((63, 66, 70, 74, 77, 80), (66, 68, 71, 75, 79, 81), pulse=58),
    # Too few clients can say anything about improvement.
    4: Story((72, 75), (76, 77), people=4, blind={"INN": 2}, state=State.RELEASED),
    # The two sides live in two relationships.
    5: Story((64, 59, 52), (78, 79, 81), state=State.RELEASED),
    6: check_in(86, 84, State.COMPLETED),
    7: Story((74,), (72,), missed=1),
    8: Story((75, 75), (73, 73), silent=(3, 0), people=4, state=State.RELEASED),
    10: check_in(71, 75, State.OPEN),
    11: check_in(0, 0, State.DRAFT),
    12: Story((0,), (0,), state=State.SCHEDULED),
    13: Story((66,), (74,), state=State.CLOSED),
    14: Story((78,), (77,), late=3, state=State.AGREED),
    15: Story((70,), (74,), form=Form.PULSE, state=State.RELEASED),
    16: check_in(75, 77, silent=(1, 0), people=3),
    17: check_in(72, 78, blind=dict.fromkeys(("TRU", "COM", "DIR"), 2)),
    18: check_in(55, 71),
    19: check_in(76, 75, State.COMPLETED),
    20: check_in(83, 85),
    21: check_in(47, 52),
    22: check_in(73, 72),
    24: check_in(78, 74, State.COMPLETED),
    25: check_in(58, 76),
    **{rank: check_in(52 + (rank * 7) % 34, 60 + rank % 24) for rank in range(28, 40)},
    # Most clients have not answered yet: they are given another week.
    9: Story((70,), (74,), silent=(3, 0), people=4, state=State.EXTENDED),
    23: check_in(0, 0, State.CANCELLED),
}

# What people write: what to keep, what would help.
SAID = {
    "OPEN1": [
        "The monthly walk round the site. Nothing waits for a meeting any more.",
        "That both desks are told at the same time.",
        "People who stay. We know whom to ring.",
        "Plain words when something slips.",
        "Keep the shared list of plant; it ends arguments before they begin.",
        "The Friday call, ten minutes, always.",
    ],
    "OPEN2": [
        "Tell us about closures ten days ahead, not two.",
        "One person on each side who may decide at weekends.",
        "Bring the figures before the meeting, not to it.",
        "Say no earlier. We can plan around a no.",
        "Let the night crews meet each other once.",
        "Agree what urgent means, and keep to it.",
    ],
    "OPEN3": ["I would rather talk about the weekend rota without my own lead there."],
}
# What both sides agreed to do: topic, what, how they will notice. Three in a row belong
# to three topics, wherever one begins.
ACTIONS = [
    ("DEL", "Publish call-out times by ward every Monday", "Seven weeks in a row"),
    ("SOL", "Look at each repeated fault together within five days", "No third call"),
    ("COM", "Name one weekend duty lead on each side", "Number with both desks"),
    ("TRU", "Renegotiate a date before it is missed", "No surprise in a quarter"),
    ("DEL", "Give access to the site three days ahead", "No visit turned away"),
    ("DIR", "Agree the three measures both report on", "One sheet, both names on it"),
    ("COM", "Call first, write after, when something slips", "Heard of on the day"),
    (
        "TEA",
        "Decide changes at one table each fortnight",
        "Ten days from ask to answer",
    ),
    ("INN", "Try one idea of either side each quarter", "Tried, and kept or dropped"),
    ("FAI", "Hear both sides before a price list changes", "Said so by both leads"),
    ("SOL", "Write causes down where both can read them", "Every fault has its page"),
    ("DEL", "Hand over the week's plan on Thursday noon", "Eleven of twelve weeks"),
    ("TEA", "Bring a deputy for each role to the meeting", "No meeting called off"),
    ("TRU", "Report our own delays first, with a new day", "Told before it is asked"),
    (
        "INN",
        "Walk the line together and note what to drop",
        "Two steps fewer by summer",
    ),
    (
        "DIR",
        "Explain to new people what the work is for",
        "An hour in their first week",
    ),
]
CALLED_OFF = "Both teams are moving that week; we ask again in the next quarter."
MINUTES = (
    "Began with what was promised last time. Each side gave one example for its own "
    "number before hearing the other's. The widest gap came from two ways of counting "
    "a visit; both will count from the call."
)
