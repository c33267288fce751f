"""What the people asked read: who asks, how long it takes, what becomes of it.

Whether somebody has answered is looked up when a message leaves, and written nowhere.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from engagements.models import HealthReview, Notice, Rater
from engagements.notices.kinds import Letter, about
from engagements.reviews import links
from engagements.reviews.causes import why_asked
from engagements.reviews.lengths import MINUTES
from engagements.reviews.mails import kinds
from engagements.reviews.responses import has_answered, response_of
from engagements.wording import full_day

_Form = HealthReview.Form
_MODES: dict[str, str | Promise] = {
    HealthReview.Mode.CONFIDENTIAL: gettext_lazy(
        "Your answers are confidential: no person reads them one by one, and a side is "
        "shown only when enough of its people have answered."
    ),
    HealthReview.Mode.NAMED: gettext_lazy(
        "Answers are shown to both sides with names. You are asked whether you agree "
        "to that before the first statement."
    ),
}


def ahead_wanted(notice: Notice) -> bool:
    """It is still to open, and the person is still on the list."""
    rows = Rater.objects.filter(
        review=about(notice),
        contact=notice.recipient_id,
        revoked_at=None,
        ineligible=Rater.Ineligible.NO,
        review__state=HealthReview.State.SCHEDULED,
    )
    return rows.exists()


def ahead(notice: Notice) -> Letter:
    """In a few days you will be asked."""
    rater = _raters(notice).get(review=about(notice))
    words = _words(rater)
    return Letter(
        _("From %(opens)s: how do you see %(pair)s?") % words,
        [
            _(
                "%(organisation)s has named you as one of the people who will be asked "
                "how the work between %(client)s and %(supplier)s goes (%(scope)s). "
                "The other organisation asks its own people the same."
            )
            % words,
            _("On %(opens)s you get a mail with a link of your own.") % words,
            *_terms(rater),
        ],
    )


def invitation_wanted(notice: Notice) -> bool:
    """The review asks, and this person."""
    return _own(notice) is not None


def invitation(notice: Notice) -> Letter:
    """The link to answer; where several reviews ask, a link for each."""
    own = _own(notice)
    assert own is not None  # noqa: S101 - asked just before
    asking = [own, *_unanswered(notice, others=True)]
    return _with_links(*_question(asking), asking)


def preview(rater: Rater) -> Letter:
    """What somebody on the list will read, shown before it is sent: without a link."""
    subject, paragraphs = _question([rater])
    return Letter(subject, paragraphs)


def _question(asking: list[Rater]) -> tuple[str, list[str]]:
    """Subject and paragraphs of an invitation."""
    words = _words(asking[0])
    subject = _("How do you see %(pair)s?")
    if len(asking) > 1:
        subject = _("How do you see %(pair)s, and one more?")
    return subject % words, [
        _(
            "%(organisation)s asks you how the work between %(client)s and "
            "%(supplier)s goes (%(scope)s). The other organisation asks its own "
            "people the same."
        )
        % words,
        *_several(asking),
        *_terms(asking[0]),
        _("You can answer, and change your answers, until %(closes)s.") % words,
        _("The link is yours alone: please do not pass it on."),
    ]


def reminder_wanted(notice: Notice) -> bool:
    """Somebody who was asked has not answered yet."""
    return bool(_unanswered(notice))


def reminder(notice: Notice) -> Letter:
    """There is still time; nobody learns that this was sent."""
    asking = _unanswered(notice)
    words = _words(asking[0])
    return _with_links(
        _("Until %(closes)s: how do you see %(pair)s?") % words,
        [
            _(
                "There is still time to say how the work between %(client)s and "
                "%(supplier)s goes (%(scope)s): until %(closes)s."
            )
            % words,
            *_several(asking),
            *_terms(asking[0]),
            _(
                "The system sends this by itself to those who have not answered. "
                "Nobody in either organisation learns who they are."
            ),
        ],
        asking,
    )


def called_off_wanted(notice: Notice) -> bool:
    """Always: whoever was told is told of the end."""
    return about(notice) is not None


def called_off(notice: Notice) -> Letter:
    """Nothing is asked any more."""
    rater = _raters(notice).get(review=about(notice))
    words = _words(rater)
    return Letter(
        _("Called off: the review of %(pair)s") % words,
        [
            _(
                "The review of the work between %(client)s and %(supplier)s "
                "(%(scope)s) was called off. There is nothing to do for you."
            )
            % words,
            _("Answers that were given are destroyed; nothing is published."),
        ],
    )


def refused(notice: Notice) -> None:
    """The relay does not take the address: the person cannot be asked."""
    if notice.kind == kinds.INVITATION:
        Rater.objects.filter(
            review=about(notice),
            contact=notice.recipient_id,
            ineligible=Rater.Ineligible.NO,
            took_part=None,
        ).update(ineligible=Rater.Ineligible.BOUNCED, updated_at=timezone.now())


def _raters(notice: Notice) -> Any:
    return Rater.objects.filter(contact=notice.recipient_id).select_related(
        "contact__organisation",
        "review__secret",
        "review__facilitator__organisation",
        "review__relationship__client",
        "review__relationship__supplier",
    )


def _asking(notice: Notice, reviews: list[UUID]) -> list[Rater]:
    """This person in those of the reviews that ask now, in their order."""
    rows = _raters(notice).filter(
        review__in=reviews,
        review__state__in=HealthReview.ASKING,
        review__closes_at__gt=timezone.now(),
        revoked_at=None,
        ineligible=Rater.Ineligible.NO,
    )
    return sorted(rows, key=lambda rater: reviews.index(rater.review_id))


def _own(notice: Notice) -> Rater | None:
    found = _asking(notice, [about(notice)])
    return found[0] if found and found[0].link_version == notice.counter else None


def _unanswered(notice: Notice, *, others: bool = False) -> list[Rater]:
    """Where this person has not answered; `others`: without the notice's own review."""
    reviews = [UUID(other) for other in notice.facts.get("also", ())]
    if not others:
        reviews.insert(0, about(notice))
    found = []
    for rater in _asking(notice, reviews):
        response = response_of(rater)
        if response is None or not has_answered(response):
            found.append(rater)
    return found


def _with_links(subject: str, paragraphs: list[str], asking: list[Rater]) -> Letter:
    addresses = [
        links.address(links.Purpose.ANSWER, rater.pk, rater.link_version)
        for rater in asking
    ]
    if len(asking) == 1:
        return Letter(subject, paragraphs, _("Answer"), addresses[0])
    lines = tuple(
        (_pair(rater), address)
        for rater, address in zip(asking, addresses, strict=True)
    )
    action = _("Begin with %(pair)s") % {"pair": _pair(asking[0])}
    return Letter(subject, paragraphs, action, addresses[0], lines)


def _several(asking: list[Rater]) -> list[str]:
    if len(asking) < 2:
        return []
    words = ngettext(
        "You are asked about %(count)d relationship: it has a link of its own.",
        "You are asked about %(count)d relationships in one sitting: each has a link "
        "of its own.",
        len(asking),
    )
    return [words % {"count": len(asking)}]


def _pair(rater: Rater) -> str:
    relationship = rater.review.relationship
    return f"{relationship} ({relationship.scope})"


def _terms(rater: Rater) -> list[str]:
    """How long it takes, who reads it, who facilitates."""
    review = rater.review
    minutes = MINUTES[_Form(review.form)]
    cause = why_asked(review.cause, review.caused_on)
    found = [
        *([_("It is asked %(why)s.") % {"why": cause}] if cause else []),
        _("It takes about %(minutes)d minutes.") % {"minutes": minutes},
        str(_MODES[review.mode]),
    ]
    if review.facilitator is not None:
        words = {
            "name": review.facilitator.name,
            "organisation": review.facilitator.organisation.name,
            "disclosure": review.facilitator_disclosure,
        }
        said = _("%(name)s of %(organisation)s facilitates it.")
        if review.facilitator_disclosure:
            said = _("%(name)s of %(organisation)s facilitates it (%(disclosure)s).")
        found.append(said % words)
    return found


def _words(rater: Rater) -> dict[str, str]:
    review, today = rater.review, timezone.localdate()
    relationship = review.relationship
    return {
        "pair": str(relationship),
        "client": relationship.client.name,
        "supplier": relationship.supplier.name,
        "scope": relationship.scope,
        "organisation": getattr(relationship, rater.side).name,
        "opens": full_day(rater.ask_on or review.opens_on, today),
        "closes": full_day(review.closes_on, today),
    }
