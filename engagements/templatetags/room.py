"""The rows of the closed room: hundreds on a page, written rather than included."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

if TYPE_CHECKING:
    from engagements.boards.queries.rooms import Said

register = template.Library()


@register.simple_tag
def said_rows(
    rows: Iterable[Said],
    may: dict[str, bool],
    address: str,
    press_in: str,
    *,
    newest_first: bool,
) -> SafeString:
    """What was said about a topic, with what the reader may do about each; `press_in`
    is the form of its buttons."""
    ordered = reversed(list(rows)) if newest_first else rows
    write = _Rows(may, escape(address), escape(press_in))
    return mark_safe("\n".join(map(write.row, ordered)))  # noqa: S308 - escaped below


class _Rows:
    """The words are looked up once, not once a row."""

    def __init__(self, may: dict[str, bool], address: str, press_in: str) -> None:
        self.may, self.address, self.press_in = may, address, press_in
        self.more, self.answer = _("More"), _("Answer the wording")
        self.taken = _("As strategy:")
        self.proposed = _("Proposed as strategy:")
        self.yours, self.support = _("yours"), _("Support")
        self.operational, self.strategic = _("Operational"), _("Strategic")

    def row(self, row: Said) -> str:
        pk = row.id
        strategy = self._strategy(row) if row.wording_state else ""
        more = self.answer if row.mine and row.asked else self.more
        return (
            f'<li class="said" id="c-{pk}"><p class="q typed">{escape(row.text)}</p>'
            f'{strategy}<div class="meta">{self._meta(row)}'
            f'<a id="m-{pk}" href="{self.address}{pk}/">{more}</a></div></li>'
        )

    def _strategy(self, row: Said) -> str:
        if not (row.asked or row.taken):
            return ""
        words = self.taken if row.taken else self.proposed
        return f'<p class="strat">{words} {escape(row.wording)}</p>'

    def _meta(self, row: Said) -> str:
        name = f"<b>{escape(row.name)}</b>" if row.name else ""
        mine = f'<span class="dim">{self.yours}</span>' if row.mine else ""
        hands = ""
        if row.hands is not None:
            words = ngettext("%(n)d hand", "%(n)d hands", row.hands)
            hands = f"<span>{words % {'n': row.hands}}</span>"
        return f"{name}{mine}{self._kind(row)}{hands}{self._support(row)}"

    def _kind(self, row: Said) -> str:
        if row.ends:
            number = f" {row.draft}" if row.draft else ""
            return f'<span class="chip on">{row.ends_words}{number}</span>'
        if self.may["sort"]:
            choices = (
                ("o", "operational", self.operational),
                ("t", "strategic", self.strategic),
            )
            return "".join(
                self._button(row.id, mark, name, words, pressed=row.kind == name)
                for mark, name, words in choices
            )
        return f'<span class="dim">{row.kind_words}</span>' if row.kind else ""

    def _support(self, row: Said) -> str:
        words = f"{self.support} <b>{row.supporters}</b>"
        if self.may["contribute"]:
            name = "step_back" if row.supported else "support"
            return self._button(row.id, "s", name, words, pressed=row.supported)
        return f"<span>{words}</span>" if row.supporters else ""

    def _button(
        self, pk: str, mark: str, name: str, words: str, *, pressed: bool
    ) -> str:
        said = "true" if pressed else "false"
        return (
            f'<button class="chip" form="{self.press_in}" formnovalidate '
            f'id="{mark}-{pk}" name="{name}" value="{pk}" '
            f'aria-pressed="{said}">{words}</button>'
        )
