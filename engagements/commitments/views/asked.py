"""What was asked of the other side: taken back, asked now, or answered signed in."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from engagements import access, links
from engagements.commitments import asking
from engagements.commitments.views.steps import return_address
from engagements.errors import RuleError
from engagements.links import Held, Purpose
from engagements.models import PromiseAsk, Side
from engagements.web import SignedInRequest


@require_POST
def take_back(request: SignedInRequest, pk: object) -> HttpResponse:
    """The side that asked asks no longer."""
    row = _own(request, pk)
    return _act(request, row, asking.take_back, lambda _row: _("No longer asked."))


@require_POST
def ask_now(request: SignedInRequest, pk: object) -> HttpResponse:
    """Ask what was only noted, because nobody could be reached."""
    row = _own(request, pk)
    return _act(request, row, asking.ask_now, lambda now: asking.outcome(now, ""))


@require_POST
def answer(request: SignedInRequest, pk: object) -> HttpResponse:
    """Whoever was asked goes on to the question, without the mail."""
    row = _visible(request, pk)
    me = access.require_standing(request).contact
    access.deny_unless(row.asked_id == me.pk, _("Only the person asked answers."))
    onward = redirect("engagements:promise-link-answer")
    links.let_in(onward, Purpose.PROMISE, Held(row.pk, row.version))
    return onward


def _visible(request: SignedInRequest, pk: object) -> PromiseAsk:
    rows = PromiseAsk.objects.visible_to(request.user).filter(
        relationship__archived_at=None
    )
    related = rows.select_related("relationship__client", "relationship__supplier")
    return get_object_or_404(related, pk=pk)


def _own(request: SignedInRequest, pk: object) -> PromiseAsk:
    """Something the person's own side asked."""
    row = _visible(request, pk)
    access.deny_unless(
        access.side_of(request.user, row.relationship) == Side(row.side).other,
        _("Only the side that asked does this."),
    )
    return row


def _act(
    request: SignedInRequest,
    row: PromiseAsk,
    act: Callable[..., PromiseAsk],
    words: Callable[[PromiseAsk], str],
) -> HttpResponse:
    try:
        messages.success(request, words(act(asked=row)))
    except RuleError as error:
        messages.error(request, error.message)
    return redirect(return_address(request, row.relationship))
