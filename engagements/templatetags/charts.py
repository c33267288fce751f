"""Charts in templates; what they draw is in `engagements.charts`."""

from collections.abc import Sequence
from datetime import date

from django import template
from django.utils.safestring import SafeString

from engagements import charts

register = template.Library()


@register.simple_tag
def bullet(value: float, target: float | None = None, top: float = 100) -> SafeString:
    """A figure against its target."""
    return charts.bullet(value, target, top=top)


@register.simple_tag
def sparkline(
    values: Sequence[float | None], threshold: float | None = None
) -> SafeString:
    """How a figure went."""
    return charts.sparkline(values, threshold)


@register.simple_tag
def dumbbell(client: float | None, supplier: float | None) -> SafeString:
    """Where each side stands, from 0 to 100."""
    return charts.dumbbell(client, supplier)


@register.simple_tag
def dumbbell_row(
    client: float | None,
    supplier: float | None,
    client_before: float | None = None,
    supplier_before: float | None = None,
) -> SafeString:
    """Where each side stands in a table of results, and where it stood."""
    return charts.dumbbell_row(
        client,
        supplier,
        client_before=client_before,
        supplier_before=supplier_before,
    )


@register.simple_tag
def heat(
    client: charts.Score, supplier: charts.Score, state: str = "", stale: str = ""
) -> SafeString:
    """A cell of a heat table."""
    return charts.heat(client, supplier, state=state, stale=stale)


@register.simple_tag
def quadrant(
    spots: Sequence[charts.Spot], currency: str, summary: str = ""
) -> SafeString:
    """Relationships by health and value."""
    return charts.quadrant(spots, currency, summary)


@register.simple_tag
def two_lines(waves: Sequence[charts.Wave], label: str) -> SafeString:
    """Both sides over the last six reviews."""
    return charts.two_lines(waves, label)


@register.simple_tag
def segments(parts: Sequence[charts.Segment]) -> SafeString:
    """Parts of a whole, with their counts."""
    return charts.segments(parts)


@register.simple_tag
def key_date_rail(rail: charts.Rail) -> SafeString:
    """The dates of a contract."""
    return charts.key_date_rail(rail)


@register.simple_tag
def renewals(
    rows: Sequence[charts.Renewal], today: date, months: int = 18
) -> SafeString:
    """Contracts by the day a decision is due."""
    return charts.renewals(rows, today, months)
