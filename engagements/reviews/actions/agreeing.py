"""What follows from a talk: at most three actions, agreed by both sides.

A yes is worth what it was said to: whatever changes an action takes back what was
asked, and both sides are asked anew. An objection stays readable, with its reason.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from engagements.commitments import actions as commitments
from engagements.commitments.queries import people_of
from engagements.commitments.said import Said
from engagements.errors import RuleError
from engagements.models import (
    Commitment,
    Contact,
    HealthReview,
    ReviewAction,
    ReviewConfirmation,
    Side,
    Standing,
)
from engagements.reviews.actions.confirming import follows
from engagements.reviews.actions.moving import held, move
from engagements.reviews.instrument.library import content_of
from engagements.reviews.queries.agreed import (
    MOST,
    PROPOSING,
    asked_about_actions,
    coordinators,
)

State = HealthReview.State


@dataclass(frozen=True)
class Proposal:
    """An action in full: who of which side, what, until when, how both will see it."""

    text: str
    side: Side
    owner: Contact
    due_on: date
    measure: str
    dimension: str


@transaction.atomic
def propose(*, review: HealthReview, by: Contact, proposal: Proposal) -> ReviewAction:
    """Write an action down; both sides still have to agree.

    Raises RuleError for a fourth one, one that is incomplete or stands there already.
    """
    row = _proposing(review)
    if row.actions.count() >= MOST:
        raise RuleError(
            _("Three actions are the most: fewer are done, more are forgotten.")
        )
    _check(row, proposal)
    _take_back(row)
    return ReviewAction.objects.create(review=row, proposed_by=by, **vars(proposal))


@transaction.atomic
def change(*, action: ReviewAction, by: Contact, proposal: Proposal) -> ReviewAction:
    """Word an action anew; whoever agreed to the earlier wording is asked again."""
    row = _proposing(action.review)
    found = row.actions.filter(pk=action.pk).first()
    if found is None:
        raise RuleError(_("This action was left out meanwhile."))
    _check(row, proposal, apart_from=found)
    _take_back(row)
    for name, value in vars(proposal).items():
        setattr(found, name, value)
    found.proposed_by = by
    found.save()
    return found


@transaction.atomic
def remove(*, action: ReviewAction) -> None:
    """Leave an action out; whoever agreed to it is asked again."""
    _take_back(_proposing(action.review))
    ReviewAction.objects.filter(pk=action.pk).delete()


@transaction.atomic
def ask_to_agree(
    *, review: HealthReview, today: date, no_action: bool = False
) -> list[ReviewConfirmation]:
    """Ask both coordinators whether these are the actions, or that there are none.

    Raises RuleError before the talk was held, for actions where none was said, and
    where nobody speaks for a side or an owner no longer does.
    """
    row = held(review)
    if row.state != State.DISCUSSED:
        raise RuleError(_("Both sides are asked once the conversation was held."))
    count = row.actions.count()
    if no_action and count:
        raise RuleError(_("There are actions: leave them out first."))
    if not (no_action or count):
        raise RuleError(_("Write down an action, or say that none is needed."))
    _check_owners(row)
    people = _speakers(row, today)
    _take_back(row)
    last = asked_about_actions(row).aggregate(last=Max("round"))["last"] or 0
    return [
        ReviewConfirmation.objects.create(
            review=row,
            purpose=ReviewConfirmation.Purpose.ACTIONS,
            side=side,
            round=last + 1,
            contact=contact,
            asked_on=today,
        )
        for side, contact in people.items()
    ]


def _check_owners(review: HealthReview) -> None:
    for action in review.actions.select_related("owner"):
        if not _speaks(review, action.side, action.owner):
            words = _(
                "“%(action)s”: %(name)s no longer speaks for that side. Choose another "
                "owner."
            )
            raise RuleError(words % {"action": action.text, "name": action.owner.name})


def _speaks(review: HealthReview, side: str, contact: Contact) -> bool:
    return people_of(review.relationship, Side(side)).filter(pk=contact.pk).exists()


def _speakers(review: HealthReview, today: date) -> dict[Side, Contact]:
    found = {}
    for side, contact in coordinators(review, today).items():
        if contact is None or not (contact.user_id or contact.email):
            words = _("Nobody of %(name)s can be asked: add an interface person.")
            name = getattr(review.relationship, side.value).name
            raise RuleError(words % {"name": name})
        found[side] = contact
    return found


def _agree(row: ReviewConfirmation) -> None:
    """Both sides said yes: each action becomes a promise of its side.

    Who left since both were asked does not undo a yes: the side's coordinator owns it.
    """
    review = row.review
    instead = coordinators(review)
    for action in review.actions.select_related("owner", "proposed_by"):
        if not _speaks(review, action.side, action.owner):
            action.owner = instead[Side(action.side)] or action.owner
        action.commitment = _promise(review, action)
        action.save(update_fields=["owner", "commitment", "updated_at"])
    move(review=review, to=State.AGREED, by=row.answered_by)


follows(ReviewConfirmation.Purpose.ACTIONS, _agree)


def _promise(review: HealthReview, action: ReviewAction) -> Commitment:
    side = Side(action.side)
    said = Said(
        relationship=review.relationship,
        side=side,
        owner=action.owner,
        text=action.text,
        due_on=action.due_on,
        measure=action.measure,
        origin_kind=Commitment.Origin.REVIEW,
        origin_id=review.pk,
    )
    # Both sides wrote it; it is kept with the one that promises.
    organisation = getattr(review.relationship, side.value)
    by = Standing(action.proposed_by, organisation, role="")
    return commitments.commit(by=by, said=said)


def _proposing(review: HealthReview) -> HealthReview:
    """The review, locked, while its actions may still change."""
    row = held(review)
    if row.state == State.AGREED:
        raise RuleError(_("Both sides agreed: each action is a promise by now."))
    if row.state not in PROPOSING:
        raise RuleError(_("This review takes no actions now."))
    return row


def _take_back(review: HealthReview) -> None:
    """What was asked no longer is: neither link nor answer counts any more."""
    asked = asked_about_actions(review).exclude(version=0)
    asked.update(version=0, updated_at=timezone.now())


def check_day(due_on: date) -> None:
    """Raises RuleError for a day that is over."""
    if due_on < timezone.localdate():
        raise RuleError(_("An action is due on a day ahead."), field="due_on")


def _check(
    review: HealthReview, proposal: Proposal, apart_from: ReviewAction | None = None
) -> None:
    for field, words in {
        "text": _("Say what will be done."),
        "measure": _("Say how both sides will see that it is done."),
    }.items():
        if not getattr(proposal, field).strip():
            raise RuleError(words, field=field)
    assert review.instrument is not None  # noqa: S101 - a constraint says so
    if proposal.dimension not in content_of(review.instrument).weights:
        raise RuleError(_("Choose the topic it is about."), field="dimension")
    check_day(proposal.due_on)
    if not _speaks(review, proposal.side, proposal.owner):
        words = _("%(name)s does not speak for that side.")
        raise RuleError(words % {"name": proposal.owner.name}, field="owner")
    _check_alone(review, proposal, apart_from)


def _check_alone(
    review: HealthReview, proposal: Proposal, apart_from: ReviewAction | None
) -> None:
    """A promise is told from another by these: two alike would become one."""
    same = ReviewAction.objects.filter(
        review=review, text=proposal.text, owner=proposal.owner, due_on=proposal.due_on
    )
    if any(row != apart_from for row in same):
        raise RuleError(_("This action stands there already."), field="text")
