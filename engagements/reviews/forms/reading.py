"""One tap a topic: how the own side's person sees the relationship."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from engagements.parties.forms.fields import Form
from engagements.reviews.instrument.content import ENGLISH
from engagements.reviews.instrument.library import rhr_8
from engagements.widgets import Segmented


class ReadingForm(Form):
    """The topics of the instrument, each on its labelled points."""

    button = _("Keep our reading")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        content = rhr_8()
        labels = content.scale.labels[ENGLISH]
        for one in content.dimensions:
            name = one.name[ENGLISH]
            missing = _("%(label)s is missing.") % {"label": name}
            self.fields[one.key] = forms.TypedChoiceField(
                label=name,
                help_text=one.meaning[ENGLISH],
                choices=list(zip(content.scale.points, labels, strict=True)),
                coerce=int,
                widget=Segmented,
                error_messages={"required": missing},
            )

    @property
    def values(self) -> dict[str, int]:
        """The point chosen for each topic."""
        return dict(self.cleaned_data)
