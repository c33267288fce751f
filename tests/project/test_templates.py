"""Every page: nothing inline, and every word open to translation."""

from __future__ import annotations

import ast
import re
from http.cookies import SimpleCookie
from uuid import uuid4

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import get_resolver

from engagements import links
from engagements.links import Held, Purpose
from tests.project.sources import code, line_of, named, templates, tree, without

INLINE = {
    "a script in the page": r"<script(?![^>]*\ssrc=)(?![^>]*application/json)",
    "a style sheet in the page": r"<style\b",
    "a style attribute": r"\sstyle\s*=",
    "a script attribute": r"\son[a-z]+\s*=",
    "a script address": r"javascript:",
}
_IDS = re.compile(r'\sid="([\w-]+)"')
# Attributes that a person reads or hears.
READ_ATTRIBUTES = "alt|title|placeholder|aria-label|aria-description|data-label|label"
# Words of a template that no person reads, whole.
NOT_WORDS = {"en-GB", "Relman", "UTF-8", "utf-8", "csv", "xlsx"}


def test_nothing_is_inline():
    found = []
    for path in templates():
        text = without(r"{%.*?%}|{{.*?}}|{#.*?#}", path.read_text())
        found += [
            f"{named(path)}:{line_of(text, match.start())} {what}"
            for what, pattern in INLINE.items()
            for match in re.finditer(pattern, text, re.IGNORECASE)
        ]

    assert templates()
    assert found == [], "The content security policy refuses it."


def test_no_page_takes_a_name_of_the_shell():
    # Two elements of one name: the script of the shell finds the wrong one and stops.
    marks = {path: set(_IDS.findall(path.read_text())) for path in templates()}
    shell = {path for path in marks if path.parent.name == "shell"}
    taken = set().union(*(marks[path] for path in shell))
    found = [
        f"{named(path)} {mark}"
        for path in marks.keys() - shell
        if not path.name.startswith("base")
        for mark in sorted(marks[path] & taken)
    ]

    assert "again" in taken
    assert found == [], "Choose another id: this one is in templates/shell."


def test_every_word_of_a_template_can_be_translated():
    found = [
        f"{named(path)}:{line} {words!r}"
        for path in templates()
        for line, words in bare_words(path.read_text())
    ]

    assert found == [], "Put it in {% translate %} or {% blocktranslate %}."


def bare_words(text: str) -> list[tuple[int, str]]:
    """Line and text of words that a person reads and no translator sees."""
    text = without(r"{#.*?#}|{% comment.*?endcomment %}", text)
    text = without(r"{% blocktrans(?:late)?\b.*?{% endblocktrans(?:late)? %}", text)
    text = without(r"{% block \w+_class %}.*?{% endblock [^%]*%}", text)
    text = without(r"{%.*?%}|{{.*?}}|&\w+;|&#\w+;|<kbd\b.*?</kbd>", text)
    text = without(r"<!--.*?-->|<!doctype[^>]*>", text)
    spoken = [
        (match.start(1), match[1])
        for match in re.finditer(rf'\s(?:{READ_ATTRIBUTES})="([^"]*)"', text)
    ]
    text = without(r"<(?:[^<>\"']|\"[^\"]*\"|'[^']*')*>", text)
    spoken += [
        (match.start(), match[0])
        for match in re.finditer(r"\S[^\n]*?(?=\s{3}|\n|$)", text)
    ]
    return [
        (line_of(text, position), words.strip())
        for position, words in sorted(spoken)
        if re.search(r"[^\W\d_]{2}", words) and words.strip(" -/") not in NOT_WORDS
    ]


def test_the_lint_sees_bare_words_and_only_them():
    page = """{% extends "base.html" %}{# A note #}
<h1 class="big">{% translate "Seen" %}</h1><p title="Hover">Left out {{ name }}</p>
{% blocktranslate with name=name %}Dear {{ name }}{% endblocktranslate %}
<a href="/x?a=b&amp;c" aria-label="{% translate 'Seen' %}">3 &middot; {{ n }}</a>"""

    assert bare_words(page) == [(2, "Hover"), (2, "Left out")]


# Where Python says something to a person: an argument by name, or a call's first.
SAID_BY_NAME = {
    "label", "help_text", "placeholder", "empty_label", "violation_error_message",
    "verbose_name", "verbose_name_plural", "initial_text", "explanation",
}  # fmt: skip
SAID_FIRST = {"RuleError", "ValidationError"}
SAID_SECOND = {"success", "info", "warning", "error"}


def test_every_word_that_python_says_to_a_person_can_be_translated():
    found = [
        f"{named(path)}:{node.lineno} {ast.unparse(node)[:60]}"
        for path in code("accounts", "engagements")
        if "management" not in path.parts
        for node in said(tree(path))
        if is_bare(node)
    ]

    assert found == [], "Put it in _()."


def said(module: ast.Module) -> list[ast.expr]:
    """What a module's calls say to people."""
    words = []
    for call in ast.walk(module):
        if not isinstance(call, ast.Call):
            continue
        words += [word.value for word in call.keywords if word.arg in SAID_BY_NAME]
        name = getattr(call.func, "attr", getattr(call.func, "id", ""))
        owner = getattr(getattr(call.func, "value", None), "id", "")
        if name in SAID_FIRST:
            words += call.args[:1]
        if owner == "messages" and name in SAID_SECOND:
            words += call.args[1:2]
    return words


def is_bare(node: ast.expr) -> bool:
    """Words written out where they are said."""
    if isinstance(node, ast.JoinedStr):
        return any(map(is_bare, node.values))
    if not isinstance(node, ast.Constant) or not isinstance(node.value, str):
        return False
    return bool(re.search(r"[^\W\d_]{2}", node.value))


def test_the_lint_hears_bare_words_of_python():
    module = ast.parse(
        'RuleError("No")\nField(label="Name", help_text=_("Seen"))\n'
        'messages.success(request, f"Saved {x}")\nlogger.info("seen by nobody")'
    )

    assert [is_bare(node) for node in said(module)].count(True) == 3


def test_a_form_that_is_included_with_nothing_else_is_given_its_token():
    texts = {named(path): path.read_text() for path in templates()}
    found = [
        f"{name}:{line_of(text, match.start())} {match[1]}"
        for name, text in texts.items()
        for match in re.finditer(r'{% include "([^"]+)"([^%]*\bonly )%}', text)
        if "{% csrf_token %}" in texts[f"templates/{match[1]}"]
        and "csrf_token=csrf_token" not in match[2]
    ]
    assert found == []


_FORMS = re.compile(r'(<form\b[^>]*?method="post".*?>)(.*?)</form>', re.S)
_ACTION = re.compile(r"""action="{% url 'engagements:([\w-]+)'""")


def is_behind_a_link(name: str) -> bool:
    """Whether an address is one of a sitting: without its link's token."""
    pages = get_resolver().namespace_dict["engagements"][1]
    route = pages.reverse_dict.getlist(name)[0][0][0][0]
    begins = tuple(f"{purpose.value}/" for purpose in Purpose)
    return route.startswith(begins) and "%(token)s" not in route


def test_every_form_behind_a_link_says_which_link_it_was_shown():
    bare, count = [], 0
    for path in templates():
        own = {"survey", "boards"} & set(path.parts)
        if path.name.endswith("start.html") or path.name == "door.html":
            own = set()  # The page of the link itself: its address says which.
        for tag, inside in _FORMS.findall(path.read_text()):
            action = _ACTION.search(tag)
            behind = is_behind_a_link(action[1]) if action else own
            count += bool(behind)
            if behind and not re.search(r"survey/_(of|form)\.html", tag + inside):
                bare.append(f"{named(path)}: {tag}")

    assert count > 40
    assert bare == [], "Put survey/_of.html beside its token."
    [crispy] = [path for path in templates() if path.name == "whole_uni_form.html"]
    assert "survey/_of.html" in crispy.read_text()


@pytest.mark.parametrize("purpose", Purpose)
def test_a_sitting_takes_nothing_from_a_form_that_does_not_say_which(purpose):
    held, answer = Held(uuid4(), 1), HttpResponse()
    links.let_in(answer, purpose, held)
    browser = RequestFactory()
    browser.cookies = SimpleCookie(answer.cookies.output(header=""))

    def found(said=None):
        made = browser.get("/") if said is None else browser.post("/", said)
        return links.held_by(made, purpose)

    assert [found(), found({"of": held.mark})] == [held, held]
    assert [found({}), found({"of": Held(held.pk, 2).mark})] == [None, None]
