"""A person leaves their organisation: all they are in it ends with their last day.

The last day is a day of work: until it is over where the organisation is, roles, sides,
links and the sign-in are theirs. Of a day that is over already all ends at once.
"""

from __future__ import annotations

import logging
from datetime import date

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from engagements.errors import RuleError
from engagements.history import record_change
from engagements.models import (
    Contact,
    Membership,
    Organisation,
    RelationshipSide,
    Standing,
    TeamRole,
    gone,
)
from engagements.parties.actions import end_sign_in, keep_an_administrator
from engagements.relationships.actions.team import end_role, give_back_end, pass_on

logger = logging.getLogger(__name__)


@transaction.atomic
def person_leaves(
    *, by: Standing, contact: Contact, left_on: date, sign_in_ends: bool = False
) -> Contact:
    """Keep somebody's last day: every role ends with it, and so does the sign-in.
    Until it is over, another day may be kept.

    Raises RuleError where they sign in and an administrator has not ticked that, and
    for who has left: see `correct_last_day`.
    """
    contact = _held(contact)
    before = contact.left_on
    if contact.has_left:
        raise RuleError(_("%(name)s has left.") % {"name": contact.name})
    if membership := contact.memberships.active().first():
        _refuse_unless_ends(by, membership, ticked=sign_in_ends)
    if left_on == before:
        return contact
    edited = _keep(contact, left_on)
    if membership and before is None:
        edited["sign-in"] = [membership.role, None]
    record_change(contact, edited, by=by)
    roles = TeamRole.objects.filter(contact=contact)
    held = Q(to_on=None) | Q(to_on__gt=left_on) | Q(ends_with_person=True)
    for team_role in roles.filter(held).select_related("relationship", "contact"):
        _end_with(left_on, team_role, by)
    _let_go(contact)
    return contact


def _end_with(left_on: date, team_role: TeamRole, by: Standing) -> None:
    own, day = team_role.own_end, max(left_on, team_role.from_on)
    if own is not None and own <= left_on:
        give_back_end(by=by, team_role=team_role)
    elif day != team_role.to_on or not team_role.ends_with_person:
        end_role(by=by, team_role=team_role, to_on=day, stays=True)


@transaction.atomic
def correct_last_day(
    *, by: Standing, contact: Contact, left_on: date | None
) -> Contact:
    """Of somebody who has left: it was another day, or (None) they are still there.
    Of somebody who is leaving, None: they stay after all, in their roles too.

    What ended stays ended: a role is given again, a sign-in offered again.
    """
    contact = _held(contact)
    ended = TeamRole.objects.filter(contact=contact, ends_with_person=True)
    if contact.has_left:
        ended.update(ends_with_person=False, own_end_on=None)
    elif left_on is None:
        for team_role in ended.select_related("relationship", "contact"):
            give_back_end(by=by, team_role=team_role)
    if left_on != contact.left_on:
        record_change(contact, _keep(contact, left_on), by=by)
    return contact


def _held(contact: Contact) -> Contact:
    # The organisation first, as for members: of two administrators who leave at the
    # same moment the second has to see that the first is leaving.
    Organisation.objects.select_for_update(no_key=True).get(pk=contact.organisation_id)
    rows = Contact.objects.select_for_update(no_key=True, of=("self",))
    return rows.select_related("organisation").get(pk=contact.pk)


def _keep(contact: Contact, day: date | None) -> dict[str, list[str | None]]:
    said = [one.isoformat() if one else None for one in (contact.left_on, day)]
    contact.left_on = day
    contact.save(update_fields=["left_on", "updated_at"])
    return {"left_on": said}


def _refuse_unless_ends(by: Standing, membership: Membership, *, ticked: bool) -> None:
    name = {"name": membership.contact.name}
    if not may_end_sign_in(by=by, membership=membership):
        words = _(
            "%(name)s still signs in. An administrator keeps the last day, and ends "
            "the sign-in with it: %(people)s."
        )
        people = ", ".join(one.name for one in who_may_end(membership))
        raise RuleError(words % (name | {"people": people}))
    if not ticked:
        words = _("%(name)s still signs in. Tick that the sign-in ends as well.")
        raise RuleError(words % name, field="sign_in_ends")
    keep_an_administrator(membership)


def may_end_sign_in(*, by: Standing, membership: Membership) -> bool:
    """An administrator of the organisation the person acts for."""
    return by.administers and by.organisation.pk == membership.organisation_id


def who_may_end(membership: Membership) -> list[Contact]:
    """Whose hand ends somebody's sign-in: the administrators, but for that one."""
    acting = Membership.objects.active().filter(
        organisation=membership.organisation_id, role=Membership.Role.ADMINISTRATOR
    )
    rows = acting.exclude(pk=membership.pk).select_related("contact")
    return [row.contact for row in rows]


def let_go() -> int:
    """By the clock: of everybody whose last day is over by now, the sign-in ends and
    the sides they owned pass on. Two queries while there is nobody."""
    leaving = Membership.objects.active().filter(gone("contact__"))
    owners = RelationshipSide.objects.filter(gone("owner__"))
    ids = {
        *leaving.values_list("contact", flat=True),
        *owners.order_by().values_list("owner", flat=True),
    }
    done = 0
    for contact in Contact.objects.filter(pk__in=ids).order_by("pk"):
        try:
            _let_go(contact)
            done += 1
        except Exception:
            # One person must not keep everybody's reminders.
            logger.exception("Nothing ended for %s, whose last day is over", contact.pk)
    return done


@transaction.atomic
def _let_go(contact: Contact) -> None:
    if not contact.has_left:
        return
    for membership in contact.memberships.active():
        end_sign_in(membership)
    owned = RelationshipSide.objects.filter(owner=contact)
    for side in owned.select_related("relationship").order_by("pk"):
        pass_on(side)
