"""What is read from a closed review: one frozen document for each audience.

wave         one wave as plain values
reading      from rows to a wave
figures      every figure of a wave
comparing    this wave beside earlier ones
showing      how a figure is shown: whole, cut off, in bands
shared       the document of both sides
private      of one side alone, of the facilitator alone
finding      what stands out
documents    all of them, by audience

`shared`: form, mode, names, sufficient; sides (shown, at, people, turnout, confidence,
agreement, change), health, gap, status (light, base, caps, what the reason needs),
dimensions sorted by gap (name, meaning, client and supplier as shown, gap, band,
before), waves, momentum, warning, power (after both opted in), comments, finding.
`series`: unrounded figures for later waves and `refresh_health`; never shown.
"""

from __future__ import annotations

from engagements.models import HealthReview
from engagements.reviews.results.documents import Document, documents
from engagements.reviews.results.reading import wave_of

__all__ = ["computed"]


def computed(review: HealthReview) -> dict[str, Document]:
    """The documents of a review that has just closed, by audience."""
    return documents(wave_of(review))
