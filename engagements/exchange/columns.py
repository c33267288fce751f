"""What the columns of a file probably mean: a guess to be looked at, never used unseen.

Headers are compared word by word; samples may contradict a header, and decide on
their own only what cannot be read in two ways.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import islice

from engagements.exchange.fields import HOLDS, Holds
from engagements.exchange.reading import Cell, Table
from engagements.exchange.registration import is_abn, is_lei, normal_form
from engagements.exchange.values import (
    DateForm,
    NumberForm,
    folded,
    likely_forms,
    likely_numbers,
    text_of,
)
from engagements.exchange.vocabulary import PHRASES, SCHEMES, SIDES
from engagements.models import Side

# Records looked at to tell how dates and numbers are written.
LOOKED_AT = 1000
SHOWN = 5


class Confidence(StrEnum):
    """How far a guess can be trusted before somebody looks."""

    SURE = "sure"
    LIKELY = "likely"
    NONE = "none"


@dataclass(frozen=True)
class Guess:
    """One column: its samples, and the field it probably fills ("" for none)."""

    column: str
    samples: tuple[str, ...]
    target: str = ""
    scheme: str = ""
    confidence: Confidence = Confidence.NONE


@dataclass(frozen=True)
class Guesses:
    """All columns, and how the file writes dates and numbers.

    `dates` and `numbers` are what has to be asked when they are not settled.
    """

    columns: tuple[Guess, ...]
    dates: tuple[DateForm, ...]
    dates_settled: bool
    numbers: NumberForm
    numbers_settled: bool


_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")


def guess_columns(table: Table, stands_for: Side) -> Guesses:
    """Look at the headers and the first records of a file."""
    looked_at = [record.cells for record in islice(table.records(), LOOKED_AT)]
    cells = {
        header: [row[place] for row in looked_at if place < len(row)]
        for place, header in enumerate(table.headers)
    }
    columns = _assigned(cells, stands_for)
    dates, dates_settled = _dates(_holding(columns, cells, Holds.DAY))
    numbers, numbers_settled = _numbers(_holding(columns, cells, Holds.AMOUNT))
    return Guesses(columns, dates, dates_settled, numbers, numbers_settled)


def guess_amendments(table: Table, key_header: str) -> Guesses:
    """The same for a file of amendments; `key_header` names the contract there too."""
    guesses = guess_columns(table, Side.CLIENT)
    columns = tuple(_of_amendment(guess, key_header) for guess in guesses.columns)
    return replace(guesses, columns=columns)


def _of_amendment(guess: Guess, key_header: str) -> Guess:
    words = folded(guess.column)
    field = guess.target.rpartition(".")[2]
    if words == folded(key_header):
        field = "contract"
    elif "amendment" in words.split() or words.startswith("amendment"):
        field = "reference"
    elif field not in {"signed_on", "start_on", "end_on", "value"}:
        field = ""
    target = f"amendments.{field}" if field else ""
    return replace(guess, target=target, scheme="")


def mark_before_number(references: Iterable[str]) -> str:
    """What stands before the number in all references: "-A" in "CN1-A2"."""
    found = {
        match[1] if (match := re.search(r"([^0-9]+)[0-9]{1,4}$", text)) else ""
        for text in references
    }
    return found.pop() if len(found) == 1 else ""


def _assigned(cells: Mapping[str, list[Cell]], stands_for: Side) -> tuple[Guess, ...]:
    """Each field to the column that fits it best, each column to one field."""
    bids = [
        (score, -place, header, target, scheme)
        for place, (header, column) in enumerate(cells.items())
        for score, target, scheme in _bids(header, column, stands_for)
    ]
    chosen: dict[str, tuple[str, str, int]] = {}
    taken: set[str] = set()
    for score, _place, header, target, scheme in sorted(bids, reverse=True):
        if header in chosen or target in taken:
            continue
        chosen[header] = (target, scheme, score)
        taken.add(target)
    return tuple(
        _guess(header, column, *chosen.get(header, ("", "", 0)))
        for header, column in cells.items()
    )


def _guess(
    header: str, column: list[Cell], target: str, scheme: str, score: int
) -> Guess:
    filled = [text for cell in column if (text := text_of(cell))]
    confidence = Confidence.NONE
    if target:
        confidence = Confidence.SURE if score >= _EXACT else Confidence.LIKELY
    return Guess(header, tuple(filled[:SHOWN]), target, scheme, confidence)


_EXACT = 100


def _bids(
    header: str, column: list[Cell], stands_for: Side
) -> Iterable[tuple[int, str, str]]:
    words = folded(_CAMEL.sub(" ", header)).split()
    yield from _number_bids(words, column, stands_for)
    for general, phrases in PHRASES.items():
        target = _sided(general, stands_for)
        score = max(_score(words, phrase.split()) for phrase in phrases)
        if score and _fits(target, column):
            yield score, target, ""


def _score(words: list[str], phrase: list[str]) -> int:
    """The whole header, or a run of words within it; the longer the better."""
    if words == phrase:
        return _EXACT + len(phrase)
    length = len(phrase)
    runs = (words[n : n + length] for n in range(len(words) - length + 1))
    return 10 * length if phrase in runs else 0


def _number_bids(
    words: list[str], column: list[Cell], stands_for: Side
) -> Iterable[tuple[int, str, str]]:
    """Registration numbers: told by the header's word, or by their check digits."""
    scheme = next((SCHEMES[word] for word in words if word in SCHEMES), "")
    filled = [normal_form(text) for cell in column if (text := text_of(cell))]
    if not scheme and filled:
        checks = {"AU-ABN": is_abn, "XI-LEI": is_lei}
        agreed = [name for name, check in checks.items() if all(map(check, filled))]
        scheme = agreed[0] if agreed else ""
    if scheme:
        side = next(
            (side for side, names in SIDES.items() if set(names) & set(words)),
            stands_for.other,
        )
        yield _EXACT + 10, f"organisations.{side}.number", scheme


def _sided(target: str, stands_for: Side) -> str:
    return (
        target.replace(".own_", f".{stands_for}_")
        .replace(".other_", f".{stands_for.other}_")
        .replace(".other.", f".{stands_for.other}.")
    )


def _fits(target: str, column: list[Cell]) -> bool:
    """Whether what stands in a column can be what its header says."""
    filled = [cell for cell in column if text_of(cell)]
    holds = HOLDS.get(target.rpartition(".")[2], Holds.TEXT)
    if not filled or holds not in {Holds.DAY, Holds.AMOUNT}:
        return True
    read = likely_forms if holds is Holds.DAY else likely_numbers
    return bool(read(filled[:50]))


def _holding(
    columns: Iterable[Guess], cells: Mapping[str, list[Cell]], holds: Holds
) -> list[list[Cell]]:
    return [
        cells[guess.column]
        for guess in columns
        if HOLDS.get(guess.target.rpartition(".")[2]) is holds
    ]


def _dates(columns: list[list[Cell]]) -> tuple[tuple[DateForm, ...], bool]:
    """The forms that read every column of days, and whether there was a choice."""
    possible = [forms for column in columns if (forms := likely_forms(column))]
    clear = {forms[0] for forms in possible if len(forms) == 1}
    unclear = [forms for forms in possible if not clear & set(forms)]
    chosen = tuple(form for form in DateForm if form in clear)
    if {DateForm.DAY_FIRST, DateForm.MONTH_FIRST} <= clear:
        return chosen, False
    return chosen or (DateForm.ISO,), not unclear


def _numbers(columns: list[list[Cell]]) -> tuple[NumberForm, bool]:
    """The one way of writing numbers that reads every column, else it is asked."""
    possible = [forms for column in columns if (forms := likely_numbers(column))]
    for form in (NumberForm(".", ","), NumberForm(",", ".")):
        if all(forms == [form] for forms in possible):
            return form, True
    common = [
        form
        for form in (NumberForm(".", ","), NumberForm(",", "."))
        if all(form in forms for forms in possible)
    ]
    return (common[0] if common else NumberForm()), len(common) == 1
