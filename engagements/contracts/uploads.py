"""Which files may come in: by ending, by their first bytes, by what an archive holds.

Bytes in, a verdict out. A file that is refused is never written.
"""

from __future__ import annotations

import re
import zipfile
from typing import IO

from django.conf import settings
from django.utils.translation import gettext as _

from engagements.errors import RuleError

_MEGABYTE = 1024 * 1024
# An archive that unpacks to more than this, or this many times its size, is a trap.
MOST_UNPACKED = 300 * 1024 * 1024
MOST_RATIO = 200
_OFFICE = {"docx": "word/", "xlsx": "xl/", "pptx": "ppt/"}
_OPEN = "application/vnd.openxmlformats-officedocument."
TYPES = {
    "pdf": "application/pdf",
    "docx": f"{_OPEN}wordprocessingml.document",
    "xlsx": f"{_OPEN}spreadsheetml.sheet",
    "pptx": f"{_OPEN}presentationml.presentation",
    "txt": "text/plain",
    "csv": "text/csv",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
}
# Members that no text, table or set of slides needs.
_HARMFUL = re.compile(
    r"(^/|(^|[/\\])\.\.([/\\]|$)|vbaProject\.bin$|\.(exe|dll|js|vbs|bat)$)", re.I
)
# What a browser could take for a page, or a system for a program, in plain text.
_NOT_TEXT = re.compile(
    rb"\A\s*(MZ|#!|\x7fELF|<(!doctype|html|script|svg|\?xml|body))", re.I
)
_FIRST_BYTES = {
    "pdf": b"%PDF-",
    "docx": b"PK\x03\x04",
    "xlsx": b"PK\x03\x04",
    "pptx": b"PK\x03\x04",
    "png": b"\x89PNG\r\n\x1a\n",
    "jpg": b"\xff\xd8\xff",
    "jpeg": b"\xff\xd8\xff",
}


def content_type(name: str, size: int, file: IO[bytes]) -> str:
    """The content type of a file that may come in. Raises RuleError for others."""
    ending = name.rpartition(".")[2].lower()
    if ending not in TYPES:
        words = _("“%(name)s” is not a kind of file we keep. Try PDF or Word.")
        raise RuleError(words % {"name": name[:80]}, field="file")
    if size > settings.MOST_DOCUMENT_BYTES:
        words = _("The file is larger than %(most)d MB.")
        most = settings.MOST_DOCUMENT_BYTES // _MEGABYTE
        raise RuleError(words % {"most": most}, field="file")
    if size == 0:
        raise RuleError(_("The file is empty."), field="file")
    if not _is_what_it_says(ending, file):
        words = _("“%(name)s” does not hold what its ending says.")
        raise RuleError(words % {"name": name[:80]}, field="file")
    return TYPES[ending]


def _is_what_it_says(ending: str, file: IO[bytes]) -> bool:
    file.seek(0)
    head = file.read(4_096)
    if ending in {"txt", "csv"}:
        return b"\x00" not in head and not _NOT_TEXT.match(head)
    if not head.startswith(_FIRST_BYTES[ending]):
        return False
    return ending not in _OFFICE or _is_office(_OFFICE[ending], file)


def _is_office(folder: str, file: IO[bytes]) -> bool:
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError):
        return False
    unpacked = sum(member.file_size for member in members)
    packed = sum(member.compress_size for member in members) or 1
    names = [member.filename for member in members]
    return (
        unpacked <= MOST_UNPACKED
        and unpacked / packed <= MOST_RATIO
        and any(name.startswith(folder) for name in names)
        and not any(_HARMFUL.search(name) for name in names)
    )
