"""Question sets: list, one version, copy, publish, withdraw."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from engagements import access
from engagements.models import InstrumentVersion, Standing
from engagements.reviews.actions import instruments as actions
from engagements.reviews.explanation.units import percent
from engagements.reviews.forms.instruments import CopyForm, DecisionForm
from engagements.reviews.instrument.content import ENGLISH
from engagements.reviews.instrument.library import content_of, supplied
from engagements.reviews.queries import instruments as queries
from engagements.web import SignedInRequest, carried_out, form_page


@require_safe
def instruments(request: SignedInRequest) -> HttpResponse:
    """What comes with the application, and the own organisation's versions."""
    standing = access.require_standing(request)
    supplied()
    context = {
        "versions": list(queries.kept(request.user)),
        "own": standing.organisation,
        "can_keep": access.can_keep_instruments(request.user),
    }
    return render(request, "engagements/reviews/instruments/list.html", context)


@require_safe
def instrument(request: SignedInRequest, pk: object) -> HttpResponse:
    """One version: what it asks, in which words, with which weights."""
    access.require_standing(request)
    version = visible(request, pk)
    content = content_of(version)
    groups = queries.groups(version, content)
    context = {
        "version": version,
        "content": content,
        "title": content.title[ENGLISH],
        "labels": content.scale.labels[ENGLISH],
        "topics": [(one, percent(one.weight)) for one in groups if one.weight],
        "others": [one for one in groups if not one.weight],
        "compared": queries.compared(version, content),
        "translations": queries.translations(version),
        "own_thresholds": queries.own_thresholds(version),
        "history": queries.history(request.user, version),
        "can_keep": access.can_keep_instruments(request.user),
        "can_change": (can := access.can_change_instrument(request.user, version)),
        "draft": can and version.is_draft,
    }
    return render(request, "engagements/reviews/instruments/version.html", context)


@require_http_methods(["GET", "POST"])
def copy(request: SignedInRequest, pk: object) -> HttpResponse:
    """A draft of the own organisation with everything of this version."""
    by = access.require_standing(request)
    version = visible(request, pk)
    access.deny_unless(access.can_keep_instruments(request.user))
    back = version.get_absolute_url()
    initial = {"name": version.content["title"][ENGLISH]}
    form = CopyForm(request.POST or None, initial=initial, back=back)
    made: list[InstrumentVersion] = []
    if form.is_valid() and carried_out(
        form,
        lambda: made.append(
            actions.copy_version(by=by, version=version, **form.cleaned_data)
        ),
    ):
        messages.success(request, _("This is your draft. Nobody is asked it yet."))
        return redirect(made[0])
    title = _("Copy %(version)s") % {"version": version}
    lead = _("The copy is a draft of %(name)s. The original stays as it is.")
    lead = lead % {"name": by.organisation.name}
    return form_page(request, form, title=title, back=(str(version), back), lead=lead)


@require_http_methods(["GET", "POST"])
def publish(request: SignedInRequest, pk: object) -> HttpResponse:
    """Offer a draft to new reviews, for good."""
    return _decided(
        request,
        pk,
        actions.publish,
        title=_("Publish %(version)s"),
        lead=_("New reviews can be set up with it. From then on it never changes."),
        done=_("%(version)s is published."),
    )


@require_http_methods(["GET", "POST"])
def withdraw(request: SignedInRequest, pk: object) -> HttpResponse:
    """Offer a version no more; a draft is removed."""
    draft = visible(request, pk).is_draft
    return _decided(
        request,
        pk,
        actions.withdraw,
        title=_("Remove the draft %(version)s") if draft else _("Withdraw %(version)s"),
        lead=_("Everything written in it is lost. It cannot be taken back.")
        if draft
        else _("No new review is set up with it. Reviews that have it keep it."),
        done=_("The draft is removed.") if draft else _("%(version)s is withdrawn."),
    )


def visible(request: SignedInRequest, pk: object) -> InstrumentVersion:
    """The version, if the person may see it; 404 otherwise."""
    return get_object_or_404(queries.kept(request.user), pk=pk)


def _decided(
    request: SignedInRequest,
    pk: object,
    act: Callable[..., object],
    *,
    title: str,
    lead: str,
    done: str,
) -> HttpResponse:
    """Asked once more, then done."""
    by: Standing = access.require_standing(request)
    version = visible(request, pk)
    access.deny_unless(access.can_change_instrument(request.user, version))
    names, back = {"version": str(version)}, version.get_absolute_url()
    form = DecisionForm(request.POST if request.method == "POST" else None, back=back)
    form.button = title % names
    if form.is_valid() and carried_out(form, lambda: act(by=by, version=version)):
        messages.success(request, done % names)
        gone = not InstrumentVersion.objects.filter(pk=version.pk).exists()
        return redirect(reverse("engagements:instruments") if gone else back)
    return form_page(
        request, form, title=title % names, back=(str(version), back), lead=lead
    )
