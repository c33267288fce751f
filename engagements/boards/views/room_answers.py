"""What is done about one contribution, named by the address of its page."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone

from engagements.boards.actions import room_sorting, room_words
from engagements.boards.forms import room as forms
from engagements.boards.views.room_deeds import Deed, typed
from engagements.models import BoardMeeting, BoardSeat, Contribution

_KINDS = {one.value for one in Contribution.Kind}


def _about(request: HttpRequest) -> UUID:
    assert request.resolver_match is not None  # noqa: S101 - a view was found for it
    return request.resolver_match.kwargs["said"]


def _sort(request: HttpRequest, by: BoardSeat, meeting: BoardMeeting) -> None:
    said = request.POST["kind"]
    room_sorting.sort(
        by=by,
        meeting=meeting,
        contribution=_about(request),
        kind=said if said in _KINDS else Contribution.Kind.NONE,
    )


def _propose(request: HttpRequest, by: BoardSeat, meeting: BoardMeeting) -> None:
    said = typed(forms.WordingForm(request.POST))
    room_sorting.propose(
        by=by,
        meeting=meeting,
        contribution=_about(request),
        wording=said["wording"],
    )


def _word(request: HttpRequest, by: BoardSeat, meeting: BoardMeeting) -> None:
    room_sorting.answer_wording(
        by=by,
        meeting=meeting,
        contribution=_about(request),
        wording=forms.as_kept(request.POST.get("shown", "")),
        takes=request.POST["answer"] == "takes",
    )


def _hands(request: HttpRequest, by: BoardSeat, meeting: BoardMeeting) -> None:
    said = typed(forms.HandsForm(request.POST))
    room_words.set_hands(
        by=by, meeting=meeting, contribution=_about(request), hands=said["hands"]
    )


def _park(request: HttpRequest, by: BoardSeat, meeting: BoardMeeting) -> None:
    room_sorting.park(
        by=by,
        meeting=meeting,
        contribution=_about(request),
        today=timezone.localdate(),
    )


def _withdraw(request: HttpRequest, by: BoardSeat, meeting: BoardMeeting) -> None:
    room_sorting.withdraw(by=by, meeting=meeting, contribution=_about(request))


def _reopen(request: HttpRequest, by: BoardSeat, meeting: BoardMeeting) -> None:
    room_sorting.reopen(by=by, meeting=meeting, contribution=_about(request))


ABOUT_ONE: dict[str, Deed] = {
    "kind": _sort,
    "wording": _propose,
    "answer": _word,
    "hands": _hands,
    "park": _park,
    "withdraw": _withdraw,
    "reopen": _reopen,
}
