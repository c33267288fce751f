"""The two sides of the whole world exchanged, row by row, as the models declare them.

Who is client becomes supplier and the other way round; people, words and days stay
whose they are. Nothing is named that can be found: a column of a side, a pair of
columns, a word. What cannot be found is listed here, and what is in no list fails
`nothing_is_forgotten`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from django.apps import apps
from django.db import connection, models
from django.db.models import F, QuerySet

from engagements.models import Side
from engagements.reviews import frozen

# Advisory boards are a supplier's: decision 33 leaves them out.
BOARDS = {
    "Board", "BoardSeat", "BoardCharter", "CharterRatification", "BoardMeeting",
    "MeetingPhase", "Recommendation", "RecommendationPromise", "Room", "Attendance",
    "Topic", "RoomDraft", "Contribution", "Support", "DraftApproval", "RoomFile",
    "VerdictVote", "VerdictHands", "RoomStop",
}  # fmt: skip
# The client's less the supplier's: the sign changes.
SIGNED = {"RelationshipSide.score_gap"}
# Numbers that may be below nought, or have a part, and are no difference of two sides.
UNSIGNED = {
    "Contract.value", "Contract.typed_annual_value",
    "Contract.original_value", "Contract.annual_value", "DependenceFacts.share",
    "DependenceFacts.months_to_replace", "ExchangeRate.rate", "Goal.expected",
    "GoalValue.amount", "Interaction.tone", "Notice.threshold",
    "RelationshipSide.annual_value",
}  # fmt: skip
# Keys of documents under which the client's less the supplier's stands.
SIGNED_KEYS = {"gap", "marker_gap", "score_gap", "signed"}
# A name of a threshold, of a rule that speaks of the client alone by design (3.12).
KEPT_WORDS = {"client_unwell"}
# Words for a side that do not say its name: how few of it answered; what each compares
# its share to, as 3.6 defines dependence.
OTHER_WORDS = {
    "W7C": "W7S",
    "W7S": "W7C",
    "your revenue": "your spend in this category",
    "your spend in this category": "your revenue",
}
_WORDS = re.compile("|".join([*KEPT_WORDS, *OTHER_WORDS, "(?i:client|supplier)"]))
_SIDES = set(Side.values)


def words(text: str) -> str:
    """A text in which client and supplier have changed places."""
    return _WORDS.sub(_word, text)


def _word(found: re.Match[str]) -> str:
    word = found[0]
    if word in KEPT_WORDS | OTHER_WORDS.keys():
        return OTHER_WORDS.get(word, word)
    other = Side(word.lower()).other.value
    return other.capitalize() if word[0].isupper() else other


def value(known: Any) -> Any:
    """Plain values with words, names and signs changed places."""
    if isinstance(known, dict):
        return {
            value(key): -one if key in SIGNED_KEYS and is_number(one) else value(one)
            for key, one in known.items()
        }
    if isinstance(known, list):
        return type(known)(value(one) for one in known)
    return words(known) if isinstance(known, str) else known


def is_number(one: Any) -> bool:
    """A number, and no yes or no."""
    return isinstance(one, int | float) and not isinstance(one, bool)


def topics(rows: list[list[Any]]) -> list[list[Any]]:
    """[key, name, client, supplier, gap] each."""
    return [
        [key, name, supplier, client, -gap if gap else gap]
        for key, name, client, supplier, gap in rows
    ]


# How each column of documents changes: by words, keys and signs, or by their place.
DOCUMENTS: dict[str, Callable[[Any], Any]] = {
    "Amendment.changes": value,
    "Change.fields": value,
    "ChangeSet.summary": value,
    "Charter.goals": value,
    "Draft.payload": value,
    "HealthReview.method": value,
    "HealthReview.partition": value,
    "HealthReview.weights": value,
    "ImportProfile.profile": value,
    "ImportRun.profile": value,
    "ImportRun.report": value,
    "InstrumentVersion.content": value,
    "InstrumentVersion.method": value,
    "JointIssue.dimensions": value,
    "MirrorPart.abilities": value,
    "MirrorPart.guessed_abilities": value,
    "MirrorPart.guessed_values": value,
    "MirrorPart.values": value,
    "Notice.facts": value,
    "OpenResponse.answers": value,
    "OpenResponse.words": value,
    "OwnerReading.values": value,
    "RelationshipSide.guard_facts": value,
    "RelationshipSide.health_topics": topics,
    "RelationshipSide.health_why": value,
    "ReviewConversation.agenda": value,
    "ReviewConversation.topics": value,
    "ReviewResult.document": value,
    "SealedResponse.answers": value,
    "SideSnapshot.figures": value,
    "Tick.counts": value,
    "TimelineEntry.facts": value,
}


def exchange() -> None:
    """Exchange the sides of all rows but those of boards."""
    # What is still to be checked would keep a trigger from being taken off.
    connection.check_constraints()
    frozen.remove()
    for model in exchanged_models():
        _exchange(model)
    connection.check_constraints()
    frozen.install()


def exchanged_models() -> list[type[models.Model]]:
    """All of the app but the boards."""
    found = apps.get_app_config("engagements").get_models()
    return [model for model in found if model.__name__ not in BOARDS]


def nothing_is_forgotten() -> list[str]:
    """The columns of which no list says how a side in them changes places."""
    return [
        f"{model.__name__}.{field.name}"
        for model in exchanged_models()
        for field in model._meta.concrete_fields
        if not _is_known(model, field)
    ]


def _is_known(model: type[models.Model], field: models.Field) -> bool:
    name, kind = _named(model, field), field.get_internal_type()
    if kind == "JSONField":
        return name in DOCUMENTS
    if kind in {"SmallIntegerField", "IntegerField", "DecimalField", "FloatField"}:
        return name in SIGNED | UNSIGNED
    if _WORDS.search(field.name):
        return words(field.name) in {one.name for one in model._meta.concrete_fields}
    # Of a choice either all is a side, or it is a list in which both are.
    chosen = {one for one, _label in field.flatchoices}
    return len(chosen & _SIDES) != 1


def _named(model: type[models.Model], field: models.Field) -> str:
    return f"{model.__name__}.{field.name}"


def _exchange(model: type[models.Model]) -> None:
    rows, fields = model._default_manager.order_by(), model._meta.concrete_fields
    for field in fields:
        if {one for one, _label in field.flatchoices} >= _SIDES:
            _turn(rows, field.attname)
    pairs = {field.attname: F(words(field.attname)) for field in _paired(model)}
    signed = {
        field.attname: -F(field.attname)
        for field in fields
        if _named(model, field) in SIGNED
    }
    if pairs or signed:
        rows.update(**pairs, **signed)
    _reword(model, rows)


def _turn(rows: QuerySet, name: str) -> None:
    """By way of a value that nobody has: two rows never say the same meanwhile."""
    steps = [(Side.CLIENT, "-"), (Side.SUPPLIER, Side.CLIENT), ("-", Side.SUPPLIER)]
    for old, new in steps:
        rows.filter(**{name: old}).update(**{name: new})


def _paired(model: type[models.Model]) -> Iterator[models.Field]:
    return (one for one in model._meta.concrete_fields if _WORDS.search(one.name))


def _reword(model: type[models.Model], rows: QuerySet) -> None:
    """Texts and documents, where there is a side in them."""
    for field in model._meta.concrete_fields:
        kind = field.get_internal_type()
        if kind in {"CharField", "TextField", "JSONField"} and not (
            field.flatchoices or field.primary_key
        ):
            change = DOCUMENTS.get(_named(model, field), words)
            changed = [
                row for row in rows.only(field.attname) if _changes(row, field, change)
            ]
            rows.bulk_update(changed, [field.attname], batch_size=200)


def _changes(
    row: models.Model, field: models.Field, change: Callable[[Any], Any]
) -> bool:
    before = getattr(row, field.attname)
    setattr(row, field.attname, change(before))
    return getattr(row, field.attname) != before
