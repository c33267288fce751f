"""Templates whose fixed parts are put together once a language.

Between two values a page has text, words to translate, icons, addresses: the same for
every reader. Each would be looked up again on every page and in every row; a run of
them is rendered when it is first met, and kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, TypeVar
from uuid import UUID

from django.template import Context, Node, NodeList, Template
from django.template.base import FilterExpression, TextNode
from django.template.defaulttags import CommentNode, LoadNode, URLNode
from django.template.library import SimpleNode
from django.template.loaders import cached
from django.templatetags.i18n import BlockTranslateNode, TranslateNode
from django.utils.translation import get_language

from engagements.addresses import address

Tag = TypeVar("Tag", bound=Callable[..., Any])


def fixed(tag: Tag) -> Tag:
    """Mark a tag that says the same for the same words in the template."""
    tag.is_fixed = True  # type: ignore[attr-defined]  # read below
    return tag


class Loader(cached.Loader):
    """Keeps templates as its parent does, and folds each once."""

    def get_template(self, template_name: str, skip: Any = None) -> Template:
        """The template, its fixed parts put together."""
        template = super().get_template(template_name, skip)
        if "is_folded" not in vars(template):
            fold(template.nodelist)
            template.is_folded = True  # type: ignore[attr-defined]  # read above
        return template


def fold(nodes: NodeList) -> None:
    """Put neighbours that are fixed together: in place, at every depth."""
    folded: list[Node] = []
    run: list[Node] = []
    for node in nodes:
        if _is_fixed(node):
            run.append(node)
            continue
        folded += _joined(run)
        run = []
        for inner in _inside(node):
            fold(inner)
        folded.append(_quicker(node))
    nodes[:] = folded + _joined(run)


def _joined(run: list[Node]) -> list[Node]:
    if len(run) == 1 and isinstance(run[0], TextNode):
        return run
    return [_Fixed(run)] if run else []


def _inside(node: Node) -> Iterator[NodeList]:
    """The lists of a block or a loop, and those of each branch of a condition."""
    for held in vars(node).values():
        if isinstance(held, NodeList):
            yield held
        elif isinstance(held, list):
            pairs = [one for one in held if isinstance(one, tuple)]
            for pair in pairs:
                yield from (one for one in pair if isinstance(one, NodeList))


def _is_fixed(node: Node) -> bool:
    if isinstance(node, TextNode | LoadNode | CommentNode):
        return True
    if isinstance(node, TranslateNode):
        named = node.asvar or node.message_context
        return not named and _is_written(node.filter_expression)
    if isinstance(node, URLNode):
        given = node.asvar or node.args or node.kwargs
        return not given and _is_written(node.view_name)
    if type(node) is SimpleNode and hasattr(node.func, "is_fixed"):
        parts = [*node.args, *node.kwargs.values()]
        return node.target_var is None and all(map(_is_written, parts))
    return False


def _is_written(value: FilterExpression) -> bool:
    """It stands in the template as it is, without a filter."""
    literal = not value.is_var or value.var.literal is not None
    return literal and not value.filters


class _Fixed(Node):
    """A run of fixed nodes: rendered once a language."""

    child_nodelists = ()

    def __init__(self, run: list[Node]) -> None:
        self.nodes = NodeList(run)
        self.token, self.origin = run[0].token, run[0].origin
        self.kept: dict[str | None, str] = {}

    def render(self, context: Context) -> str:
        language = get_language()
        if language not in self.kept:
            self.kept[language] = self.nodes.render(context)
        return self.kept[language]


def _quicker(node: Node) -> Node:
    """The same node, keeping what never changes about it."""
    if type(node) is BlockTranslateNode:
        node.__class__ = _Sentence
    elif type(node) is URLNode and _has_one_argument(node):
        node.__class__ = _Address
    return node


def _has_one_argument(node: URLNode) -> bool:
    alone = len(node.args) == 1 and not node.kwargs and node.asvar is None
    return alone and _is_written(node.view_name)


class _Sentence(BlockTranslateNode):
    """Words around values: what the catalogue is asked for is put together once."""

    def render_token_list(self, tokens: list[Any]) -> tuple[str, list[str]]:
        kept = self.__dict__.setdefault("kept", {})
        if id(tokens) not in kept:
            kept[id(tokens)] = super().render_token_list(tokens)
        words, names = kept[id(tokens)]
        # The caller adds to the names.
        return words, list(names)


class _Address(URLNode):
    """An address with one id in it."""

    def render(self, context: Context) -> str:
        found = self.args[0].resolve(context)
        if not isinstance(found, UUID):
            return super().render(context)
        return address(self.view_name.resolve(context), found)
