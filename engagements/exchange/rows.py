"""Records into rows of a contract or an amendment, or remarks that say why not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from engagements.contracts.figures import terms_of
from engagements.contracts.terms import TermsError
from engagements.exchange.cells import Cells, places_of
from engagements.exchange.codes import country_code
from engagements.exchange.fields import OF_TERMS
from engagements.exchange.profiles import AmendmentColumns, PartyColumns, Profile
from engagements.exchange.reading import Record, Table
from engagements.exchange.registration import checked
from engagements.exchange.remarks import Kind, Remark
from engagements.models import Contract, Side

# An organisation's key: (scheme, number), or ("", its name without case).
Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Party:
    """An organisation as one row names it."""

    line: int
    name: str
    numbers: tuple[Key, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()

    @property
    def key(self) -> Key:
        """What makes it the same organisation: its number, else its name."""
        return self.numbers[0] if self.numbers else ("", name_of(self.name))


@dataclass(frozen=True, slots=True)
class ContractRow:
    """A contract as one row tells it; a side the file leaves out is None."""

    line: int
    client: Party | None
    supplier: Party | None
    scope: str
    key: str
    facts: dict[str, Any]


@dataclass(frozen=True, slots=True)
class AmendmentRow:
    """An amendment as one row tells it: the terms after it."""

    line: int
    contract: str
    reference: str
    number: int | None
    facts: dict[str, Any]


@dataclass(frozen=True, slots=True)
class ReadContract:
    """What became of one record; the row is None where it stays out."""

    line: int
    row: ContractRow | None
    remarks: tuple[Remark, ...]
    # Whom it names, even where it stays out: the counts say so.
    client: Party | None = None
    supplier: Party | None = None


@dataclass(frozen=True, slots=True)
class ReadAmendment:
    """What became of one record; the row is None where it stays out."""

    line: int
    row: AmendmentRow | None
    remarks: tuple[Remark, ...]


def name_of(name: str) -> str:
    """A name as names are compared: without case, white space made single."""
    return " ".join(name.casefold().split())


def read_contracts(table: Table, profile: Profile) -> Iterator[ReadContract]:
    """Every record of a file of contracts. Raises UnreadableFileError at once."""
    places = places_of(table.headers, contract_columns(profile))
    width = len(table.headers)
    return (
        _read_contract(record, places, width, profile) for record in table.records()
    )


def read_amendments(table: Table, profile: Profile) -> Iterator[ReadAmendment]:
    """Every record of a file of amendments. Raises UnreadableFileError at once."""
    columns = profile.amendments
    if columns is None:
        return iter(())
    needed = {f"amendments.{name}": col for name, col in columns.columns.items()}
    places = places_of(table.headers, needed)
    width = len(table.headers)
    return (
        _read_amendment(record, places, width, profile, columns)
        for record in table.records()
    )


def contract_columns(profile: Profile) -> dict[str, str]:
    """Every column a profile needs in the contracts' file, by its key."""
    needed = {f"contract.{name}": column for name, column in profile.contract.items()}
    for side in Side:
        party = profile.party(side)
        for name, column in party.columns.items():
            needed[f"organisations.{side}.{name}"] = column
        for number in party.numbers:
            needed[f"organisations.{side}.number.{number.scheme}"] = number.column
    return needed


def _read_contract(
    record: Record, places: dict[str, int], width: int, profile: Profile
) -> ReadContract:
    cells = Cells(record, places, profile)
    if _has_other_width(cells, record, width):
        return ReadContract(record.line, None, tuple(cells.remarks))
    client = _party(cells, profile.client, Side.CLIENT)
    supplier = _party(cells, profile.supplier, Side.SUPPLIER)
    facts = cells.values(profile.contract)
    key, scope = facts.pop("key", ""), facts.pop("scope", profile.scope)
    _check_terms(cells, facts, profile)
    row = None
    if not cells.rejected:
        row = ContractRow(record.line, client, supplier, scope, key, facts)
    return ReadContract(record.line, row, tuple(cells.remarks), client, supplier)


def _party(cells: Cells, columns: PartyColumns, side: Side) -> Party | None:
    """The organisation a row names; a missing one on a side the file has rejects."""
    if not columns.present:
        return None
    facts = cells.values(columns.columns)
    numbers = [
        (number.scheme, value)
        for number in columns.numbers
        if (value := _number(cells, number.scheme, number.column))
    ]
    name = facts.pop("name", "")
    if not name and not numbers:
        words = _("The row names no client.")
        if side is Side.SUPPLIER:
            words = _("The row names no supplier.")
        cells.remark(Kind.MISSING_ORGANISATION, columns.columns["name"], words)
        return None
    if "country" in facts:
        facts["country"] = _country(cells, columns.columns["country"], facts["country"])
    known = tuple((field, text) for field, text in facts.items() if text)
    return Party(cells.line, name, tuple(numbers), known)


def _number(cells: Cells, scheme: str, column: str) -> str | None:
    written = cells.value("number_of_record", column)
    if not written:
        return None
    number = checked(scheme, written)
    if number is None or len(number) > 80:
        cells.remark(
            Kind.FAILED_CHECK,
            column,
            _("“%(number)s” is not a number of %(scheme)s; the name is used instead.")
            % {"number": written[:40], "scheme": scheme},
        )
        return None
    return number


def _country(cells: Cells, column: str, name: str) -> str:
    code = country_code(name)
    if not code:
        cells.remark(Kind.UNKNOWN_COUNTRY, column, name[:80])
    return code


def _check_terms(cells: Cells, facts: dict[str, Any], profile: Profile) -> None:
    """The rules between the cells of one row; the currency and title it may lack."""
    start, end = facts.get("start_on"), facts.get("end_on")
    if start is None and not cells.rejected:
        cells.remark(
            Kind.MISSING_START,
            profile.contract["start_on"],
            _("The row does not say when the contract begins."),
        )
    if start and end and end < start:
        cells.remark(
            Kind.ENDS_BEFORE_START,
            profile.contract["end_on"],
            _("The contract ends on %(end)s, before it begins on %(start)s.")
            % {"end": end, "start": start},
        )
    _check_consistent(cells, facts)
    if "value" not in facts:
        facts.pop("currency", None)
    elif not facts.setdefault("currency", profile.currency):
        cells.remark(
            Kind.MISSING_CURRENCY,
            profile.contract["value"],
            _("Neither the row nor the profile says the currency."),
        )


def _check_consistent(cells: Cells, facts: dict[str, Any]) -> None:
    """Ask the rules of contracts, so that every contract taken has its deadlines."""
    if cells.rejected:
        return
    terms = {name: value for name, value in facts.items() if name in OF_TERMS}
    try:
        terms_of(Contract(**terms))
    except TermsError as error:
        cells.remark(Kind.TERMS_CONTRADICT, "", f"{error.field}: {error.reason}")


def _read_amendment(
    record: Record,
    places: dict[str, int],
    width: int,
    profile: Profile,
    columns: AmendmentColumns,
) -> ReadAmendment:
    cells = Cells(record, places, profile, of_amendments=True)
    if _has_other_width(cells, record, width):
        return ReadAmendment(record.line, None, tuple(cells.remarks))
    facts = cells.values(columns.columns)
    contract, reference = facts.pop("contract", ""), facts.pop("reference", "")
    if not (contract and reference):
        cells.remark(
            Kind.MISSING_REFERENCE,
            columns.columns["reference" if contract else "contract"],
            _("The row does not say which contract it amends, or its own number."),
        )
    if cells.rejected:
        return ReadAmendment(record.line, None, tuple(cells.remarks))
    number = facts.pop("number", None) or _trailing_number(columns, reference)
    row = AmendmentRow(record.line, contract, reference, number, facts)
    return ReadAmendment(record.line, row, tuple(cells.remarks))


def _trailing_number(columns: AmendmentColumns, reference: str) -> int | None:
    """The number after the profile's mark: 2 in "CN1-A2"; None without one."""
    if not columns.number_after or columns.number_after not in reference:
        return None
    after = reference.rpartition(columns.number_after)[2]
    return int(after) if re.fullmatch(r"[0-9]{1,4}", after) else None


def _has_other_width(cells: Cells, record: Record, width: int) -> bool:
    """Too few or too many cells: values may stand in the wrong columns."""
    found = len(record.cells)
    extra = [cell for cell in record.cells[width:] if cell]
    if found >= width and not extra:
        return False
    cells.remark(
        Kind.WRONG_COLUMN_COUNT,
        "",
        _("The row has %(found)d columns, the header %(width)d.")
        % {"found": found, "width": width},
    )
    return True
