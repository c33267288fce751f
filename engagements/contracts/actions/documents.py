"""Files of a contract: taken in after a check, shown to whom it was decided."""

from __future__ import annotations

import hashlib
from pathlib import PurePath

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from engagements.contracts.actions import keeping
from engagements.contracts.uploads import content_type
from engagements.errors import RuleError
from engagements.models import (
    Contract,
    ContractDocument,
    Standing,
    TimelineEntry,
    Visibility,
)

_CHUNK = 1024 * 1024


def add_document(
    *, by: Standing, contract: Contract, file: UploadedFile, shared: bool
) -> ContractDocument:
    """Keep a file. Raises RuleError for one that may not come in.

    Checked and hashed before the transaction begins: nothing waits for a disk.
    """
    name = clean_name(str(file.name))
    kind = content_type(name, file.size or 0, file)
    document = ContractDocument(
        contract=contract,
        relationship=contract.relationship,
        organisation=by.organisation,
        visibility=Visibility.SHARED if shared else Visibility.INTERNAL,
        name=name,
        content_type=kind,
        size=file.size or 0,
        sha256=_hashed(file),
        added_by=by.contact,
    )
    _check_new(document)
    document.file.save(name, file, save=False)
    try:
        return _keep(document, by)
    except Exception:
        # Nothing names the file: it must not stay behind.
        document.file.delete(save=False)
        raise


def clean_name(typed: str) -> str:
    """The last part of a name, without what a header or a disk could trip over."""
    last = PurePath(typed.replace("\\", "/")).name
    plain = "".join(mark for mark in last if mark.isprintable()).strip()
    stem, dot, ending = plain.rpartition(".")
    return f"{stem[:180]}{dot}{ending[:16]}"


def _hashed(file: UploadedFile) -> str:
    digest = hashlib.sha256()
    file.seek(0)
    while chunk := file.read(_CHUNK):
        digest.update(chunk)
    file.seek(0)
    return digest.hexdigest()


def _check_new(document: ContractDocument) -> None:
    same = ContractDocument.objects.filter(
        contract=document.contract,
        organisation=document.organisation,
        sha256=document.sha256,
        archived_at=None,
    )
    if same.exists():
        words = _("“%(name)s” is already kept here.") % {"name": document.name}
        raise RuleError(words, field="file")


@transaction.atomic
def _keep(document: ContractDocument, by: Standing) -> ContractDocument:
    contract = keeping.hold(document.contract)
    document.save(force_insert=True)
    _trace(document, contract, {"document": [None, document.name]}, by=by)
    words = _("Document added, %(name)s") % {"name": document.name}
    keeping.tell(
        contract,
        words,
        by=by,
        mark="document",
        once=document,
        visibility=document.visibility,
    )
    return document


@transaction.atomic
def show_document(*, by: Standing, document: ContractDocument, shared: bool) -> None:
    """Show a file to both sides, or to the own organisation only."""
    contract = keeping.hold(document.contract)
    row = ContractDocument.objects.get(pk=document.pk)
    wanted = Visibility.SHARED if shared else Visibility.INTERNAL
    if row.archived_at or row.visibility == wanted:
        return
    row.visibility = wanted
    row.save(update_fields=["visibility", "updated_at"])
    seen = [_("only %(name)s") % {"name": by.organisation.name}, _("both sides")]
    before, after = seen if shared else seen[::-1]
    fields: dict[str, list[str | None]] = {
        "document": [f"{row.name}, {before}", f"{row.name}, {after}"]
    }
    # The other side is told either way: it saw the file, or sees it now.
    keeping.record(contract, fields, by=by)
    _events(row).update(visibility=wanted)


@transaction.atomic
def archive_document(*, by: Standing, document: ContractDocument) -> None:
    """Take a file out of sight; it is not deleted."""
    contract = keeping.hold(document.contract)
    row = ContractDocument.objects.get(pk=document.pk)
    if row.archived_at:
        return
    row.archived_at = timezone.now()
    row.save(update_fields=["archived_at", "updated_at"])
    _trace(row, contract, {"document": [row.name, None]}, by=by)


def _trace(
    document: ContractDocument,
    contract: Contract,
    fields: dict[str, list[str | None]],
    *,
    by: Standing,
) -> None:
    keeping.record(contract, fields, by=by, visibility=document.visibility)


def _events(document: ContractDocument):
    return TimelineEntry.objects.filter(
        kind=TimelineEntry.Kind.CONTRACT, mark="document", object_id=document.pk
    )
