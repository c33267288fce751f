"""Pages as PDF: our own styles and fonts, and nothing from a network.

WeasyPrint is imported with the first PDF: it takes about 30 MB, and it needs libraries
of the operating system, without which everything else works.
"""

import re
import warnings
from ctypes import CDLL
from ctypes.util import find_library
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from weasyprint.urls import URLFetcher

LIBRARIES = (
    "libgobject-2.0.so.0",
    "libpango-1.0.so.0",
    "libharfbuzz.so.0",
    "libfontconfig.so.1",
    "libpangoft2-1.0.so.0",
)
SHEET, DRAWING_SHEET = "css/print.css", "css/print-drawings.css"
# The shapes that `{% health_marks %}` puts into a page.
MARKS = re.compile(r'<svg class="marks"[^>]*>(.*?)</svg>', re.DOTALL)
DRAWING = re.compile(r"<svg\b[^>]*>|</svg>")


class PdfUnavailableError(Exception):
    """No PDF can be made here; `message` says so to a person."""

    def __init__(self) -> None:
        self.message = _(
            "This server cannot make PDF files yet. Print the page instead, or ask "
            "whoever runs the server to install Pango."
        )
        super().__init__(self.message)


@cache
def pdf_available() -> bool:
    """Whether the libraries that a PDF needs are installed; looked up once."""
    return all(map(_loads, LIBRARIES))


def _loads(library: str) -> bool:
    """Whether a library can be used: under its name on Linux, or the system's own."""
    plain = library.removeprefix("lib").partition(".so")[0]
    for name in (library, find_library(plain)):
        try:
            if name:
                CDLL(name)
                return True
        except OSError:
            continue
    return False


def render_pdf(template: str, context: dict[str, Any]) -> bytes:
    """A template as tagged PDF on A4; links lead to where people reach the site."""
    if not pdf_available():
        raise PdfUnavailableError
    with warnings.catch_warnings():
        # Debian keeps one of its libraries apart; it can do without for now.
        warnings.simplefilter("ignore", DeprecationWarning)
        from weasyprint import CSS, HTML  # noqa: PLC0415 - see the top of the module
        from weasyprint.text.fonts import FontConfiguration  # noqa: PLC0415 - as above
    fonts, fetcher = FontConfiguration(), _fetcher()
    page = HTML(
        string=_drawings_alone(render_to_string(template, context)),
        base_url=f"{settings.SITE_URL}/",
        url_fetcher=fetcher,
    )
    sheet = CSS(
        url=f"{settings.SITE_URL}{settings.STATIC_URL}{SHEET}",
        url_fetcher=fetcher,
        font_config=fonts,
    )
    return page.write_pdf(
        stylesheets=[sheet], font_config=fonts, pdf_variant="pdf/ua-1"
    )


def _fetcher() -> "URLFetcher":
    """Gives a page our static files, from the disk, and refuses whatever else."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse  # noqa: PLC0415 - late

    here = f"{settings.SITE_URL}{settings.STATIC_URL}"

    class StaticFiles(URLFetcher):
        def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
            if not url.startswith(here):
                message = f"Only static files go into a PDF, not {url}"
                raise ValueError(message)
            name = unquote(urlsplit(url.removeprefix(here)).path)
            kind = "text/css" if name.endswith(".css") else "application/octet-stream"
            content = _file(name).read_bytes()
            return URLFetcherResponse(url, content, {"Content-Type": kind})

    return StaticFiles()


def _file(name: str) -> Path:
    """Where a static file lies, by its name or by the name that its content gives."""
    return Path(finders.find(name) or staticfiles_storage.path(name))


def _drawings_alone(html: str) -> str:
    """The page with its styles and shapes in every drawing.

    WeasyPrint draws each SVG by itself, as a picture from elsewhere: of the page
    around it, it sees neither.
    """
    shapes = MARKS.search(html)
    sheet = _file(DRAWING_SHEET).read_text()
    inside = f"<style>{sheet}</style><defs>{shapes[1] if shapes else ''}</defs>"
    depth = 0

    def filled(match: re.Match[str]) -> str:
        nonlocal depth
        depth += -1 if match[0] == "</svg>" else 1
        return match[0] + (inside if depth == 1 and match[0] != "</svg>" else "")

    return DRAWING.sub(filled, html)
