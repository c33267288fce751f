"""The other side is asked with a link that needs no sign-in; the giver hears back.

Called inside the transaction that causes it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.conf import settings
from django.utils.translation import gettext as _

from engagements.ideas.states import State
from engagements.links import Purpose, address
from engagements.models import Idea, Notice
from engagements.notices.kinds import Letter, about
from engagements.notices.ledger import Owed
from engagements.relationships.speakers import ledgers
from engagements.wording import long_day

ASKED = "idea-asked"
ANSWERED = "idea-answered"
# Asked again once: after so many working days of both sides without an answer...
AGAIN = 10
# ...and, where it was put off, on the day named then.
THEN = 1


def questions(ideas: Iterable[Idea], *, threshold: int = 0) -> Iterator[Owed]:
    """The question to whoever was asked, once a threshold."""
    for idea in ideas:
        yield Owed(
            kind=ASKED,
            recipient=idea.asked_id,
            organisation=ledgers(idea.relationship)[idea.other],
            lane=Notice.Lane.ORDINARY,
            relationship=idea.relationship_id,
            object_id=idea.pk,
            side=idea.other,
            threshold=threshold,
            counter=idea.version,
        )


def answers(idea: Idea) -> Iterator[Owed]:
    """What the other side said, to whoever gave the idea."""
    yield Owed(
        kind=ANSWERED,
        recipient=idea.given_by_id,
        organisation=ledgers(idea.relationship)[idea.side],
        lane=Notice.Lane.ORDINARY,
        relationship=idea.relationship_id,
        object_id=idea.pk,
        side=idea.side,
        # Put off and answered again are two answers.
        counter=int(idea.state != State.LATER),
    )


def asked_wanted(notice: Notice) -> bool:
    """It still waits, in the way this question means, for this person."""
    idea = _idea(notice)
    if idea.version != notice.counter or idea.asked_id != notice.recipient_id:
        return False
    return idea.state == (State.LATER if notice.threshold == THEN else State.OPEN)


def asked(notice: Notice) -> Letter:
    """What would you say? With the link behind which it is answered."""
    idea = _idea(notice)
    words = _words(idea)
    if notice.threshold == THEN:
        question = _(
            "%(own)s had put an idea of %(other)s off until today: %(title)s. Will you "
            "try it now?"
        )
    else:
        question = _(
            "%(other)s has an idea for the work you do together, given on %(day)s: "
            "%(title)s. Will you try it, later perhaps, or not, and why?"
        )
    way = _("The link needs no sign-in: look, then press one of the buttons.")
    passed = _("%(name)s was asked and passed it on to you.")
    return Letter(
        _("An idea to answer: %(title)s") % words,
        [
            question % words,
            *([passed % {"name": idea.passed_by.name}] if idea.passed_by else []),
            way,
        ],
        _("Look and answer"),
        address(Purpose.IDEA, idea.pk, idea.version),
    )


def answered_wanted(notice: Notice) -> bool:
    """It was not answered anew since."""
    idea = _idea(notice)
    if notice.counter == 0:
        return idea.state == State.LATER
    return idea.state not in Idea.WAITING


def answered(notice: Notice) -> Letter:
    """What the other side said to it."""
    idea = _idea(notice)
    words = _words(idea) | {"state": str(idea.get_state_display()).lower()}
    said = _("%(own)s answered your idea “%(title)s”: %(state)s.") % words
    return Letter(
        _("Your idea was answered: %(title)s") % words,
        [said, *([idea.reason] if idea.reason else [])],
        _("Open the idea"),
        settings.SITE_URL + idea.get_absolute_url(),
    )


def _idea(notice: Notice) -> Idea:
    rows = Idea.objects.select_related(
        "relationship__client", "relationship__supplier", "passed_by"
    )
    return rows.get(pk=about(notice))


def _words(idea: Idea) -> dict[str, str]:
    """`own` is the side that answers."""
    return {
        "title": idea.title,
        "day": long_day(idea.given_on),
        "own": getattr(idea.relationship, idea.other.value).name,
        "other": getattr(idea.relationship, idea.side).name,
    }
