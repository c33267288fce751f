"""Bytes into records: encodings, delimiters, records that span lines.

Nothing is guessed twice: a file that cannot be read whole is refused in words.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import islice

from django.utils.translation import gettext as _

from engagements.errors import RuleError

# A cell of a workbook may bring its own type; text files bring text.
Cell = str | date | Decimal | None

# How a formula that nobody has computed, or that failed, reads in a cell.
FAILED = "\N{SUBSTITUTE}"

MOST_BYTES = 100 * 1024 * 1024
MOST_COLUMNS = 500
# Records a delimiter must agree on.
SAMPLE = 100
DELIMITERS = ",;\t|"
ENCODINGS = ("utf-8", "utf-16", "cp1252", "latin-1")
# A cell longer than this is a quotation mark that was never closed.
_LONGEST_CELL = 200_000
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_WORKBOOK = b"PK\x03\x04"
_OLD_WORKBOOK = b"\xd0\xcf\x11\xe0"
_NAMED_DELIMITER = re.compile(r"\ufeff?sep=(.)\r?\n", re.IGNORECASE)


class UnreadableFileError(RuleError):
    """The file as a whole cannot be read; nothing of it is taken."""


@dataclass(frozen=True, slots=True)
class Record:
    """One record: the line of the file it begins on (1 = the first) and its cells."""

    line: int
    cells: tuple[Cell, ...]


class Table:
    """A header and its records, which can be gone through any number of times."""

    headers: tuple[str, ...]
    sheets: tuple[str, ...] = ()

    def records(self) -> Iterator[Record]:
        """Every record after the header that is not empty."""
        raise NotImplementedError

    def is_empty(self) -> bool:
        """Whether there is nothing under the header."""
        return next(self.records(), None) is None


class TextTable(Table):
    """A text file with delimiters."""

    def __init__(self, text: str, delimiter: str, skipped_lines: int) -> None:
        self._text = text
        self.delimiter = delimiter
        self._skipped_lines = skipped_lines
        first = next(self._filled(), None)
        if first is None:
            raise UnreadableFileError(_("The file is empty."))
        self.headers = named_headers(first.cells)

    def records(self) -> Iterator[Record]:
        """Every record after the header that is not empty."""
        return islice(self._filled(), 1, None)

    def is_empty(self) -> bool:
        """Read to the end, so that a broken last line refuses the file at once."""
        return sum(1 for _record in self.records()) == 0

    def _filled(self) -> Iterator[Record]:
        return (
            record
            for record in _records(self._text, self.delimiter, self._skipped_lines)
            if any(record.cells)
        )


def read_table(
    content: bytes, *, encoding: str = "", delimiter: str = "", sheet: str = ""
) -> Table:
    """The table in a file; CSV or XLSX by its content, never by its name.

    `encoding` is used where the file bears no mark of its own; `sheet` names the
    sheet of a workbook, else its first. Raises UnreadableFileError with the reason.
    """
    if not content.strip():
        raise UnreadableFileError(_("The file is empty."))
    if len(content) > MOST_BYTES:
        raise UnreadableFileError(
            _("The file has %(size)d MB; at most %(most)d MB can be read.")
            % {"size": len(content) // 1024**2, "most": MOST_BYTES // 1024**2}
        )
    table = _read(content, encoding, delimiter, sheet)
    if table.is_empty():
        raise UnreadableFileError(_("The file has a header and no rows under it."))
    return table


def _read(content: bytes, encoding: str, delimiter: str, sheet: str) -> Table:
    if content.startswith(_OLD_WORKBOOK):
        raise UnreadableFileError(
            _("This is a workbook of the old kind (.xls). Save it as .xlsx or as CSV.")
        )
    if content.startswith(_WORKBOOK):
        # Needed by uploads of workbooks alone, and it costs memory.
        from engagements.exchange.workbooks import WorkbookTable  # noqa: PLC0415 - see above

        return WorkbookTable(content, sheet)
    text = decoded(content, encoding)
    named = _NAMED_DELIMITER.match(text)
    if named:
        return TextTable(text[named.end() :], named[1], 1)
    return TextTable(text, delimiter or likely_delimiter(text), 0)


def decoded(content: bytes, encoding: str = "") -> str:
    """The text of a file: by its mark, else as told, else strictly UTF-8."""
    if content.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        raise UnreadableFileError(_("The file is UTF-32. Save it as UTF-8."))
    marked = next((name for mark, name in _MARKS if content.startswith(mark)), "")
    name = marked or encoding or "utf-8"
    try:
        text = content.decode(name)
    except UnicodeError as error:
        raise UnreadableFileError(_undecodable(content, name, error)) from error
    if "\0" in text:
        raise UnreadableFileError(
            _(
                "The file holds a zero byte (number %(place)d): it is not a text file, "
                "or it is UTF-16 without its mark. Save it as UTF-8."
            )
            % {"place": text.index("\0")}
        )
    return text


def _undecodable(content: bytes, name: str, error: UnicodeError) -> str:
    place = getattr(error, "start", 0)
    facts = {
        "name": name.removesuffix("-sig").upper(),
        "place": place,
        "line": content.count(b"\n", 0, place) + 1,
    }
    if name.startswith("utf-8"):
        return (
            _(
                "The file is not UTF-8: byte %(place)d (line %(line)d) does not belong "
                "to it. Save it as UTF-8, or say that it is Windows-1252."
            )
            % facts
        )
    return _("The file is not %(name)s: byte %(place)d (line %(line)d).") % facts


def likely_delimiter(text: str) -> str:
    """The delimiter on which the first records agree best; a comma when none does."""
    scored = {mark: _agreement(text, mark) for mark in DELIMITERS}
    best = max(scored, key=lambda mark: scored[mark])
    return best if scored[best] > (0, 0) else ","


def _agreement(text: str, delimiter: str) -> tuple[float, int]:
    """The share of records as wide as the header, and that width; 0 for one column."""
    try:
        first = islice(_records(text, delimiter, 0), SAMPLE)
        widths = [len(record.cells) for record in first if any(record.cells)]
    except UnreadableFileError:
        return (0, 0)
    if not widths or widths[0] < 2:
        return (0, 0)
    return (widths.count(widths[0]) / len(widths), widths[0])


def _records(text: str, delimiter: str, skipped_lines: int) -> Iterator[Record]:
    csv.field_size_limit(_LONGEST_CELL)
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line = 1
    try:
        for cells in lines:
            yield Record(line + skipped_lines, tuple(cells))
            line = lines.line_num + 1
    except csv.Error as error:
        raise UnreadableFileError(
            _(
                "Line %(line)d: a quotation mark opens there and does not close where "
                "its cell ends. Double the marks inside a cell, or take them out."
            )
            % {"line": line + skipped_lines}
        ) from error


def named_headers(cells: tuple[Cell, ...]) -> tuple[str, ...]:
    """A name for each column: empty ones by their place, repeated ones numbered."""
    if len(cells) > MOST_COLUMNS:
        raise UnreadableFileError(
            _("The file has %(count)d columns; at most %(most)d can be read.")
            % {"count": len(cells), "most": MOST_COLUMNS}
        )
    names: list[str] = []
    for place, cell in enumerate(cells, start=1):
        name = " ".join(str(cell or "").split()) or _("Column %d") % place
        again = 2
        unique = name
        while unique in names:
            unique = f"{name} ({again})"
            again += 1
        names.append(unique)
    return tuple(names)
