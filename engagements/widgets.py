"""Form controls of our own; how they look is in templates/bootstrap5/."""

from collections.abc import Mapping
from typing import Any

from django import forms


class Segmented(forms.RadioSelect):
    """Two to four choices as one strip of native radios."""

    look = "seg"


class OptionCards(forms.RadioSelect):
    """Choices with their consequence in small print under each.

    `explanations` maps a choice's value to that sentence.
    """

    look = "cards"

    def __init__(
        self, *args: Any, explanations: Mapping[str, Any] | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.explanations = dict(explanations or {})

    def create_option(
        self, name: str, value: Any, *args: Any, **kwargs: Any
    ) -> dict[str, Any]:
        """As Django's, with the explanation beside the label."""
        option = super().create_option(name, value, *args, **kwargs)
        option["explanation"] = self.explanations.get(str(value), "")
        return option


class TypedDate(forms.TextInput):
    """A date as people type it: "14/1", "fri", "in 3 weeks".

    Never the browser's picker, which knows neither words nor the reader's order of
    day and month. Below it stands the date in words, filled in while leaving the
    field where `echo_url` names a page that reads dates.
    """

    echo = True

    def __init__(self, attrs: dict[str, Any] | None = None, echo_url: str = "") -> None:
        own = {"autocomplete": "off", "class": "w-date", "spellcheck": "false"}
        if echo_url:
            own["data-echo"] = echo_url
        super().__init__({**own, **(attrs or {})})
