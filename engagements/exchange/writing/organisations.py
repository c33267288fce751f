"""Organisations of a file: new ones, and what it adds to known ones."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from engagements import search
from engagements.exchange.matching import PlannedOrganisation
from engagements.exchange.writing.act import Act, save_all
from engagements.models import (
    Change,
    Organisation,
    OrganisationAlias,
    OrganisationIdentifier,
    SearchEntry,
)


def write_organisations(planned: list[PlannedOrganisation], act: Act) -> None:
    """Write the organisations with their names, numbers and history."""
    new = [_organisation(one, act) for one in planned if one.known is None]
    save_all(Organisation, new)
    changed = [one for one in planned if one.outcome != "unchanged"]
    save_all(
        OrganisationIdentifier,
        (
            OrganisationIdentifier(
                organisation_id=one.pk, keeper=act.own, scheme=scheme, value=value
            )
            for one in changed
            for scheme, value in one.numbers
        ),
    )
    save_all(
        OrganisationAlias,
        (
            OrganisationAlias(
                organisation_id=one.pk, name=name, name_key=search.name_key(name)
            )
            for one in changed
            for name in one.aliases
        ),
    )
    for one in changed:
        if one.known and one.facts:
            Organisation.objects.filter(pk=one.pk).update(
                **one.facts, updated_at=timezone.now()
            )
    save_all(Change, (_organisation_change(one, act) for one in changed))
    search.index_many(_findable(one, act) for one in changed)


def _organisation(one: PlannedOrganisation, act: Act) -> Organisation:
    """Kept by the organisation that brings it in, in its zone and currency."""
    return Organisation(
        pk=one.pk,
        name=one.name,
        name_key=search.name_key(one.name),
        kept_by=act.own,
        demo=act.own.demo,
        time_zone=act.own.time_zone,
        reporting_currency=act.own.reporting_currency,
        change_set=act.change_set,
        **one.facts,
    )


def _organisation_change(one: PlannedOrganisation, act: Act) -> Change:
    fields: dict[str, Any] = {name: [None, value] for name, value in one.facts.items()}
    if one.known is None:
        fields["name"] = [None, one.name]
    if one.numbers:
        fields["number"] = [None, ", ".join(" ".join(pair) for pair in one.numbers)]
    if one.aliases:
        fields["also known as"] = [None, "; ".join(one.aliases)]
    return act.change("organisation", one.pk, fields)


def _findable(one: PlannedOrganisation, act: Act) -> search.Findable:
    known = one.known
    facts = {**(known.facts if known else {}), **one.facts}
    numbers = {*one.numbers, *(known.numbers if known else ())}
    names = {*one.aliases, *(known.spellings if known else ())}
    row = Organisation(pk=one.pk)
    return search.Findable(
        row,
        SearchEntry.Kind.ORGANISATION,
        one.name,
        facts.get("locality") or facts.get("country") or "",
        (facts.get("legal_name", ""), *names, *(value for _scheme, value in numbers)),
        organisation=row,
    )
