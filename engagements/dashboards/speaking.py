"""Whom a question to a side concerns on Home, as conditions on the rows of sides."""

from __future__ import annotations

from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from engagements.models import (
    Contact,
    Membership,
    Side,
    Standing,
    TeamRole,
    still_there,
    unreachable,
)

_Role = TeamRole.Role


def speaks(standing: Standing, today: date, path: str = "") -> Q:
    """The side is the person's to speak for: its owner, or an interface person."""
    roles = _roles(today, path).filter(contact=standing.contact, role=_Role.INTERFACE)
    return Q(**{f"{path}owner": standing.contact}) | Q(Exists(roles))


def told(standing: Standing, today: date, path: str = "") -> Q:
    """The same, and whoever is mailed where no interface person signs in: the sponsor,
    without one the administrators (`People.coordinators` of the reminders)."""
    roles = _roles(today, path)
    acting = roles.filter(contact__in=_acting(standing))
    nobody = Q(~Exists(acting.filter(role=_Role.INTERFACE)))
    mine = Q(Exists(roles.filter(role=_Role.SPONSOR, contact=standing.contact)))
    rule = speaks(standing, today, path) | (nobody & mine)
    if standing.administers:
        rule |= nobody & Q(~Exists(acting.filter(role=_Role.SPONSOR)))
    return rule


def asked_or_told(standing: Standing, today: date, who: str, at: str = "") -> Q:
    """Who was asked; once they are not there any more, whoever is told for that side.
    `at` leads to what has the relationship, of which the own side is found."""
    left = unreachable(f"{who}__") & told(standing, today, f"{at}relationship__sides__")
    return Q(**{who: standing.contact}) | left


def answers_idea(standing: Standing, today: date) -> Q:
    """Of an idea: who was asked; once they have left, whoever is told for that side."""
    path = "relationship__sides__"
    sides = Q()
    for side in Side:
        sides |= Q(**{"side": side, f"{path}side": side.other})
    left = unreachable("asked__") & sides & told(standing, today, path)
    return Q(asked=standing.contact) | left


def _roles(today: date, path: str) -> QuerySet[TeamRole]:
    return TeamRole.objects.current(today).filter(
        relationship=OuterRef(f"{path}relationship"), side=OuterRef(f"{path}side")
    )


def _acting(standing: Standing) -> QuerySet:
    here = Contact.objects.filter(still_there(), user__is_active=True)
    rows = Membership.objects.active().filter(
        organisation=standing.organisation, contact__in=here.values("pk")
    )
    return rows.order_by().values("contact")
