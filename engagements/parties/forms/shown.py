"""A form held to the words it showed, so that two people never undo each other."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar, cast

from django import forms
from django.http import QueryDict

from engagements.parties.forms.fields import Form
from engagements.seen import StaleError, changed_since, marks_of, seen_of

_Done = TypeVar("_Done")


class ShownForm(Form):
    """Begins with the words kept now, `shown`; its act is given `seen` of them."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, shown: Mapping[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, initial={**shown, "seen": seen_of(shown)}, **kwargs)
        # Label, what is saved now, what was typed; of every field that differs.
        self.conflicts = ()

    def facing(self, act: Callable[[], _Done]) -> _Done:
        """Do it; where somebody else saved meanwhile, keep both texts to be shown.

        Whoever has seen both may save again.
        """
        try:
            return act()
        except StaleError as error:
            others = {k: v for k, v in error.saved.items() if not self._same(k, v)}
            rows = [self._both(name, saved) for name, saved in others.items()]
            self.conflicts = [row for row in rows if row[1] != row[2]]
            typed = cast("QueryDict", self.data).copy()
            typed["seen"] = seen_of(error.saved)
            self.data = typed
            raise

    def _same(self, name: str, saved: Any) -> bool:
        """Whether what is saved and what was typed mean one thing, as 50 and 50.0."""
        try:
            kept = self.fields[name].clean(saved)
        except forms.ValidationError:
            return False
        return bool(kept == self.cleaned_data.get(name))

    def _both(self, name: str, saved: Any) -> tuple[str, str, str]:
        field = self.fields[name]
        words = dict(getattr(field, "choices", ()))

        def said(value: Any) -> str:
            if isinstance(value, list):
                return ", ".join(str(words.get(one, one)) for one in value)
            return str(words.get(value, value) or "")

        kept = field.prepare_value(saved)
        return str(field.label), said(kept), said(self[name].value())


class FacingForm(Form):
    """Acts on words its page shows but does not let anybody change here.

    Its act is given `seen` of them. Where they were changed meanwhile it shows them
    anew, in `facing_now`, and says which, in `changed`; then it may be sent again.
    """

    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        *args: Any,
        facing: Mapping[str, Any],
        initial: Mapping[str, Any] | None = None,
        **kwargs: Any,
    ) -> None:
        begin = {**(initial or {}), "seen": marks_of(facing)}
        super().__init__(*args, initial=begin, **kwargs)
        self.facing_now = facing
        self.changed: list[str] = []

    def held(self, act: Callable[[], _Done]) -> _Done:
        """Do it, held to what was shown."""
        try:
            return act()
        except StaleError as error:
            typed = cast("QueryDict", self.data).copy()
            self.changed = changed_since(typed.get("seen", ""), error.saved)
            self.facing_now = error.saved
            typed["seen"] = marks_of(error.saved)
            self.data = typed
            raise
