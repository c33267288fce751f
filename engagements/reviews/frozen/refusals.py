"""Every statement the database refuses, as a table.

The invented world may be taken away as a whole.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db import models

from engagements.models import (
    HealthReview,
    InstrumentVersion,
    OpenResponse,
    Organisation,
    Rater,
    Relationship,
    ReviewResult,
    ReviewSecret,
    ReviewTransition,
    SealedComment,
    SealedResponse,
)
from engagements.reviews.states import TRANSITIONS

PREFIX = "frozen_"


@dataclass(frozen=True)
class Refusal:
    """One statement the database refuses: on which table, when, with which words.

    `condition` is SQL over NEW and OLD that both databases read.
    """

    name: str
    model: type[models.Model]
    event: str
    condition: str
    words: str

    @property
    def trigger(self) -> str:
        """Its name in the database."""
        return f"{PREFIX}{self.name}"

    @property
    def table(self) -> str:
        """The table it watches."""
        return self.model._meta.db_table


def table(model: type[models.Model]) -> str:
    """The name of a model's table."""
    return model._meta.db_table


def changed(*columns: str) -> str:
    """One of these columns gets another value."""
    each = (f'NEW."{name}" IS DISTINCT FROM OLD."{name}"' for name in columns)
    return f"({' OR '.join(each)})"


def _review(row: str, condition: str) -> str:
    """Whether the review a row belongs to is in that condition."""
    return (
        f"EXISTS (SELECT 1 FROM {table(HealthReview)} r "  # noqa: S608 - names of our own tables
        f"WHERE r.id = {row}.review_id AND {condition})"
    )


def real(relationship: str) -> str:
    """Not of the invented world."""
    return (
        f"NOT EXISTS (SELECT 1 FROM {table(Relationship)} l "  # noqa: S608 - names of our own tables
        f"JOIN {table(Organisation)} c ON c.id = l.client_id "
        f"JOIN {table(Organisation)} s ON s.id = l.supplier_id "
        f"WHERE l.id = {relationship} AND (c.demo OR s.demo))"
    )


def _of_a_real_one(row: str) -> str:
    """The row belongs to a review that exists and is not invented."""
    return _review(row, real("r.relationship_id"))


_OPENED = "r.opened_at IS NOT NULL"
_ASKING = "r.state IN ('open', 'extended')"
_COUNTED = "r.state = 'closed'"
_ALLOWED = ", ".join(f"'{one.before.value}>{one.after.value}'" for one in TRANSITIONS)
_ONCE_OPEN = (
    "relationship_id",
    "form",
    "mode",
    "instrument_id",
    "mirror",
    "method",
    "weights",
    "partition",
    "slot_on",
    "opens_on",
    "opened_at",
)
_CALENDAR = ("closes_on", "closes_at", "publish_by", "discuss_by", "agree_by")

REFUSALS = (
    Refusal(
        "used_instrument",
        InstrumentVersion,
        "UPDATE",
        "OLD.used_at IS NOT NULL AND "
        + changed("organisation_id", "key", "version", "content", "method", "used_at"),
        "A question set that was used does not change.",
    ),
    Refusal(
        "open_review",
        HealthReview,
        "UPDATE",
        f"OLD.opened_at IS NOT NULL AND {changed(*_ONCE_OPEN)}",
        "What an open review is computed by does not change.",
    ),
    Refusal(
        "open_calendar",
        HealthReview,
        "UPDATE",
        "OLD.opened_at IS NOT NULL AND "
        "NOT (OLD.extended_at IS NULL AND NEW.extended_at IS NOT NULL) AND "
        + changed("extended_at", *_CALENDAR),
        "The days of an open review move once, when it is extended.",
    ),
    Refusal(
        "review_state",
        HealthReview,
        "UPDATE",
        "NEW.state <> OLD.state AND "
        f"(OLD.state || '>' || NEW.state) NOT IN ({_ALLOWED})",
        "A review does not go from this state to that one.",
    ),
    Refusal(
        "opened_review_stays",
        HealthReview,
        "DELETE",
        f"OLD.opened_at IS NOT NULL AND {real('OLD.relationship_id')}",
        "A review that was opened stays.",
    ),
    Refusal(
        "rater_added",
        Rater,
        "INSERT",
        _review("NEW", _OPENED),
        "Who is asked does not change once a review is open.",
    ),
    Refusal(
        "rater_changed",
        Rater,
        "UPDATE",
        f"{_review('OLD', _OPENED)} AND "
        f"({changed('review_id', 'contact_id', 'side', 'group')} OR "
        f"(OLD.took_part IS NOT NULL AND {changed('took_part', 'ineligible')}))",
        "Who is asked does not change once a review is open.",
    ),
    Refusal(
        "rater_removed",
        Rater,
        "DELETE",
        f"{_review('OLD', _OPENED)} AND {_of_a_real_one('OLD')}",
        "Who is asked does not change once a review is open.",
    ),
    *(
        Refusal(
            f"answer_{event.lower()}",
            OpenResponse,
            event,
            f"NOT {_review('NEW', _ASKING)}",
            "Answers are taken while a review is open.",
        )
        for event in ("INSERT", "UPDATE")
    ),
    Refusal(
        "secret_given",
        ReviewSecret,
        "INSERT",
        _review("NEW", "r.closed_at IS NOT NULL"),
        "A closed review gets no secret.",
    ),
    Refusal(
        "secret_changed",
        ReviewSecret,
        "UPDATE",
        "1 = 1",
        "The secret of a review does not change.",
    ),
    *(
        Refusal(
            f"sealed_{name}_added",
            model,
            "INSERT",
            f"NOT {_review('NEW', _ASKING)}",
            "Answers are sealed once, when a review closes.",
        )
        for name, model in (("response", SealedResponse), ("comment", SealedComment))
    ),
    *(
        Refusal(
            f"sealed_{name}_changed",
            model,
            "UPDATE",
            "1 = 1",
            "A sealed answer does not change.",
        )
        for name, model in (("response", SealedResponse), ("comment", SealedComment))
    ),
    Refusal(
        "result_added",
        ReviewResult,
        "INSERT",
        f"NOT {_review('NEW', _COUNTED)}",
        "A result is computed once, when a review is closed.",
    ),
    Refusal(
        "result_changed",
        ReviewResult,
        "UPDATE",
        "1 = 1",
        "A result does not change.",
    ),
    Refusal(
        "result_removed",
        ReviewResult,
        "DELETE",
        _of_a_real_one("OLD"),
        "A result stays.",
    ),
    Refusal(
        "transition_changed",
        ReviewTransition,
        "UPDATE",
        changed("review_id", "from_state", "to_state", "reason", "created_at"),
        "What a review went through does not change.",
    ),
    Refusal(
        "transition_removed",
        ReviewTransition,
        "DELETE",
        _of_a_real_one("OLD"),
        "What a review went through stays.",
    ),
)
