"""What holds of all terms; and the same answers by a slow and plain other way."""

from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta

from hypothesis import assume, given
from hypothesis import strategies as st

from engagements.contracts.terms import (
    SIDES,
    Notice,
    NoticeGiven,
    Terms,
    TermsError,
    in_force,
    standing,
)

DAY = timedelta(days=1)
FIRST, LAST = date(1990, 1, 1), date(2040, 12, 31)
STATES = {"upcoming", "active", "renewing", "ending", "expired", "open_ended"}

NOTICES = st.none() | st.one_of(
    st.builds(Notice, st.integers(0, 14), st.just("months")),
    st.builds(Notice, st.integers(0, 400), st.just("days")),
    st.builds(Notice, st.integers(0, 60), st.just("business_days")),
)
GAPS = st.integers(-400, 5_000)


@st.composite
def all_terms(draw, renewals=("none", "tacit", "express", "evergreen")):
    """Terms of every kind, with their ends near month ends more often than not."""
    start = draw(st.dates(FIRST, LAST))
    if draw(st.booleans()):
        start = month_later(start.replace(day=1), 1) - DAY
    end = draw(st.none() | st.integers(0, 2_000).map(lambda n: start + n * DAY))
    given_on = draw(st.none() | GAPS.map(lambda n: start + n * DAY))
    return Terms(
        start=start,
        end=end,
        initial_months=draw(st.none() | st.integers(1, 60)),
        renewal=draw(st.sampled_from(renewals)),
        renewal_months=draw(st.integers(1, 26)),
        client_notice=draw(NOTICES),
        supplier_notice=draw(NOTICES),
        confirmed_renewals=draw(st.integers(0, 3)),
        notice_given=given_on and NoticeGiven(draw(st.sampled_from(SIDES)), given_on),
    )


@st.composite
def all_cases(draw, **kinds):
    """Terms, a day to ask about, and a calendar with many and odd holidays."""
    terms = draw(all_terms(**kinds))
    every, rest = draw(st.integers(3, 11)), draw(st.integers(0, 2))

    def working(day):
        return day.weekday() < 5 and day.toordinal() % every != rest

    def near_a_turn():
        """Mostly at an end, a deadline or a notice: there the rules differ."""
        as_of = terms.start + draw(GAPS) * DAY
        found = standing(terms, as_of, working)
        turns = [found.current_end, *found.notice_by.values()]
        turns = [day for day in turns if day]
        if terms.notice_given:
            turns.append(terms.notice_given.on)
        if not turns or draw(st.integers(0, 3)) == 0:
            return as_of
        return draw(st.sampled_from(turns)) + draw(st.integers(-1, 1)) * DAY

    if terms.notice_given and draw(st.booleans()):
        told = replace(terms.notice_given, on=near_a_turn())
        terms = replace(terms, notice_given=told)
    return terms, near_a_turn(), working


# The slow way: walk term by term and day by day, as one would on paper.


def month_later(day, count):
    """Month by month, then the last day there is."""
    year, month = day.year, day.month
    for _month in range(abs(count)):
        month += 1 if count > 0 else -1
        if month == 13:
            year, month = year + 1, 1
        if month == 0:
            year, month = year - 1, 12
    for last in range(day.day, 0, -1):
        try:
            return date(year, month, last)
        except ValueError:
            continue
    raise AssertionError


def walked(day, notice, direction, working):
    """The day one comes to by walking the notice period."""
    if notice.unit == "months":
        return month_later(day, direction * notice.count)
    left = notice.count
    while left:
        day += direction * DAY
        left -= 1 if notice.unit == "days" or working(day) else 0
    return day


def by_walking(terms, as_of, working):
    """The same answers as `standing`, as a dictionary."""
    told = terms.notice_given
    told = told if told and told.on <= as_of else None
    periods = {"client": terms.client_notice, "supplier": terms.supplier_notice}
    if terms.renewal == "evergreen" or (not terms.end and not terms.initial_months):
        return open_by_walking(terms, as_of, working, told, periods)

    def end_of(number):
        months = number * terms.renewal_months
        if terms.end:
            return month_later(terms.end, months)
        return month_later(terms.start, terms.initial_months + months)

    def deadline(side, end):
        return walked(end, periods[side], -1, working) if periods[side] else None

    def stopped(end):
        return told is not None and told.on <= (deadline(told.side, end) or end)

    tacit = terms.renewal == "tacit"
    number = terms.confirmed_renewals if terms.renewal == "express" else 0
    while tacit and as_of > end_of(number) and not stopped(end_of(number)):
        number += 1
    end = end_of(number)
    by = {side: deadline(side, end) for side in SIDES}
    goes_on = tacit and not stopped(end)
    state = state_by_walking(terms, as_of, end, by.values(), stopped(end), goes_on)
    following = end_of(number + 1) if goes_on else None
    act = {side: working_day(day, working) for side, day in by.items()}
    return answers(end, following, by, act, dict.fromkeys(SIDES), number, state)


def open_by_walking(terms, as_of, working, told, periods):
    """What has no end of its own ends so long after somebody gives notice."""
    nothing = exits = dict.fromkeys(SIDES)
    end, state = None, "open_ended"
    if told:
        end = walked(told.on, periods[told.side] or Notice(0), 1, working)
        state = "expired" if as_of > end else "ending"
    else:
        exits = {
            side: period and walked(as_of, period, 1, working)
            for side, period in periods.items()
        }
    state = "upcoming" if as_of < terms.start else state
    return answers(end, None, nothing, nothing, exits, 0, state)


def state_by_walking(terms, as_of, end, deadlines, stopped, goes_on):
    """The strongest word comes last."""
    passed = [as_of > day for day in deadlines if day]
    state = "renewing" if goes_on and passed and all(passed) else "active"
    state = "ending" if stopped else state
    state = "expired" if as_of > end else state
    return "upcoming" if as_of < terms.start else state


def working_day(day, working):
    while day and not working(day):
        day -= DAY
    return day


def answers(*values):
    names = "current_end next_end notice_by act_by earliest_exit renewals state"
    return dict(zip(names.split(), values, strict=True))


@given(all_cases())
def test_walking_day_by_day_comes_to_the_same_answers(case):
    assert vars(standing(*case)) == by_walking(*case)


# What holds of all of them.


@given(all_cases())
def test_swapping_the_sides_swaps_the_answers_and_nothing_else(case):
    terms, as_of, working = case
    told = terms.notice_given
    other = {"client": "supplier", "supplier": "client"}
    mirrored = replace(
        terms,
        client_notice=terms.supplier_notice,
        supplier_notice=terms.client_notice,
        notice_given=told and NoticeGiven(other[told.side], told.on),
    )

    found, swapped = standing(*case), standing(mirrored, as_of, working)

    for name in ("notice_by", "act_by", "earliest_exit"):
        there, here = getattr(found, name), getattr(swapped, name)
        assert {other[side]: day for side, day in there.items()} == here
    for name in ("current_end", "next_end", "renewals", "state"):
        assert getattr(found, name) == getattr(swapped, name)


@given(all_cases())
def test_one_acts_on_a_working_day_not_after_the_day_the_contract_names(case):
    found = standing(*case)

    for side in SIDES:
        by, act = found.notice_by[side], found.act_by[side]
        assert (by is None) == (act is None)
        if by is not None:
            assert act <= by <= found.current_end
            assert case[2](act)


@given(all_cases(), st.integers(0, 2_000))
def test_an_end_never_moves_back_as_days_pass(case, later):
    terms, as_of, working = case
    assume(not terms.open_ended)

    now, then = standing(*case), standing(terms, as_of + later * DAY, working)

    assert now.current_end <= then.current_end
    assert now.renewals <= then.renewals


@given(all_cases())
def test_a_notice_is_unknown_before_the_day_it_was_given(case):
    terms, _as_of, working = case
    assume(terms.notice_given is not None)
    before = terms.notice_given.on - DAY

    without = standing(replace(terms, notice_given=None), before, working)

    assert standing(terms, before, working) == without


@given(all_cases())
def test_the_end_day_belongs_to_the_term_and_the_next_does_not(case):
    terms, _as_of, working = case
    end = standing(*case).current_end
    told = terms.notice_given
    # An end counts from the day one knows it.
    assume(end is not None and end >= terms.start and (not told or told.on <= end))

    assert standing(terms, end, working).state != "expired"
    assert in_force(terms, end, working)
    after = standing(terms, end + DAY, working)
    assert (after.state == "expired") != (after.current_end > end)
    assert in_force(terms, end + DAY, working) == (after.state != "expired")


@given(all_cases())
def test_every_day_has_one_state_and_it_fits_the_days(case):
    terms, as_of, _working = case

    found = standing(*case)

    assert found.state in STATES
    assert (found.state == "upcoming") == (as_of < terms.start)
    assert in_force(*case) == (found.state not in {"upcoming", "expired"})
    if found.next_end is not None:
        assert terms.renewal == "tacit"
        assert found.next_end > found.current_end
        assert found.state in {"upcoming", "active", "renewing"}
    if found.state == "renewing":
        assert all(day < as_of for day in found.notice_by.values() if day)
    if found.state == "open_ended":
        assert found.current_end is None


@given(all_cases(renewals=("tacit",)))
def test_what_renews_by_itself_ends_only_by_notice(case):
    terms, as_of, working = case
    assume(not terms.open_ended)

    found = standing(replace(terms, notice_given=None), as_of, working)

    assert found.state not in {"ending", "expired"}
    assert found.next_end is not None
    assert as_of <= found.current_end


@given(all_cases(), st.integers(1, 3_000), st.integers(0, 4_000))
def test_what_has_ended_stays_ended(case, passed, later):
    terms, as_of, working = case
    # Told late enough to be known, and after the end nobody gives notice any more.
    known = as_of if terms.notice_given is None else terms.notice_given.on
    end = standing(terms, max(as_of, known), working).current_end or as_of
    gone = max(end, as_of, known) + passed * DAY

    ended = standing(terms, gone, working).state == "expired"

    after = standing(terms, gone + later * DAY, working).state
    assert not ended or after == "expired"


@given(
    st.dates(),
    st.dates(),
    st.dates(),
    st.sampled_from(["none", "tacit", "express", "evergreen"]),
    NOTICES,
)
def test_the_ends_of_the_calendar_raise_nothing_but_words(
    start, end, as_of, renewal, notice
):
    fields = {
        "start": start,
        "end": max(start, end),
        "renewal": renewal,
        "renewal_months": 1_200,
        "client_notice": notice,
        "confirmed_renewals": 9,
        "notice_given": NoticeGiven("client", start),
    }

    # Anything else that is raised fails this.
    with suppress(TermsError):
        standing(Terms(**fields), as_of)
