"""A kept profile shown as the columns it chooses, so that it can be looked at."""

from __future__ import annotations

from dataclasses import replace

from engagements.exchange.columns import Confidence, Guess, Guesses
from engagements.exchange.profiles import Profile
from engagements.exchange.values import DateForm, folded
from engagements.models import Side


def remembered(guesses: Guesses, profile: Profile) -> Guesses:
    """The columns of a contracts' file as a profile reads them, not as guessed."""
    chosen = {
        folded(column): (f"contract.{name}", "")
        for name, column in profile.contract.items()
    }
    for side in Side:
        party = profile.party(side)
        for name, column in party.columns.items():
            chosen[folded(column)] = (f"organisations.{side}.{name}", "")
        for number in party.numbers:
            target = f"organisations.{side}.number"
            chosen[folded(number.column)] = (target, number.scheme)
    return _with(guesses, profile, chosen)


def remembered_amendments(guesses: Guesses, profile: Profile) -> Guesses:
    """The columns of an amendments' file as a profile reads them."""
    columns = profile.amendments.columns if profile.amendments else {}
    chosen = {
        folded(column): (f"amendments.{name}", "") for name, column in columns.items()
    }
    return _with(guesses, profile, chosen)


def date_form(profile: Profile) -> DateForm:
    """The one way of writing dates that tells a profile from others."""
    special = {DateForm.DAY_FIRST, DateForm.MONTH_FIRST, DateForm.COMPACT}
    return next((form for form in profile.dates if form in special), profile.dates[0])


def _with(
    guesses: Guesses, profile: Profile, chosen: dict[str, tuple[str, str]]
) -> Guesses:
    return Guesses(
        columns=tuple(_one(guess, chosen) for guess in guesses.columns),
        dates=(date_form(profile),),
        dates_settled=True,
        numbers=profile.numbers,
        numbers_settled=True,
    )


def _one(guess: Guess, chosen: dict[str, tuple[str, str]]) -> Guess:
    target, scheme = chosen.get(folded(guess.column), ("", ""))
    confidence = Confidence.SURE if target else Confidence.NONE
    return replace(guess, target=target, scheme=scheme, confidence=confidence)
