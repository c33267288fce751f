"""What a coordinator or the facilitator reads: something to answer or to do.

Both may never sign in: the mail carries a link of its own, and the page's address for
those who do.
"""

from __future__ import annotations

from django.conf import settings
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from engagements.models import HealthReview, Notice, ReviewConfirmation
from engagements.notices.kinds import Letter, about
from engagements.reviews import links
from engagements.reviews.causes import why
from engagements.reviews.scoring.rounding import reaches
from engagements.reviews.turnout import SideTurnout, turnout
from engagements.wording import full_day

# Fewer people than this, and a count would come close to a name.
LEAST_COUNTED = 4

_Purpose = ReviewConfirmation.Purpose
_SUBJECTS: dict[str, str | Promise] = {
    _Purpose.RATERS: gettext_lazy("People and dates to confirm: %(pair)s"),
    _Purpose.ACTIONS: gettext_lazy("Agreed actions to confirm: %(pair)s"),
    _Purpose.CANCEL: gettext_lazy("Calling a review off, to confirm: %(pair)s"),
    _Purpose.DONE: gettext_lazy("Is it done? An agreed action: %(pair)s"),
}
_QUESTIONS: dict[str, str | Promise] = {
    _Purpose.RATERS: gettext_lazy(
        "A review of the work between %(client)s and %(supplier)s (%(scope)s) is set "
        "up: both sides answer the same statements from %(opens)s to %(closes)s. Are "
        "the people of %(organisation)s and the dates right?"
    ),
    _Purpose.ACTIONS: gettext_lazy(
        "The review of the work between %(client)s and %(supplier)s (%(scope)s) was "
        "talked about, and actions were put down. Does %(organisation)s agree to them?"
    ),
    _Purpose.CANCEL: gettext_lazy(
        "The review of the work between %(client)s and %(supplier)s (%(scope)s) is to "
        "be called off. If both sides agree, every answer is destroyed and nothing is "
        "published. Does %(organisation)s agree?"
    ),
    _Purpose.DONE: gettext_lazy(
        "“%(action)s”, agreed after a review of the work between %(client)s and "
        "%(supplier)s (%(scope)s), is said to be done. Does %(organisation)s see it so?"
    ),
}


def confirm_wanted(notice: Notice) -> bool:
    """The question still waits, unchanged, and it is the latest."""
    rows = ReviewConfirmation.objects.filter(pk=about(notice), answer="")
    row = rows.filter(version=notice.counter).select_related("review").first()
    if row is None:
        return False
    over = (HealthReview.State.CANCELLED, HealthReview.State.COMPLETED)
    later = ReviewConfirmation.objects.filter(
        review=row.review_id,
        purpose=row.purpose,
        side=row.side,
        action=row.action_id,
        round__gt=row.round,
    )
    return row.review.state not in over and not later.exists()


def confirm(notice: Notice) -> Letter:
    """The question, with two buttons behind the link."""
    row = ReviewConfirmation.objects.select_related(
        "action",
        "contact",
        "review__owner__organisation",
        "review__relationship__client",
        "review__relationship__supplier",
    ).get(pk=about(notice))
    words = _words(row.review) | {
        "organisation": getattr(row.review.relationship, row.side).name,
        "action": row.action.text if row.action else "",
    }
    paragraphs = [str(_QUESTIONS[row.purpose]) % words]
    cause = why(row.review.cause, row.review.caused_on)
    if cause and row.purpose == _Purpose.RATERS:
        paragraphs.append(_("It is asked %(why)s.") % {"why": cause})
    owner = row.review.owner
    if owner is not None:
        asker = {"name": owner.name, "organisation": owner.organisation.name}
        paragraphs.append(_("%(name)s of %(organisation)s asks.") % asker)
    paragraphs.append(
        _("The link needs no sign-in: look, then press yes, or no and say why.")
    )
    return Letter(
        str(_SUBJECTS[row.purpose]) % words,
        paragraphs,
        _("Look and answer"),
        links.address(links.Purpose.CONFIRM, row.pk, row.version),
        _signed_in(row.review) if row.contact.user_id else (),
    )


def facilitate_wanted(notice: Notice) -> bool:
    """The person still facilitates it, and it is where the mail says it is."""
    states = [HealthReview.State.SCHEDULED, *HealthReview.ASKING]
    if notice.threshold:
        states = [HealthReview.State.CLOSED, HealthReview.State.INSUFFICIENT]
        states += HealthReview.PUBLISHED
    rows = HealthReview.objects.filter(
        pk=about(notice),
        facilitator=notice.recipient_id,
        facilitator_version=notice.counter,
        state__in=states,
    )
    return rows.exists()


def facilitate(notice: Notice) -> Letter:
    """The facilitator's page; once it has closed, what there is to do on it."""
    review = _review(notice)
    words = _words(review)
    if notice.threshold:
        subject = _("Closed, for you to look at: the review of %(pair)s")
        paragraphs = [
            _("The review of the work between %(client)s and %(supplier)s has closed."),
            _(
                "Both sides read the result at the same moment: when you release it, "
                "or by itself on %(publish)s."
            ),
        ]
    else:
        subject = _("You facilitate the review of %(pair)s")
        paragraphs = [
            _(
                "You are named as facilitator of the review of the work between "
                "%(client)s and %(supplier)s (%(scope)s)."
            ),
            _("People of both sides answer from %(opens)s to %(closes)s."),
        ]
    paragraphs.append(_("The link to your page needs no sign-in and is yours alone."))
    return Letter(
        subject % words,
        [paragraph % words for paragraph in paragraphs],
        _("Open your page"),
        links.address(links.Purpose.FACILITATE, review.pk, review.facilitator_version),
    )


def few_answers_wanted(notice: Notice) -> bool:
    """Fewer than half have answered, of enough people that a number names nobody."""
    review = _review(notice)
    if not review.is_asking:
        return False
    found = turnout(review)
    own = found.sides[notice.side]
    return own.asked >= LEAST_COUNTED and not reaches(own.rate or 0, found.low_rate)


def few_answers(notice: Notice) -> Letter:
    """How many of the own side have answered: a count, never a name."""
    review = _review(notice)
    own: SideTurnout = turnout(review).sides[notice.side]
    words = _words(review) | {
        "organisation": getattr(review.relationship, notice.side).name,
        "answered": str(own.completed),
        "asked": str(own.asked),
    }
    return Letter(
        _("%(answered)s of %(asked)s have answered: the review of %(pair)s") % words,
        [
            _(
                "%(answered)s of the %(asked)s people of %(organisation)s have "
                "answered so far. The review is open until %(closes)s."
            )
            % words,
            _(
                "A word to everybody on the list helps. Who has answered stays "
                "unknown, to you as well."
            ),
        ],
        _("Open the review"),
        settings.SITE_URL + review.get_absolute_url(),
    )


def _review(notice: Notice) -> HealthReview:
    rows = HealthReview.objects.select_related(
        "instrument", "relationship__client", "relationship__supplier"
    )
    return rows.get(pk=about(notice))


def _signed_in(review: HealthReview) -> tuple[tuple[str, str], ...]:
    return ((_("Or signed in"), settings.SITE_URL + review.get_absolute_url()),)


def _words(review: HealthReview) -> dict[str, str]:
    relationship, today = review.relationship, timezone.localdate()
    return {
        "pair": str(relationship),
        "client": relationship.client.name,
        "supplier": relationship.supplier.name,
        "scope": relationship.scope,
        "opens": full_day(review.opens_on, today),
        "closes": full_day(review.closes_on, today),
        "publish": full_day(review.publish_by, today),
    }
