"""The project's own files, as the rules read them."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
PACKAGES = ("relman", "accounts", "engagements")


def named(path: Path) -> str:
    """The path as people say it: from the root of the project."""
    return path.relative_to(ROOT).as_posix()


@cache
def code(*folders: str) -> list[Path]:
    """Python files of the folders, migrations left out: Django writes those."""
    return sorted(
        path
        for folder in folders or PACKAGES
        for path in (ROOT / folder).rglob("*.py")
        if "migrations" not in path.parts
    )


@cache
def templates() -> list[Path]:
    """HTML pages and their parts; mails carry a style sheet and are left out."""
    return sorted(
        path
        for path in (ROOT / "templates").rglob("*.html")
        if not {"mail", "mails"} & set(path.parts)
    )


@cache
def tree(path: Path) -> ast.Module:
    """The file's syntax."""
    return ast.parse(path.read_text(), named(path))


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function and method of a file."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def imported(path: Path) -> Iterator[tuple[int, str]]:
    """Line and full name of everything a file imports."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, name.name) for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            module = node.module or ""
            yield from ((node.lineno, f"{module}.{name.name}") for name in node.names)


def line_of(text: str, position: int) -> int:
    """The line of a place in a text, from 1."""
    return text.count("\n", 0, position) + 1


def without(pattern: str, text: str) -> str:
    """The text with every match blanked; lines keep their numbers."""

    def blank(match: re.Match[str]) -> str:
        return re.sub(r"[^\n]", " ", match[0])

    return re.sub(pattern, blank, text, flags=re.DOTALL)
