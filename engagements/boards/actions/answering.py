"""The host answers what its board asked for: read, decided, promised, delivered.

A view has asked whether the person answers for the host; the table says what may be
done when. Nothing here touches the members' verdict.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from engagements.boards import figures, given_mails
from engagements.boards.queries.boards import promisers
from engagements.boards.states import HOST, Answer, refuse_answer
from engagements.errors import RuleError
from engagements.history import differences, record_change
from engagements.models import Contact, Recommendation, RecommendationPromise
from engagements.notices.ledger import owe
from engagements.wording import long_day

if TYPE_CHECKING:
    from uuid import UUID

    from engagements.models import Standing

State = Recommendation.State
Decision = Recommendation.Decision
# These say why, so that members can read it.
_WITH_REASON = {Decision.PARTIAL, Decision.DECLINE, Decision.DEFER}


def held(row: Recommendation) -> Recommendation:
    """The row as it stands, for whoever changes it alone."""
    return Recommendation.objects.select_for_update(no_key=True).get(pk=row.pk)


def _for_host(action: Answer, row: Recommendation) -> Recommendation:
    found = held(row)
    refuse_answer(action, found, HOST)
    return found


@transaction.atomic
def acknowledge(
    *, recommendation: Recommendation, now: datetime | None = None
) -> Recommendation:
    """The host has read it."""
    row = _for_host(Answer.ACKNOWLEDGE, recommendation)
    row.state, row.acknowledged_at = State.ACKNOWLEDGED, now or timezone.now()
    row.save(update_fields=["state", "acknowledged_at", "updated_at"])
    return row


@transaction.atomic
def decide(
    *,
    recommendation: Recommendation,
    decision: str,
    reason: str,
    deferred_until: date | None,
    today: date,
    now: datetime | None = None,
) -> Recommendation:
    """Yes, in part, no, or not yet; it can be put off once, to a day.

    Raises RuleError without the reason or the day that the answer needs.
    """
    row = _for_host(Answer.DECIDE, recommendation)
    _refuse_decision(row, decision, reason.strip(), deferred_until, today)
    moment = now or timezone.now()
    row.state, row.decision, row.reason = State.DECIDED, decision, reason.strip()
    row.decided_at = moment
    row.answered_at = row.answered_at or moment
    row.acknowledged_at = row.acknowledged_at or moment
    if decision == Decision.DEFER:
        row.deferred_until, row.deferred_once = deferred_until, True
    row.save()
    return row


def _refuse_decision(
    row: Recommendation, decision: str, reason: str, until: date | None, today: date
) -> None:
    if decision not in Decision.values or not decision:
        raise RuleError(_("Choose an answer."), field="decision")
    if decision in _WITH_REASON and not reason:
        raise RuleError(_("Say why; the members read it."), field="reason")
    if decision != Decision.DEFER:
        return
    if row.deferred_once:
        words = _("It was put off once already. Answer it now.")
        raise RuleError(words, field="decision")
    latest = put_off_until(row, today)
    if latest is None:
        words = _("It was asked a year ago or more. Answer it now.")
        raise RuleError(words, field="decision")
    if until is None or until <= today:
        words = _("Name a later day on which you will answer.")
        raise RuleError(words, field="deferred_until")
    if until > latest:
        words = _(
            "Name a day until %(day)s, a year after it was asked: by then the board "
            "asks again."
        )
        raise RuleError(words % {"day": long_day(latest)}, field="deferred_until")


def put_off_until(row: Recommendation, today: date) -> date | None:
    """The last day to which the answer can be put off; None where it cannot be."""
    latest = figures.latest_answer(row)
    return None if row.deferred_once or latest <= today else latest


@transaction.atomic
def promise(
    *,
    recommendation: Recommendation,
    owner: Contact,
    text: str,
    measure: str,
    due_on: date,
    today: date,
) -> RecommendationPromise:
    """Who of the host does what until when, and how the members will see it."""
    row = _for_host(Answer.COMMIT, recommendation)
    if due_on < today:
        raise RuleError(_("Choose today or a later day."), field="due_on")
    if row.state == State.DECIDED:
        row.state = State.COMMITTED
        row.save(update_fields=["state", "updated_at"])
    return RecommendationPromise.objects.create(
        recommendation=row,
        owner=owner,
        text=text.strip(),
        measure=measure.strip(),
        original_due_on=due_on,
        due_on=due_on,
    )


def _open_promise(given: RecommendationPromise) -> RecommendationPromise:
    rows = RecommendationPromise.objects.select_for_update(no_key=True, of=("self",))
    row = rows.select_related("recommendation__board", "owner").get(pk=given.pk)
    refuse_answer(Answer.COMMIT, held(row.recommendation), HOST)
    if row.done_on is not None:
        raise RuleError(_("This promise is done already."))
    return row


@transaction.atomic
def move_promise(
    *,
    promise: RecommendationPromise,
    due_on: date,
    reason: str,
    by: Standing,
    today: date,
) -> RecommendationPromise:
    """Another day; the day first promised stays beside it, and what is counted is by
    that one."""
    row = _open_promise(promise)
    if due_on < today:
        raise RuleError(_("Choose today or a later day."), field="due_on")
    changed = differences(row, {"due_on": due_on})
    record_change(row, changed, by=by, reason=reason.strip())
    row.due_on = due_on
    row.save(update_fields=["due_on", "updated_at"])
    return row


@transaction.atomic
def give_promise(
    *,
    promise: RecommendationPromise,
    seen: UUID,
    owner: Contact,
    reason: str,
    by: Standing,
    today: date,
) -> RecommendationPromise:
    """Somebody else of the host owns it from today; its days stay.

    `seen`: who owned it on the page. Both are told.
    """
    row = _open_promise(promise)
    before = row.owner
    _refuse_owner(row, seen, owner)
    changed = differences(row, {"owner": owner})
    change = record_change(row, changed, by=by, reason=reason.strip())
    assert change is not None  # noqa: S101 - another owner differs
    row.owner, row.given_on = owner, today
    row.save(update_fields=["owner", "given_on", "updated_at"])
    owe(given_mails.given(row, before.pk, change))
    return row


def _refuse_owner(row: RecommendationPromise, seen: UUID, owner: Contact) -> None:
    if seen != row.owner_id:
        words = _("%(name)s owns it since you opened this page.")
        raise RuleError(words % {"name": row.owner.name}, field="owner")
    if owner == row.owner:
        words = _("%(name)s owns it already. Choose somebody else.")
        raise RuleError(words % {"name": owner.name}, field="owner")
    if not promisers(row.recommendation.board).filter(pk=owner.pk).exists():
        words = _("%(name)s does not sign in here any more. Choose somebody else.")
        raise RuleError(words % {"name": owner.name}, field="owner")


@transaction.atomic
def keep_promise(
    *, promise: RecommendationPromise, today: date
) -> RecommendationPromise:
    """It is done, from today."""
    row = _open_promise(promise)
    row.done_on = today
    row.save(update_fields=["done_on", "updated_at"])
    return row


@transaction.atomic
def start(*, recommendation: Recommendation) -> Recommendation:
    """Work on it has begun."""
    row = _for_host(Answer.START, recommendation)
    row.state = State.IN_PROGRESS
    row.save(update_fields=["state", "updated_at"])
    return row


@transaction.atomic
def deliver(*, recommendation: Recommendation, today: date) -> Recommendation:
    """The host says that it is there: claimed, until the members confirm it.

    Raises RuleError while something promised for it is not done.
    """
    row = _for_host(Answer.DELIVER, recommendation)
    open_ones = row.promises.filter(done_on=None)
    if open_ones:
        words = "; ".join(one.text for one in open_ones)
        raise RuleError(_("Still promised and not done: %(what)s.") % {"what": words})
    row.state, row.delivered_on = State.DELIVERED, today
    row.save(update_fields=["state", "delivered_on", "updated_at"])
    return row
