"""The cells of one record, by what a profile says they hold, with their remarks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.utils.translation import gettext as _

from engagements.exchange import fields
from engagements.exchange.codes import is_currency
from engagements.exchange.fields import Holds
from engagements.exchange.profiles import Profile
from engagements.exchange.reading import FAILED, Cell, Record, UnreadableFileError
from engagements.exchange.remarks import Kind, Remark
from engagements.exchange.values import (
    UnreadableError,
    amount_of,
    day_of,
    folded,
    text_of,
    whole_of,
)

_CENT = Decimal("0.01")
_MOST = Decimal(10) ** 16
# What stands for "nothing" in any file.
_NOTHING = frozenset({"", "-", "\u2013", "\u2014", "n/a", "#n/a"})
_LOST = "\N{REPLACEMENT CHARACTER}"


def places_of(headers: Iterable[str], needed: Mapping[str, str]) -> dict[str, int]:
    """Where each needed column stands; `needed` is {key of the profile: column}.

    Raises UnreadableFileError naming every column the file does not have.
    """
    found: dict[str, int] = {}
    for place, header in enumerate(headers):
        found.setdefault(folded(header), place)
    missing = [
        _("“%(column)s” (for %(key)s)") % {"column": column, "key": key}
        for key, column in needed.items()
        if folded(column) not in found
    ]
    if missing:
        raise UnreadableFileError(
            _("The file has no column %(columns)s. It has: %(others)s.")
            % {"columns": ", ".join(missing), "others": ", ".join(headers)}
        )
    return {column: found[folded(column)] for column in needed.values()}


class Cells:
    """One record seen through a profile; whatever is wrong becomes a remark."""

    def __init__(
        self,
        record: Record,
        places: Mapping[str, int],
        profile: Profile,
        *,
        of_amendments: bool = False,
    ) -> None:
        self.line = record.line
        self._cells = record.cells
        self._places = places
        self._profile = profile
        self._of_amendments = of_amendments
        self.remarks: list[Remark] = []
        # Units that stand beside their number: "3 months".
        self._units: dict[str, str] = {}

    @property
    def rejected(self) -> bool:
        """Something was found that keeps the row out."""
        return any(remark.rejects for remark in self.remarks)

    def remark(self, kind: Kind, column: str, words: str) -> None:
        """Remember what there is to say about a cell."""
        self.remarks.append(
            Remark(kind, self.line, column, words, of_amendments=self._of_amendments)
        )

    def values(self, columns: Mapping[str, str]) -> dict[str, Any]:
        """Every field that has something to say; empty cells say nothing."""
        read = {name: self.value(name, column) for name, column in columns.items()}
        told = {name: value for name, value in read.items() if value not in (None, "")}
        return self._units | told

    def value(self, name: str, column: str) -> Any:
        """One field's value by what it holds; None for an empty or unreadable cell."""
        cell = self._cell(column)
        if cell is None:
            return None
        return self._READ[fields.HOLDS.get(name, Holds.TEXT)](self, name, column, cell)

    def _cell(self, column: str) -> Cell:
        cell = self._cells[self._places[column]]
        if cell == FAILED:
            self.remark(
                Kind.FAILED_FORMULA, column, _("The cell's formula has no result.")
            )
            return None
        if cell is None or not isinstance(cell, str):
            return cell
        word = " ".join(cell.split()).casefold()
        if word in _NOTHING or folded(word) in self._profile.null_words:
            return None
        return cell

    def _text(self, name: str, column: str, cell: Cell) -> str:
        text = text_of(cell).replace("\0", "")
        if name == "currency":
            return self._currency(column, text)
        if _LOST in text:
            self.remark(Kind.LOST_CHARACTER, column, text[:80])
        most = fields.LONGEST.get(name, 250)
        if len(text) <= most:
            return text
        self.remark(
            Kind.TEXT_SHORTENED,
            column,
            _("%(count)d characters; %(most)d are kept.")
            % {"count": len(text), "most": most},
        )
        return text[: most - 1] + "…"

    def _currency(self, column: str, text: str) -> str:
        code = text.upper()
        if is_currency(code):
            return code
        self.remark(
            Kind.UNKNOWN_CURRENCY, column, _("“%s” is not a currency code.") % text[:40]
        )
        return ""

    def _day(self, name: str, column: str, cell: Cell) -> date | None:
        try:
            return day_of(cell, self._profile.dates, self._profile.zone)
        except UnreadableError:
            self._unreadable(
                Kind.UNREADABLE_DATE,
                column,
                cell,
                _("“%(cell)s” is not a date written like %(forms)s."),
                forms=_(" or ").join(form.example for form in self._profile.dates),
            )
            return None

    def _amount(self, name: str, column: str, cell: Cell) -> Decimal | None:
        try:
            amount = amount_of(cell, self._profile.numbers)
        except UnreadableError:
            self._no_number(column, cell)
            return None
        if abs(amount) >= _MOST:
            self._no_number(column, cell)
            return None
        if amount < 0:
            self.remark(
                Kind.NEGATIVE_VALUE, column, _("“%s” is below 0.") % text_of(cell)[:40]
            )
            return None
        rounded = amount.quantize(_CENT, ROUND_HALF_UP)
        if rounded != amount:
            self.remark(
                Kind.VALUE_ROUNDED,
                column,
                _("%(amount)s became %(rounded)s.")
                % {"amount": amount, "rounded": rounded},
            )
        return rounded

    def _no_number(self, column: str, cell: Cell) -> None:
        self._unreadable(
            Kind.UNREADABLE_NUMBER,
            column,
            cell,
            _("“%(cell)s” is not a number with “%(sign)s” before the decimals."),
            sign=self._profile.numbers.decimal,
        )

    def _whole(self, name: str, column: str, cell: Cell) -> int | None:
        unit = f"{name}_unit"
        number, _space, word = text_of(cell).partition(" ")
        for choice, spoken in fields.WORDS.get(unit, {}).items():
            if folded(word) in spoken:
                self._units[unit] = choice
                cell = number
        try:
            return whole_of(cell)
        except UnreadableError:
            self._unreadable(
                Kind.UNREADABLE_NUMBER,
                column,
                cell,
                _("“%(cell)s” is not a whole number from 0 to 1,200."),
            )
            return None

    def _choice(self, name: str, column: str, cell: Cell) -> str | None:
        word = folded(text_of(cell))
        own = self._profile.words.get(name, {})
        if word in own:
            return own[word]
        for choice, spoken in fields.WORDS[name].items():
            if word in spoken or word == folded(choice):
                return choice
        self._unreadable(
            Kind.UNKNOWN_WORD,
            column,
            cell,
            _("“%(cell)s” stands for none of %(choices)s."),
            choices=", ".join(fields.WORDS[name]),
        )
        return None

    def _unreadable(
        self, kind: Kind, column: str, cell: Cell, words: str, **facts: str
    ) -> None:
        self.remark(kind, column, words % {"cell": text_of(cell)[:40], **facts})

    _READ: Mapping[Holds, Callable[..., Any]] = {
        Holds.TEXT: _text,
        Holds.DAY: _day,
        Holds.AMOUNT: _amount,
        Holds.WHOLE: _whole,
        Holds.CHOICE: _choice,
    }
