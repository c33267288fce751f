"""What a first visit loads stays light."""

import gzip
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.template import Context, Template

KB = 1024


@pytest.fixture(scope="module")
def loaded() -> dict[str, int]:
    """Every file a page names, with its compressed size in bytes."""
    html = Template("{% load look %}{% page_assets %}").render(Context())
    named = re.findall(r'(?:src|href)="/static/([^"]+)"', html)
    named += ["img/icons.svg", "fonts/voice.woff2"]
    return {name: len(gzip.compress(content(name), 6)) for name in named}


def content(name: str) -> bytes:
    return Path(finders.find(name)).read_bytes()


def test_a_first_visit_leaves_room_for_forty_kilobytes_of_page(loaded: dict[str, int]):
    assert sum(loaded.values()) <= 110 * KB


def test_all_script_together_is_small(loaded: dict[str, int]):
    script = {name: size for name, size in loaded.items() if name.endswith(".js")}
    assert sum(script.values()) <= 30 * KB
    own = {name: size for name, size in script.items() if name.startswith("js/")}
    assert sum(own.values()) <= 12 * KB


def test_there_are_few_style_sheets(loaded: dict[str, int]):
    assert sum(name.endswith(".css") for name in loaded) <= 4


def test_every_module_that_another_imports_is_preloaded(loaded: dict[str, int]):
    imported = {
        f"js/{found}"
        for name in loaded
        if name.startswith("js/")
        for found in re.findall(r'from "\./([\w-]+\.js)"', content(name).decode())
    }
    assert imported
    assert imported <= set(loaded)
