"""What is known of organisations and their people; reads only."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import (
    Count,
    F,
    Func,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
)
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from engagements import search
from engagements.models import (
    Change,
    Contact,
    Contract,
    Invitation,
    Membership,
    Organisation,
    OrganisationAlias,
    OrganisationIdentifier,
    Relationship,
    TeamRole,
)
from engagements.wording import kept_words


@dataclass(frozen=True)
class Duplicate:
    """An organisation that may be the one being brought in, and why."""

    organisation: Organisation
    reason: str


def possible_duplicates(
    user: User,
    *,
    name: str,
    domain: str = "",
    identifiers: Iterable[tuple[str, str]] = (),
) -> list[Duplicate]:
    """Organisations the person sees with this name, spelling, domain or number.

    At most five; four queries.
    """
    visible = Organisation.objects.visible_to(user)
    key = search.name_key(name)
    spelt = OrganisationAlias.objects.filter(name_key=key).values("organisation")
    numbers = Q(pk=None)
    for scheme, value in identifiers:
        numbers |= Q(scheme=scheme, value=value)
    numbered = OrganisationIdentifier.objects.filter(numbers).values("organisation")
    found: dict[object, Duplicate] = {}
    for rule, reason in (
        (Q(pk__in=numbered), _("same registration number")),
        (Q(name_key=key), _("same name")),
        (Q(pk__in=spelt), _("also known by this name")),
        (Q(domain__iexact=domain) if domain else None, _("same internet domain")),
    ):
        for row in visible.filter(rule).distinct()[:5] if rule is not None else []:
            found.setdefault(row.pk, Duplicate(row, reason))
    return list(found.values())[:5]


def organisations(user: User, *, text: str = "", which: str = "") -> QuerySet:
    """The organisations a person sees, with what the list says of each; one query.

    `which` is "archived" for those put away; `text` finds by the beginning of words.
    """
    archived = which == "archived"
    rows = Organisation.objects.visible_to(user).filter(
        archived_at__isnull=not archived
    )
    if text:
        rows = rows.filter(_found(text, archived))
    mine = Relationship.objects.visible_to(user).order_by()
    related = Q(client=OuterRef("pk")) | Q(supplier=OuterRef("pk"))
    people = Contact.objects.present().order_by().filter(organisation=OuterRef("pk"))
    number = OrganisationIdentifier.objects.filter(organisation=OuterRef("pk"))
    return rows.annotate(
        relationship_count=_count(mine.filter(related, archived_at=None)),
        people_count=_count(people),
        number_scheme=Subquery(number.values("scheme")[:1]),
        number_value=Subquery(number.values("value")[:1]),
    )


def in_the_way_of_archiving(organisation: Organisation) -> list[str]:
    """What still needs an organisation, each as a sentence; five queries."""
    either = Q(client=organisation) | Q(supplier=organisation)
    relationships = Relationship.objects.active().filter(either).count()
    children = organisation.children.filter(archived_at=None).count()
    people = Membership.objects.active().filter(organisation=organisation).count()
    kept = organisation.kept.filter(archived_at=None, claimed_at=None).count()
    invited = _open_invitations().filter(organisation=organisation).count()
    counted = (
        (
            relationships,
            ngettext(
                "%d relationship is not archived.",
                "%d relationships are not archived.",
                relationships,
            ),
        ),
        (
            children,
            ngettext(
                "%d organisation is part of it.",
                "%d organisations are part of it.",
                children,
            ),
        ),
        (people, ngettext("%d person signs in.", "%d people sign in.", people)),
        (
            kept,
            ngettext("It keeps %d organisation.", "It keeps %d organisations.", kept),
        ),
        (
            invited,
            ngettext("%d invitation is open.", "%d invitations are open.", invited),
        ),
    )
    return [words % count for count, words in counted if count]


def people_of(user: User, organisation: Organisation) -> QuerySet[Contact]:
    """People of an organisation that the person may see, those who left last."""
    people = Contact.objects.visible_to(user).filter(
        organisation=organisation, archived_at=None
    )
    # Whether a last day is over is asked of the clock there.
    return (
        people.select_related("organisation")
        .annotate(
            role_count=_count(
                TeamRole.objects.current().order_by().filter(contact=OuterRef("pk"))
            )
        )
        .order_by("left_on", "name")
    )


@dataclass(frozen=True)
class Member:
    """A person of the own organisation and how they sign in."""

    contact: Contact
    membership: Membership | None
    invitation: Invitation | None


def members(organisation: Organisation) -> list[Member]:
    """Everybody of an organisation, with membership or invitation; three queries."""
    people = organisation.contacts.present()
    memberships = {
        row.contact_id: row
        for row in Membership.objects.active().filter(organisation=organisation)
    }
    invitations = {
        row.contact_id: row
        for row in _open_invitations().filter(organisation=organisation)
    }
    return sorted(
        (
            Member(one, memberships.get(one.pk), invitations.get(one.pk))
            for one in people
        ),
        key=lambda member: (member.membership is None, member.invitation is None),
    )


def unsent_invitations(organisation: Organisation) -> QuerySet[Invitation]:
    """Open invitations the organisation's people made; one query."""
    return (
        _open_invitations()
        .filter(invited_by__organisation=organisation)
        .select_related("contact", "organisation", "invited_by")
    )


def with_open_claim(rows: QuerySet[Organisation]) -> QuerySet[Organisation]:
    """With the person invited to claim each and until when; null where nobody is."""
    claims = _open_invitations().filter(
        organisation=OuterRef("pk"), purpose=Invitation.Purpose.CLAIM
    )
    return rows.annotate(
        claim_name=Subquery(claims.values("contact__name")[:1]),
        claim_until=Subquery(claims.values("expires_at")[:1]),
    )


@dataclass(frozen=True)
class Offer:
    """What an invitation shows before any password."""

    relationships: list[Relationship]
    relationship_count: int
    contract_count: int


def offer(invitation: Invitation) -> Offer:
    """What a person who claims an organisation gets to see; two queries."""
    own = invitation.organisation_id
    related = Relationship.objects.active().filter(Q(client=own) | Q(supplier=own))
    rows = list(related.select_related("client", "supplier")[:200])
    contracts = Contract.objects.filter(
        relationship__in=related.order_by().values("pk")
    )
    return Offer(rows[:5], len(rows), contracts.count())


def proposals(organisation: Organisation) -> QuerySet[Relationship]:
    """Relationships that wait until this organisation accepts them; one query."""
    waiting = Q(client=organisation, proposed_to="client") | Q(
        supplier=organisation, proposed_to="supplier"
    )
    rows = Relationship.objects.active().filter(waiting)
    return rows.select_related("client", "supplier").annotate(
        contract_count=Count("contracts")
    )


@dataclass(frozen=True)
class Edit:
    """One dated edit in words: what was changed from what to what."""

    change: Change
    lines: list[tuple[str, str, str]]


def history(user: User, row: Organisation | Contact) -> list[Edit]:
    """The last twenty edits of a row that the person may see; one query."""
    changes = Change.objects.visible_to(user).of(row).select_related("by")[:20]
    return [Edit(change, _lines(row, change)) for change in changes]


def signs_in(contact: Contact) -> bool:
    """Whether the person acts for an organisation today; one query."""
    return contact.memberships.active().exists()


def _lines(row: Organisation | Contact, change: Change) -> list[tuple[str, str, str]]:
    if "archived_at" in change.fields:
        archived = change.fields["archived_at"][1] is not None
        return [(_("Archived") if archived else _("Restored"), "", "")]
    names = {field.name: field.verbose_name for field in row._meta.concrete_fields}
    roles = dict(Membership.Role.choices)
    return [
        (
            str(names.get(field, field)).capitalize(),
            str(roles.get(before, kept_words(before or ""))),
            str(roles.get(after, kept_words(after or "") or _("removed"))),
        )
        for field, (before, after) in change.fields.items()
    ]


def _found(text: str, archived: bool) -> Q:  # noqa: FBT001 - private, one caller
    """Archived organisations are not in the search; their name is compared."""
    if archived:
        return Q(name_key__contains=search.name_key(text))
    hits = search.matching(text).filter(kind="organisation").order_by()
    return Q(pk__in=hits.values("object_id"))


def _open_invitations() -> QuerySet[Invitation]:
    return Invitation.objects.filter(accepted_at=None, revoked_at=None)


def _count(rows: QuerySet) -> Subquery:
    """A number of rows as a subquery: joins would multiply each other's rows."""
    number = Func(F("pk"), function="COUNT", output_field=IntegerField())
    return Subquery(rows.annotate(_number=number).values("_number"))
