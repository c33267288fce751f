"""Bringing a file in: kept, previewed, committed, undone."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models.fields.files import FieldFile
from django.utils import timezone
from django.utils.translation import gettext as _

from engagements.errors import RuleError
from engagements.exchange.plan import Plan
from engagements.exchange.profiles import profile_from
from engagements.exchange.queries import Source, plan_for
from engagements.exchange.reading import Table, read_table
from engagements.exchange.reporting import remarks_to_show, report_of, sample_of
from engagements.exchange.writing import Act, write
from engagements.models import (
    ChangeSet,
    Contact,
    ImportProfile,
    ImportRun,
    Organisation,
    Side,
)

UNDO_WINDOW = timedelta(days=7)


@transaction.atomic
def keep_file(
    *,
    by: Contact | None,
    organisation: Organisation,
    name: str,
    content: bytes,
    stands_for: str,
    profile: dict[str, Any] | None = None,
    amendments: bytes = b"",
) -> ImportRun:
    """Keep what was uploaded or pasted, readable or not: nothing is lost."""
    run = ImportRun(
        organisation=organisation,
        by=by,
        name=name[:200],
        stands_for=stands_for,
        profile=profile or {},
    )
    run.file.save(name, ContentFile(content), save=False)
    if amendments:
        run.amendments_file.save(name, ContentFile(amendments), save=False)
    run.save(force_insert=True)
    return run


@transaction.atomic
def choose_reading(*, run: ImportRun, reading: dict[str, str]) -> ImportRun:
    """Say how the letters and columns of a file are told apart."""
    run = _locked(run)
    _refuse_committed(run)
    run.profile = {**run.profile, **reading}
    run.state = ImportRun.State.UPLOADED
    run.save(update_fields=["profile", "state", "updated_at"])
    return run


@transaction.atomic
def choose_columns(*, run: ImportRun, profile: dict[str, Any]) -> ImportRun:
    """Say what the columns mean, and work out what would happen.

    Raises RuleError where the profile or the file cannot be used; the import stays
    as it was.
    """
    run = _locked(run)
    _refuse_committed(run)
    chosen = profile_from(profile)
    plan = plan_for(run.organisation, source_of(run, profile))
    run.profile = profile
    run.stands_for = chosen.stands_for
    run.report = _report(plan, run.organisation.name)
    run.state = ImportRun.State.PREVIEWED
    run.save(update_fields=["profile", "stands_for", "report", "state", "updated_at"])
    return run


@transaction.atomic
def commit_import(*, by: Contact | None, run: ImportRun) -> ImportRun:
    """Write what the preview said, worked out again from the books as they are now.

    One transaction: either the whole file, less its rejected rows, or nothing.
    """
    lock_books(run.organisation)
    run = _locked(run)
    _refuse_committed(run)
    if run.state != ImportRun.State.PREVIEWED:
        raise RuleError(_("Check the columns first."))
    plan = plan_for(run.organisation, source_of(run, run.profile))
    return commit_plan(by=by, run=run, plan=plan)


def lock_books(organisation: Organisation) -> None:
    """Two imports of one organisation must not both find the same number free."""
    Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)


@transaction.atomic
def commit_plan(*, by: Contact | None, run: ImportRun, plan: Plan) -> ImportRun:
    """Write a plan that was worked out under `lock_books`, in its transaction."""
    own = run.organisation
    run.report = _report(plan, run.organisation.name)
    run.change_set = ChangeSet.objects.create(
        kind=ChangeSet.Kind.IMPORT,
        organisation=own,
        by=by,
        summary={**report_of(plan), "name": run.name},
    )
    reason = _("Imported from %(name)s") % {"name": run.name}
    write(plan, Act(own, by, run.change_set, Side(run.stands_for), reason[:500]))
    run.state = ImportRun.State.COMMITTED
    run.committed_at = timezone.now()
    run.save(
        update_fields=["report", "change_set", "state", "committed_at", "updated_at"]
    )
    return run


@transaction.atomic
def keep_profile(
    *, organisation: Organisation, name: str, signature: str, profile: dict[str, Any]
) -> ImportProfile:
    """Keep how a file's columns are read under a name; the same name is replaced."""
    row, _created = ImportProfile.objects.update_or_create(
        organisation=organisation,
        name=name[:120],
        defaults={"header_signature": signature, "profile": {**profile, "name": name}},
    )
    return row


def source_of(run: ImportRun, profile: dict[str, Any]) -> Source:
    """The files of an import, opened as its profile says. Raises RuleError."""
    chosen = profile_from(profile)
    amendments = None
    if run.amendments_file and chosen.amendments:
        amendments = _table(_content(run.amendments_file), profile)
    return Source(_table(_content(run.file), profile), chosen, amendments)


def tables_of(run: ImportRun) -> tuple[Table, Table | None]:
    """The rows of the files, before anybody said what they mean."""
    amendments = None
    if run.amendments_file:
        amendments = _table(_content(run.amendments_file), run.profile)
    return _table(_content(run.file), run.profile), amendments


def content_of(upload: UploadedFile) -> bytes:
    """Everything in an uploaded file."""
    return b"".join(upload.chunks())


def _content(file: FieldFile) -> bytes:
    with file.open("rb") as opened:
        return opened.read()


def _table(content: bytes, settings: dict[str, Any]) -> Table:
    return read_table(
        content,
        encoding=settings.get("encoding", ""),
        delimiter=settings.get("delimiter", ""),
        sheet=settings.get("sheet", ""),
    )


def _report(plan: Plan, own: str) -> dict[str, Any]:
    return {
        **report_of(plan, [timezone.localdate()]),
        "remarks": remarks_to_show(plan),
        "sample": sample_of(plan, own),
    }


def _locked(run: ImportRun) -> ImportRun:
    runs = ImportRun.objects.select_for_update(no_key=True, of=("self",))
    return runs.select_related("organisation", "change_set").get(pk=run.pk)


def _refuse_committed(run: ImportRun) -> None:
    if run.state in {ImportRun.State.COMMITTED, ImportRun.State.UNDONE}:
        raise RuleError(_("This file was imported already."))
