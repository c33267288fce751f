"""What is read from a closed review: one frozen document for each audience.

wave         one wave as plain values
reading      from rows to a wave
comparing    what of an earlier wave means the same in this one
movement     what moved since, and how sure that is
measuring    one side in figures
figures      every figure of a wave
showing      how a figure is shown: whole, cut off, in bands
topics       the topics, side beside side
courses      earlier waves beside this one
voices       comments; answers by name
powers       who depends on whom, in words
shared       the document of both sides
private      of one side alone, of the facilitator alone
finding      what stands out, from the document of both sides
documents    all of them, by audience

`shared`, for both sides; numbers are whole and as printed, "95+" where cut off:
    form, mode, closed_on, instrument {id, key, version}, names, scope, sufficient,
    too_few [side]; and only if sufficient
    sides {side: shown, at (for axes), people ("5-9"; "2" if named), asked (if named),
        turnout (most, few), confidence, agreement, change {delta, label}, mismatch}
    health, gap (client less supplier), gap_shown, confidence
    status {light, base, caps, word (strong ... none), why (`reasons`), basis (form),
        kept_from (day of the full wave whose status a pulse leaves as it is), limits}
    dimensions, widest gap first [{key, name, meaning, gap, gap_shown, band, side:
        {shown, at, state, hardly_visible, moved, moved_label},
        before {client, supplier, gap, wider_by}}]
    previous {closed_on, form, state (linked, rescaled, break)}, the one compared
    waves [{closed_on, client, supplier, state, after_break}], this one last
    momentum {direction, provisional, early, waves}, warning {level, hits}
    power {label, basis, depends_more, is_heard_more, joint}, agreed_to_power {side}
    comments {side: [{item, question, text, name}] or None where too few answered}
    by_name {labels, statements, side: [{name, answers}]}, in named mode alone
    finding {topics, compared, alike, apart, is_wide, widest, widest_key, better,
        wider_by, best, weakest}
`client`, `supplier`, for that side alone: published; and then shown, dimensions,
    intent, rating, dependence, groups; if both are sufficient renewal and mirror.
`facilitator`: comments (theirs alone, and of sides too small), to_paraphrase, power,
    power_note, burden, and of each side groups, mirror, dependence.
`series`: unrounded figures for later waves and `current`; never shown. A side's labels
    of change are those of `scoring.change`, or hidden, rescaled.
"""

from __future__ import annotations

from engagements.models import HealthReview
from engagements.reviews.results.documents import Document, documents
from engagements.reviews.results.reading import wave_of

__all__ = ["computed"]


def computed(review: HealthReview) -> dict[str, Document]:
    """The documents of a review that has just closed, by audience."""
    return documents(wave_of(review))
