"""What the composer shows: its form, who could have taken part, what was begun."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, cast

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.models import User
from engagements.interactions.forms import CHOICES, EntryForm
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


def posted(*, by: Standing, own: RelationshipSide, data: QueryDict) -> EntryForm:
    """What was sent: the team is read only if somebody of it is named."""
    return _form(by, own, lambda: current_team(own), data=data)


def composer(
    *,
    by: Standing,
    own: RelationshipSide,
    team: Sequence[TeamRole],
    form: EntryForm | None = None,
    initial: dict[str, Any] | None = None,
    elsewhere: bool = False,
) -> dict[str, Any]:
    """The context of the composer's template: one query, for the draft.

    `form`: one that was sent and is shown again, its words kept; `elsewhere`: not on
    the relationship's own page, so that it says with whom.
    """
    draft = None
    if form is None:
        own_drafts = Draft.objects.filter(user=by.contact.user_id)
        draft = own_drafts.filter(relationship=own.relationship_id).first()
        first = _first(own, draft, initial or {})
        form = _form(by, own, lambda: team, initial=first)
    return {
        "template": TEMPLATE,
        "form": form,
        "own": own,
        "other_name": other_name(own),
        "kinds": kinds(),
        "kind": form["kind"].value() or "call",
        "people": _people(form),
        # Looked up once: a template asks a form for its fields anew each time.
        "values": {name: form[name].value() for name in form.fields},
        "wrong": {name: name in form.errors for name in form.fields},
        "topics": _options("topic", form["topic"].value()),
        "tones": _options("tone", form["tone"].value()),
        "draft": draft,
        "elsewhere": elsewhere,
    }


def other_name(own: RelationshipSide) -> str:
    """The organisation across the table."""
    relationship = own.relationship
    client = own.side == "client"
    return (relationship.supplier if client else relationship.client).name


def _form(
    by: Standing,
    own: RelationshipSide,
    team: Callable[[], Sequence[TeamRole]],
    **given: Any,
) -> EntryForm:
    def choices() -> list[tuple[Contact, str]]:
        return [row for row in people_of(own, team()) if row[0].pk != by.contact.pk]

    # Who acts for an organisation has a sign-in.
    user = cast("User", by.contact.user)
    return EntryForm(
        given.pop("data", None), own=own, user=user, choices=choices, **given
    )


def _first(
    own: RelationshipSide, draft: Draft | None, initial: dict[str, Any]
) -> dict[str, Any]:
    """What an empty composer begins with: the draft, else whom one spoke to last."""
    first = {"kind": "call", "submit_key": uuid.uuid4(), **initial}
    if draft:
        first |= draft.payload
    elif own.last_contact_with_id:
        first.setdefault("people", [str(own.last_contact_with_id)])
    return first


def _options(field: str, chosen: object) -> SafeString:
    """What a list to choose from holds; the form's own choices never change."""
    known = {str(value) for value, _words in CHOICES[field]}
    marked = str(chosen) if str(chosen) in known else None
    return _written(field, marked, get_language() or "")


@lru_cache(64)
def _written(field: str, chosen: str | None, _language: str) -> SafeString:
    return format_html_join(
        "",
        '<option value="{}"{}>{}</option>',
        (
            (value, SafeString(" selected") if str(value) == chosen else "", words)
            for value, words in CHOICES[field]
        ),
    )


def _people(form: EntryForm) -> list[Person]:
    chosen = {str(pk) for pk in form["people"].value() or []}
    return [
        Person(pk, person.name, side, pk in chosen)
        for pk, (person, side) in form.sides.items()
    ]
