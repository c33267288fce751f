"""Keeping versions of the instrument: copy, publish, withdraw.

A version is edited as a draft. What was published never changes: whoever wants other
words copies it. What a draft's parts may become is in `drafting`.
"""

from __future__ import annotations

import re

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from engagements.errors import RuleError
from engagements.history import record_change
from engagements.models import InstrumentVersion, Organisation, Standing
from engagements.reviews.instrument import editing
from engagements.reviews.instrument.content import ENGLISH
from engagements.reviews.instrument.words import languages_of, missing_in

_NUMBER = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,19}")
_NAMED = 4


@transaction.atomic
def copy_version(
    *, by: Standing, version: InstrumentVersion, number: str, name: str
) -> InstrumentVersion:
    """A draft of the own organisation with everything of a published version.

    Raises RuleError for a draft, whose statements may still change under the copy, for
    a number that is none or taken, and for no name.
    """
    if version.is_draft:
        raise RuleError(_("A draft is not copied. Publish it first."))
    _one_at_a_time(by)
    number, name = number.strip(), " ".join(name.split())
    _check_number(by, version, number)
    if not name:
        raise RuleError(_("Enter a name."), field="name")
    made = InstrumentVersion.objects.create(
        organisation=by.organisation,
        key=version.key,
        version=number,
        content=editing.copied(version.content, version=number, title=name),
        method=version.method,
        copied_from=version,
        written_by=by.contact,
    )
    record_change(made, {"copied_from": [None, str(version)]}, by=by)
    return made


@transaction.atomic
def publish(*, by: Standing, version: InstrumentVersion) -> InstrumentVersion:
    """Offer a draft to new reviews; from now on it never changes.

    Raises RuleError for what is no draft, and for a language that lacks words.
    """
    row = held_draft(version, by=by)
    for language in languages_of(row.content):
        _check_whole(language, missing_in(row.content, language))
    row.published_at = timezone.now()
    row.save(update_fields=["published_at", "updated_at"])
    record_change(row, {"published_at": [None, str(row)]}, by=by)
    return row


@transaction.atomic
def withdraw(*, by: Standing, version: InstrumentVersion) -> None:
    """Offer a version to no new review; reviews that are set up with it keep it.

    A draft, which nothing can rest on, is removed. Raises RuleError for a version that
    is not the own organisation's, or was withdrawn before.
    """
    row = _own(by, version)
    if row.is_draft:
        record_change(row, {"removed": [str(row), None]}, by=by)
        row.delete()
        return
    if row.withdrawn_at is not None:
        raise RuleError(_("This version was withdrawn before."))
    row.withdrawn_at = timezone.now()
    row.save(update_fields=["withdrawn_at", "updated_at"])
    record_change(row, {"withdrawn_at": [None, str(row)]}, by=by)


def held_draft(version: InstrumentVersion, *, by: Standing) -> InstrumentVersion:
    """A draft of the own organisation, locked.

    Raises RuleError for another organisation's, or for one that never changes.
    """
    row = _own(by, version)
    if not row.is_draft:
        words = _("%(version)s is published and does not change. Copy it instead.")
        raise RuleError(words % {"version": row})
    return row


def _own(by: Standing, version: InstrumentVersion) -> InstrumentVersion:
    _one_at_a_time(by)
    rows = InstrumentVersion.objects.select_for_update(no_key=True, of=("self",))
    row = rows.filter(pk=version.pk, organisation=by.organisation).first()
    if row is None and InstrumentVersion.objects.filter(pk=version.pk).exists():
        raise RuleError(_("This version is not your organisation's. Copy it instead."))
    if row is None:
        raise RuleError(_("Somebody removed this draft meanwhile."))
    return row


def _one_at_a_time(by: Standing) -> None:
    """Two drafts of an organisation never give one revision to two meanings."""
    Organisation.objects.select_for_update(no_key=True).get(pk=by.organisation.pk)


def _check_number(by: Standing, version: InstrumentVersion, number: str) -> None:
    if not _NUMBER.fullmatch(number):
        words = _("Enter a number such as 1.1: letters, digits, dots and dashes.")
        raise RuleError(words, field="number")
    known = InstrumentVersion.objects.kept_for(by.organisation)
    if known.filter(key=version.key, version__iexact=number).exists():
        words = _("There is a version %(number)s of %(key)s already.")
        raise RuleError(words % {"number": number, "key": version.key}, field="number")


def _check_whole(language: str, missing: list[str]) -> None:
    if not missing:
        return
    some = ", ".join(missing[:_NAMED]) + (" …" if len(missing) > _NAMED else "")
    if language == ENGLISH:
        raise RuleError(_("English words are missing: %(places)s.") % {"places": some})
    words = _("The translation “%(language)s” lacks %(count)d texts: %(places)s.")
    raise RuleError(
        words % {"language": language, "count": len(missing), "places": some}
    )
