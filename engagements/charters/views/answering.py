"""The named person answers: on the charter's page, or from a mailed link."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from engagements import access
from engagements.charters import rights
from engagements.charters.actions import answering
from engagements.charters.forms.charters import PersonForm
from engagements.charters.queries import asked
from engagements.charters.views.charters import refused_page
from engagements.charters.views.seen import acceptance_of, back_to_charter, write
from engagements.doors import MailedQuestion, by_link
from engagements.errors import RuleError
from engagements.links import Purpose
from engagements.models import CharterAcceptance, Side
from engagements.web import SignedInRequest


@require_POST
def answer(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """The person named for a side, signed in, says yes or no."""
    row = acceptance_of(request, pk)
    access.deny_unless(
        rights.can_answer_about_charter(request.user, row),
        _("The person named for the side answers this."),
    )
    yes = request.POST.get("answer") == "yes"
    try:
        answering.answer(
            acceptance=row,
            yes=yes,
            reason=request.POST.get("reason", ""),
        )
        messages.success(request, _("Your answer is kept."))
    except RuleError as error:
        typed = {"refused": row.pk, "reason": request.POST.get("reason", "")}
        relationship = row.charter.relationship_id
        return refused_page(request, relationship, error.message, **typed)
    return redirect("engagements:charter", row.charter.relationship_id)


@require_http_methods(["GET", "POST"])
def person(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Let somebody else of the side answer."""
    by, row = access.require_standing(request), acceptance_of(request, pk)
    access.deny_unless(
        rights.can_name_for_charter(request.user, row),
        _("Each side names its own person."),
    )
    relationship = row.charter.relationship
    back = back_to_charter(relationship)
    form = PersonForm(
        request.POST or None,
        relationship=relationship,
        side=Side(row.side),
        initial={"contact": row.contact_id},
        back=back[1],
    )

    def act() -> object:
        said = form.cleaned_data
        return answering.name_person(by=by, acceptance=row, **said)

    title = _("Who answers for %(side)s") % {
        "side": getattr(relationship, row.side).name
    }
    return write(request, form, act, title=title, back=back)


def _about(row: CharterAcceptance) -> dict[str, Any]:
    relationship = row.charter.relationship
    return {
        "asked": row,
        "charter": row.charter,
        "own": getattr(relationship, row.side),
        "relationship": relationship,
        "pair": f"{relationship.client.name} / {relationship.supplier.name}",
    }


def _answer(row: CharterAcceptance, *, yes: bool, reason: str) -> object:
    return answering.answer(acceptance=row, yes=yes, reason=reason)


_MAILED = MailedQuestion(
    purpose=Purpose.CHARTER,
    find=asked.by_link,
    answer=_answer,
    about=_about,
    beginning="survey/charter_start.html",
    template="survey/charter.html",
    page="charter-link-answer",
)


@by_link("GET", "HEAD", "POST")
def from_link(request: HttpRequest, token: str) -> HttpResponse:
    """What the mailed link opens; its button goes on to the charter."""
    return _MAILED.opened(request, token)


@by_link("GET", "HEAD", "POST")
def link_answer(request: HttpRequest) -> HttpResponse:
    """The charter in full, and two buttons."""
    return _MAILED.asked(request)
