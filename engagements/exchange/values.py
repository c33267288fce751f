"""Cells into values: days, amounts, plain text; and which way a column is written."""

from __future__ import annotations

import re
import unicodedata
import zoneinfo
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from engagements.exchange.reading import Cell


class UnreadableError(ValueError):
    """A cell does not hold what its column should."""


class DateForm(StrEnum):
    """The ways to write a day that a profile can name."""

    ISO = "iso"
    DAY_FIRST = "day/month/year"
    MONTH_FIRST = "month/day/year"
    COMPACT = "yyyymmdd"
    MONTH_NAMES = "day month-name year"

    @property
    def example(self) -> str:
        """A day written this way."""
        return _EXAMPLES[self]


_EXAMPLES = {
    DateForm.ISO: "2027-01-14",
    DateForm.DAY_FIRST: "14/1/2027",
    DateForm.MONTH_FIRST: "1/14/2027",
    DateForm.COMPACT: "20270114",
    DateForm.MONTH_NAMES: "14 Jan 2027",
}


@dataclass(frozen=True, slots=True)
class NumberForm:
    """Which signs a column's numbers use: "1.234,50" is decimal "," thousands "."."""

    decimal: str = "."
    thousands: str = ","


_BOTH = (NumberForm(".", ","), NumberForm(",", "."))
_EARLIEST, _LATEST = 1900, 2200
# Two-digit years up to this one belong to this century.
_CENTURY = 68
_PARTS = re.compile(r"(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4}|\d{2})(?: .*)?")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_DAY_NAME_YEAR = re.compile(
    r"(\d{1,2})(?:st|nd|rd|th)?[ .\-]+([a-z]+)[ .,\-]+(\d{4}|\d{2})"
)
_NAME_DAY_YEAR = re.compile(r"([a-z]+)[ .]+(\d{1,2})(?:st|nd|rd|th)?[ ,]+(\d{4}|\d{2})")
_MONTHS = [
    "jan",
    "feb",
    "mar",
    "apr",
    "may",
    "jun",
    "jul",
    "aug",
    "sep",
    "oct",
    "nov",
    "dec",
]
_FULL_MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
_UNITS = re.compile(r"(?:[A-Z]{3}|[$€£¥₹]|A\$|US\$|[A-Z]{1,2}\$)")
_SPACES = re.compile(r"[\s'\u2019]")


def text_of(cell: Cell) -> str:
    """A cell as text, white space made single; a whole number without ".0"."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        return " ".join(unicodedata.normalize("NFC", cell).split())
    if isinstance(cell, Decimal):
        whole = cell == cell.to_integral_value()
        return str(int(cell)) if whole else format(cell, "f")
    return cell.isoformat()


def folded(text: str) -> str:
    """A word as words are compared: NFKC, trimmed, without case and accents."""
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text))
    bare = "".join(mark for mark in plain if not unicodedata.combining(mark))
    return " ".join(re.sub(r"[_\-./:]+", " ", bare.casefold()).split())


def day_of(cell: Cell, forms: Iterable[DateForm], zone: zoneinfo.ZoneInfo) -> date:
    """The calendar day in the zone; a time without an offset is already local."""
    if isinstance(cell, datetime):
        return _possible(cell.date())
    if isinstance(cell, date):
        return _possible(cell)
    text = text_of(cell)
    for form in forms:
        day = _READERS[form](text, zone)
        if day is not None:
            return _possible(day)
    raise UnreadableError(text)


def amount_of(cell: Cell, form: NumberForm) -> Decimal:
    """An amount; signs of money and a currency code around it are left aside."""
    if isinstance(cell, Decimal):
        return cell
    text = text_of(cell)
    bare = _SPACES.sub("", _UNITS.sub("", text))
    negative = bare.startswith(("-", "\u2212", "(")) or bare.endswith("-")
    digits = bare.strip("-\u2212+()")
    thousands = re.escape(form.thousands) if form.thousands.strip() else ""
    grouped = rf"\d{{1,3}}(?:{thousands}\d{{3}})+|" if thousands else ""
    if not re.fullmatch(rf"(?:{grouped}\d+)(?:{re.escape(form.decimal)}\d*)?", digits):
        raise UnreadableError(text)
    if form.thousands:
        digits = digits.replace(form.thousands, "")
    try:
        amount = Decimal(digits.replace(form.decimal, "."))
    except InvalidOperation as error:
        raise UnreadableError(text) from error
    return -amount if negative else amount


def whole_of(cell: Cell) -> int:
    """A number without a fraction, 0 to 1,200: months and days of a period."""
    amount = amount_of(cell, NumberForm())
    if amount != amount.to_integral_value() or not 0 <= amount <= 1200:
        raise UnreadableError(text_of(cell))
    return int(amount)


def likely_forms(cells: Iterable[Cell]) -> list[DateForm]:
    """Every form that reads all dates of a column; two or more: ask.

    Native dates of a workbook need no form; they read as ISO. Cells that are no date
    in any form do not count, unless they are the most: their rows are rejected later.
    """
    filled = [cell for cell in cells if text_of(cell)]
    read = [found for cell in filled if (found := _forms_of(cell))]
    if not read or len(read) * 2 < len(filled):
        return []
    return [form for form in DateForm if all(form in found for found in read)]


def likely_numbers(cells: Iterable[Cell]) -> list[NumberForm]:
    """Every way of writing numbers that reads all numbers of a column; two: ask.

    Where both ways read the same amounts, the point is enough. Cells that are no
    number in either way do not count, unless they are the most.
    """
    filled = [cell for cell in cells if text_of(cell)]
    read = [
        pair
        for cell in filled
        if (pair := [_amount(cell, form) for form in _BOTH]) != [None, None]
    ]
    if not read or len(read) * 2 < len(filled):
        return []
    possible = [
        form for n, form in enumerate(_BOTH) if all(p[n] is not None for p in read)
    ]
    same = all(first == second for first, second in read)
    return possible[:1] if same else possible


def _amount(cell: Cell, form: NumberForm) -> Decimal | None:
    try:
        return amount_of(cell, form)
    except UnreadableError:
        return None


def _forms_of(cell: Cell) -> set[DateForm]:
    return {form for form in DateForm if _reads(cell, form)}


def _reads(cell: Cell, form: DateForm) -> bool:
    try:
        day_of(cell, [form], zoneinfo.ZoneInfo("UTC"))
    except UnreadableError:
        return False
    return True


def _possible(day: date) -> date:
    if not _EARLIEST <= day.year <= _LATEST:
        raise UnreadableError(day.isoformat())
    return day


def _iso(text: str, zone: zoneinfo.ZoneInfo) -> date | None:
    # The standard reader also takes "20270114" and week dates, which are not meant.
    if not re.match(r"\d{4}-\d{2}-\d{2}(?:$|[T ])", text):
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    if moment.tzinfo is None:
        return moment.date()
    try:
        return moment.astimezone(UTC).astimezone(zone).date()
    except OverflowError:
        return None


def _day_first(text: str, zone: zoneinfo.ZoneInfo) -> date | None:
    parts = _PARTS.fullmatch(text)
    return _date(parts[3], parts[2], parts[1]) if parts else None


def _month_first(text: str, zone: zoneinfo.ZoneInfo) -> date | None:
    parts = _PARTS.fullmatch(text)
    return _date(parts[3], parts[1], parts[2]) if parts else None


def _compact(text: str, zone: zoneinfo.ZoneInfo) -> date | None:
    parts = _COMPACT.fullmatch(text)
    return _date(parts[1], parts[2], parts[3]) if parts else None


def _month_names(text: str, zone: zoneinfo.ZoneInfo) -> date | None:
    plain = text.casefold()
    if parts := _DAY_NAME_YEAR.fullmatch(plain):
        day, name, year = parts.groups()
    elif parts := _NAME_DAY_YEAR.fullmatch(plain):
        name, day, year = parts.groups()
    else:
        return None
    known = name in _FULL_MONTHS or name in _MONTHS or name == "sept"
    return _date(year, str(_MONTHS.index(name[:3]) + 1), day) if known else None


def _date(year: str, month: str, day: str) -> date | None:
    full = int(year)
    if len(year) == 2:
        full += 2000 if full <= _CENTURY else 1900
    try:
        return date(full, int(month), int(day))
    except ValueError:
        return None


_READERS = {
    DateForm.ISO: _iso,
    DateForm.DAY_FIRST: _day_first,
    DateForm.MONTH_FIRST: _month_first,
    DateForm.COMPACT: _compact,
    DateForm.MONTH_NAMES: _month_names,
}
