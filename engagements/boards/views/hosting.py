"""The host's pages of its boards, read as well by those who sit and sign in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from engagements import access
from engagements.boards import rights
from engagements.boards.actions import charter as charters
from engagements.boards.actions import founding, seats
from engagements.boards.forms.hosting import (
    BoardForm,
    CharterForm,
    FacilitatorForm,
    SeatForm,
    Sure,
)
from engagements.boards.queries import boards as read
from engagements.boards.terms import size_warning
from engagements.errors import RuleError
from engagements.models import Board
from engagements.web import SignedInRequest, carried_out, form_page

_BOARD = ("name", "attribution", "term_months")


@require_safe
def boards(request: SignedInRequest) -> HttpResponse:
    """The boards one hosts, and those one sits on."""
    rows = read.boards(request.user)
    if not rows:
        access.require_standing(request)
    context = {
        "boards": rows,
        "can_found": rights.can_found_board(request.user),
    }
    return render(request, "engagements/boards/boards.html", context)


@require_safe
def board(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """The shell: who sits, charter, meetings, what was asked and what came of it."""
    row = seen(request, pk)
    today = timezone.localdate()
    sitting = read.seats(row)
    stands = read.charter(row, sitting, today)
    keeps = rights.can_keep_board(request.user, row)
    context = {
        "board": row,
        "seats": sitting,
        "proposed": read.proposed(row) if keeps else [],
        "warning": size_warning(stands.members),
        "charter": stands,
        "parts": read.parts(stands.latest),
        "meetings": row.meetings.all(),
        "asked": read.released(row),
        "can_keep": keeps,
        "can_propose": rights.can_propose_seat(request.user, row),
        "can_restore": rights.can_restore_board(request.user, row),
        "can_enter": rights.can_enter_room(request.user, row),
    }
    return render(request, "engagements/boards/board.html", context)


@require_http_methods(["GET", "POST"])
def create(request: SignedInRequest) -> HttpResponse:
    """Found a board."""
    by = access.require_standing(request)
    access.deny_unless(rights.can_found_board(request.user))
    form = BoardForm(request.POST or None, back="/boards/")
    form.button = _("Found the board")
    made: list[Board] = []
    if form.is_valid() and carried_out(
        form, lambda: made.append(founding.found_board(by=by, **form.cleaned_data))
    ):
        return redirect(made[0].get_absolute_url())
    lead = _(
        "Clients advise you together, in a room you do not enter. You name a neutral "
        "facilitator, who invites them; eight or nine is usual."
    )
    back = _("Advisory boards"), "/boards/"
    return form_page(request, form, title=_("Found a board"), back=back, lead=lead)


@require_http_methods(["GET", "POST"])
def edit(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Another name or rule."""
    by, row = access.require_standing(request), kept(request, pk)
    said = {name: getattr(row, name) for name in _BOARD}
    form = BoardForm(request.POST or None, initial=said, back=row.get_absolute_url())

    def act() -> object:
        return founding.change_board(by=by, board=row, **form.cleaned_data)

    return _write(request, row, form, act, title=_("Edit board"))


@require_http_methods(["GET", "POST"])
def facilitator(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Name who leads the board: of neither the host nor a member."""
    by, row = access.require_standing(request), kept(request, pk)
    form = FacilitatorForm(
        request.POST or None, initial=_known(row), back=row.get_absolute_url()
    )

    def act() -> object:
        return founding.name_facilitator(by=by, board=row, **form.cleaned_data)

    lead = _("From then on the facilitator invites, and you put nobody forward.")
    title = _("Name the facilitator")
    return _write(request, row, form, act, title=title, lead=lead)


def _known(row: Board) -> dict[str, Any]:
    person = row.facilitator
    if person is None:
        return {}
    return {
        "name": person.name,
        "email": person.email,
        "works_for": person.organisation.name,
        "paid_by": row.facilitator_paid_by,
        "formerly": row.facilitator_formerly,
    }


@require_http_methods(["GET", "POST"])
def charter(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """The host's draft; once the facilitator is named, theirs who lead."""
    by, row = access.require_standing(request), kept(request, pk)
    access.deny_unless(
        rights.can_write_charter(request.user, row),
        _("The facilitator and the chair write the charter now."),
    )
    draft = row.charters.filter(proposed_on=None).first()
    form = CharterForm(
        request.POST or None, initial=charters.said(draft), back=row.get_absolute_url()
    )

    def act() -> object:
        return charters.write_draft(by=by, board=row, **form.cleaned_data)

    lead = _("The facilitator can change it and puts it to the members.")
    title = _("Draft of the charter")
    return _write(request, row, form, act, title=title, lead=lead)


@require_http_methods(["GET", "POST"])
def propose_seat(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Put somebody forward."""
    by, row = access.require_standing(request), kept(request, pk)
    access.deny_unless(
        rights.can_propose_seat(request.user, row), _("The facilitator invites now.")
    )
    back = row.get_absolute_url()
    form = SeatForm(request.POST or None, button=_("Put forward"), back=back)

    def act() -> object:
        return seats.propose_seat(by=by, board=row, person=form.person)

    lead = _("Nobody is written to before the facilitator invites.")
    title = _("Put somebody forward")
    return _write(request, row, form, act, title=title, lead=lead)


@require_POST
def drop_seat(request: SignedInRequest, pk: UUID, seat: UUID) -> HttpResponse:
    """Take back whom one has put forward."""
    by, row = access.require_standing(request), kept(request, pk)
    access.deny_unless(rights.can_propose_seat(request.user, row))
    proposed = get_object_or_404(row.seats.proposed(), pk=seat)
    seats.drop_proposed(by=by, board=row, seat=proposed)
    return redirect(row.get_absolute_url())


@require_http_methods(["GET", "POST"])
def archive(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Put the board away, after a second look; nobody enters any more."""
    by, row = access.require_standing(request), kept(request, pk)
    address = row.get_absolute_url()
    form = Sure(request.POST or None, button=_("Archive board"), back=address)
    if request.method == "POST":
        try:
            founding.archive_board(by=by, board=row)
        except RuleError as refused:
            messages.error(request, refused.message)
            return redirect(address)
        messages.success(request, _("The board is archived."))
        return redirect("engagements:boards")
    title = _("Archive %(name)s?") % {"name": row.name}
    lead = _(
        "Its room is shut for everybody; the members are told. What was released stays "
        "readable, for them and for you. You can take it out of the archive again."
    )
    back = row.name, address
    return form_page(request, form, title=title, back=back, lead=lead)


@require_POST
def restore(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Take the board out of the archive."""
    by, row = access.require_standing(request), seen(request, pk)
    access.deny_unless(rights.can_restore_board(request.user, row))
    try:
        founding.restore_board(by=by, board=row)
    except RuleError as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, _("The board is in use again."))
    return redirect(row.get_absolute_url())


def seen(request: SignedInRequest, pk: UUID) -> Board:
    """A board one may see; 404 for everybody else."""
    rows = Board.objects.visible_to(request.user)
    related = ("supplier", "facilitator__organisation")
    return get_object_or_404(rows.select_related(*related), pk=pk)


def kept(request: SignedInRequest, pk: UUID) -> Board:
    """A board one keeps; 403 for those who sit."""
    row = seen(request, pk)
    access.deny_unless(rights.can_keep_board(request.user, row))
    return row


def _write(
    request: SignedInRequest,
    board: Board,
    form: BaseForm,
    act: Callable[[], object],
    **page: Any,
) -> HttpResponse:
    if form.is_valid() and carried_out(form, act):
        messages.success(request, _("Saved."))
        return redirect(board.get_absolute_url())
    back = board.name, board.get_absolute_url()
    return form_page(request, form, back=back, **page)
