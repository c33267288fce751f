"""Whether somebody is of neither side: what a facilitator has to be, and to stay."""

from __future__ import annotations

from collections.abc import Callable

from django.db.models import Exists, OuterRef, Q, UUIDField, Value

from engagements.models.base import Side
from engagements.models.parties import Organisation
from engagements.models.people import Contact, Membership
from engagements.models.relationships import Relationship
from engagements.models.sides import RelationshipSide
from engagements.models.team import TeamRole


def belongs_to_a_side(contact: Contact, relationship: Relationship) -> bool:
    """Whether somebody works, acts or speaks for one of the two organisations, here or
    on another relationship, as this person or as another of the same address: one
    query."""
    sides = RelationshipSide.objects.filter(relationship=relationship).order_by()
    places = Organisation.objects.order_by().filter(
        Q(pk__in=sides.values("organisation")) | Q(pk__in=sides.values("acted_by"))
    )
    same = Q(pk=contact.pk)
    if contact.email:
        same |= Q(email=contact.email)
    here = places.values("pk")
    acts = Membership.objects.active().filter(
        contact=OuterRef("pk"), organisation__in=here
    )
    speaks = (
        TeamRole.objects.current()
        .filter(contact=OuterRef("pk"))
        .filter(
            Q(side=Side.CLIENT, relationship__client__in=here)
            | Q(side=Side.SUPPLIER, relationship__supplier__in=here)
        )
    )
    people = Contact.objects.present().filter(same).order_by()
    return people.filter(
        Q(organisation__in=here) | Exists(acts) | Exists(speaks)
    ).exists()


def works_for(contact: str, email: str, organisation: str) -> Exists:
    """A condition on rows: the person they name belongs to the organisation they name.

    The same rule as above, for one organisation: works, acts or speaks for it, as this
    person or as another of the same address.
    """
    place = OuterRef(OuterRef(organisation))
    acts = Membership.objects.active().filter(
        contact=OuterRef("pk"), organisation=place
    )
    speaks = (
        TeamRole.objects.current()
        .filter(contact=OuterRef("pk"))
        .filter(
            Q(side=Side.CLIENT, relationship__client=place)
            | Q(side=Side.SUPPLIER, relationship__supplier=place)
        )
    )
    same = Q(pk=OuterRef(contact)) | (~Q(email="") & Q(email=OuterRef(email)))
    people = Contact.objects.present().filter(same).order_by()
    return Exists(
        people.filter(
            Q(organisation=OuterRef(organisation)) | Exists(acts) | Exists(speaks)
        )
    )


def signs_in_for(contact: str, address: str, organisation: str) -> Exists:
    """A condition on rows: the person they name acts for the organisation they name,
    as this person or by a sign-in of that address.

    An entry is typed by whoever keeps it; a sign-in is its own person's.
    """
    acts = Membership.objects.active().filter(organisation=OuterRef(organisation))
    same = Q(contact=OuterRef(contact))
    same |= Q(contact__user__email__iexact=OuterRef(address))
    return Exists(acts.filter(same).order_by())


def acts_for(contact: Contact, organisation: Organisation) -> bool:
    """The same asked about one person and one organisation: one query."""
    return _asked(contact, organisation, signs_in_for)


def belongs_to(contact: Contact, organisation: Organisation) -> bool:
    """The wider rule asked about one person and one organisation: one query."""
    return _asked(contact, organisation, works_for)


def _asked(
    contact: Contact,
    organisation: Organisation,
    rule: Callable[[str, str, str], Exists],
) -> bool:
    people = Contact.objects.order_by().filter(pk=contact.pk)
    asked = people.annotate(place=Value(organisation.pk, output_field=UUIDField()))
    return asked.filter(rule("pk", "email", "place")).exists()
