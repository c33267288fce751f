"""A file or pasted rows, and how its letters and columns are told apart."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, cast

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from engagements.exchange.reading import MOST_BYTES
from engagements.models import ImportProfile, Side
from engagements.parties.forms.fields import Form
from engagements.widgets import Segmented

_ENCODINGS = (
    ("", _("By its own mark, else UTF-8")),
    ("utf-8", "UTF-8"),
    ("cp1252", "Windows-1252"),
    ("latin-1", "Latin-1"),
    ("utf-16", "UTF-16"),
)
_DELIMITERS = (
    ("", _("Found by itself")),
    (",", _("Comma")),
    (";", _("Semicolon")),
    ("\t", _("Tabulator")),
    ("|", _("Upright stroke")),
)


class FileForm(Form):
    """A file, or rows pasted from a spreadsheet."""

    rows = forms.CharField(
        label=_("Rows from a spreadsheet"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false"}),
        help_text=_("Copy them with their header and paste them here."),
    )
    file = forms.FileField(
        label=_("Or a file"), required=False, help_text=_("CSV or XLSX, up to 100 MB.")
    )
    amendments = forms.FileField(
        label=_("Amendments"),
        required=False,
        help_text=_("A second file: one row for each change of a contract."),
    )
    stands_for = forms.ChoiceField(
        label=_("In these contracts we stand for"),
        choices=Side.choices,
        widget=Segmented,
    )
    profile = forms.ChoiceField(label=_("Read the columns as"), required=False)

    layout = ("stands_for", "rows", "file", "amendments", "profile")
    button = _("Look at the columns")

    def __init__(
        self, *args: Any, profiles: Iterable[ImportProfile], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        kept = [(str(row.pk), row.name) for row in profiles]
        profile = cast("forms.ChoiceField", self.fields["profile"])
        profile.choices = [("", _("Guessed from the header")), *kept]
        if not kept:
            profile.widget = forms.HiddenInput()
        for name in ("file", "amendments"):
            empty = _("The file is empty. Choose another one.")
            self.fields[name].error_messages["empty"] = empty

    def clean(self) -> dict[str, Any]:
        """One of both is there, and no file is larger than can be read."""
        cleaned = super().clean() or self.cleaned_data
        given = cleaned.get("file") or cleaned.get("rows", "").strip()
        if not given and "file" not in self.errors:
            self.add_error("rows", _("Paste rows here, or choose a file."))
        for name in ("file", "amendments"):
            upload = cleaned.get(name)
            if upload and upload.size > MOST_BYTES:
                words = _("The file has %(size)d MB; at most 100 MB can be read.")
                self.add_error(name, words % {"size": upload.size // 1024**2})
        return cleaned


class ReadingForm(Form):
    """How the letters and columns of a file are told apart."""

    encoding = forms.ChoiceField(
        label=_("Letters are written as"), choices=_ENCODINGS, required=False
    )
    delimiter = forms.ChoiceField(
        label=_("Between the columns stands"), choices=_DELIMITERS, required=False
    )
    sheet = forms.ChoiceField(label=_("Sheet"), required=False)

    layout = (Div("encoding", "delimiter", "sheet", css_class="side-by-side"),)

    def __init__(self, *args: Any, sheets: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sheet = cast("forms.ChoiceField", self.fields["sheet"])
        sheet.choices = [
            ("", _("The first")),
            *((name, name) for name in sheets),
        ]
        if not sheets:
            sheet.widget = forms.HiddenInput()

    @property
    def inner(self) -> FormHelper:
        """The fields alone: the page owns the form and its button."""
        return fields_alone(self, self.layout)


def fields_alone(form: forms.Form, layout: Iterable[Any]) -> FormHelper:
    """A layout without the form element around it and without a button."""
    helper = FormHelper(form)
    helper.form_tag = False
    helper.disable_csrf = True
    helper.layout = Layout(*layout)
    return helper
