"""Icons, marks and labels."""

import re
from pathlib import Path

import pytest
from django.template import Context, Template

from engagements.templatetags import look

STATIC = Path(__file__).parents[3] / "static"
TEMPLATES = Path(__file__).parents[3] / "templates"


def drawn(source: str, **context: object) -> str:
    return Template("{% load look charts words %}" + source).render(Context(context))


@pytest.mark.parametrize(
    ("state", "word"),
    [
        ("strong", "Strong"),
        ("steady", "Steady"),
        ("watch", "Watch"),
        ("risk", "At risk"),
        ("none", "No reading"),
        ("something else", "No reading"),
    ],
)
def test_health_is_a_shape_and_a_word(state: str, word: str):
    html = drawn("{% health state %}", state=state)
    assert html.endswith(f"</svg>{word}</span>")
    shape = re.search(r'href="#(h-\w+)"', html)[1]
    assert f'id="{shape}"' in look.MARKS


def test_a_side_is_a_mark_and_a_word_or_the_name():
    assert "Client" in drawn('{% side "client" %}')
    html = drawn('{% side "supplier" name %}', name="<b>Tarnmoor</b>")
    assert "mk s" in html
    assert "&lt;b&gt;Tarnmoor" in html


def test_a_mark_alone_is_hidden_from_screen_readers():
    for side in ("client", "supplier", "both"):
        assert 'aria-hidden="true"' in drawn("{% side_mark side %}", side=side)


@pytest.mark.parametrize(
    ("name", "letters"),
    [("Ingrid Sørensen", "IS"), ("Ana Maria de Souza", "AS"), ("Cher", "C"), ("", "?")],
)
def test_initials_stand_for_a_person(name: str, letters: str):
    assert look.initials(name) == letters


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/contracts/hv-2024-017/", "hv 2024 017"),
        ("/relationships/0b0e7a52-6a5f-4f5e-9d3c-1f8f6f1f2a3b/", "relationships"),
        ("/", ""),
    ],
)
def test_a_lost_address_gives_a_word_to_search_for(path: str, words: str):
    assert look.last_word(path) == words


def test_every_icon_a_template_names_is_in_the_sprite():
    sprite = (STATIC / "img" / "icons.svg").read_text()
    named = set()
    for path in TEMPLATES.rglob("*.html"):
        named |= set(re.findall(r'{% icon "([\w-]+)"', path.read_text()))
    assert named
    assert not {name for name in named if f'id="i-{name}"' not in sprite}


def test_assets_hold_nothing_inline():
    parts = ("opening", "find", "layers")
    source = "".join(f"{{% shell_part '{part}' %}}" for part in parts)
    html = drawn("{% page_assets %}{% health_marks %}" + source)
    assert not re.search(r"<style|\sstyle=|\son\w+=|<script(?![^>]*src=)", html)


def test_a_lateness_is_said_in_the_template():
    assert drawn("{{ none|due }}, {{ none|since }}") == "No date, Not known"
    assert drawn('{{ amount|compact_money:"GBP" }}', amount=4_200_000) == "£4.2m"
