"""The named cases of the rules of terms; TERM_VECTORS names another file of them."""

import json
import os
from datetime import date
from pathlib import Path

import pytest

from engagements.contracts.terms import Notice, NoticeGiven, Terms, standing, weekdays

COPY = Path(__file__).parents[2] / "data" / "terms.json"
CASES = json.loads(
    Path(os.environ.get("TERM_VECTORS", COPY)).read_text(encoding="utf-8")
)["vectors"]


def day(text):
    return None if text is None else date.fromisoformat(text)


def notice(period):
    if not period:
        return None
    ((unit, count),) = period.items()
    return Notice(count, unit)


def terms(inputs):
    given = inputs.get("notice_given")
    return Terms(
        start=day(inputs["start"]),
        end=day(inputs.get("end")),
        initial_months=inputs.get("initial_months"),
        renewal=inputs["renewal"],
        renewal_months=inputs.get("renewal_months"),
        client_notice=notice(inputs.get("notice_client")),
        supplier_notice=notice(inputs.get("notice_supplier")),
        confirmed_renewals=inputs.get("confirmed_renewals", 0),
        notice_given=given and NoticeGiven(given["side"], day(given["on"])),
    )


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_the_rules_answer_as_the_case_says(case):
    closed = {day(text) for text in case["inputs"].get("holidays", [])}

    found = standing(
        terms(case["inputs"]),
        day(case["inputs"]["as_of"]),
        lambda on: weekdays(on) and on not in closed,
    )

    def words(value):
        if isinstance(value, dict):
            return {side: words(on) for side, on in value.items()}
        return value.isoformat() if isinstance(value, date) else value

    assert {name: words(getattr(found, name)) for name in case["expected"]} == (
        case["expected"]
    )
