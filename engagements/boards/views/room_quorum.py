"""Going on without the quorum, in words the members read."""

from __future__ import annotations

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from engagements.boards.actions import room_quorum as acts
from engagements.boards.forms.room import QuorumForm
from engagements.boards.queries.room_quorum import quorum
from engagements.boards.views.behind import entered, for_seated, room_form
from engagements.models import BoardSeat
from engagements.web import carried_out


@for_seated("GET", "HEAD", "POST")
def go_on(request: HttpRequest, seat: BoardSeat, pk: UUID) -> HttpResponse:
    """Why what those present approve counts all the same."""
    if not seat.is_facilitator:
        raise PermissionDenied(_("This is for the facilitator to do."))
    meeting = entered(seat, pk)
    found = quorum(meeting)
    back = reverse("engagements:board-drafts", args=[pk])
    said = {"reason": found.reason}
    form = QuorumForm(request.POST or None, initial=said, back=back)
    if form.is_valid() and carried_out(
        form, lambda: acts.go_on(by=seat, meeting=meeting, **form.cleaned_data)
    ):
        return redirect(back)
    lead = _(
        "%(present)d of %(sit)d members are noted as here, and %(needed)d make the "
        "quorum."
    ) % {"present": found.present, "sit": found.sit, "needed": found.needed}
    title = _("Go on without the quorum")
    return room_form(
        request, seat, form, title=title, back=(_("Drafts"), back), lead=lead
    )
