"""What both sides read about how a review goes: the same words for both.

A private alarm to the stronger side would itself be an imbalance, so nothing here looks
at who reads it.
"""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from engagements.models import HealthReview, Notice, ReviewResult
from engagements.notices.kinds import Letter, about
from engagements.reviews import links
from engagements.reviews.scoring.early_warning import Rule
from engagements.wording import day_of, full_day

_State = HealthReview.State
_HITS: dict[str, str | Promise] = {
    Rule.FALL: gettext_lazy("The picture of the whole fell since the last time."),
    Rule.TWO_FALLS: gettext_lazy("It fell twice in a row."),
    Rule.TREND: gettext_lazy("It lies below what earlier reviews let expect."),
    Rule.DIMENSION_FALL: gettext_lazy("One topic fell clearly."),
    Rule.GAP: gettext_lazy("The two sides see the whole clearly differently."),
    Rule.DIMENSION_GAP: gettext_lazy("The two sides see one topic very differently."),
    Rule.CLIENT_SILENCE: gettext_lazy("Fewer people of the client answered."),
    Rule.SUPPLIER_SILENCE: gettext_lazy("Fewer people of the supplier answered."),
    Rule.SPLIT: gettext_lazy("People of one side differ among themselves."),
    Rule.LATE_ACTIONS: gettext_lazy("Agreed actions came later than agreed."),
}


def in_state(*states: str) -> Callable[[Notice], bool]:
    """Whether the review a message is about is in one of these states."""

    def wanted(notice: Notice) -> bool:
        rows = HealthReview.objects.filter(pk=about(notice), state__in=states)
        return rows.exists()

    return wanted


extended_wanted = in_state(_State.EXTENDED)
kept_back_wanted = in_state(_State.SCHEDULED)
released_wanted = in_state(*HealthReview.PUBLISHED)
insufficient_wanted = in_state(_State.INSUFFICIENT)
meeting_wanted = in_state(_State.RELEASED)
actions_wanted = in_state(_State.RELEASED, _State.DISCUSSED)


def extended(notice: Notice) -> Letter:
    """It stays open for another week, once, and why."""
    return _letter(
        notice,
        _("Open until %(closes)s: the review of %(pair)s"),
        _(
            "The review of the work between %(client)s and %(supplier)s (%(scope)s) "
            "stays open until %(closes)s."
        ),
        _(
            "On at least one side fewer people have answered than a result needs, or "
            "fewer than half. A review is extended once."
        ),
        _(
            "Those who have not answered are reminded once more, by the system; nobody "
            "learns who they are."
        ),
    )


def kept_back(notice: Notice) -> Letter:
    """It did not open, and what can be done. Which side it is, its own page says."""
    return _letter(
        notice,
        _("Not opened: the review of %(pair)s"),
        _(
            "The review of the work between %(client)s and %(supplier)s (%(scope)s) "
            "was to open on %(opens)s. It did not: on at least one side too few people "
            "can be asked at the moment for a result that shows nobody's own answer."
        ),
        _(
            "It waits, and opens by itself once enough can be asked. On its page "
            "people can be added or another day chosen; both sides then confirm again."
        ),
    )


def released(notice: Notice) -> Letter:
    """Both sides may read the result, from the same moment on."""
    return _letter(
        notice,
        _("The result is there: the review of %(pair)s"),
        _(
            "Both sides can read from now on how they see the work between %(client)s "
            "and %(supplier)s (%(scope)s)."
        ),
        _("Differences are best heard in a conversation: plan it by %(discuss)s."),
        _(
            "The page asks for a sign-in. Who has none asks %(owner)s for the page on "
            "paper."
        ),
        action=_("Read the result"),
    )


def insufficient(notice: Notice) -> Letter:
    """No result, and two ways to hear people all the same."""
    return _letter(
        notice,
        _("Too few answers: the review of %(pair)s"),
        _(
            "The review of the work between %(client)s and %(supplier)s (%(scope)s) "
            "has closed. On at least one side fewer people answered than a result "
            "needs, so there is none."
        ),
        _(
            "Two ways remain: a review in which everybody agrees to be named, or a few "
            "interviews. A conversation can be held all the same."
        ),
    )


def warning(notice: Notice) -> Letter:
    """What the figures of several reviews say together; no word of blame."""
    series = ReviewResult.objects.get(
        review=about(notice), audience=ReviewResult.Audience.SERIES
    )
    said = [str(_HITS[hit]) for hit in series.document.get("hits", ()) if hit in _HITS]
    return _letter(
        notice,
        _("Early warning: %(pair)s"),
        _(
            "The review of the work between %(client)s and %(supplier)s (%(scope)s) "
            "gives reason to talk soon. Both sides read this."
        ),
        *said,
    )


def meeting(notice: Notice) -> Letter:
    """The result waits to be talked about."""
    return _letter(
        notice,
        _("Not yet talked about: the review of %(pair)s"),
        _(
            "The result of the review of the work between %(client)s and %(supplier)s "
            "(%(scope)s) is there since %(released)s, and no conversation is recorded."
        ),
        _("Plan it, or record when it was held."),
    )


def actions(notice: Notice) -> Letter:
    """What was to be agreed by now is not."""
    return _letter(
        notice,
        _("No actions agreed yet: the review of %(pair)s"),
        _(
            "Actions from the review of the work between %(client)s and %(supplier)s "
            "(%(scope)s) were to be agreed by %(agree)s."
        ),
        _("Agree at most three, or both say that there is none."),
    )


def _letter(notice: Notice, subject: str, *paragraphs: str, action: str = "") -> Letter:
    review = HealthReview.objects.select_related(
        "owner", "relationship__client", "relationship__supplier"
    ).get(pk=about(notice))
    words = _words(review)
    url = settings.SITE_URL + review.get_absolute_url()
    if not notice.side:
        # The facilitator is of no side, and may have no sign-in.
        version = review.facilitator_version
        url = links.address(links.Purpose.FACILITATE, review.pk, version)
    return Letter(
        subject % words,
        [paragraph % words for paragraph in paragraphs],
        action or _("Open the review"),
        url,
    )


def _words(review: HealthReview) -> dict[str, str]:
    relationship, today = review.relationship, timezone.localdate()
    released_at = review.released_at
    return {
        "pair": str(relationship),
        "client": relationship.client.name,
        "supplier": relationship.supplier.name,
        "scope": relationship.scope,
        "opens": full_day(review.opens_on, today),
        "closes": full_day(review.closes_on, today),
        "discuss": full_day(review.discuss_by, today),
        "agree": full_day(review.agree_by, today),
        "released": full_day(day_of(released_at), today) if released_at else "",
        "owner": review.owner.name if review.owner else _("a coordinator"),
    }
