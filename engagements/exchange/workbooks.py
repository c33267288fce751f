"""Sheets of an XLSX workbook, read as a stream; cells bring their own types."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from contextlib import closing
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any
from xml.etree.ElementTree import ParseError

from django.utils.translation import gettext as _
from openpyxl import Workbook, load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from engagements.exchange.reading import (
    FAILED,
    Cell,
    Record,
    Table,
    UnreadableFileError,
    named_headers,
)

# What a workbook may unfold to: a small file can hold a very large one.
MOST_UNFOLDED = 500 * 1024 * 1024
_ERRORS = frozenset(
    [
        "#NULL!",
        "#DIV/0!",
        "#VALUE!",
        "#REF!",
        "#NAME?",
        "#NUM!",
        "#N/A",
        "#GETTING_DATA",
        "#SPILL!",
        "#CALC!",
    ]
)


class WorkbookTable(Table):
    """One sheet of a workbook."""

    def __init__(self, content: bytes, sheet: str = "") -> None:
        _refuse_bomb(content)
        self._content = content
        with closing(_opened(content, computed=True)) as book:
            self.sheets = tuple(page.title for page in book.worksheets)
        self._sheet = sheet or next(iter(self.sheets), "")
        if self._sheet not in self.sheets:
            raise UnreadableFileError(
                _("The workbook has no sheet “%(name)s”. It has: %(others)s.")
                % {"name": self._sheet, "others": ", ".join(self.sheets)}
            )
        self._header, self.headers = self._find_header()

    def records(self) -> Iterator[Record]:
        """Every record after the header that is not empty."""
        width = len(self.headers)
        for line, cells in self._rows():
            if line > self._header and any(cell is not None for cell in cells):
                yield Record(line, _as_wide_as(cells, width))

    def _find_header(self) -> tuple[int, tuple[str, ...]]:
        for line, cells in self._rows():
            filled = _trimmed(cells)
            if filled:
                return line, named_headers(filled)
        raise UnreadableFileError(
            _("The sheet “%(name)s” is empty.") % {"name": self._sheet}
        )

    def _rows(self) -> Iterator[tuple[int, tuple[Cell, ...]]]:
        """Each row's results beside its formulas, to tell a lost result from a gap."""
        with (
            closing(_opened(self._content, computed=True)) as results,
            closing(_opened(self._content, computed=False)) as formulas,
        ):
            pairs = zip(
                _values(results, self._sheet),
                _values(formulas, self._sheet),
                strict=False,
            )
            try:
                for line, (cells, written) in enumerate(pairs, start=1):
                    yield line, tuple(map(_cell, cells, written))
            except (ParseError, ValueError, KeyError) as error:
                raise _broken() from error


def _opened(content: bytes, *, computed: bool) -> Workbook:
    try:
        return load_workbook(io.BytesIO(content), read_only=True, data_only=computed)
    except (
        InvalidFileException,
        zipfile.BadZipFile,
        ParseError,
        KeyError,
        ValueError,
        TypeError,
        OSError,
    ) as error:
        raise _broken() from error


def _values(book: Workbook, sheet: str) -> Iterator[tuple[Any, ...]]:
    page = book[sheet]
    # Some programs write a size that is not true; the rows themselves are.
    page.reset_dimensions()
    return page.iter_rows(values_only=True)


def _cell(value: Any, written: Any) -> Cell:
    if value is None:
        return FAILED if _is_formula(written) else None
    if isinstance(value, bool | time):
        return str(value)
    if isinstance(value, datetime):
        return value.date() if value.time() == time() else value
    if isinstance(value, date):
        return value
    if isinstance(value, int | float):
        return Decimal(repr(value))
    text = str(value)
    return FAILED if text in _ERRORS else (text if text.strip() else None)


def _is_formula(written: Any) -> bool:
    if written is None:
        return False
    return not isinstance(written, str) or written.startswith("=")


def _trimmed(cells: tuple[Cell, ...]) -> tuple[Cell, ...]:
    last = max((n for n, cell in enumerate(cells) if cell is not None), default=-1)
    return cells[: last + 1]


def _as_wide_as(cells: tuple[Cell, ...], width: int) -> tuple[Cell, ...]:
    """Sheets leave out empty cells at the end; only filled ones can be too many."""
    filled = _trimmed(cells)
    return filled + (None,) * (width - len(filled))


def _refuse_bomb(content: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            unfolded = sum(part.file_size for part in archive.infolist())
    except zipfile.BadZipFile as error:
        raise _broken() from error
    if unfolded > MOST_UNFOLDED:
        raise UnreadableFileError(
            _("The workbook unfolds to %(size)d MB; at most %(most)d MB can be read.")
            % {"size": unfolded // 1024**2, "most": MOST_UNFOLDED // 1024**2}
        )


def _broken() -> UnreadableFileError:
    return UnreadableFileError(
        _("The workbook cannot be opened. Save it again as .xlsx, or as CSV.")
    )
