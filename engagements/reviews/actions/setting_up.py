"""A person of one side sets a review up: form, people by side, facilitator, days.

Each side's people are named by that side; the other can neither choose nor refuse them.
Nothing is asked of anybody before both coordinators have confirmed.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from engagements.errors import RuleError
from engagements.history import differences, record_change
from engagements.models import (
    Contact,
    Contract,
    HealthReview,
    InstrumentVersion,
    Rater,
    Relationship,
    ReviewTransition,
    Side,
    Standing,
    TeamRole,
    Visibility,
)
from engagements.parties.calendars import joint_calendar
from engagements.reviews import mails
from engagements.reviews.actions.moving import being_set_up, held, move
from engagements.reviews.actions.planning import plan_reviews
from engagements.reviews.actions.scheduling import DAYS, ask_again
from engagements.reviews.calendar import APART, wave_of
from engagements.reviews.instrument.library import supplied
from engagements.reviews.seats import usual_people
from engagements.wording import long_day

State, Form, Mode = HealthReview.State, HealthReview.Form, HealthReview.Mode


@transaction.atomic
def begin(
    *,
    by: Standing,
    relationship: Relationship,
    side: Side,
    form: str,
    opens_on: date,
    instrument: InstrumentVersion | None = None,
    mirror: bool = False,
) -> HealthReview:
    """Begin to set a review up, with the people of last time or of the team.

    The line of the calendar that opens near that day becomes this review; the same
    asked for twice is one. Raises RuleError where another is under way, where the
    relationship is not active, or for a day on which not both sides work.
    """
    relationship = _held(relationship)
    running = _running(relationship)
    if running is not None:
        return _the_same(running, by, form, opens_on)
    _refuse_inactive(relationship)
    days = _days(relationship, form, opens_on)
    review = _line(relationship, opens_on, days["closes_on"])
    values: dict[str, Any] = {
        "form": form,
        "mode": Mode.NAMED if form == Form.CHECK_IN else Mode.CONFIDENTIAL,
        "instrument": _allowed(instrument or supplied(), by),
        "mirror": mirror and form == Form.FULL,
        "set_up_at": timezone.now(),
        "owner": by.contact,
        "owner_side": side,
        **days,
    }
    for name, value in values.items():
        setattr(review, name, value)
    review.save()
    Rater.objects.bulk_create(usual_people(review))
    ReviewTransition.objects.create(review=review, to_state=State.DRAFT, by=by.contact)
    plan_reviews([relationship.pk], timezone.localdate())
    return review


def _held(relationship: Relationship) -> Relationship:
    """Held before its reviews: its calendar is planned anew in the same transaction."""
    rows = Relationship.objects.select_for_update(no_key=True, of=("self",))
    return rows.select_related("client", "supplier").get(pk=relationship.pk)


def _running(relationship: Relationship) -> HealthReview | None:
    rows = HealthReview.objects.filter(relationship=relationship)
    begun = rows.filter(state=State.DRAFT, set_up_at__isnull=False)
    return (begun | rows.running()).first()


def _the_same(
    running: HealthReview, by: Standing, form: str, opens_on: date
) -> HealthReview:
    """A double click finds what the first one made; anything else is refused."""
    asked = (State.DRAFT, by.contact.pk, form, opens_on)
    if (running.state, running.owner_id, running.form, running.opens_on) == asked:
        return running
    raise RuleError(_("A review of this relationship is already under way."))


def _refuse_inactive(relationship: Relationship) -> None:
    if relationship.archived_at is not None:
        raise RuleError(_("This relationship is archived."))
    if relationship.proposed_to:
        raise RuleError(_("The other side has not accepted this relationship yet."))
    live = Contract.objects.live().filter(relationship=relationship)
    if relationship.marked_active_at is None and not live.exists():
        raise RuleError(
            _("This relationship has no live contract and is not marked active.")
        )


def _line(relationship: Relationship, opens_on: date, closes_on: date) -> HealthReview:
    """What the calendar has planned near those days; else a line begun by hand.

    A slot shortly after another wave closes would be left out in any case.
    """
    planned = HealthReview.objects.planned().filter(
        relationship=relationship,
        opens_on__gt=opens_on - APART,
        opens_on__lt=closes_on + APART,
    )
    return planned.select_for_update(no_key=True).first() or HealthReview(
        relationship=relationship,
        slot_on=_free_slot(relationship, opens_on),
        cause=HealthReview.Cause.BY_HAND,
    )


def _allowed(instrument: InstrumentVersion, by: Standing) -> InstrumentVersion:
    own = Q(organisation=None) | Q(organisation=by.organisation)
    known = InstrumentVersion.objects.published().filter(own, pk=instrument.pk)
    if not known.exists():
        raise RuleError(_("Choose a published question set."), field="instrument")
    return instrument


def _days(relationship: Relationship, form: str, opens_on: date) -> dict[str, date]:
    both = joint_calendar(relationship.client, relationship.supplier)
    if opens_on < timezone.localdate():
        raise RuleError(
            _("%(day)s has passed. Choose today or later.")
            % {"day": long_day(opens_on)},
            field="opens_on",
        )
    if not both.works(opens_on):
        raise RuleError(
            _("Not both sides work on %(day)s. The next day they do is %(next)s.")
            % {
                "day": long_day(opens_on),
                "next": long_day(both.on_or_after(opens_on)),
            },
            field="opens_on",
        )
    wave = wave_of(opens_on, form, both)
    return {name: getattr(wave, name) for name in DAYS}


def _free_slot(relationship: Relationship, day: date) -> date:
    """A slot no other wave has: one called off may have taken the day. An earlier one
    takes none of those the calendar comes to."""
    taken = set(
        HealthReview.objects.filter(relationship=relationship).values_list(
            "slot_on", flat=True
        )
    )
    while day in taken:
        day = day.fromordinal(day.toordinal() - 1)
    return day


@transaction.atomic
def change(
    *,
    by: Standing,
    review: HealthReview,
    opens_on: date,
    mode: str,
    instrument: InstrumentVersion,
    mirror: bool,
) -> HealthReview:
    """Change when and how it is asked; both sides are asked to confirm again."""
    relationship = _held(review.relationship)
    row = being_set_up(review)
    if row.form == Form.CHECK_IN and mode != Mode.NAMED:
        raise RuleError(_("A check-in is named, by everybody's consent."), field="mode")
    if instrument.pk != row.instrument_id:
        _allowed(instrument, by)
    values: dict[str, Any] = {
        "mode": mode,
        "instrument": instrument,
        "mirror": mirror and row.form == Form.FULL,
        **_days(row.relationship, row.form, opens_on),
    }
    changed = differences(row, values)
    if not changed:
        return row
    for name in changed:
        setattr(row, name, values[name])
    row.save(update_fields=[*changed, "updated_at"])
    record_change(
        row, changed, by=by, relationship=relationship, visibility=Visibility.SHARED
    )
    ask_again(review=row)
    plan_reviews([relationship.pk], timezone.localdate())
    return row


@transaction.atomic
def set_people(
    *, by: Standing, review: HealthReview, side: Side, people: Mapping[Contact, str]
) -> int:
    """Name one side's people and their role groups; returns how many are asked.

    Raises RuleError for somebody of another organisation, without an address, or who
    facilitates.
    """
    row = being_set_up(review)
    place = getattr(row.relationship, f"{side.value}_id")
    for contact, group in people.items():
        _check_person(row, place, side, contact)
        if group not in Rater.Group.values:
            raise RuleError(_("Choose a group for %(name)s.") % {"name": contact.name})
    before = {(seat.contact_id, seat.group) for seat in row.raters.filter(side=side)}
    after = {(contact.pk, group) for contact, group in people.items()}
    if before == after:
        return len(after)
    row.raters.filter(side=side).delete()
    Rater.objects.bulk_create(
        Rater(review=row, side=side, contact=contact, group=group)
        for contact, group in people.items()
    )
    ask_again(review=row)
    return len(after)


def _check_person(
    review: HealthReview, place: UUID, side: Side, contact: Contact
) -> None:
    name = {"name": contact.name}
    speaks = TeamRole.objects.current().filter(
        relationship=review.relationship, side=side, contact=contact
    )
    if contact.organisation_id != place and not speaks.exists():
        raise RuleError(_("%(name)s does not belong to this side.") % name)
    if not contact.email:
        raise RuleError(
            _("%(name)s has no e-mail address; the link has to reach somebody.") % name
        )
    if not contact.is_present:
        raise RuleError(_("%(name)s has left.") % name)
    if contact.pk == review.facilitator_id:
        raise RuleError(_("%(name)s facilitates and cannot be asked.") % name)
    if review.raters.filter(side=side.other, contact=contact).exists():
        raise RuleError(_("%(name)s is asked on the other side already.") % name)


@transaction.atomic
def cancel(*, by: Standing, review: HealthReview, reason: str) -> HealthReview:
    """Call a review off before it has opened."""
    relationship = _held(review.relationship)
    row = held(review)
    if row.opened_at is not None:
        raise RuleError(
            _("The review is open: both coordinators have to agree to cancel it.")
        )
    also = {"cancelled_reason": reason.strip()}
    row = move(review=row, to=State.CANCELLED, by=by.contact, reason=reason, also=also)
    mails.owe_called_off(row)
    plan_reviews([relationship.pk], timezone.localdate())
    return row
