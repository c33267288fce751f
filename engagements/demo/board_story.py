"""What the demo's advisory board asked for in two years, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass

NAME = "Tarnmoor client board"
# Days ago: the first meeting, the one a year later, the one that is open.
FIRST, SECOND, TODAY = 742, 377, 0
# Before each of them.
RATIFIED = (FIRST + 30, SECOND + 30, TODAY + 50)
CHARTER = {
    "purpose": "What we want our supplier to be in three years; not today's faults.",
    "membership": "One person an organisation, for two years, once again at most.",
    "commitments": "We come prepared. Tarnmoor answers in writing within 30 days.",
    "confidentiality": "What is said here stays here; what we hand over is ours.",
    "conflict_of_interest": "Whoever bids against another member says so before.",
    "competition_law": "No prices, capacities, bids or customers.",
    "recommendations": "At most seven a meeting, endorsed by 60 of a hundred present.",
}


@dataclass(frozen=True)
class Asked:
    """One recommendation of the story, and how far it came.

    Days are counted from the meeting. `again` repeats one of the first meeting.
    """

    wording: str
    outcome: str
    support: str
    decision: str = "accept"
    reason: str = ""
    answered: int = 20
    state: str = "in_progress"
    promise: tuple[str, str] = ("", "")
    due: int = 0
    moved: int = 0
    delivered: int = 0
    verdict: str = ""
    again: str = ""
    problem: str = ""


STORY: tuple[tuple[int, tuple[Asked, ...]], ...] = (
    (
        FIRST,
        (
            Asked(
                "Tell us of every change before it happens",
                "Nobody is surprised by a change of people, price or place.",
                "most",
                promise=("A page of changes ahead", "It stands and is kept"),
                due=150,
                delivered=190,
                state="reported_back",
                verdict="not",
            ),
            Asked(
                "One number to ring at night",
                "Whoever is on duty reaches a person who can decide.",
                "all",
                promise=("One number for all sites", "A person answers in 30 s"),
                due=120,
                delivered=100,
                state="verified",
                verdict="done",
            ),
        ),
    ),
    (
        SECOND,
        (
            Asked(
                "Say what changes next quarter, in writing, to each of us",
                "Each of us can plan for it and say what it breaks.",
                "all",
                promise=("A letter of changes each quarter", "Four letters a year"),
                due=120,
                moved=420,
                again="Tell us of every change before it happens",
                problem="We asked two years ago, and still learn of it by chance.",
            ),
            Asked(
                "Read meters from afar on every site",
                "Nobody walks through a plant to write down a number.",
                "most",
                promise=("Remote readings on all sites", "The list of sites is full"),
                due=240,
                delivered=230,
                state="reported_back",
            ),
            Asked(
                "Train our new people together with yours",
                "A new colleague knows both desks after a week.",
                "most",
                promise=("Four common training days", "Twenty people of ours came"),
                due=200,
                delivered=180,
                state="verified",
                verdict="done",
            ),
            Asked(
                "Share the causes of faults across all clients",
                "What one of us learned spares the others the same fault.",
                "most",
                decision="partial",
                reason="We share causes and cures, never whose fault it was.",
                promise=("A half-yearly paper on causes", "Two papers a year"),
                due=200,
                delivered=260,
                state="reported_back",
            ),
            Asked(
                "One contact for bids, changes and invoices",
                "We explain ourselves once.",
                "most",
                decision="decline",
                reason="Invoices stay with finance: the auditors ask for two people.",
                answered=50,
                state="reported_back",
            ),
            Asked(
                "Help us to measure energy per unit made",
                "We know what our plant costs the world, and by how much it falls.",
                "most",
                promise=("A first measure on three sites", "Three baselines exist"),
                due=430,
            ),
            Asked(
                "Let us see your waiting list for spare parts",
                "We order before it is too late.",
                "all",
                decision="defer",
                reason="The stock system is replaced first.",
                answered=28,
                state="decided",
            ),
        ),
    ),
)
