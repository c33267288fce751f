"""The page behind the link of the person who is asked about an idea."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from engagements import links
from engagements.doors import MailedLink, by_link, closed_link
from engagements.errors import RuleError
from engagements.ideas import actions, forms, queries, states
from engagements.ideas.states import Action
from engagements.ideas.views.pages import say
from engagements.links import Purpose
from engagements.models import Idea
from engagements.web import carried_out


@by_link("GET", "HEAD", "POST")
def link_answer(request: HttpRequest) -> HttpResponse:
    """The idea, and the buttons with which the person asked answers."""
    row = queries.by_link(links.held_by(request, Purpose.IDEA))
    if row is None:
        return closed_link(request)
    said = request.POST if request.method == "POST" else None
    form = forms.LinkForm(said, people=queries.team_mates(row))
    pressed = said.get("answer", "") if said else ""
    if form.is_valid() and carried_out(
        form, lambda: _said_by_link(row, pressed, form.cleaned_data)
    ):
        if pressed == Action.HAND_ON:
            # The link is closed now: this page is the last it shows.
            context = _about(row) | {"to": form.cleaned_data["to"]}
            return render(request, "survey/idea_passed.html", context)
        return redirect("engagements:idea-link-answer")
    context = _about(row) | {"form": form, "error": bool(form.errors)}
    status = 200 if said is None else 422
    return render(request, "survey/idea.html", context, status=status)


def _said_by_link(row: Idea, answer: str, said: dict[str, Any]) -> None:
    to = said["to"]
    if answer == Action.HAND_ON:
        if to is None:
            raise RuleError(_("Choose who answers instead."), field="to")
        actions.pass_on(idea=row, side=row.other, by=row.asked, to=to)
        return
    if answer not in {Action.TRY, Action.LATER, Action.DECLINE}:
        raise RuleError(_("Press one of the buttons."))
    if answer == Action.LATER and said["day"] is None:
        raise RuleError(_("Say a day."), field="day")
    day = said["day"] or timezone.localdate()
    say(row, row.other, answer, said | {"day": day}, owner=row.asked)


def _about(row: Idea) -> dict[str, Any]:
    pair = row.relationship
    return {
        "idea": row,
        "pair": f"{pair.client.name} / {pair.supplier.name}",
        "giver": getattr(pair, row.side),
        "own": getattr(pair, row.other.value),
        "may": {action.value: states.may(action, row, row.other) for action in Action},
    }


_MAILED = MailedLink(
    purpose=Purpose.IDEA,
    find=queries.by_link,
    about=_about,
    beginning="survey/idea_start.html",
    page="idea-link-answer",
)


@by_link("GET", "HEAD", "POST")
def from_link(request: HttpRequest, token: str) -> HttpResponse:
    """What the mailed link opens; its button goes on to the idea."""
    return _MAILED.opened(request, token)
