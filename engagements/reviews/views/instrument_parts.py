"""Editing one part of a draft question set.

Whoever saves what somebody else saved meanwhile is shown both texts, with 409.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from engagements import access
from engagements.models import InstrumentVersion
from engagements.reviews.actions import drafting
from engagements.reviews.forms.instruments import (
    ItemForm,
    LanguageForm,
    NewLanguageForm,
    TitleForm,
    TopicForm,
    WeightsForm,
)
from engagements.reviews.forms.method import (
    FEWEST_POINTS,
    MOST_POINTS,
    ScaleForm,
    ThresholdsForm,
)
from engagements.reviews.forms.parts import PartForm
from engagements.reviews.instrument.content import ENGLISH
from engagements.reviews.instrument.editing import ITEMS, TOPICS
from engagements.reviews.instrument.words import (
    language_choices,
    language_name,
    languages_of,
)
from engagements.reviews.views.instruments import visible
from engagements.web import SignedInRequest, carried_out, form_page

_ACTS: dict[str, Callable[..., None]] = {
    "title": drafting.change_title,
    "item": drafting.change_item,
    "topic": drafting.change_topic,
    "scale": drafting.change_scale,
    "weights": drafting.change_weights,
    "thresholds": drafting.change_thresholds,
    "language": drafting.change_language,
}
_FOLDER = "engagements/reviews/instruments"


@dataclass(frozen=True)
class Page:
    """One part's page."""

    form: type[PartForm]
    title: str
    lead: str = ""
    key: str = ""
    template: str = "part"
    more: tuple[tuple[str, Any], ...] = ()


@require_http_methods(["GET", "POST"])
def title(request: SignedInRequest, pk: object) -> HttpResponse:
    """The name of the question set."""
    return _edited(request, pk, Page(TitleForm, _("Name")))


@require_http_methods(["GET", "POST"])
def item(request: SignedInRequest, pk: object, key: str) -> HttpResponse:
    """The words of one statement."""
    _known(request, pk, ITEMS, key)
    return _edited(request, pk, Page(ItemForm, key, key=key))


@require_http_methods(["GET", "POST"])
def topic(request: SignedInRequest, pk: object, key: str) -> HttpResponse:
    """The words of one topic, and its marker."""
    _known(request, pk, TOPICS, key)
    return _edited(request, pk, Page(TopicForm, key, key=key))


@require_http_methods(["GET", "POST"])
def scale(request: SignedInRequest, pk: object) -> HttpResponse:
    """The labels of the points, and how many there are."""
    asked = request.GET.get("points", "")
    points = int(asked) if asked.isascii() and asked.isdigit() else None
    if points is not None and not FEWEST_POINTS <= points <= MOST_POINTS:
        raise Http404
    more = (("points", points),)
    page = Page(ScaleForm, _("Points and labels"), template="scale", more=more)
    return _edited(request, pk, page)


@require_http_methods(["GET", "POST"])
def weights(request: SignedInRequest, pk: object) -> HttpResponse:
    """How much each topic counts."""
    lead = _("In per cent, from 5 to 25 each, 100 together. Equal weights are usual.")
    return _edited(request, pk, Page(WeightsForm, _("Weights"), lead))


@require_http_methods(["GET", "POST"])
def thresholds(request: SignedInRequest, pk: object) -> HttpResponse:
    """The thresholds by which figures are computed."""
    lead = _(
        "Conventions, not norms. What protects the people who answer may be made "
        "stricter, not looser."
    )
    page = Page(ThresholdsForm, _("Thresholds"), lead, template="thresholds")
    return _edited(request, pk, page)


@require_http_methods(["GET", "POST"])
def add_language(request: SignedInRequest, pk: object) -> HttpResponse:
    """Choose a language; its words come on the next page."""
    access.require_standing(request)
    version = visible(request, pk)
    access.deny_unless(access.can_change_instrument(request.user, version))
    back = version.get_absolute_url()
    known = languages_of(version.content)
    form = NewLanguageForm(request.POST or None, known=known, back=back)
    if form.is_valid():
        chosen = form.cleaned_data["language"]
        return redirect("engagements:instrument-language", version.pk, chosen)
    back_to = (str(version), back)
    return form_page(request, form, title=_("Add a language"), back=back_to)


@require_http_methods(["GET", "POST"])
def language(request: SignedInRequest, pk: object, key: str) -> HttpResponse:
    """All texts in one language; what is left empty can wait."""
    if key == ENGLISH or key not in dict(language_choices()):
        raise Http404
    lead = _(
        "Save as often as you like: what is left empty can wait until the version is "
        "published. Without any words the language is gone."
    )
    page = Page(LanguageForm, language_name(key), lead, key, template="language")
    return _edited(request, pk, page)


def _known(request: SignedInRequest, pk: object, place: str, key: str) -> None:
    """Only what the version has; 404 for anything else, and for strangers."""
    if key not in {one["key"] for one in visible(request, pk).content[place]}:
        raise Http404


def _edited(request: SignedInRequest, pk: object, page: Page) -> HttpResponse:
    by = access.require_standing(request)
    version = visible(request, pk)
    access.deny_unless(access.can_change_instrument(request.user, version))
    if request.method != "POST" and not version.is_draft:
        words = _("%(version)s is published and does not change. Copy it instead.")
        messages.info(request, words % {"version": version})
        return redirect(version)
    form = _form(page, version, request.POST or None)
    if form.is_valid() and carried_out(
        form,
        lambda: _ACTS[form.part](
            by=by, version=version, seen=form.cleaned_data["seen"], **form.values
        ),
    ):
        messages.success(request, _("%(part)s saved.") % {"part": page.title})
        anchor = f"#{page.key}" if page.template == "part" and page.key else ""
        return redirect(f"{version.get_absolute_url()}{anchor}")
    return _again(request, version, page, form)


def _form(page: Page, version: InstrumentVersion, data: Any) -> PartForm:
    back = version.get_absolute_url()
    return page.form(data, version=version, key=page.key, back=back, **dict(page.more))


def _again(
    request: SignedInRequest, version: InstrumentVersion, page: Page, form: PartForm
) -> HttpResponse:
    """The page with what was typed; and what somebody else saved meanwhile."""
    status, conflicts = (422 if form.is_bound else 200), []
    now = InstrumentVersion.objects.filter(pk=version.pk, published_at=None).first()
    if form.is_bound and now is not None:
        saved = _form(page, now, None)
        if form.data.get("seen") != saved.initial["seen"]:
            status, conflicts = 409, _differing(saved, form)
            # Whoever has seen both may save again.
            typed = request.POST.copy()
            typed["seen"] = saved.initial["seen"]
            form.data = typed
    context = {
        "form": form,
        "version": version,
        "title": page.title,
        "lead": page.lead,
        "back": (str(version), version.get_absolute_url()),
        "conflicts": conflicts,
        "points": range(FEWEST_POINTS, MOST_POINTS + 1),
    }
    return render(request, f"{_FOLDER}/{page.template}.html", context, status=status)


def _differing(saved: PartForm, form: PartForm) -> list[tuple[str, str, str]]:
    """Label, what is saved now, what was typed; of every field that differs."""
    rows = [
        (str(saved[name].label), _said(saved[name]), _said(form[name]))
        for name in saved.shown
        if name in form.fields
    ]
    return [row for row in rows if row[1] != row[2]]


def _said(field: forms.BoundField) -> str:
    value = field.value()
    if isinstance(field.field, forms.BooleanField):
        return _("Yes") if value else _("No")
    choices = dict(getattr(field.field, "choices", []))
    return str(choices.get(value, "" if value is None else value))
