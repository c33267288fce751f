"""Codes of countries (ISO 3166-1) and currencies (ISO 4217)."""

from functools import cache

from engagements.exchange.values import folded

# Names that registers write and the common list does not have.
_OTHER_NAMES = {
    "lao people's democratic republic": "LA",
    "hong kong": "HK",
    "macao": "MO",
    "viet nam": "VN",
    "russian federation": "RU",
    "korea, republic of": "KR",
    "republic of korea": "KR",
    "united states of america": "US",
    "usa": "US",
    "uk": "GB",
    "great britain": "GB",
    "england": "GB",
    "scotland": "GB",
    "wales": "GB",
    "northern ireland": "GB",
    "the netherlands": "NL",
    "czech republic": "CZ",
    "turkey": "TR",
}


def country_code(name: str) -> str:
    """The ISO 3166-1 code of a country; empty where it is not known."""
    if len(name) == 2 and name.upper() in _codes().values():
        return name.upper()
    return _codes().get(folded(name), "")


@cache
def is_currency(code: str) -> bool:
    """Whether it is, or was, a currency: AUD, EUR."""
    # Currencies are needed by imports alone, and their list costs memory.
    from babel.core import Locale  # noqa: PLC0415 - see above

    return code in Locale("en", "GB").currencies and not code.startswith("XX")


@cache
def _codes() -> dict[str, str]:
    # Names of countries are needed by imports alone, and they cost memory.
    from babel.core import Locale  # noqa: PLC0415 - see above

    names = {
        folded(name): code
        for code, name in Locale("en", "GB").territories.items()
        if len(code) == 2 and code.isalpha() and code not in {"EU", "EZ", "UN", "ZZ"}
    }
    return names | {folded(name): code for name, code in _OTHER_NAMES.items()}
