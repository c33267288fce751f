"""Terms that contradict themselves, run out of days, or run for centuries."""

from datetime import MAXYEAR, MINYEAR, date

import pytest

from engagements.contracts.terms import (
    Notice,
    NoticeGiven,
    Terms,
    TermsError,
    standing,
    weekdays,
)


@pytest.mark.parametrize(
    ("day", "notice"),
    [
        (date(MAXYEAR, 12, 31), {"supplier_notice": Notice(5, "days")}),
        (date(MAXYEAR, 12, 31), {"supplier_notice": Notice(5, "business_days")}),
        (date(MAXYEAR, 12, 31), {"supplier_notice": Notice(1, "months")}),
    ],
)
def test_notice_past_the_last_day_there_is_is_refused(day, notice):
    with pytest.raises(TermsError, match="runs out of the calendar"):
        standing(Terms(start=date(2020, 1, 1), **notice), day)


def test_a_day_of_rest_at_the_first_day_there_is_is_refused():
    terms = Terms(
        start=date(MINYEAR, 1, 1),
        end=date(MINYEAR, 1, 1),
        client_notice=Notice(0, "days"),
    )

    with pytest.raises(TermsError, match="runs out of the calendar"):
        standing(terms, date(2026, 1, 1), lambda day: False)


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("end", {"end": date(2019, 12, 31)}),
        ("initial_months", {"initial_months": 0}),
        ("initial_months", {"initial_months": -3}),
        ("renewal", {"renewal": "sometimes"}),
        ("renewal_months", {"end": date(2021, 1, 1), "renewal": "tacit"}),
        ("renewal_months", {"initial_months": 12, "renewal": "express"}),
        ("renewal_months", {"renewal": "tacit", "renewal_months": 0}),
        ("confirmed_renewals", {"confirmed_renewals": -1}),
        ("notice_given", {"notice_given": NoticeGiven("nobody", date(2020, 1, 1))}),
    ],
)
def test_terms_that_contradict_themselves_name_the_field(field, values):
    with pytest.raises(TermsError) as refused:
        Terms(start=date(2020, 1, 1), **values)

    assert refused.value.field == field
    assert refused.value.reason


@pytest.mark.parametrize(
    ("count", "unit"), [(-1, "days"), (3, "moons"), (10**6, "days")]
)
def test_a_notice_period_that_cannot_be_is_refused(count, unit):
    with pytest.raises(TermsError) as refused:
        Notice(count, unit)

    assert refused.value.field == "notice"


def test_a_notice_too_late_for_one_end_ends_the_next():
    terms = Terms(
        start=date(2024, 1, 1),
        end=date(2026, 12, 31),
        renewal="tacit",
        renewal_months=12,
        client_notice=Notice(3),
        notice_given=NoticeGiven("client", date(2026, 10, 1)),
    )

    # 30 September was the last day: this term renews, and the next one ends.
    assert standing(terms, date(2026, 10, 1)).state == "renewing"
    assert standing(terms, date(2027, 1, 1)).state == "ending"
    assert standing(terms, date(2027, 12, 31)).current_end == date(2027, 12, 31)
    assert standing(terms, date(2028, 1, 1)).state == "expired"


def test_a_month_by_month_contract_over_centuries_takes_few_steps():
    asked = 0
    terms = Terms(
        start=date(1900, 1, 1),
        initial_months=1,
        renewal="tacit",
        renewal_months=1,
        client_notice=Notice(36_525, "business_days"),
        notice_given=NoticeGiven("client", date(2026, 1, 1)),
    )

    def working(day):
        nonlocal asked
        asked += 1
        return weekdays(day)

    assert standing(terms, date(2026, 2, 1), working).state == "renewing"
    # One notice period is some 51,000 days; three of them, not one for each renewal.
    assert asked < 250_000

    far = standing(terms, date(2300, 1, 1), working)

    assert far.state == "expired"
    assert asked < 1_500_000
