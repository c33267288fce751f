"""What comes next in a review, and whose turn it is: of the sides, or the clock's.

Pure: rows come in as they were read, words go out for a list or a page.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from engagements.models import HealthReview, ReviewConfirmation, Side
from engagements.wording import long_day

State = HealthReview.State
BOTH = "both"


@dataclass(frozen=True)
class Turn:
    """The next thing to do, until when, and of whom: a side, both, or nobody.

    Nobody: it goes on by itself, or the facilitator takes it on.
    """

    words: str
    of: str
    until: date | None = None

    def is_of(self, side: str | None) -> bool:
        """Whether people of that side have something to do."""
        return side is not None and self.of in (side, BOTH)


# Who goes on depends on nothing but the state: words, the day until when.
_BY_STATE: dict[str, tuple[str | Promise, str]] = {
    State.SCHEDULED: (gettext_lazy("Opens by itself"), "opens_on"),
    State.OPEN: (gettext_lazy("People of both sides answer"), "closes_on"),
    State.EXTENDED: (gettext_lazy("People of both sides answer, longer"), "closes_on"),
    State.CLOSED: (gettext_lazy("The result reaches both sides"), "publish_by"),
}
_TO_DO_BY_BOTH: dict[str, tuple[str | Promise, str]] = {
    State.RELEASED: (gettext_lazy("Talk about the result"), "discuss_by"),
    State.INSUFFICIENT: (gettext_lazy("Talk, without figures"), "discuss_by"),
    State.DISCUSSED: (gettext_lazy("Agree what to do"), "agree_by"),
}


def turn_of(
    review: HealthReview,
    asked: Mapping[str, ReviewConfirmation],
    *,
    ready: bool = True,
    kept_back: bool = False,
) -> Turn:
    """What is next. `asked` is what each side was asked last about people and days;
    `ready`, whether nothing is missing before that; `kept_back`, whether its day came
    and it could not open."""
    if kept_back:
        could_not = _("Add people or choose another day: it could not open")
        return Turn(could_not, BOTH, review.opens_on)
    if review.state == State.DRAFT:
        return _setting_up(review, asked, ready=ready)
    if review.state in _TO_DO_BY_BOTH:
        words, day = _TO_DO_BY_BOTH[State(review.state)]
        return Turn(str(words), BOTH, getattr(review, day))
    if review.state in _BY_STATE:
        words, day = _BY_STATE[State(review.state)]
        return Turn(str(words), "", getattr(review, day))
    return Turn("", "")


def _setting_up(
    review: HealthReview, asked: Mapping[str, ReviewConfirmation], *, ready: bool
) -> Turn:
    owner, until = review.owner_side or BOTH, review.opens_on
    refused = [one for one in asked.values() if one.answer == "no"]
    if refused:
        words = _("%(name)s does not confirm it like this: change it and ask again")
        return Turn(words % {"name": _name(review, refused[0].side)}, owner, until)
    waiting = [side for side in Side.values if side in asked and not asked[side].answer]
    if len(waiting) == len(Side.values):
        day = long_day(asked[waiting[0]].asked_on)
        words = _("Both sides confirm people and days; asked on %(day)s")
        return Turn(words % {"day": day}, BOTH, until)
    if waiting:
        words = _("%(name)s confirms people and days; asked on %(day)s, no answer")
        name, day = _name(review, waiting[0]), long_day(asked[waiting[0]].asked_on)
        return Turn(words % {"name": name, "day": day}, waiting[0], until)
    if not ready:
        return Turn(_("Put right what is still missing"), owner, until)
    return Turn(_("Ask both sides to confirm people and days"), owner, until)


def _name(review: HealthReview, side: str) -> str:
    return getattr(review.relationship, side).name
