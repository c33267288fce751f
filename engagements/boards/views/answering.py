"""The host answers: one press where nothing is typed, a form where something is."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from engagements import access
from engagements.boards import figures, rights
from engagements.boards.actions import answering
from engagements.boards.forms.answering import (
    DecideForm,
    GivePromiseForm,
    MovePromiseForm,
    PromiseForm,
)
from engagements.boards.queries.boards import promisers
from engagements.boards.views.told import one_of, seen
from engagements.errors import RuleError
from engagements.models import Recommendation, RecommendationPromise
from engagements.parties.forms.fields import days_in_order
from engagements.web import SignedInRequest, carried_out, form_page

_both = require_http_methods(["GET", "POST"])


def _answerable(request: SignedInRequest, board: UUID, pk: UUID) -> Recommendation:
    """Seen (404), and answered by this person (403)."""
    shell = seen(request, board)
    row = one_of(shell, pk)
    access.deny_unless(rights.can_answer_recommendation(request.user, shell))
    return row


def _kept(
    request: SignedInRequest, board: UUID, pk: UUID, promise: UUID
) -> RecommendationPromise:
    """Seen (404), and kept by this person (403)."""
    rows = RecommendationPromise.objects.visible_to(request.user)
    rows = rows.filter(recommendation=pk, recommendation__board=board)
    found = rows.select_related("recommendation__board", "owner")
    row = get_object_or_404(found, pk=promise)
    access.deny_unless(rights.can_keep_promise(request.user, row))
    return row


def _pressed(
    request: SignedInRequest, row: Recommendation, act: Callable[[], object], said: str
) -> HttpResponse:
    try:
        act()
        messages.success(request, said)
    except RuleError as error:
        messages.warning(request, error.message)
    return redirect(row)


@require_POST
def acknowledge(request: SignedInRequest, board: UUID, pk: UUID) -> HttpResponse:
    """We have read it."""
    row = _answerable(request, board, pk)
    said = _("The board reads that you have read it.")
    return _pressed(
        request, row, lambda: answering.acknowledge(recommendation=row), said
    )


@require_POST
def start(request: SignedInRequest, board: UUID, pk: UUID) -> HttpResponse:
    """We have begun."""
    row = _answerable(request, board, pk)
    said = _("The board reads that the work has begun.")
    return _pressed(request, row, lambda: answering.start(recommendation=row), said)


@require_POST
def deliver(request: SignedInRequest, board: UUID, pk: UUID) -> HttpResponse:
    """It is there, we say."""
    row, today = _answerable(request, board, pk), timezone.localdate()
    said = _(
        "The board reads that it is there. The members say whether they see it so."
    )
    return _pressed(
        request, row, lambda: answering.deliver(recommendation=row, today=today), said
    )


@require_POST
def keep(
    request: SignedInRequest, board: UUID, pk: UUID, promise: UUID
) -> HttpResponse:
    """A promise is done."""
    kept, today = _kept(request, board, pk, promise), timezone.localdate()
    return _pressed(
        request,
        kept.recommendation,
        lambda: answering.keep_promise(promise=kept, today=today),
        _("The promise is done."),
    )


@_both
def decide(request: SignedInRequest, board: UUID, pk: UUID) -> HttpResponse:
    """Our answer, with a reason where one is needed."""
    row, today = _answerable(request, board, pk), timezone.localdate()
    latest = answering.put_off_until(row, today)
    form = DecideForm(request.POST or None, latest=latest, back=row.get_absolute_url())

    def act() -> object:
        said = {"deferred_until": None, **form.cleaned_data}
        return answering.decide(recommendation=row, today=today, **said)

    return _formed(request, row, form, act, _("Answer the board"))


@_both
def promise(request: SignedInRequest, board: UUID, pk: UUID) -> HttpResponse:
    """What we will do, who, until when."""
    row, today = _answerable(request, board, pk), timezone.localdate()
    form = PromiseForm(
        request.POST or None,
        people=promisers(row.board),
        counted=figures.settled_for(row.promises.all(), today),
        back=row.get_absolute_url(),
    )

    def act() -> object:
        return answering.promise(recommendation=row, today=today, **form.cleaned_data)

    return _formed(request, row, form, act, _("Promise the board something"))


@_both
def move(
    request: SignedInRequest, board: UUID, pk: UUID, promise: UUID
) -> HttpResponse:
    """Another day for a promise."""
    moved, today = _kept(request, board, pk, promise), timezone.localdate()
    row = moved.recommendation
    by = access.require_standing(request)
    form = MovePromiseForm(request.POST or None, back=row.get_absolute_url())

    def act() -> object:
        return answering.move_promise(
            promise=moved, by=by, today=today, **form.cleaned_data
        )

    return _formed(request, row, form, act, _("Move a promise"), lead=moved.text)


@_both
def give(
    request: SignedInRequest, board: UUID, pk: UUID, promise: UUID
) -> HttpResponse:
    """Somebody else owns a promise from now on."""
    row, today = _answerable(request, board, pk), timezone.localdate()
    given = get_object_or_404(row.promises.select_related("owner"), pk=promise)
    by = access.require_standing(request)
    if _is_so_already(request, given):
        messages.info(request, _("%(name)s owns it.") % {"name": given.owner.name})
        return redirect(row)
    form = GivePromiseForm(
        request.POST or None,
        people=promisers(row.board),
        owner=given.owner,
        back=row.get_absolute_url(),
    )

    def act() -> object:
        return answering.give_promise(
            promise=given, by=by, today=today, **form.cleaned_data
        )

    said = _("The new owner is told by mail. The board reads who owns it.")
    title, lead = _("Give the promise to somebody else"), _lead(given)
    return _formed(request, row, form, act, title, lead=lead, said=said)


def _is_so_already(request: SignedInRequest, given: RecommendationPromise) -> bool:
    """Sent twice, or by two people who chose alike: it is as was wished."""
    owner = str(given.owner_id)
    return request.POST.get("owner") == owner != request.POST.get("seen", owner)


def _lead(given: RecommendationPromise) -> str:
    words = {"text": given.text, "name": given.owner.name}
    return _("%(text)s. Owner until now: %(name)s.") % words


def _formed(
    request: SignedInRequest,
    row: Recommendation,
    form: BaseForm,
    act: Callable[[], object],
    title: str,
    lead: str = "",
    said: str = "",
) -> HttpResponse:
    days_in_order(form, request.user)
    if form.is_valid() and carried_out(form, act):
        messages.success(request, said or _("The board reads it."))
        return redirect(row)
    back = (_("Recommendation %(n)d") % {"n": row.number}, row.get_absolute_url())
    lead = lead or row.wording
    return form_page(request, form, title=title, back=back, lead=lead)
