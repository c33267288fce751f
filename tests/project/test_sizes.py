"""Files and functions stay small; exceptions to the lint give their reason."""

from __future__ import annotations

import ast
import re
import tokenize
from collections.abc import Iterator
from pathlib import Path

from tests.project.sources import PACKAGES, ROOT, code, functions, named

FILE, TEST_FILE, FUNCTION, VIEW = 300, 400, 30, 25
EVERYTHING = (*PACKAGES, "tests", "bin")
# What was longer when the rule came: it leaves the list when it has shrunk, and nothing
# is ever added.
LONG_FILES = {
    "engagements/contracts/terms.py",
    "engagements/models/contracts.py",
}
LONG_FUNCTIONS = {
    "engagements/charts/key_dates.py _whole",
    "engagements/charts/lines.py sparkline",
    "engagements/charts/lines.py dumbbell",
    "engagements/demo/actions.py _named",
    "engagements/demo/conversations.py _conversation",
    "engagements/parties/queries.py in_the_way_of_archiving",
    "engagements/relationships/actions/relationships.py create_relationship",
}
PLAIN = re.compile(r"# ?(?:noqa|type: ?ignore|pragma|nosec)\b")
REASONED = re.compile(
    r"# (?:noqa: [A-Z]+\d+(?:, [A-Z]+\d+)*"
    r"|type: ignore\[[\w, -]+\]"
    r"|pragma: no (?:cover|branch)) +[-#] \S+"
)
PLACE = re.compile(r"(?<![\w.])/(?:root|work|tmp|opt)/|\bfile:///")


def body_lines(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines of what a function does: neither its arguments nor its description."""
    body = function.body[1:] if ast.get_docstring(function) else function.body
    return (function.end_lineno - body[0].lineno + 1) if body else 0


def lengths(paths: list[Path], *, views_only: bool = False) -> dict[str, int]:
    """Lines of every function; what answers an address says by which methods."""
    return {
        f"{named(path)} {node.name}": body_lines(node)
        for path in paths
        for node in functions(path)
        if node.decorator_list or not views_only
    }


def beyond(found: dict[str, int], limit: int, known: set[str]) -> dict[str, int]:
    """What is longer than allowed; and with 0 what is on the list for no reason."""
    long = {name: size for name, size in found.items() if size > limit}
    return {name: long.get(name, 0) for name in long.keys() ^ known}


def test_no_file_is_long():
    ours, tests = (
        {named(path): len(path.read_text().splitlines()) for path in code(*folders)}
        for folders in ((*PACKAGES, "bin"), ("tests",))
    )

    assert beyond(ours, FILE, LONG_FILES) == {}
    assert beyond(tests, TEST_FILE, set()) == {}


def test_no_function_is_long():
    assert beyond(lengths(code()), FUNCTION, LONG_FUNCTIONS) == {}


def test_no_view_is_long():
    views = [
        path for path in code("engagements") if "views" in {path.stem, path.parent.name}
    ]

    assert views
    assert beyond(lengths(views, views_only=True), VIEW, set()) == {}


def comments(path: Path) -> Iterator[tuple[int, str]]:
    """Line and text of every comment."""
    with path.open("rb") as lines:
        for token in tokenize.tokenize(lines.readline):
            if token.type == tokenize.COMMENT:
                yield token.start[0], token.string


def test_an_exception_to_a_rule_names_it_and_gives_a_reason():
    found = [
        f"{named(path)}:{line} {text}"
        for path in code(*EVERYTHING)
        for line, text in comments(path)
        if (match := PLAIN.search(text)) and not REASONED.match(text[match.start() :])
    ]

    assert found == [], "Name the rule, then a dash and the reason."


def test_no_file_names_a_place_of_one_machine():
    kinds = {
        *(".py", ".html", ".js", ".css", ".md", ".txt"),
        *(".lock", ".toml", ".yaml", ".json", ".example"),
    }
    folders = (*EVERYTHING, "templates", "docs", "static/css", "static/js")
    inside = [path for folder in folders for path in (ROOT / folder).rglob("*")]
    programs = [path for path in (ROOT / "bin").iterdir() if path.is_file()]

    found = {
        f"{named(path)}:{number}"
        for path in [*inside, *programs, *ROOT.glob("*"), ROOT / ".ci/run"]
        if path.suffix in kinds or path in programs or path.name == "run"
        for number, line in enumerate(path.read_text(errors="replace").splitlines(), 1)
        if PLACE.search(line)
    }

    assert found == set()
