"""Pages as PDF: our own styles and fonts, and nothing from a network.

WeasyPrint is imported with the first PDF: it takes about 30 MB, and it needs libraries
of the operating system, without which everything else works.
"""

import atexit
import re
import warnings
from ctypes import CDLL
from ctypes.util import find_library
from functools import cache, lru_cache
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from weasyprint import CSS
    from weasyprint.text.fonts import FontConfiguration
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
# The fonts are kept, and what keeps them serves one thread at a time.
_AT_THE_PRESS = Lock()


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
    html = _drawings_alone(render_to_string(template, context))
    with _AT_THE_PRESS:
        return _printed(html)


def _printed(html: str) -> bytes:
    with warnings.catch_warnings():
        # Debian keeps one of its libraries apart; it can do without for now.
        warnings.simplefilter("ignore", DeprecationWarning)
        from weasyprint import HTML  # noqa: PLC0415 - see the top of the module
    base = f"{settings.SITE_URL}/"
    sheet, fonts = _sheet(
        f"{settings.SITE_URL}{settings.STATIC_URL}{SHEET}", _file(SHEET).stat().st_mtime
    )
    page = HTML(string=html, base_url=base, url_fetcher=_fetcher())
    return page.write_pdf(
        stylesheets=[sheet], font_config=fonts, pdf_variant="pdf/ua-1"
    )


@lru_cache(maxsize=1)
def _sheet(url: str, _changed: float) -> "tuple[CSS, FontConfiguration]":
    """Our style sheet and the fonts it names: to unpack them takes half of a PDF."""
    from weasyprint import CSS  # noqa: PLC0415 - see the top of the module
    from weasyprint.text.fonts import FontConfiguration  # noqa: PLC0415 - as above

    fonts = FontConfiguration()
    # Its folder goes away with it, and nothing can be put away at the very end.
    atexit.register(_sheet.cache_clear)
    return CSS(url=url, url_fetcher=_fetcher(), font_config=fonts), fonts


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
