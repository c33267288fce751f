"""The words of a PDF, read by poppler; where it or Pango is missing, tests say so."""

from __future__ import annotations

import os
import shutil
import subprocess

import pytest

from engagements.pdf import pdf_available

# The lines of pdfinfo that somebody wrote; the others measure.
_OF_ITSELF = ("Title", "Subject", "Keywords", "Author", "Creator", "Producer")


def missing() -> str:
    """What is not installed; empty when all is."""
    if not pdf_available():
        return "Pango"
    return "" if shutil.which("pdftotext") else "pdftotext"


@pytest.fixture
def pdf_text():
    """Read a PDF's words, laid out as on the page; skips where that cannot be done."""
    if what := missing():
        if os.environ.get("CI") == "true":
            pytest.fail(f"CI needs {what}: .ci/run installs it.")
        pytest.skip(f"{what} is not installed")
    return words_of


def words_of(pdf: bytes) -> str:
    """The words of a PDF, where poppler is installed."""
    return _read(pdf, "pdftotext", "-layout", "-", "-")


def told_of(pdf: bytes) -> str:
    """What a PDF says of itself: title, author, subject, keywords, program."""
    said = _read(pdf, "pdfinfo", "-").splitlines()
    return "\n".join(line for line in said if line.startswith(_OF_ITSELF))


def _read(pdf: bytes, *program: str) -> str:
    return subprocess.run(  # noqa: S603 - poppler's own, wherever it is installed
        program, input=pdf, stdout=subprocess.PIPE, check=True
    ).stdout.decode()
