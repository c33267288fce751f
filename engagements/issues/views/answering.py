"""The answers with one press: agree, confirm, look again, take a line out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from engagements import access
from engagements.errors import RuleError
from engagements.issues.actions import closing, correcting, recording
from engagements.issues.views.reading import pressed, refused_page, workable
from engagements.models import IssueNote, JointIssue
from engagements.web import SignedInRequest


@pressed
def agree(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """The own side sees the facts so."""
    row, own = workable(request, pk)
    round_ = round_of(request.POST.get("round", ""))

    def act() -> object:
        return recording.agree_facts(issue=row, side=own, round_=round_)

    return _act(request, row, act)


@pressed
def answer_closing(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """The asked side closes it too, or says what is still open."""
    row, own = workable(request, pk)

    def act() -> object:
        return closing.answer_closing(
            issue=row,
            side=own,
            yes=request.POST.get("answer") == "yes",
            today=timezone.localdate(),
            round_=round_of(request.POST.get("round", "")),
            reason=request.POST.get("reason", ""),
        )

    return _act(request, row, act)


@pressed
def answer_milder(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """The asked side reads it as less severe too, or says why not; the asking side
    takes it back."""
    row, own = workable(request, pk)
    mine: dict[str, Any] = {"issue": row, "side": own}
    mine["by"] = access.require_standing(request).contact
    mine["number"] = round_of(request.POST.get("round", ""))
    said = request.POST.get("answer")

    def act() -> object:
        if said == "take_back":
            return correcting.take_back_milder(**mine)
        why = request.POST.get("why", "")
        return correcting.answer_milder(**mine, yes=said == "yes", reason=why)

    return _act(request, row, act)


@pressed
def check(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Whether it has come back."""
    row, own = workable(request, pk)

    def act() -> object:
        return closing.answer_check(
            issue=row,
            side=own,
            held_well=request.POST.get("answer") == "held",
            today=timezone.localdate(),
        )

    return _act(request, row, act)


@pressed
def remove_note(request: SignedInRequest, pk: UUID, note: UUID) -> HttpResponse:
    """Take a line out of the joint record."""
    row, own = workable(request, pk)
    line = get_object_or_404(IssueNote, issue=row, pk=note)
    return _act(request, row, lambda: recording.remove_note(note=line, side=own))


def round_of(said: str) -> int:
    """The wording a page showed; what is no number fits none."""
    return int(said) if said.isascii() and said.isdecimal() and len(said) < 5 else 0


def _act(
    request: SignedInRequest, row: JointIssue, act: Callable[[], object]
) -> HttpResponse:
    try:
        act()
        messages.success(request, _("Saved."))
    except RuleError as error:
        typed = {name: request.POST.get(name, "") for name in ("reason", "why")}
        return refused_page(request, row.pk, error.message, field=error.field, **typed)
    return redirect(row)
