"""What a press or a line in the room does, and how it is answered.

With script a deed is sent beside the page and answered by a status alone; without, the
page comes again: with the words that were refused, and with those nobody sent yet.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from uuid import UUID, uuid4

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext as _

from engagements.boards.actions import room_sorting, room_stops, room_words
from engagements.boards.forms import room as forms
from engagements.boards.views.behind import asked_beside, refusal
from engagements.errors import RuleError
from engagements.models import BoardMeeting, BoardSeat
from engagements.templatetags.look import named

Deed = Callable[[HttpRequest, BoardSeat, BoardMeeting], object]
Page = Callable[[str], HttpResponse]


def do(
    request: HttpRequest,
    seat: BoardSeat,
    meeting: BoardMeeting,
    deeds: Mapping[str, Deed],
    page: Page,
) -> HttpResponse:
    """Do the deed whose name was sent; `page` shows a refusal where it was asked."""
    beside = asked_beside(request)
    name = next((one for one in deeds if one in request.POST), None)
    try:
        deeds.get(name or "", _nothing)(request, seat, meeting)
    except RuleError as refused:
        return refusal(refused) if beside else page(refused.message)
    if beside:
        return HttpResponse(status=204, headers={"X-Key": str(uuid4())})
    # Nothing of it may be kept outside the sealed tables: no redirect could carry it.
    return page("") if unsent(request, deeds) else HttpResponseRedirect(request.path)


def unsent(request: HttpRequest, deeds: Mapping[str, Deed]) -> dict[str, str]:
    """What came along with a deed, typed and not meant by it; empty without words."""
    done = next((one for one in deeds if one in request.POST), "")
    meant = _MEANS.get(done, done)
    sent = {one: str(said) for one, said in request.POST.items() if one != meant}
    return sent if any(sent.get(name, "").strip() for name in _WORDS) else {}


def _nothing(_request: HttpRequest, _seat: BoardSeat, _meeting: BoardMeeting) -> None:
    raise RuleError(_("Choose what to do."))


def typed(form: BaseForm) -> dict:
    """What a form holds. Raises RuleError with the first thing wrong, and with what."""
    if not form.is_valid():
        name, errors = next(iter(form.errors.items()))
        raise RuleError(named(str(errors[0]), form[name]))
    return form.cleaned_data


def id_of(request: HttpRequest, name: str) -> UUID:
    """The row a button names. Raises RuleError for what is none."""
    try:
        return UUID(request.POST.get(name, ""))
    except ValueError:
        raise RuleError(_("This is not in the room any more.")) from None


def _say(request: HttpRequest, seat: BoardSeat, meeting: BoardMeeting) -> None:
    said = typed(forms.SayForm(request.POST))
    room_words.say(by=seat, meeting=meeting, **said)


def _line(request: HttpRequest, seat: BoardSeat, meeting: BoardMeeting) -> None:
    said = typed(forms.LineForm(request.POST))
    room_words.capture(by=seat, meeting=meeting, **said)


def _topic(request: HttpRequest, seat: BoardSeat, meeting: BoardMeeting) -> None:
    said = typed(forms.TopicForm(request.POST))
    key, title = said["topic_key"], said["title"]
    room_words.add_topic(by=seat, meeting=meeting, key=key, title=title)


def _remove_topic(request: HttpRequest, seat: BoardSeat, meeting: BoardMeeting) -> None:
    topic = id_of(request, "remove_topic")
    room_words.remove_topic(by=seat, meeting=meeting, topic=topic)


def _supporting(name: str, *, yes: bool) -> Deed:
    def deed(request: HttpRequest, seat: BoardSeat, meeting: BoardMeeting) -> None:
        pk = id_of(request, name)
        room_words.support(by=seat, meeting=meeting, contribution=pk, yes=yes)

    return deed


def _sorting(kind: str) -> Deed:
    def deed(request: HttpRequest, seat: BoardSeat, meeting: BoardMeeting) -> None:
        pk = id_of(request, kind)
        room_sorting.sort(by=seat, meeting=meeting, contribution=pk, kind=kind)

    return deed


def _ticking(name: str, *, present: bool) -> Deed:
    def deed(request: HttpRequest, seat: BoardSeat, meeting: BoardMeeting) -> None:
        pk = id_of(request, name)
        room_words.tick_present(by=seat, meeting=meeting, seat=pk, present=present)

    return deed


def _stop(_request: HttpRequest, seat: BoardSeat, meeting: BoardMeeting) -> None:
    room_stops.stop(by=seat, meeting=meeting)


def _look(_request: HttpRequest, _seat: BoardSeat, _meeting: BoardMeeting) -> None:
    """Only look again, with what is typed."""


def _come_in(_request: HttpRequest, seat: BoardSeat, meeting: BoardMeeting) -> None:
    room_words.come_in(by=seat, meeting=meeting, now=timezone.now())


def _leave(_request: HttpRequest, seat: BoardSeat, meeting: BoardMeeting) -> None:
    room_words.leave(by=seat, meeting=meeting)


_WORDS = ("text", "line", "title")
# The field a button sends, where the form has others beside it.
_MEANS = {"add_topic": "title"}
# The first name that was sent is done: buttons before fields.
IN_ROOM: dict[str, Deed] = {
    "stop": _stop,
    "support": _supporting("support", yes=True),
    "step_back": _supporting("step_back", yes=False),
    "operational": _sorting("operational"),
    "strategic": _sorting("strategic"),
    "remove_topic": _remove_topic,
    "present": _ticking("present", present=True),
    "absent": _ticking("absent", present=False),
    "here": _come_in,
    "leave": _leave,
    "look": _look,
    "add_topic": _topic,
    "line": _line,
    "text": _say,
    "title": _topic,
}
