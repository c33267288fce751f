"""What the pages with one form have in common, and the soft hint about words."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from engagements.commitments.asking import outcome
from engagements.models import JointIssue, Relationship
from engagements.parties.forms.fields import days_in_order
from engagements.web import SignedInRequest, carried_out, form_page

# Words that look for somebody instead of for a reason.
_PERSONAL = re.compile(
    r"\b(fault|blame[ds]?|guilty|culprit|careless|negligent|incompetent|lazy)\b",
    re.IGNORECASE,
)


def carry(
    request: SignedInRequest,
    form: BaseForm,
    act: Callable[[], object],
    *,
    title: str,
    about: JointIssue | Relationship,
    lead: str = "",
    **more: Any,
) -> HttpResponse:
    """Do what a form asks and show the issue; a broken rule comes back with it."""
    days_in_order(form, request.user)
    done: list[object] = []
    if form.is_valid() and carried_out(form, lambda: done.append(act())):
        messages.success(request, outcome(done[0], _("Saved.")))
        hint(request, form)
        shown = done[0] if isinstance(done[0], JointIssue) else about
        return redirect(shown)
    back = (str(about), about.get_absolute_url())
    return form_page(request, form, title=title, back=back, lead=lead, **more)


def hint(request: HttpRequest, form: BaseForm) -> None:
    """Nothing is refused: words about persons are only pointed out."""
    said = " ".join(str(value) for value in form.cleaned_data.values())
    found = _PERSONAL.search(said)
    if found is not None:
        words = _("“%(word)s” points at somebody. What in the work led to it?")
        messages.info(request, words % {"word": found[0]})
