"""Which agreed actions count for the early warning and the status. Rule W9."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import Q

# A warning is about how things go now. A year holds a whole review of every rhythm;
# counted for ever, old lateness would speak long after people had mended their ways.
_COUNTED = timedelta(days=365)


def fell_due(day: date) -> Q:
    """Commitments whose first agreed day passed within a year before a day."""
    return Q(original_due_on__lt=day, original_due_on__gte=day - _COUNTED)
