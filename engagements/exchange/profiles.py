"""A profile: what the columns of a file mean and how its values are written.

The JSON form is described in docs/import.md; every mistake in one is refused by the
path of its key and the reason.
"""

from __future__ import annotations

import hashlib
import json
import re
import zoneinfo
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from engagements.exchange import fields
from engagements.exchange.profile_values import (
    ProfileError,
    object_at,
    one_of,
    refuse_unknown,
    text_at,
    texts_at,
)
from engagements.exchange.reading import DELIMITERS, ENCODINGS
from engagements.exchange.registration import is_scheme
from engagements.exchange.values import DateForm, NumberForm, folded
from engagements.models import Side


@dataclass(frozen=True)
class NumberColumn:
    """A column that holds registration numbers of one scheme."""

    scheme: str
    column: str


@dataclass(frozen=True)
class PartyColumns:
    """Which columns name an organisation; the first number found is its key."""

    columns: Mapping[str, str] = field(default_factory=dict)
    numbers: tuple[NumberColumn, ...] = ()

    @property
    def present(self) -> bool:
        """Whether the file names this side at all."""
        return bool(self.columns or self.numbers)


@dataclass(frozen=True)
class AmendmentColumns:
    """Which columns of a second file say what amendments changed."""

    columns: Mapping[str, str]
    # What stands before the number in a reference: "-A" for CN1-A2.
    number_after: str = ""


@dataclass(frozen=True)
class Profile:
    """How to read one kind of file."""

    contract: Mapping[str, str]
    name: str = ""
    stands_for: Side = Side.CLIENT
    time_zone: str = "UTC"
    dates: tuple[DateForm, ...] = (DateForm.ISO,)
    numbers: NumberForm = field(default_factory=NumberForm)
    currency: str = ""
    scope: str = "General"
    null_words: frozenset[str] = frozenset()
    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""
    client: PartyColumns = PartyColumns()
    supplier: PartyColumns = PartyColumns()
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    amendments: AmendmentColumns | None = None

    def party(self, side: Side) -> PartyColumns:
        """The columns that name the organisation of a side."""
        return self.client if side is Side.CLIENT else self.supplier

    @property
    def zone(self) -> zoneinfo.ZoneInfo:
        """The zone whose calendar the file's moments are read in."""
        return zoneinfo.ZoneInfo(self.time_zone)


def header_signature(headers: Iterable[str]) -> str:
    """The same for files with the same columns, in whatever order."""
    names = "\n".join(sorted(folded(header) for header in headers))
    return hashlib.sha256(names.encode()).hexdigest()


def load_profile(text: str) -> Profile:
    """A profile from its JSON text. Raises ProfileError."""
    try:
        data = json.loads(text)
    except ValueError as error:
        raise ProfileError("", _("this is not JSON (%s)") % error) from error
    return profile_from(data)


def profile_from(data: Any) -> Profile:
    """A profile from its JSON value; every key is checked. Raises ProfileError."""
    data = object_at("", data)
    refuse_unknown("", data, _KEYS)
    if data.get("version", 1) != 1:
        raise ProfileError("version", _("must be 1"))
    parties = object_at("organisations", data.get("organisations", {}))
    refuse_unknown("organisations", parties, {side.value for side in Side})
    number = object_at("numbers", data.get("numbers", {}))
    refuse_unknown("numbers", number, {"decimal", "thousands"})
    profile = Profile(
        name=text_at("name", data.get("name", "")),
        stands_for=Side(
            one_of("stands_for", data.get("stands_for", "client"), list(Side))
        ),
        time_zone=_zone(data.get("time_zone", "UTC")),
        dates=_dates(data.get("dates", ["iso"])),
        numbers=_number_form(number),
        currency=_currency(data.get("currency", "")),
        scope=text_at("scope", data.get("scope", "General")) or "General",
        null_words=frozenset(folded(word) for word in texts_at("null_words", data)),
        encoding=one_of("encoding", data.get("encoding", ""), ["", *ENCODINGS]),
        delimiter=one_of("delimiter", data.get("delimiter", ""), ["", *DELIMITERS]),
        sheet=text_at("sheet", data.get("sheet", "")),
        client=_party("client", parties.get("client", {})),
        supplier=_party("supplier", parties.get("supplier", {})),
        contract=_columns("contract", data.get("contract"), fields.ContractField),
        words=_words(object_at("words", data.get("words", {}))),
        amendments=_amendments(data.get("amendments")),
    )
    _refuse_incomplete(profile)
    return profile


# The keys of the JSON form; all but "contract" and "organisations" have a default.
_KEYS = frozenset(
    (
        *("version", "name", "stands_for", "time_zone", "dates", "numbers"),
        *("currency", "scope", "null_words", "encoding", "delimiter", "sheet"),
        *("organisations", "contract", "words", "amendments"),
    )
)


def _refuse_incomplete(profile: Profile) -> None:
    if "start_on" not in profile.contract:
        raise ProfileError("contract.start_on", _("say which column it is"))
    if not (profile.client.present or profile.supplier.present):
        raise ProfileError("organisations", _("name the columns of at least one side"))
    for side in Side:
        party = profile.party(side)
        if party.present and "name" not in party.columns:
            key = f"organisations.{side}.name"
            raise ProfileError(key, _("say which column it is"))
    if profile.amendments and "key" not in profile.contract:
        raise ProfileError(
            "contract.key", _("amendments find their contract by it: say its column")
        )


def _zone(value: Any) -> str:
    name = text_at("time_zone", value)
    try:
        zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ProfileError(
            "time_zone", _("“%s” is not a time zone; write Australia/Sydney") % name
        ) from error
    return name


def _dates(value: Any) -> tuple[DateForm, ...]:
    forms = [value] if isinstance(value, str) else value
    if not isinstance(forms, list) or not forms:
        raise ProfileError("dates", _("must be a list of date forms"))
    chosen = tuple(DateForm(one_of("dates", form, list(DateForm))) for form in forms)
    if {DateForm.DAY_FIRST, DateForm.MONTH_FIRST} <= set(chosen):
        raise ProfileError("dates", _("day first or month first, not both"))
    return chosen


def _number_form(data: dict[str, Any]) -> NumberForm:
    decimal = one_of("numbers.decimal", data.get("decimal", "."), [".", ","])
    usual = "," if decimal == "." else "."
    thousands = one_of(
        "numbers.thousands", data.get("thousands", usual), ["", ",", ".", " ", "'"]
    )
    if thousands == decimal:
        raise ProfileError("numbers.thousands", _("must differ from the decimal sign"))
    return NumberForm(decimal, thousands)


def _currency(value: Any) -> str:
    code = text_at("currency", value).upper()
    if code and not re.fullmatch(r"[A-Z]{3}", code):
        raise ProfileError("currency", _("must be a code of three letters: AUD"))
    return code


def _columns(key: str, value: Any, known: Iterable[str]) -> dict[str, str]:
    data = object_at(key, value)
    refuse_unknown(key, data, known)
    columns = {name: text_at(f"{key}.{name}", column) for name, column in data.items()}
    for name, column in columns.items():
        if not column:
            raise ProfileError(f"{key}.{name}", _("must name a column"))
    return columns


def _party(side: str, value: Any) -> PartyColumns:
    key = f"organisations.{side}"
    data = dict(object_at(key, value))
    given = data.pop("number", [])
    numbers = [given] if isinstance(given, dict) else given
    if not isinstance(numbers, list):
        raise ProfileError(f"{key}.number", _("must be an object: {…}"))
    plain = set(fields.PartyField) - {fields.PartyField.NUMBER}
    return PartyColumns(
        columns=_columns(key, data, plain),
        numbers=tuple(_number_column(f"{key}.number", item) for item in numbers),
    )


def _number_column(key: str, value: Any) -> NumberColumn:
    data = _columns(key, value, {"scheme", "column"})
    for name in ("scheme", "column"):
        if name not in data:
            raise ProfileError(f"{key}.{name}", _("is missing"))
    if not is_scheme(data["scheme"]):
        raise ProfileError(
            f"{key}.scheme", _("must name a list of numbers: AU-ABN, GB-COH, XI-LEI")
        )
    return NumberColumn(data["scheme"], data["column"])


def _words(data: dict[str, Any]) -> dict[str, dict[str, str]]:
    refuse_unknown("words", data, fields.WORDS)
    words: dict[str, dict[str, str]] = {}
    for name, spoken in data.items():
        chosen = object_at(f"words.{name}", spoken)
        words[name] = {
            folded(word): one_of(f"words.{name}.{word}", choice, [*fields.WORDS[name]])
            for word, choice in chosen.items()
        }
    return words


def _amendments(value: Any) -> AmendmentColumns | None:
    if value is None:
        return None
    data = dict(object_at("amendments", value))
    after = text_at("amendments.number_after", data.pop("number_after", ""))
    columns = _columns("amendments", data, fields.AmendmentField)
    for name in ("contract", "reference"):
        if name not in columns:
            raise ProfileError(f"amendments.{name}", _("say which column it is"))
    return AmendmentColumns(columns, after)
