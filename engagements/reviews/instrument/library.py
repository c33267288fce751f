"""The versions of the instrument that come with the application."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import Any

from engagements.reviews.instrument.content import Content, read


@cache
def rhr_8() -> Content:
    """RHR-8, version 1.0: eight dimensions of three statements, seven points."""
    return read(document())


def document() -> dict[str, Any]:
    """RHR-8 as it is kept with a review."""
    text = files(__package__).joinpath("rhr8.json").read_text(encoding="utf-8")
    return json.loads(text)
