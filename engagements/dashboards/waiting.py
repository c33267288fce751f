"""What a signed-in person is asked and has not answered: one line each on Home.

Steps and promises of one's own are `home.due`. Here stands what others wait for: the
same for both sides, each by the rule of the part it belongs to.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import (
    CharField,
    Exists,
    F,
    OuterRef,
    PositiveSmallIntegerField,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import Cast, Coalesce, TruncDate
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from engagements.dashboards.asked import Asked, of_boards, waits
from engagements.dashboards.speaking import answers_idea, speaks, told
from engagements.issues.mails import FACTS
from engagements.links import Purpose, path
from engagements.models import (
    Charter,
    CharterAcceptance,
    Idea,
    IssueCorrection,
    IssueSide,
    IssueStepSide,
    JointIssue,
    Mirror,
    MirrorPart,
    Notice,
    PromiseAsk,
    RecommendationPromise,
    Relationship,
    RelationshipSide,
    Standing,
    readable,
    standing_of,
)
from engagements.relationships.guards import Guard

# What comes to pass without the person once its day is over.
_LAPSING = {"closing"}
_State = JointIssue.State
_WORDS: dict[str, tuple[str, str | Promise]] = {
    "charter": ("pair", gettext_lazy("Charter to accept")),
    "again": ("pair", gettext_lazy("Does the charter still hold?")),
    "mirror": ("pair", gettext_lazy("Values and abilities: the part of your side")),
    "step": ("knot", gettext_lazy("To settle, one level up: %(title)s")),
    "account": ("knot", gettext_lazy("Account of your side: %(title)s")),
    "facts": ("knot", gettext_lazy("Facts to agree: %(title)s")),
    "closing": ("knot", gettext_lazy("Closing to confirm: %(title)s")),
    "check": ("knot", gettext_lazy("Has it come back? %(title)s")),
    "milder": ("knot", gettext_lazy("Less severe, to agree: %(title)s")),
    "promise": ("note", gettext_lazy("Promise asked of your side: %(title)s")),
    "idea": ("note", gettext_lazy("Idea to answer: %(title)s")),
}
_PAGES = {
    **dict.fromkeys(("charter", "again"), "charter"),
    "mirror": "mirror",
    **dict.fromkeys(
        ("step", "account", "facts", "closing", "check", "milder"), "issue"
    ),
    "idea": "idea",
}


def asked(
    user: User, promised: Iterable[RecommendationPromise], today: date
) -> list[Asked]:
    """Of this person, what lapses first, then the longest waiting: two queries, and
    two more for a host, which is told what of the `promised` nobody owns."""
    standing = standing_of(user)
    if standing is None:
        return []
    first, *others = _parts(standing, user, today)
    found = [_line(row, today) for row in first.union(*others, all=True)]
    found += _handovers(standing, user, today)
    found += of_boards(standing, promised, today)
    return sorted(found, key=_order)


def _order(one: Asked) -> tuple[Any, ...]:
    return not one.lapses, one.since or date.max, one.text, one.relationship


def _line(row: tuple[Any, ...], today: date) -> Asked:
    kind, pk, version, title, relationship, whom, since = row
    icon, words = _WORDS[kind]
    if kind == "promise":
        # Answered where the mail leads: there is no other page of it.
        url = path(Purpose.PROMISE, pk, version)
    else:
        url = reverse(f"engagements:{_PAGES[kind]}", args=[pk])
    said, pair = str(words) % {"title": title}, (relationship, whom)
    return _asked(icon, said, url, pair, since, today, lapses=kind in _LAPSING)


def _asked(
    icon: str,
    text: str,
    url: str,
    pair: tuple[UUID, str],
    since: date | None,
    today: date,
    *,
    lapses: bool = False,
) -> Asked:
    page = reverse("engagements:relationship", args=[pair[0]])
    return Asked(icon, text, url, pair[1], page, since, waits(since, today), lapses)


def _parts(standing: Standing, user: User, today: date) -> Iterator[QuerySet]:
    """One question for each kind, with the same columns."""
    yield from _of_charters(standing, today)
    yield from _of_issues(standing, user, today)
    promises = PromiseAsk.objects.waiting().filter(asked=standing.contact)
    whose = F("side")
    yield _part("promise", promises, standing, whose, "text", version="version")
    ideas = Idea.objects.filter(state=Idea.State.OPEN)
    # The other side answers an idea: whoever is asked is of it.
    mine = answers_idea(standing, today)
    yield _part("idea", ideas, standing, None, "title", also=mine)


def _of_charters(standing: Standing, today: date) -> Iterator[QuerySet]:
    newer = CharterAcceptance.objects.filter(
        charter=OuterRef("charter"), round__gt=OuterRef("round")
    )
    rows = CharterAcceptance.objects.filter(
        ~Exists(newer), contact=standing.contact, answer="", asked_on__lte=today
    )
    first = Q(round=1, charter__state=Charter.State.PROPOSED)
    later = Q(round__gt=1, charter__state=Charter.State.ACCEPTED)
    about: dict[str, Any] = {"at": "charter__", "row": "charter__relationship"}
    yield _part("charter", rows.filter(first), standing, F("side"), "", **about)
    yield _part("again", rows.filter(later), standing, F("side"), "", **about)
    written = MirrorPart.objects.filter(
        mirror=OuterRef("pk"), side=OuterRef("relationship__sides__side")
    )
    mine = speaks(standing, today, "relationship__sides__")
    about = {"row": "relationship", "day": TruncDate("created_at")}
    about["also"] = mine & ~Q(Exists(written))
    mirrors = Mirror.objects.filter(revealed_at=None)
    yield _part("mirror", mirrors, standing, None, "", **about)


def _of_issues(standing: Standing, user: User, today: date) -> Iterator[QuerySet]:
    steps = IssueStepSide.objects.filter(contact=standing.contact, answer="")
    steps = steps.exclude(step__issue__state__in=JointIssue.OVER)
    about: dict[str, Any] = {"at": "step__issue__", "row": "step__issue"}
    title = "step__issue__title"
    day = F("step__asked_on")
    yield _part("step", steps, standing, F("side"), title, **about, day=day)
    for kind, which, since in _answers(standing, user, today):
        rows = IssueSide.objects.filter(which)
        about = {"at": "issue__", "row": "issue", "day": since}
        yield _part(kind, rows, standing, F("side"), "issue__title", **about)


def _answers(
    standing: Standing, user: User, today: date
) -> Iterator[tuple[str, Q, Any]]:
    """What an issue asks of a side: kind, which seats, since when."""
    mine = Q(contact=standing.contact)
    edited = RelationshipSide.objects.edited_by(user).order_by()
    # Whoever may write the account of a severe one is shown that it is missing.
    severe = Q(
        issue__severity=JointIssue.Severity.FIRST,
        issue__relationship__in=edited.values("relationship"),
    )
    missing = Q(issue__state=_State.ACCOUNTS, account_at=None)
    yield "account", missing & (mine | severe), F("issue__opened_on")
    worded = Q(issue__state=_State.FACTS, issue__facts_round__gt=0)
    agrees = Q(agreed_round=F("issue__facts_round"))
    yield "facts", mine & worded & ~agrees, _worded_on()
    closing = Q(issue__state=_State.CLOSING) & ~Q(issue__closing_side=F("side"))
    yield "closing", mine & closing, F("issue__closing_asked_on")
    over = Q(issue__state__in=(_State.CLOSED, _State.UNCONFIRMED))
    check = over & Q(issue__check_on__lte=today, check_answer="")
    yield "check", mine & check, F("issue__check_on")
    open_ones = IssueCorrection.objects.filter(
        issue=OuterRef("issue"), state=IssueCorrection.State.ASKED
    ).exclude(side=OuterRef("side"))
    milder = Q(Exists(open_ones)) & ~Q(issue__state__in=JointIssue.OVER)
    yield "milder", mine & milder, Subquery(open_ones.values("said_on")[:1])


def _worded_on() -> Any:
    """Since the mail about these words a side is asked to agree to them."""
    told = Notice.objects.filter(
        object_id=OuterRef("pk"), kind=FACTS, counter=OuterRef("issue__facts_round")
    )
    day = Subquery(told.order_by("created_at").values(on=TruncDate("created_at"))[:1])
    return Coalesce(day, TruncDate("issue__revealed_at"))


def _part(
    kind: str,
    rows: QuerySet,
    standing: Standing,
    side: F | None,
    title: str,
    *,
    at: str = "",
    row: str = "pk",
    version: str = "",
    day: Any = None,
    also: Q | None = None,
) -> QuerySet:
    """Those of relationships the person may read today, of the own side, as plain
    columns. `at` leads to what has the relationship, `row` to what the page is of;
    `also` is asked of the same row of the own side."""
    allowed = Relationship.objects.active().order_by().filter(readable(standing))
    here: dict[str, Any] = {
        f"{at}relationship__sides__acted_by": standing.organisation,
        f"{at}relationship__in": allowed.values("pk"),
    }
    if side is not None:
        here[f"{at}relationship__sides__side"] = side
    number = F(version) if version else Value(0)
    words = F(title) if title else Value("")
    return (
        rows.filter(also or Q(), **here)
        .order_by()
        .annotate(
            q_kind=Value(kind, CharField()),
            q_pk=F(row),
            q_version=Cast(number, PositiveSmallIntegerField()),
            q_title=Cast(words, CharField(max_length=500)),
            q_pair=F(f"{at}relationship"),
            q_whom=F(f"{at}relationship__sides__counterpart"),
            q_day=F("asked_on") if day is None else day,
        )
        .values_list(
            "q_kind", "q_pk", "q_version", "q_title", "q_pair", "q_whom", "q_day"
        )
    )


def _handovers(standing: Standing, user: User, today: date) -> Iterator[Asked]:
    """An interface person of the own side left, and nobody is confirmed since."""
    sides = RelationshipSide.objects.seen_by(user).active()
    rows = sides.filter(told(standing, today), guards__contains=Guard.HANDOVER.value)
    for pk, side, whom, facts in rows.order_by("pk").values_list(
        "relationship", "side", "counterpart", "guard_facts"
    ):
        left = facts.get(Guard.HANDOVER.value, {}).get(side)
        if left is None:
            continue
        words = _("Handover to confirm: %(now)s follows %(left)s")
        if not left["now"]:
            words = _("Handover: nobody follows %(left)s yet")
        url = reverse("engagements:handover", args=[pk])
        since = date.fromisoformat(left["on"])
        yield _asked("people", words % left, url, (pk, whom), since, today)
