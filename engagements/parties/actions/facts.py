"""Small facts of an organisation: numbers, other spellings, days of its own."""

from __future__ import annotations

from datetime import date
from typing import cast

from django.db import models, transaction
from django.utils.translation import gettext as _

from engagements.errors import RuleError
from engagements.history import record_change
from engagements.models import (
    Organisation,
    OrganisationAlias,
    OrganisationDay,
    OrganisationIdentifier,
    Standing,
)
from engagements.search import name_key

Fact = OrganisationAlias | OrganisationDay | OrganisationIdentifier


@transaction.atomic
def add_identifier(
    *, by: Standing, organisation: Organisation, scheme: str, value: str
) -> OrganisationIdentifier:
    """Keep a registration number; in one keeper's books it names one organisation."""
    keeper_pk = organisation.kept_by_id or organisation.pk
    # Two people adding the same number at once must not both find it free.
    keeper = Organisation.objects.select_for_update(no_key=True).get(pk=keeper_pk)
    scheme, value = scheme.strip().upper(), "".join(value.split()).upper()
    taken = OrganisationIdentifier.objects.filter(
        keeper=keeper, scheme=scheme, value=value
    ).select_related("organisation")
    if other := taken.first():
        raise RuleError(
            _("%(name)s already has the number %(scheme)s %(value)s.")
            % {"name": other.organisation.name, "scheme": scheme, "value": value},
            field="value",
        )
    row = OrganisationIdentifier.objects.create(
        organisation=organisation, keeper=keeper, scheme=scheme, value=value
    )
    record_change(organisation, {"number": [None, str(row)]}, by=by)
    return row


@transaction.atomic
def add_alias(
    *, by: Standing, organisation: Organisation, name: str
) -> OrganisationAlias:
    """Keep another spelling of the name; the same spelling twice is kept once."""
    name = " ".join(name.split())
    row, created = OrganisationAlias.objects.get_or_create(
        organisation=organisation, name=name, defaults={"name_key": name_key(name)}
    )
    if created:
        record_change(organisation, {"also known as": [None, name]}, by=by)
    return row


@transaction.atomic
def add_day(
    *,
    by: Standing,
    organisation: Organisation,
    on: date,
    name: str,
    works: bool = False,
) -> OrganisationDay:
    """Name a day the organisation rests or works on, whatever the calendar says."""
    row, created = OrganisationDay.objects.get_or_create(
        organisation=organisation, on=on, defaults={"name": name, "works": works}
    )
    if not created:
        raise RuleError(
            _("%(day)s is already named: %(name)s.") % {"day": on, "name": row.name},
            field="on",
        )
    record_change(organisation, {"own day": [None, str(row)]}, by=by)
    return row


@transaction.atomic
def remove_fact(*, by: Standing, fact: Fact) -> None:
    """Take a number, a spelling or a day away; the history keeps what it was."""
    names = {
        OrganisationAlias: "also known as",
        OrganisationDay: "own day",
        OrganisationIdentifier: "number",
    }
    record_change(fact.organisation, {names[type(fact)]: [str(fact), None]}, by=by)
    cast("models.Model", fact).delete()
