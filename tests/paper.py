"""The words of a PDF, read by poppler; where it or Pango is missing, tests say so."""

from __future__ import annotations

import os
import shutil
import subprocess

import pytest

from engagements.pdf import pdf_available


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

    def read(pdf: bytes) -> str:
        return subprocess.run(
            ["pdftotext", "-layout", "-", "-"],  # noqa: S607 - wherever it is installed
            input=pdf,
            stdout=subprocess.PIPE,
            check=True,
        ).stdout.decode()

    return read
