"""A real Chromium for journeys, pictures and accessibility."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass, field

import pytest

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
LAPTOP, PHONE = (1440, 900), (390, 844)
# Two browsers and two servers share what processors there are.
PATIENCE = 30_000


def chromium_path() -> str | None:
    """Where Chromium is; None where it is not installed.

    Without a window there is nothing to draw one for: where it is installed, the build
    that has none takes two thirds of the processor.
    """
    names = ("chromium-headless-shell", "chromium", "chromium-browser")
    return next(filter(None, map(shutil.which, names)), None)


@pytest.fixture(scope="session")
def chromium():
    """One browser for the whole run."""
    path = chromium_path()
    if path is None:
        if os.environ.get("CI") == "true":
            pytest.fail("CI needs Chromium: .ci/run installs it.")
        pytest.skip("Chromium is not installed")
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=PATIENCE)

    # The driver runs an event loop, and Django would refuse the database beside it.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@dataclass
class Complaints:
    """What the browser's console said against the page."""

    lines: list[str] = field(default_factory=list)

    def listen(self, page) -> None:
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.lines.append(str(error)))

    def _console(self, message) -> None:
        # The browser notes every refused form; 422 is how ours answers with errors.
        refused = "status of 422" in message.text
        if message.type in {"error", "warning"} and not refused:
            self.lines.append(message.text)


@pytest.fixture
def open_page(chromium):
    """Open a page of a size and theme; fails on any complaint of the console.

    A test that means to provoke one empties `open_page.complaints.lines` itself.
    """
    contexts, complaints = [], Complaints()

    def opened(size=LAPTOP, theme="light", **options):
        context = chromium.new_context(
            viewport={"width": size[0], "height": size[1]},
            color_scheme=theme,
            reduced_motion="reduce",
            **options,
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        complaints.listen(page)
        return page

    opened.complaints = complaints
    yield opened
    for context in contexts:
        context.close()
    assert complaints.lines == []


TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# What the theme decides: it is made of colours, and of nothing else.
OF_COLOURS = ["color-contrast", "link-in-text-block"]


def accessibility_faults(page) -> list[str]:
    """What axe finds against the page: rule and element, one line each."""
    return _found(page, {"type": "tag", "values": TAGS})


def colour_faults(page, theme: str) -> list[str]:
    """What axe finds against the colours of a theme, of a page it has gone through.

    The page changes to the theme; all the other rules would read what they read before.
    """
    # On its way from one theme to the other, a colour is of neither.
    page.emulate_media(color_scheme=theme, reduced_motion="reduce")
    return _found(page, {"type": "rule", "values": OF_COLOURS})


def _found(page, rules: dict) -> list[str]:
    from axe_playwright_python.base import AXE_SCRIPT

    # What passes is not told element by element: a page has thousands.
    options = {"runOnly": rules, "resultTypes": ["violations"]}
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    violations = page.evaluate(
        "options => axe.run(options).then(found => found.violations)", options
    )
    return [
        f"{fault['id']}: {node['html'][:160]}"
        for fault in violations
        for node in fault["nodes"]
    ]
