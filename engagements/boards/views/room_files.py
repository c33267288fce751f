"""Files of the room: in through a page of its own, out through the door."""

from __future__ import annotations

from uuid import UUID

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from engagements.boards.actions import room_files as acts
from engagements.boards.forms.room import FileForm
from engagements.boards.views.behind import entered, for_seated, room_form
from engagements.contracts.uploads import TYPES
from engagements.errors import RuleError
from engagements.models import BoardSeat, RoomFile
from engagements.web import carried_out


@for_seated("GET", "HEAD", "POST")
def add(request: HttpRequest, seat: BoardSeat, pk: UUID) -> HttpResponseBase:
    """Bring a file along."""
    meeting = entered(seat, pk)
    back = reverse("engagements:board-room", args=[pk])
    form = FileForm(request.POST or None, request.FILES or None, back=back)
    if form.is_valid() and carried_out(
        form, lambda: acts.add_file(by=seat, meeting=meeting, **form.cleaned_data)
    ):
        return redirect(back)
    lead = _("It is read behind this door alone.")
    title = _("Add a file")
    return room_form(
        request, seat, form, title=title, back=(meeting.title, back), lead=lead
    )


@for_seated("GET", "HEAD", "POST")
def file(
    request: HttpRequest, seat: BoardSeat, pk: UUID, row: UUID
) -> HttpResponseBase:
    """A file, as an attachment; POST takes it away for good."""
    meeting = entered(seat, pk)
    kept = get_object_or_404(RoomFile, meeting=meeting, pk=row)
    if request.method == "POST":
        try:
            acts.remove_file(by=seat, meeting=meeting, file=kept.pk)
        except RuleError as refused:
            raise Http404(refused.message) from None
        return redirect("engagements:board-room", pk=pk)
    return _sent(kept)


@for_seated("GET", "HEAD")
def ask(request: HttpRequest, seat: BoardSeat, pk: UUID, row: UUID) -> HttpResponse:
    """Asked before a file goes for good."""
    meeting = entered(seat, pk)
    kept = get_object_or_404(RoomFile, meeting=meeting, pk=row)
    if not acts.may_remove(kept, seat):
        raise Http404
    context = {"seat": seat, "meeting": meeting, "file": kept}
    return render(request, "engagements/boards/file_delete.html", context)


def _sent(kept: RoomFile) -> FileResponse:
    try:
        content = kept.file.open("rb")
    except FileNotFoundError as error:
        raise Http404 from error
    ending = kept.name.rpartition(".")[2].lower()
    response = FileResponse(
        content,
        as_attachment=True,
        filename=kept.name,
        content_type=TYPES.get(ending, "application/octet-stream"),
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
