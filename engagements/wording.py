"""Dates, stretches of time and money in the words of the product.

Relative in lists ("6 days"), absolute in contracts ("14 Jan 2027"), with the weekday
when near. Cheap on purpose: a list calls these hundreds of times.
"""

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

MONTHS = (
    "",
    gettext_lazy("Jan"),
    gettext_lazy("Feb"),
    gettext_lazy("Mar"),
    gettext_lazy("Apr"),
    gettext_lazy("May"),
    gettext_lazy("Jun"),
    gettext_lazy("Jul"),
    gettext_lazy("Aug"),
    gettext_lazy("Sep"),
    gettext_lazy("Oct"),
    gettext_lazy("Nov"),
    gettext_lazy("Dec"),
)
WEEKDAYS = (
    gettext_lazy("Mon"),
    gettext_lazy("Tue"),
    gettext_lazy("Wed"),
    gettext_lazy("Thu"),
    gettext_lazy("Fri"),
    gettext_lazy("Sat"),
    gettext_lazy("Sun"),
)
# As a dated edit keeps a day.
_DAY = "2027-01-14"
# Within this many days a date also says its weekday.
NEAR = 14
# An age is told in weeks up to here (days), in months up to there (months).
_MONTHS_FROM, _YEARS_FROM, _DAYS_A_MONTH = 70, 24, 30.44
THOUSAND, MILLION, BILLION = Decimal(1000), Decimal(1_000_000), Decimal(1_000_000_000)


def day_of(moment: date | datetime) -> date:
    """The calendar day of a moment where the reader is; a date stays as it is."""
    if isinstance(moment, datetime):
        return timezone.localtime(moment).date()
    return moment


def long_day(day: date) -> str:
    """As contracts say it: "14 Jan 2027"."""
    return f"{day.day} {MONTHS[day.month]} {day.year}"


def kept_words(text: str) -> str:
    """What a dated edit keeps as text, as it is read: "2027-01-14" is a day."""
    try:
        return long_day(date.fromisoformat(text)) if len(text) == len(_DAY) else text
    except ValueError:
        return text


def month_words(day: date) -> str:
    """A month: "Apr 2024"."""
    return f"{MONTHS[day.month]} {day.year}"


def day_words(day: date, today: date) -> str:
    """A date on a rail or in a list: the year only where it is another year."""
    if day.year == today.year:
        return f"{day.day} {MONTHS[day.month]}"
    return long_day(day)


def near_day(day: date, today: date) -> str:
    """With the weekday when within 14 days ("Fri 20 Nov"), without it otherwise."""
    if abs((day - today).days) <= NEAR:
        return f"{WEEKDAYS[day.weekday()]} {day_words(day, today)}"
    return day_words(day, today)


def full_day(day: date, today: date) -> str:
    """With weekday always, with the year when it is another year: "Thu 14 Jan 2027"."""
    return f"{WEEKDAYS[day.weekday()]} {day_words(day, today)}"


def days_words(count: int) -> str:
    """A number of days: "1 day", "57 days"."""
    return ngettext("%(count)d day", "%(count)d days", count) % {"count": count}


def since_words(day: date | None, today: date) -> str:
    """How long ago: "Today", "Yesterday", "6 days"; unknown is said."""
    if day is None:
        return _("Not known")
    count = (today - day).days
    if count == 0:
        return _("Today")
    if count == 1:
        return _("Yesterday")
    return days_words(count) if count > 0 else near_day(day, today)


def age_words(day: date, today: date) -> str:
    """How old something is, no finer than it matters: "6 days", "5 months"."""
    count = max((today - day).days, 0)
    if count < NEAR:
        return days_words(count)
    if count < _MONTHS_FROM:
        weeks = count // 7
        return ngettext("%(n)d week", "%(n)d weeks", weeks) % {"n": weeks}
    months = round(count / _DAYS_A_MONTH)
    if months < _YEARS_FROM:
        return ngettext("%(n)d month", "%(n)d months", months) % {"n": months}
    years = months // 12
    return ngettext("%(n)d year", "%(n)d years", years) % {"n": years}


def ago_words(day: date, today: date) -> str:
    """When something old was: "today", "yesterday", "5 months ago"."""
    count = (today - day).days
    if count <= 0:
        return _("today")
    if count == 1:
        return _("yesterday")
    return _("%(age)s ago") % {"age": age_words(day, today)}


def due_words(day: date | None, today: date) -> str:
    """When something is due: "3 days late", "Today", "Tomorrow", "Fri 20 Nov"."""
    if day is None:
        return _("No date")
    count = (day - today).days
    if count < 0:
        late = ngettext("%(count)d day late", "%(count)d days late", -count)
        return late % {"count": -count}
    if count == 0:
        return _("Today")
    if count == 1:
        return _("Tomorrow")
    return near_day(day, today)


@lru_cache(maxsize=256)
def _symbol(currency: str, language: str) -> str:
    # Babel is imported late: most pages show no money, and it costs memory.
    from babel.core import Locale, UnknownLocaleError  # noqa: PLC0415 - see above
    from babel.numbers import get_currency_symbol  # noqa: PLC0415 - see above

    try:
        locale = Locale.parse(language.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        locale = Locale("en", "GB")
    symbol = get_currency_symbol(currency, locale)
    return f"{symbol} " if symbol == currency else symbol


@lru_cache(maxsize=256)
def minor_unit(currency: str) -> Decimal:
    """The smallest amount of a currency we keep: 0.01 of most, 1 of yen."""
    from babel.numbers import get_currency_precision  # noqa: PLC0415 - as above

    # Amounts are stored with two places.
    places = min(get_currency_precision(currency), 2) if currency else 2
    return Decimal(1).scaleb(-places)


def symbol_of(currency: str) -> str:
    """What stands before an amount: "£", "A$", or the code and a space."""
    return _symbol(currency, get_language() or "en-gb")


def money(amount: Decimal | int | None, currency: str) -> str:
    """The amount in full: "£12,600,000" or "£99.50"; unknown is said."""
    if amount is None:
        return _("Not known")
    whole = Decimal(amount)
    whole = whole.quantize(minor_unit(currency), ROUND_HALF_UP)
    digits = f"{abs(whole):,.0f}" if whole == int(whole) else f"{abs(whole):,.2f}"
    return f"{'-' if whole < 0 else ''}{symbol_of(currency)}{digits}"


def compact_money(amount: Decimal | int | None, currency: str) -> str:
    """The amount at a glance: "£4.2m", "£850k", "£900"; unknown is said."""
    if amount is None:
        return _("Not known")
    whole = Decimal(amount)
    size = abs(whole)
    sign = "-" if whole < 0 else ""
    return f"{sign}{symbol_of(currency)}{_compact(size)}"


def _compact(size: Decimal) -> str:
    tenth, one = Decimal("0.1"), Decimal(1)
    # From here on the shorter form would round up to a thousand of its unit.
    if size >= BILLION - MILLION * 50:
        return f"{(size / BILLION).quantize(tenth, ROUND_HALF_UP):,f}bn"
    if size >= MILLION - THOUSAND / 2:
        return f"{(size / MILLION).quantize(tenth, ROUND_HALF_UP):,f}m"
    if size >= THOUSAND - one / 2:
        return f"{(size / THOUSAND).quantize(one, ROUND_HALF_UP):,f}k"
    return f"{size.quantize(one, ROUND_HALF_UP):,f}"


# A cell that begins with one of these would run in a spreadsheet.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def harmless_cell(text: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text
