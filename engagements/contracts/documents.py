"""Files of a contract: taken in after a check, given out after another."""

from __future__ import annotations

import hashlib
from pathlib import PurePath

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from engagements import history
from engagements.contracts.uploads import content_type
from engagements.models import Contract, ContractDocument, Standing, Visibility

_CHUNK = 1024 * 1024


def add_document(
    *, by: Standing, contract: Contract, file: UploadedFile, shared: bool
) -> ContractDocument:
    """Keep a file. Raises RuleError for one that may not come in.

    Checked and hashed before the transaction begins: nothing waits for a disk.
    """
    name = PurePath(str(file.name).replace("\\", "/")).name[:200]
    kind = content_type(name, file.size or 0, file)
    digest = hashlib.sha256()
    file.seek(0)
    while chunk := file.read(_CHUNK):
        digest.update(chunk)
    file.seek(0)
    document = ContractDocument(
        contract=contract,
        relationship=contract.relationship,
        organisation=by.organisation,
        visibility=Visibility.SHARED if shared else Visibility.INTERNAL,
        name=name,
        content_type=kind,
        size=file.size or 0,
        sha256=digest.hexdigest(),
        added_by=by.contact,
    )
    document.file.save(name, file, save=False)
    return _kept(document, by)


@transaction.atomic
def _kept(document: ContractDocument, by: Standing) -> ContractDocument:
    document.save(force_insert=True)
    history.record_change(
        document.contract,
        {"document": [None, document.name]},
        by=by,
        relationship=document.relationship,
        visibility=document.visibility,
    )
    return document


@transaction.atomic
def archive_document(*, by: Standing, document: ContractDocument) -> None:
    """Take a file out of sight; it is not deleted."""
    document.archived_at = timezone.now()
    document.save(update_fields=["archived_at", "updated_at"])
    history.record_change(
        document.contract,
        {"document": [document.name, None]},
        by=by,
        relationship=document.relationship,
        visibility=document.visibility,
    )
