"""What an import has to say about a file: a closed list of kinds, with their place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Weight(StrEnum):
    """How much a remark matters: the row stays out, look at it, or good to know."""

    REJECTED = "rejected"
    WARNING = "warning"
    INFORMATION = "information"


class Kind(StrEnum):
    """Every kind of remark there is; docs/import.md explains each."""

    WRONG_COLUMN_COUNT = "wrong_column_count"
    UNREADABLE_DATE = "unreadable_date"
    UNREADABLE_NUMBER = "unreadable_number"
    UNKNOWN_WORD = "unknown_word"
    UNKNOWN_CURRENCY = "unknown_currency"
    FAILED_FORMULA = "failed_formula"
    MISSING_ORGANISATION = "missing_organisation"
    SAME_ORGANISATION = "same_organisation"
    MISSING_START = "missing_start"
    ENDS_BEFORE_START = "ends_before_start"
    TERMS_CONTRADICT = "terms_contradict"
    NEGATIVE_VALUE = "negative_value"
    MISSING_CURRENCY = "missing_currency"
    MISSING_REFERENCE = "missing_reference"
    REPEATED_CONTRACT = "repeated_contract"
    REPEATED_AMENDMENT = "repeated_amendment"
    UNKNOWN_CONTRACT = "unknown_contract"
    AMBIGUOUS_CONTRACT = "ambiguous_contract"

    FAILED_CHECK = "failed_check"
    NAME_SPELLED_DIFFERENTLY = "name_spelled_differently"
    SAME_NAME_OTHER_NUMBER = "same_name_other_number"
    UNKNOWN_COUNTRY = "unknown_country"
    LOST_CHARACTER = "lost_character"
    TEXT_SHORTENED = "text_shortened"
    VALUE_ROUNDED = "value_rounded"
    CHANGED_HERE = "changed_here"
    ARCHIVED_HERE = "archived_here"

    NO_NUMBER = "no_number"
    MISSING_NOTICE_PERIOD = "missing_notice_period"
    MISSING_END = "missing_end"
    MISSING_VALUE = "missing_value"
    MISSING_TITLE = "missing_title"

    @property
    def weight(self) -> Weight:
        """Whether a row with this remark stays out."""
        if self in _REJECTING:
            return Weight.REJECTED
        return Weight.INFORMATION if self in _INFORMING else Weight.WARNING

    @property
    def label(self) -> Promise:
        """The kind in words, as a heading over its count."""
        return _LABELS[self]


_ORDER = list(Kind)
_REJECTING = frozenset(_ORDER[: _ORDER.index(Kind.FAILED_CHECK)])
_INFORMING = frozenset(_ORDER[_ORDER.index(Kind.NO_NUMBER) :])
_LABELS = {
    Kind.WRONG_COLUMN_COUNT: _("Rows with another number of columns"),
    Kind.UNREADABLE_DATE: _("Dates that cannot be read"),
    Kind.UNREADABLE_NUMBER: _("Numbers that cannot be read"),
    Kind.UNKNOWN_WORD: _("Words that stand for no known choice"),
    Kind.UNKNOWN_CURRENCY: _("Currencies that are not known"),
    Kind.FAILED_FORMULA: _("Formulas without a result"),
    Kind.MISSING_ORGANISATION: _("Rows without the other organisation"),
    Kind.SAME_ORGANISATION: _("Client and supplier are the same organisation"),
    Kind.MISSING_START: _("Contracts without a first day"),
    Kind.ENDS_BEFORE_START: _("Contracts that end before they begin"),
    Kind.TERMS_CONTRADICT: _("Terms that contradict each other"),
    Kind.NEGATIVE_VALUE: _("Values below 0"),
    Kind.MISSING_CURRENCY: _("Values without a currency"),
    Kind.MISSING_REFERENCE: _("Amendments without a contract or a number"),
    Kind.REPEATED_CONTRACT: _("Contracts that stand in the file twice"),
    Kind.REPEATED_AMENDMENT: _("Amendments that stand in the file twice"),
    Kind.UNKNOWN_CONTRACT: _("Amendments of contracts that are not known"),
    Kind.AMBIGUOUS_CONTRACT: _("Amendments that fit several contracts"),
    Kind.FAILED_CHECK: _("Registration numbers that fail their check"),
    Kind.NAME_SPELLED_DIFFERENTLY: _("Other spellings, kept as aliases"),
    Kind.SAME_NAME_OTHER_NUMBER: _("Same name, other number: kept apart"),
    Kind.UNKNOWN_COUNTRY: _("Countries that are not known"),
    Kind.LOST_CHARACTER: _("Texts with a lost character (�)"),
    Kind.TEXT_SHORTENED: _("Texts cut to what a field holds"),
    Kind.VALUE_ROUNDED: _("Values rounded to two decimals"),
    Kind.CHANGED_HERE: _("Changed by hand since the last import, kept"),
    Kind.ARCHIVED_HERE: _("Archived, left as they are"),
    Kind.NO_NUMBER: _("Organisations known by name alone"),
    Kind.MISSING_NOTICE_PERIOD: _("Contracts without a notice period"),
    Kind.MISSING_END: _("Contracts without an end"),
    Kind.MISSING_VALUE: _("Contracts without a value"),
    Kind.MISSING_TITLE: _("Contracts without a title"),
}


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing to say about one place: the line, the column, and why in words."""

    kind: Kind
    line: int
    column: str
    words: str
    # Which of the files: the contracts, or their amendments.
    of_amendments: bool = False

    @property
    def rejects(self) -> bool:
        """The row stays out."""
        return self.kind.weight is Weight.REJECTED

    def as_json(self) -> dict[str, Any]:
        """For a report that is kept with the import."""
        return {
            "kind": self.kind.value,
            "line": self.line,
            "column": self.column,
            "words": self.words,
            "of_amendments": self.of_amendments,
        }


def counted(remarks: Iterable[Remark]) -> dict[str, int]:
    """How many remarks of each kind that occurs, in the order of the list."""
    counts = Counter(remark.kind for remark in remarks)
    return {kind.value: counts[kind] for kind in Kind if counts[kind]}
