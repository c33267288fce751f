"""What the composer shows: its form, who could have taken part, what was begun."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, cast

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from accounts.models import User
from engagements.interactions.forms import EntryForm
from engagements.models import (
    Contact,
    Draft,
    Interaction,
    RelationshipSide,
    Standing,
    TeamRole,
)

TEMPLATE = "engagements/interactions/_composer.html"
ICONS = {"call": "phone", "meeting": "people", "email": "mail", "visit": "person"}


@dataclass(frozen=True)
class Person:
    """Somebody who could have taken part."""

    pk: str
    name: str
    side: str
    chosen: bool


@dataclass(frozen=True)
class Kind:
    """A kind of entry as one of the radio buttons, and the words of its button."""

    value: str
    label: str | Promise
    icon: str
    save: str | Promise


def kinds() -> list[Kind]:
    """The kinds in the order people use them."""
    save = {
        "call": _("Save call"),
        "meeting": _("Save meeting"),
        "email": _("Save email"),
        "visit": _("Save visit"),
        "note": _("Save note"),
    }
    return [
        Kind(value, label, ICONS.get(value, "note"), save[value])
        for value, label in Interaction.Kind.choices
    ]


def people_of(own: RelationshipSide, team: Sequence[TeamRole]) -> list[tuple]:
    """(person, side) of the team, each once, the other side first."""
    found: dict[object, tuple[Contact, str]] = {}
    for role in sorted(team, key=lambda role: role.side == own.side):
        found.setdefault(role.contact_id, (role.contact, role.side))
    return list(found.values())


def current_team(own: RelationshipSide) -> list[TeamRole]:
    """Who speaks for either side today: one query."""
    rows = TeamRole.objects.current().filter(relationship=own.relationship_id)
    return list(rows.select_related("contact").order_by("side", "from_on"))


def composer(
    *,
    by: Standing,
    own: RelationshipSide,
    other_name: str,
    team: Sequence[TeamRole],
    data: QueryDict | None = None,
    initial: dict[str, Any] | None = None,
    elsewhere: bool = False,
) -> dict[str, Any]:
    """The context of the composer's template: one query, for the draft.

    `elsewhere`: not on the relationship's own page, so that it says with whom.
    """
    choices = [row for row in people_of(own, team) if row[0].pk != by.contact.pk]
    # Who acts for an organisation has a sign-in.
    user = cast("User", by.contact.user)
    draft = (
        None
        if data
        else Draft.objects.filter(user=user, relationship=own.relationship_id).first()
    )
    first = {"kind": "call", "submit_key": uuid.uuid4(), **(initial or {})}
    if draft:
        first |= draft.payload
    elif own.last_contact_with_id:
        first.setdefault("people", [str(own.last_contact_with_id)])
    form = EntryForm(data, own=own, user=user, choices=choices, initial=first)
    return {
        "template": TEMPLATE,
        "form": form,
        "own": own,
        "other_name": other_name,
        "kinds": kinds(),
        "kind": form["kind"].value() or "call",
        "people": _people(form, choices),
        "draft": draft,
        "elsewhere": elsewhere,
    }


def _people(form: EntryForm, choices: list[tuple]) -> list[Person]:
    chosen = {str(pk) for pk in form["people"].value() or []}
    return [
        Person(str(person.pk), person.name, side, str(person.pk) in chosen)
        for person, side in choices
    ]
