"""The agenda of a talk on one sheet, the same for everybody who may read it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.text import Truncator
from django.views.decorators.http import require_safe

from engagements.models import ConversationParticipant, HealthReview, Side
from engagements.pdf import PdfUnavailableError, render_pdf
from engagements.reviews.agenda_words import worded
from engagements.reviews.queries import agreed as queries
from engagements.reviews.views.conversation import page_of_talk, shown
from engagements.web import SignedInRequest

# What fits on one sheet whatever people write; the page shows all of it.
_PEOPLE, _EARLIER = 6, 3
_PLACE, _TEXT, _NAME, _PERSON = 80, 110, 40, 24
_TEMPLATE = "engagements/reviews/agenda_print.html"


@require_safe
def agenda(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """The agenda as PDF, for either side."""
    review = get_object_or_404(shown(request), pk=pk)
    return sheet(request, review, back=page_of_talk(review))


def sheet(request: HttpRequest, review: HealthReview, *, back: str) -> HttpResponse:
    """The PDF; where none can be made, the page one came from says so."""
    try:
        pdf = render_pdf(_TEMPLATE, _context(review))
    except PdfUnavailableError as error:
        messages.error(request, error.message)
        return redirect(back)
    answer = HttpResponse(pdf, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="agenda-{review.closes_on}.pdf"'
    return answer


def _context(review: HealthReview) -> dict[str, Any]:
    found = queries.conversation_of(review)
    earlier = queries.earlier_actions(review)
    names = queries.names_of(review)
    return {
        "review": review,
        "conversation": found,
        "place": _cut(found.place, _PLACE) if found else "",
        "names": {side: _cut(name, _NAME) for side, name in names.items()},
        "people": _people(queries.participants_of(found)),
        "agenda": worded(queries.stages(review, found, earlier)),
        "earlier": [
            (row, _cut(row.text, _TEXT), _cut(row.owner.name, _PERSON))
            for row in earlier[:_EARLIER]
        ],
        "more_earlier": max(len(earlier) - _EARLIER, 0),
        "lines": range(queries.MOST),
        "now": timezone.localtime(),
    }


def _people(
    participants: Iterable[ConversationParticipant],
) -> list[tuple[str, list[str], int]]:
    """Each side's people as far as they fit, and how many more there are."""
    found: dict[str, list[str]] = {side.value: [] for side in Side}
    for row in participants:
        found[row.side].append(_cut(row.contact.name, _PERSON))
    return [
        (side, names[:_PEOPLE], max(len(names) - _PEOPLE, 0))
        for side, names in found.items()
        if names
    ]


def _cut(words: str, most: int) -> str:
    return Truncator(words).chars(most)
