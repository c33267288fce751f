"""Dates and money in words, for templates."""

from datetime import date, datetime
from decimal import Decimal

from django import template
from django.utils import timezone
from django.utils.translation import gettext as _

from engagements import wording

register = template.Library()


@register.filter
def long_day(value: date | datetime | None) -> str:
    """Like "14 Jan 2027"; "Not known" without a date."""
    return wording.long_day(wording.day_of(value)) if value else _("Not known")


@register.filter
def kept(value: str | None) -> str:
    """What a dated edit keeps as text: a day of it like "14 Jan 2027"."""
    return wording.kept_words(value or "")


@register.filter
def month(value: date | datetime) -> str:
    """Like "Nov 2026": how a wave is called."""
    return wording.month_words(wording.day_of(value))


@register.filter
def near_day(value: date | datetime | None) -> str:
    """Like "Fri 20 Nov" within 14 days, else "20 Jan" or "20 Jan 2027"."""
    if not value:
        return _("Not known")
    return wording.near_day(wording.day_of(value), timezone.localdate())


@register.filter
def full_day(value: date | datetime | None) -> str:
    """Like "Thu 14 Jan 2027"."""
    if not value:
        return _("Not known")
    return wording.full_day(wording.day_of(value), timezone.localdate())


@register.filter
def since(value: date | datetime | None) -> str:
    """Like "Today", "Yesterday", "6 days"."""
    day = wording.day_of(value) if value else None
    return wording.since_words(day, timezone.localdate())


@register.filter
def due(value: date | datetime | None) -> str:
    """Like "3 days late", "Today", "Tomorrow", "Fri 20 Nov"."""
    day = wording.day_of(value) if value else None
    return wording.due_words(day, timezone.localdate())


@register.filter
def as_range(value: str) -> str:
    """A range as it is printed, with an en dash: results keep it as "5-9"."""
    return str(value).replace("-", "\N{EN DASH}")


@register.filter
def is_late(value: date | datetime | None) -> bool:
    """Whether the day has passed."""
    return value is not None and wording.day_of(value) < timezone.localdate()


@register.filter
def days(count: int) -> str:
    """Like "1 day", "57 days"."""
    return wording.days_words(count)


@register.filter
def money(amount: Decimal | None, currency: str) -> str:
    """Like "£12,600,000"."""
    return wording.money(amount, currency)


@register.filter
def compact_money(amount: Decimal | None, currency: str) -> str:
    """Like "£4.2m"."""
    return wording.compact_money(amount, currency)
