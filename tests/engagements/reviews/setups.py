"""Reviews that are being set up, the way people set them up; seen from a pair."""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from engagements.models import HealthReview, OrganisationDay, ReviewConfirmation, Side
from engagements.reviews.actions import (
    confirming,
    facilitating,
    scheduling,
    setting_up,
)
from tests.factories import ContactFactory, TeamRoleFactory

NOW = "2026-11-23 09:00Z"
TODAY, OPENS = date(2026, 11, 23), date(2026, 11, 30)
FULL, PULSE, CHECK_IN = (form.value for form in HealthReview.Form)


def staffed(pair, roles=("sponsor", "delivery", "commercial")):
    """Both sides have a team beside their interface person; the work goes on."""
    pair.relationship.marked_active_at = timezone.now()
    pair.relationship.save()
    pair.relationship.sides.update(**pair.relationship.copied)
    for side in Side:
        for role in roles:
            TeamRoleFactory(relationship=pair.relationship, side=side, role=role)
    return pair


def begun(pair, form=FULL, opens_on=OPENS, **given) -> HealthReview:
    """Begun by the account manager of the test's own side."""
    return setting_up.begin(
        by=pair.by(),
        relationship=pair.relationship,
        side=pair.own,
        form=form,
        opens_on=opens_on,
        **given,
    )


def with_facilitator(pair, review, **given) -> HealthReview:
    """Somebody who belongs to neither side."""
    words = {"name": "Noor Haddad", "email": "noor@example.org", "works_for": "Third"}
    facilitating.choose_facilitator(by=pair.by(), review=review, **words | given)
    review.refresh_from_db()
    return review


def ask(pair, review, side=None) -> dict[str, ReviewConfirmation]:
    """Both coordinators are asked; the asker's own side is confirmed by that."""
    scheduling.ask_coordinators(by=pair.by(side), review=review)
    return latest(review)


def latest(review, purpose="raters") -> dict[str, ReviewConfirmation]:
    """The last question to each side."""
    rows = review.confirmations.filter(purpose=purpose).select_related("contact")
    return {row.side: row for row in rows.order_by("round")}


def confirm(review, side, *, yes=True, reason="", purpose="raters"):
    """The coordinator of a side answers what is asked last."""
    row = latest(review, purpose)[side]
    return confirming.answer(confirmation=row, yes=yes, reason=reason, by=row.contact)


def ready(pair, form=FULL, **given) -> HealthReview:
    """Nobody is asked yet, and nothing is missing."""
    review = begun(pair, form, **given)
    return with_facilitator(pair, review) if form == FULL else review


def scheduled(pair, form=FULL, **given) -> HealthReview:
    """Both have confirmed."""
    review = ready(pair, form, **given)
    ask(pair, review)
    confirm(review, pair.other)
    review.refresh_from_db()
    return review


def people_of(review, side) -> dict:
    """{person: group} of a side."""
    rows = review.raters.filter(side=side).select_related("contact")
    return {row.contact: row.group for row in rows.order_by("created_at")}


def set_count(pair, review, side, count) -> None:
    """So many people of a side, whoever they are."""
    people = dict(list(people_of(review, side).items())[:count])
    while len(people) < count:
        place = getattr(pair.relationship, side)
        people[ContactFactory(organisation=place)] = "ops"
    setting_up.set_people(
        by=pair.by(side), review=review, side=Side(side), people=people
    )


def day_off(organisation, day: date) -> None:
    """The organisation itself does not work on a day."""
    OrganisationDay.objects.create(organisation=organisation, on=day, name="Fair")
