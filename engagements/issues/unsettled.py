"""What still waits for an answer while closing an issue is thought about: a hint."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from engagements.issues.ladder import Asked
from engagements.models import IssueCorrection, IssueStep, PromiseAsk
from engagements.wording import long_day

_STEPS: dict[str, str | Promise] = {
    IssueStep.Level.SPONSOR: gettext_lazy(
        "The sponsors of both sides were asked on %(day)s and have not both answered. "
        "Once it is closed they no longer can."
    ),
    IssueStep.Level.EXECUTIVE: gettext_lazy(
        "The executives of both sides were asked on %(day)s and have not both "
        "answered. Once it is closed they no longer can."
    ),
}


def unsettled(
    steps: Sequence[Asked],
    asks: Iterable[PromiseAsk],
    corrections: Iterable[IssueCorrection],
) -> list[str]:
    """One sentence each, the same for both sides; closing waits for none: no query."""
    waiting = [
        one.step for one in steps if any(not person.answer for person in one.people)
    ]
    if any(one.settled for one in steps):
        waiting = []
    milder = _(
        "A less severe reading, “%(now)s”, is asked and not answered. Closing ends the "
        "question."
    )
    return [
        *(str(_STEPS[one.level]) % {"day": long_day(one.asked_on)} for one in waiting),
        *(milder % {"now": one.now} for one in corrections if one.is_asked),
        *(_not_promised(ask) for ask in asks if not ask.answer),
    ]


def _not_promised(ask: PromiseAsk) -> str:
    words = _("Noted for %(name)s, which nobody could ask: “%(text)s”.")
    if ask.asked_id is not None:
        words = _(
            "Asked of %(name)s and not promised yet: “%(text)s”. It stays so when the "
            "issue is closed."
        )
    return words % {"name": ask.place.name, "text": ask.text}
