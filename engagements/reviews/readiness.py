"""What is still missing before the sides can be asked to confirm. Section 4.1.

Pure: the page says it before anybody presses, the actions ask the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from engagements.models import Contact, HealthReview, Side

Form, Mode = HealthReview.Form, HealthReview.Mode
# People of a side: as many as it should have; three only with a reason; and among fewer
# nobody would be hidden.
ENOUGH, FEW = 4, 3


def least_people(mode: str, few_reason: str) -> int:
    """How many of a side can be asked at the least."""
    if mode == Mode.NAMED:
        return 1
    return FEW if few_reason.strip() else ENOUGH


def short(
    mode: str, few_reason: str, asked: Mapping[str, int], dropped: Mapping[str, int]
) -> list[str]:
    """The sides of a confirmed list on which so many dropped out that too few are left.

    Who was confirmed was enough; a side of which nobody dropped out still is.
    """
    least = least_people(mode, few_reason)
    return [side for side in Side.values if dropped[side] and asked[side] < least]


@dataclass(frozen=True)
class SetUp:
    """What a review that is being set up has so far."""

    form: str
    mode: str
    published: bool
    has_facilitator: bool
    partisan: bool
    # By side: how many are on the list, how many of them the contact budget leaves out
    # on that day, who coordinates, the organisation's name.
    people: Mapping[str, int]
    left_out: Mapping[str, int]
    coordinators: Mapping[str, Contact | None]
    names: Mapping[str, str]
    few_reason: str
    opens_on: date
    works: bool


@dataclass(frozen=True)
class Missing:
    """One thing that is missing: where it is put right, and in words."""

    place: str
    words: str
    side: str = ""


def missing(found: SetUp, today: date, reader: str = "") -> list[Missing]:
    """Everything that still keeps a review from being scheduled, in order of work, as
    the side `reader` may know it."""
    return [
        *_about_people(found, reader),
        *_about_the_wave(found),
        *_about_days(found, today),
        *_about_coordinators(found),
    ]


def _about_people(found: SetUp, reader: str) -> list[Missing]:
    lines = [_too_few(found, side, reader) for side in Side.values]
    return [line for line in lines if line is not None]


def _too_few(found: SetUp, side: str, reader: str) -> Missing | None:
    count, name = found.people[side], found.names[side]
    if found.left_out[side]:
        return _too_few_then(found, side, reader)
    if count < 1:
        said = _("Nobody of %(name)s is on the list yet.") % {"name": name}
        return Missing("people", said, side)
    if found.mode == Mode.NAMED or count >= ENOUGH:
        return None
    if count < FEW:
        said = ngettext(
            "%(name)s has %(count)d person on the list: with fewer than three a review "
            "can only be named.",
            "%(name)s has %(count)d people on the list: with fewer than three a review "
            "can only be named.",
            count,
        )
        return Missing("people", said % {"name": name, "count": count}, side)
    if found.few_reason.strip():
        return None
    said = _("%(name)s has three people on the list: four are needed, or a reason.")
    return Missing("few", said % {"name": name}, side)


def _too_few_then(found: SetUp, side: str, reader: str) -> Missing | None:
    """Some of the list cannot be asked then. Its side alone reads how many: the number
    tells of other reviews, which are not the other side's to know."""
    count = found.people[side] - found.left_out[side]
    if count >= least_people(found.mode, found.few_reason):
        return None
    if side != reader:
        said = _("%(name)s has still to complete its list.")
        return Missing("people", said % {"name": found.names[side]}, side)
    said = ngettext(
        "%(count)d person of %(name)s can be asked then: too few. Choose others as "
        "well, or another day.",
        "%(count)d people of %(name)s can be asked then: too few. Choose others as "
        "well, or another day.",
        count,
    )
    return Missing("people", said % {"name": found.names[side], "count": count}, side)


def _about_the_wave(found: SetUp) -> list[Missing]:
    lines = []
    if found.form == Form.CHECK_IN and found.mode != Mode.NAMED:
        lines.append(Missing("form", _("A check-in is named: nobody would be hidden.")))
    if not found.published:
        lines.append(Missing("form", _("The question set is not published.")))
    if found.form == Form.FULL and not found.has_facilitator:
        lines.append(Missing("facilitator", _("A full review needs a facilitator.")))
    if found.partisan:
        words = _("The facilitator belongs to one of the two sides: choose another.")
        lines.append(Missing("facilitator", words))
    return lines


def _about_days(found: SetUp, today: date) -> list[Missing]:
    if found.opens_on < today:
        return [Missing("opens_on", _("The day it opens has passed: choose another."))]
    if not found.works:
        words = _("The day it opens is not a working day of both sides.")
        return [Missing("opens_on", words)]
    return []


def _about_coordinators(found: SetUp) -> list[Missing]:
    words = _(
        "Nobody can confirm for %(name)s: name an interface person with an e-mail "
        "address under People."
    )
    return [
        Missing("team", words % {"name": name}, side)
        for side, name in found.names.items()
        if found.coordinators[side] is None
    ]
