"""PDFs: readable, from our own files alone, and never a reason not to start."""

import logging
import os
import re
import subprocess
import sys
import zlib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.core.files.storage import storages

from engagements.pdf import render_pdf
from tests.styleguide.figures import FIGURES

ROOT = Path(__file__).parents[2]


@pytest.fixture
def folder(settings, tmp_path):
    """Where a test puts templates of its own, beside those of the style page."""
    folders = [*settings.TEMPLATES[0]["DIRS"], ROOT / "tests/styleguide", tmp_path]
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": folders}]
    return tmp_path


@pytest.fixture
def complaints(caplog):
    """What the engine said against a page or a style sheet."""
    caplog.set_level(logging.WARNING, "weasyprint")
    return lambda: [record.getMessage() for record in caplog.records]


def alone(code: str, **environment: str) -> str:
    """What a new process says that has set Django up and runs the code."""
    setup = "import django, sys; django.setup()\n"
    return subprocess.run(  # noqa: S603 - our own words
        [sys.executable, "-c", setup + code],
        cwd=ROOT,
        env=os.environ
        | {"DJANGO_SETTINGS_MODULE": "tests.settings", "PYTHONPATH": str(ROOT)}
        | environment,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    ).stdout.strip()


def test_a_page_becomes_one_sheet_that_can_be_read(folder, pdf_text, complaints):
    pdf = render_pdf("paper.html", FIGURES)

    text = pdf_text(pdf)
    assert "Autumn 2026 health review" in text
    assert re.search(r"Responsiveness\s+34\n", text)
    assert "As of 18 Nov 2026. Zażółć gęślą jaźń" in text
    assert text.count("\f") == 1
    assert text.split("\f")[0].rstrip().endswith("Page 1 of 1")
    # Every rule of the style sheets, every shape and every file was understood.
    assert complaints() == []


def test_sheets_of_several_threads_share_the_fonts(folder, pdf_text):
    with ThreadPoolExecutor(3) as threads:
        made = list(threads.map(lambda _: render_pdf("paper.html", FIGURES), range(3)))

    assert len({pdf_text(one) for one in made}) == 1
    assert b"Hanken-Grotesk-Semi-Bold" in uncompressed(made[2])


def test_a_pdf_is_tagged_named_and_links_to_the_site(folder, pdf_text, settings):
    (folder / "linked.html").write_text(
        '<html lang="en"><title>Brief</title><a href="/contracts/">All contracts</a>'
    )

    pdf = render_pdf("linked.html", {})

    inside = uncompressed(pdf)
    assert b"/MarkInfo" in inside
    assert b"pdfuaid:part" in inside
    assert f"({settings.SITE_URL}/contracts/)".encode() in inside
    assert "All contracts" in pdf_text(pdf)


def test_a_page_is_set_in_our_fonts(folder, pdf_text):
    inside = uncompressed(render_pdf("paper.html", FIGURES))

    assert b"Hanken-Grotesk-Semi-Bold" in inside
    assert b"Relman-Voice" in inside


def test_shapes_and_styles_of_the_page_reach_every_drawing(folder, pdf_text):
    (folder / "shapes.html").write_text(
        '{% extends "base_print.html" %}{% load look %}'
        '{% block content %}{% health "risk" %}{% endblock content %}'
    )
    (folder / "bare.html").write_text(
        '{% extends "base_print.html" %}{% block content %}At risk{% endblock %}'
    )
    risk = b"0.619608 0.141176 0.031373 rg"

    assert risk in uncompressed(render_pdf("shapes.html", {}))
    assert risk not in uncompressed(render_pdf("bare.html", {}))


@pytest.mark.parametrize(
    ("address", "refusal"),
    [
        ("http://127.0.0.1:9/picture.png", "Only static files"),
        ("file:/etc/hostname", "Only static files"),
        ("/contracts/picture.png", "Only static files"),
        ("/static/../relman/settings.py", "Only static files"),
        ("/static/%2e%2e/relman/settings.py", "outside of the base"),
        ("/static/no-such-file.png", "No such file"),
    ],
)
def test_only_static_files_go_in(folder, pdf_text, complaints, address, refusal):
    (folder / "greedy.html").write_text(
        f'<html lang="en"><title>Brief</title><p>Words<img src="{address}" alt="">'
    )

    assert "Words" in pdf_text(render_pdf("greedy.html", {}))
    assert len(complaints()) == 1
    assert refusal in complaints()[0]


def test_a_file_is_found_by_the_name_that_its_content_gives(
    folder, pdf_text, complaints, settings, tmp_path
):
    settings.STATIC_ROOT = tmp_path / "collected"
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {
            "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        },
    }
    (settings.STATIC_ROOT / "css").mkdir(parents=True)
    (settings.STATIC_ROOT / "css/wide.0a1b2c.css").write_text("p { color: #123456 }")
    assert storages["staticfiles"].exists("css/wide.0a1b2c.css")
    (folder / "named.html").write_text(
        '<html lang="en"><title>Brief</title><p>Words'
        '<link rel="stylesheet" href="/static/css/wide.0a1b2c.css">'
    )

    assert b"0.070588 0.203922 0.337255 rg" in uncompressed(
        render_pdf("named.html", {})
    )
    assert complaints() == []


def uncompressed(pdf: bytes) -> bytes:
    """The drawing instructions of a PDF."""
    found = b""
    for stream in re.findall(rb"stream\n(.*?)\nendstream", pdf, re.DOTALL):
        try:
            found += zlib.decompress(stream)
        except zlib.error:
            found += stream
    return found


def test_nothing_of_it_is_loaded_at_the_start():
    loaded = alone(
        "import engagements.urls, engagements.pdf\n"
        "from engagements.pdf import pdf_available\n"
        "pdf_available()\n"
        "print('weasyprint' in sys.modules)"
    )

    assert loaded == "False"


def test_without_the_libraries_it_says_what_to_do(tmp_path):
    # The linker finds a library of no content first, and gives up.
    (tmp_path / "libpango-1.0.so.0").touch()

    said = alone(
        "from engagements.pdf import *\n"
        "try: render_pdf('base_print.html', {})\n"
        "except PdfUnavailableError as error: print(pdf_available(), error.message)",
        LD_LIBRARY_PATH=str(tmp_path),
    )

    assert said.startswith("False This server cannot make PDF files yet.")
    assert "install Pango" in said
