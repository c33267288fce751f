"""Bringing in, changing and archiving organisations."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from engagements import search
from engagements.errors import RuleError
from engagements.history import differences, record_change
from engagements.models import (
    ChangeSet,
    JointIssue,
    Organisation,
    Relationship,
    RelationshipSide,
    SearchEntry,
    Standing,
)
from engagements.parties import queries
from engagements.parties.actions.facts import add_alias, add_identifier


@transaction.atomic
def create_organisation(
    *,
    by: Standing,
    name: str,
    identifiers: Iterable[tuple[str, str]] = (),
    aliases: Iterable[str] = (),
    change_set: ChangeSet | None = None,
    **facts: Any,
) -> Organisation:
    """Bring an organisation in; the person's own keeps it until it is claimed.

    `facts` are columns of the organisation; zone and currency start as the keeper's.
    Raises RuleError for a registration number that is already taken.
    """
    keeper = by.organisation
    given = {key: value for key, value in facts.items() if value not in ("", None)}
    organisation = Organisation.objects.create(
        name=_stripped(name),
        name_key=search.name_key(name),
        kept_by=keeper,
        demo=keeper.demo,
        change_set=change_set,
        **{
            "time_zone": keeper.time_zone,
            "reporting_currency": keeper.reporting_currency,
            **given,
        },
    )
    for scheme, value in identifiers:
        add_identifier(by=by, organisation=organisation, scheme=scheme, value=value)
    for alias in aliases:
        add_alias(by=by, organisation=organisation, name=alias)
    index_organisation(organisation)
    return organisation


@transaction.atomic
def change_organisation(
    *, by: Standing, organisation: Organisation, reason: str = "", **facts: Any
) -> Organisation:
    """Correct what is known of an organisation; a new name is found at once."""
    organisation = _locked(organisation)
    if facts.get("parent"):
        _refuse_cycle(organisation, facts["parent"])
    if "name" in facts:
        facts["name"] = _stripped(facts["name"])
    changed = differences(organisation, facts)
    if not changed:
        return organisation
    for field in changed:
        setattr(organisation, field, facts[field])
    organisation.name_key = search.name_key(organisation.name)
    organisation.save(update_fields=[*changed, "name_key", "updated_at"])
    record_change(organisation, changed, by=by, reason=reason)
    index_organisation(organisation)
    if "name" in changed:
        _name_across_the_table(organisation)
        _find_by_new_name(organisation)
    return organisation


@transaction.atomic
def archive_organisation(
    *, by: Standing, organisation: Organisation, reason: str = ""
) -> Organisation:
    """Put an organisation away. Raises RuleError while something needs it."""
    organisation = _locked(organisation)
    standing_in_the_way = queries.in_the_way_of_archiving(organisation)
    if standing_in_the_way:
        raise RuleError(" ".join(standing_in_the_way))
    return _set_archived(organisation, timezone.now(), by, reason)


@transaction.atomic
def restore_organisation(
    *, by: Standing, organisation: Organisation, reason: str = ""
) -> Organisation:
    """Take an archived organisation back into the lists."""
    return _set_archived(_locked(organisation), None, by, reason)


def index_organisation(organisation: Organisation) -> None:
    """Make an organisation findable by all its names and numbers."""
    if organisation.archived_at:
        search.forget(organisation)
        return
    numbers = organisation.identifiers.values_list("value", flat=True)
    names = organisation.aliases.values_list("name", flat=True)
    search.index(
        organisation,
        kind=SearchEntry.Kind.ORGANISATION,
        label=organisation.name,
        detail=organisation.locality or organisation.country,
        also=[organisation.legal_name, *names, *numbers],
        organisation=organisation,
    )


def _locked(organisation: Organisation) -> Organisation:
    locked = Organisation.objects.select_for_update(no_key=True)
    return locked.get(pk=organisation.pk)


def _stripped(name: str) -> str:
    name = " ".join(name.split())
    if not name:
        raise RuleError(_("Enter the organisation's name."), field="name")
    return name


def _refuse_cycle(organisation: Organisation, parent: Organisation) -> None:
    """Walk up from the new parent; meeting the organisation itself is a circle."""
    above: Organisation | None = parent
    seen = set()
    while above is not None and above.pk not in seen:
        if above.pk == organisation.pk:
            raise RuleError(
                _("%(parent)s is already part of %(name)s.")
                % {"parent": parent.name, "name": organisation.name},
                field="parent",
            )
        seen.add(above.pk)
        above = above.parent


def _set_archived(
    organisation: Organisation, moment: Any, by: Standing, reason: str
) -> Organisation:
    changed = differences(organisation, {"archived_at": moment})
    organisation.archived_at = moment
    organisation.save(update_fields=["archived_at", "updated_at"])
    record_change(organisation, changed, by=by, reason=reason)
    index_organisation(organisation)
    return organisation


def _name_across_the_table(organisation: Organisation) -> None:
    met = RelationshipSide.objects.filter(
        relationship__sides__organisation=organisation
    )
    theirs = met.exclude(organisation=organisation).order_by()
    RelationshipSide.objects.filter(pk__in=theirs.values("pk")).update(
        counterpart=organisation.name
    )


def _find_by_new_name(organisation: Organisation) -> None:
    related = Relationship.objects.select_related("client", "supplier").order_by()
    rows = related.filter(Q(client=organisation) | Q(supplier=organisation))
    search.index_relationships(rows)
    issues = JointIssue.objects.filter(relationship__in=rows.values("pk")).order_by()
    search.index_issues(
        issues.select_related("relationship__client", "relationship__supplier")
    )
