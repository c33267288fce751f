"""Editing one part of a draft version of the instrument.

Every act says what the person saw (`seen`, of `seen_of`): if somebody else changed that
part meanwhile, nothing is written and `StaleError` is raised.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from engagements.errors import RuleError
from engagements.history import record_change
from engagements.models import InstrumentVersion, Standing
from engagements.reviews.actions.instruments import held_draft
from engagements.reviews.explanation.units import percent
from engagements.reviews.instrument import editing
from engagements.reviews.instrument.content import ENGLISH, ContentError, Words, read
from engagements.reviews.instrument.editing import (
    ITEMS,
    SCALE,
    TOPICS,
    Document,
    Labels,
)
from engagements.reviews.instrument.thresholds import method_of, stored
from engagements.reviews.instrument.words import translated, words_in
from engagements.seen import StaleError, fingerprint

_WHOLE, _NEAR = 1.0, 1e-9


def seen_of(version: InstrumentVersion, part: str, key: str = "") -> str:
    """The name of what a part of a version says now; see `_PARTS`."""
    return fingerprint(_PARTS[part](version, key))


@transaction.atomic
def change_title(
    *, by: Standing, version: InstrumentVersion, seen: str, title: Words
) -> None:
    """Another name of the question set, in every language it has."""
    row = _seen(by, version, seen, "title")
    title = _spoken(title)
    what = {"title": _change(row.content["title"], title)}
    _save(row, editing.titled(row.content, title), by=by, what=what)


@transaction.atomic
def change_item(
    *,
    by: Standing,
    version: InstrumentVersion,
    key: str,
    seen: str,
    text: Words,
    reverse: bool,
    new_meaning: bool,
) -> None:
    """Other words for one statement, in every language it has.

    With another meaning, or turned round, answers to it are not compared with earlier
    ones. Raises RuleError for missing words, StaleError for a part changed meanwhile.
    """
    row = _seen(by, version, seen, "item", key)
    before = editing.one_of(row.content, ITEMS, key)
    original = editing.one_of(_original(row), ITEMS, key)
    turned = reverse != bool(original.get("reverse"))
    values: dict[str, Any] = {
        "text": _spoken(text),
        "revision": _revision(row, (ITEMS, key), new_meaning=new_meaning or turned),
    }
    if reverse != bool(before.get("reverse")):
        values["reverse"] = reverse
    content = editing.replaced(row.content, ITEMS, key, values)
    _save(row, content, by=by, what=_changes(key, before, values))


@transaction.atomic
def change_topic(
    *,
    by: Standing,
    version: InstrumentVersion,
    key: str,
    seen: str,
    name: Words,
    meaning: Words,
    marker: str,
    new_meaning: bool,
) -> None:
    """Other words for a topic, and which of its statements pulses ask.

    Raises RuleError for missing words or a statement of another topic.
    """
    row = _seen(by, version, seen, "topic", key)
    if marker not in {one["key"] for one in editing.statements(row.content, key)}:
        raise RuleError(_("Choose a statement of this topic."), field="marker")
    before = editing.one_of(row.content, TOPICS, key)
    values = {
        "name": _spoken(name),
        "meaning": _spoken(meaning),
        "revision": _revision(row, (TOPICS, key), new_meaning=new_meaning),
    }
    content = editing.replaced(row.content, TOPICS, key, values)
    what = _changes(key, before, values) | {
        f"{key} marker": [editing.marker_of(row.content, key), marker]
    }
    _save(row, editing.marked(content, key, marker), by=by, what=what)


@transaction.atomic
def change_scale(
    *,
    by: Standing,
    version: InstrumentVersion,
    seen: str,
    most: int,
    labels: Mapping[str, Labels],
    new_meaning: bool,
) -> None:
    """Other labels, or another number of points.

    With another meaning of the points nothing is compared with earlier answers. Of the
    same words on more or fewer points, results are comparable after rescaling.
    """
    row = _seen(by, version, seen, "scale")
    revision = _revision(row, SCALE, new_meaning=new_meaning)
    content = editing.scaled(row.content, most, labels, revision=revision)
    before = row.content["scale"]["labels"]
    what = {"scale": _change(_joined(before), _joined(labels["scale"]))}
    _save(row, content, by=by, what=what)


@transaction.atomic
def change_weights(
    *, by: Standing, version: InstrumentVersion, seen: str, weights: Mapping[str, float]
) -> None:
    """Other weights, as shares. Raises RuleError unless they make up the whole."""
    row = _seen(by, version, seen, "weights")
    total = sum(weights.values())
    if abs(total - _WHOLE) > _NEAR:
        words = _("The weights add up to %(total)s%%, not to 100%%.")
        raise RuleError(words % {"total": f"{total * 100:.4g}"})
    before = editing.weights_of(row.content)
    what = {
        f"{key} weight": [percent(before[key]), percent(weight)]
        for key, weight in weights.items()
    }
    _save(row, editing.weighed(row.content, weights), by=by, what=what)


@transaction.atomic
def change_thresholds(
    *, by: Standing, version: InstrumentVersion, seen: str, values: Mapping[str, float]
) -> None:
    """Other thresholds; only those that differ from the usual ones are stored."""
    row = _seen(by, version, seen, "thresholds")
    before, after = row.method, stored(values)
    row.method = after
    names = sorted(before.keys() | after.keys())
    what = {name: [_said(before.get(name)), _said(after.get(name))] for name in names}
    _save(row, row.content, by=by, what=what)


@transaction.atomic
def change_language(
    *,
    by: Standing,
    version: InstrumentVersion,
    language: str,
    seen: str,
    words: Words,
) -> None:
    """All texts in one language; what is left empty is still to be translated."""
    row = _seen(by, version, seen, "language", language)
    if language == ENGLISH:
        raise RuleError(_("English is what the others are translated from."))
    content = translated(row.content, language, words)
    counts = [
        str(sum(map(bool, words_in(document, language).values())))
        for document in (row.content, content)
    ]
    _save(row, content, by=by, what={f"language {language}": counts})


def _seen(
    by: Standing, version: InstrumentVersion, seen: str, part: str, key: str = ""
) -> InstrumentVersion:
    row = held_draft(version, by=by)
    if seen_of(row, part, key) != seen:
        raise StaleError(_("Somebody else saved this while you were writing."))
    return row


def _save(
    row: InstrumentVersion,
    content: Document,
    *,
    by: Standing,
    what: Mapping[str, Sequence[str | None]],
) -> None:
    try:
        read(content, method=method_of(row.method))
    except ContentError as error:
        raise RuleError(str(error), field=error.place) from None
    row.content = content
    row.save(update_fields=["content", "method", "updated_at"])
    changed = {name: list(pair) for name, pair in what.items() if pair[0] != pair[1]}
    record_change(row, changed, by=by)


def _original(row: InstrumentVersion) -> Document:
    return row.copied_from.content if row.copied_from else row.content


def _revision(row: InstrumentVersion, of: tuple[str, str], *, new_meaning: bool) -> int:
    """The original's; with a new meaning one that no other version has given.

    However often the draft is edited, it takes one new revision.
    """
    original = editing.revisions_of(_original(row))[of]
    if not new_meaning:
        return original
    now = editing.revisions_of(row.content)[of]
    if now != original:
        return now
    known = InstrumentVersion.objects.kept_for(row.organisation).filter(key=row.key)
    documents = known.order_by().values_list("content", flat=True)
    return editing.fresh_revision(documents, of)


def _spoken(words: Words) -> dict[str, str]:
    return {language: text.strip() for language, text in words.items() if text.strip()}


def _joined(labels: Labels) -> dict[str, str]:
    return {language: " · ".join(words) for language, words in labels.items()}


def _change(before: Words, after: Words) -> list[str | None]:
    return [" / ".join(before.values()), " / ".join(after.values())]


def _changes(
    key: str, before: Mapping[str, Any], after: Mapping[str, Any]
) -> dict[str, list[str | None]]:
    changes: dict[str, list[str | None]] = {}
    for name, value in after.items():
        label = key if name in {"text", "name"} else f"{key} {name}"
        was = before.get(name, "")
        spoken = isinstance(value, dict)
        changes[label] = _change(was, value) if spoken else [str(was), str(value)]
    return changes


def _said(value: float | None) -> str | None:
    return None if value is None else f"{value:g}"


def _topic(version: InstrumentVersion, key: str) -> Any:
    topic = dict(editing.one_of(version.content, TOPICS, key))
    del topic["weight"]
    return topic, editing.marker_of(version.content, key)


_PARTS: dict[str, Any] = {
    "title": lambda version, _key: version.content["title"],
    "item": lambda version, key: editing.one_of(version.content, ITEMS, key),
    "topic": _topic,
    "scale": lambda version, _key: editing.scale_of(version.content),
    "weights": lambda version, _key: editing.weights_of(version.content),
    "thresholds": lambda version, _key: version.method,
    "language": lambda version, key: words_in(version.content, key),
}
