"""Registration numbers: how one is written, and whether its check digits agree."""

from __future__ import annotations

import re
from collections.abc import Callable

_ABN_WEIGHTS = (10, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19)
_SCHEME = re.compile(r"[A-Z]{2}-[A-Z0-9-]{1,36}")


def normal_form(value: str) -> str:
    """A number as it is compared: capitals, without spaces, dots and hyphens."""
    return re.sub(r"[\s.\-\u2010-\u2015]", "", value).upper()


def is_scheme(name: str) -> bool:
    """Whether it is a list of numbers as org-id.guide names them: AU-ABN, XI-LEI."""
    return _SCHEME.fullmatch(name) is not None


def checked(scheme: str, value: str) -> str | None:
    """The number in its normal form; None where its check digits do not agree.

    Numbers of a scheme whose check is not known here are taken as they are.
    """
    number = normal_form(value)
    passes = _CHECKS.get(scheme)
    if passes is not None and not passes(number):
        return None
    return number or None


def is_abn(number: str) -> bool:
    """Australian business number: 11 digits, weighted sum divisible by 89."""
    if re.fullmatch(r"[0-9]{11}", number) is None:
        return False
    digits = [int(digit) for digit in number]
    digits[0] -= 1
    return sum(map(int.__mul__, digits, _ABN_WEIGHTS)) % 89 == 0


def is_lei(number: str) -> bool:
    """Legal entity identifier (ISO 17442): 20 characters, 1 modulo 97."""
    if re.fullmatch(r"[0-9A-Z]{18}[0-9]{2}", number) is None:
        return False
    return int("".join(str(int(mark, 36)) for mark in number)) % 97 == 1


_CHECKS: dict[str, Callable[[str], bool]] = {"AU-ABN": is_abn, "XI-LEI": is_lei}
