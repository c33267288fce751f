"""What a side was asked and has not answered: the rows of every kind, by one statement.

Each by the rule of the part it belongs to; what they are called is `waiting`'s.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import (
    Case,
    CharField,
    DateField,
    Exists,
    Expression,
    F,
    OuterRef,
    PositiveSmallIntegerField,
    Q,
    QuerySet,
    Subquery,
    TextField,
    Value,
    When,
)
from django.db.models.fields.json import KT
from django.db.models.functions import Cast, Coalesce, TruncDate

from accounts.models import User
from engagements.beside import together
from engagements.dashboards.speaking import (
    answers_idea,
    asked_or_told,
    told,
)
from engagements.issues.mails import FACTS
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
    Relationship,
    RelationshipSide,
    Side,
    Standing,
    readable,
)
from engagements.relationships.guards import Guard

_NO_DAY = Cast(Value(None), DateField())
_State = JointIssue.State


def outstanding(standing: Standing, user: User, today: date) -> QuerySet:
    """All of it: kind, what its page is of, version, words, relationship, whom it is
    with, since when."""
    return together(_parts(standing, user, today))


def _parts(standing: Standing, user: User, today: date) -> Iterator[QuerySet]:
    yield from _of_charters(standing, today)
    yield from _of_issues(standing, user, today)
    mine = asked_or_told(standing, today, "asked")
    # The link is its person's: without a version, it is not the reader's.
    link = Case(When(asked=standing.contact, then=F("version")), default=Value(0))
    about: dict[str, Any] = {"version": link, "also": mine}
    promises = PromiseAsk.objects.waiting()
    yield _part("promise", promises, standing, F("side"), "text", **about)
    ideas = Idea.objects.filter(state=Idea.State.OPEN)
    # The other side answers an idea: whoever is asked is of it.
    mine = answers_idea(standing, today)
    yield _part("idea", ideas, standing, None, "title", also=mine)
    yield _handovers(standing, today)


def _of_charters(standing: Standing, today: date) -> Iterator[QuerySet]:
    newer = CharterAcceptance.objects.filter(
        charter=OuterRef("charter"), round__gt=OuterRef("round")
    )
    rows = CharterAcceptance.objects.filter(
        ~Exists(newer), answer="", asked_on__lte=today
    )
    first = Q(round=1, charter__state=Charter.State.PROPOSED)
    later = Q(round__gt=1, charter__state=Charter.State.ACCEPTED)
    about: dict[str, Any] = {"at": "charter__", "row": "charter__relationship"}
    about["also"] = asked_or_told(standing, today, "contact", "charter__")
    yield _part("charter", rows.filter(first), standing, F("side"), "", **about)
    yield _part("again", rows.filter(later), standing, F("side"), "", **about)
    written = MirrorPart.objects.filter(
        mirror=OuterRef("pk"), side=OuterRef("relationship__sides__side")
    )
    mine = told(standing, today, "relationship__sides__")
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
    title: str | Expression,
    *,
    at: str = "",
    row: str = "pk",
    version: Expression | None = None,
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
    number = Value(0) if version is None else version
    words = F(title) if isinstance(title, str) and title else title or Value("")
    return (
        rows.filter(also or Q(), **here)
        .order_by()
        .annotate(
            q_kind=Value(kind, CharField()),
            q_pk=F(row),
            q_version=Cast(number, PositiveSmallIntegerField()),
            q_title=Cast(words, TextField()),
            q_pair=F(f"{at}relationship"),
            q_whom=F(f"{at}relationship__sides__counterpart"),
            q_day=F("asked_on") if day is None else day,
        )
        .values_list(
            "q_kind", "q_pk", "q_version", "q_title", "q_pair", "q_whom", "q_day"
        )
    )


def _handovers(standing: Standing, today: date) -> QuerySet:
    """An interface person of the own side left, and nobody is confirmed since."""
    rows = RelationshipSide.objects.order_by().filter(
        told(standing, today), guards__contains=Guard.HANDOVER.value
    )
    facts = Case(
        *(
            When(side=side, then=KT(f"guard_facts__{Guard.HANDOVER}__{side}"))
            for side in Side
        ),
        output_field=TextField(),
    )
    about: dict[str, Any] = {"row": "relationship", "day": _NO_DAY}
    return _part("handover", rows, standing, F("side"), facts, **about)
