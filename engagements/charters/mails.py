"""What is asked of the two named people, and what both sides hear when a year is over.

They may never sign in: the mail carries a link of their own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from uuid import UUID

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from engagements.charters.queries.asked import asked_last
from engagements.charters.states import Standing, standing_on
from engagements.links import Purpose, address
from engagements.models import (
    Charter,
    CharterAcceptance,
    Goal,
    Notice,
    Relationship,
    RelationshipSide,
)
from engagements.notices.kinds import Letter, about
from engagements.notices.ledger import Owed, owe
from engagements.wording import long_day

ASKED = "charter-asked"
LAPSED = "charter-lapsed"
# The same, to the two people named, each with a link of their own.
OVER = "charter-over"
# Kept with a question that somebody was asked before who left: the name.
BEFORE = "before"
# So many days after it was asked without an answer, once more.
AGAIN = 7
State = Charter.State


def owe_questions(rows: Iterable[CharterAcceptance]) -> None:
    """Ask by mail, now."""
    owe(questions(list(rows)))


def owe_passed_on(row: CharterAcceptance, before: str) -> None:
    """Ask whoever is asked instead of somebody who left, and say so."""
    owe(replace(owed, facts={BEFORE: before}) for owed in questions([row]))


def questions(rows: list[CharterAcceptance], *, threshold: int = 0) -> Iterator[Owed]:
    """A mail to each named person who has not answered."""
    for row, owed in _to_named(rows, ASKED, threshold=threshold):
        if not row.answer:
            yield replace(owed, day=row.asked_on)


def ends(rows: list[CharterAcceptance]) -> Iterator[Owed]:
    """The year is over: to both people named, whether they have answered or not."""
    for row, owed in _to_named(rows, OVER, threshold=0):
        yield replace(owed, day=row.charter.holds_until)


def _to_named(
    rows: list[CharterAcceptance], kind: str, *, threshold: int
) -> Iterator[tuple[CharterAcceptance, Owed]]:
    """In the ledger of their side, or of the other."""
    sides = RelationshipSide.objects.filter(
        relationship__in={row.charter.relationship_id for row in rows}
    )
    acting: dict[tuple[UUID, str], UUID | None] = {
        (side.relationship_id, side.side): side.acted_by_id for side in sides
    }
    for row in rows:
        relationship = row.charter.relationship_id
        yield (
            row,
            Owed(
                kind=kind,
                recipient=row.contact_id,
                organisation=acting.get((relationship, row.side))
                or row.charter.organisation_id,
                lane=Notice.Lane.ORDINARY,
                relationship=relationship,
                object_id=row.pk,
                side=row.side,
                threshold=threshold,
                counter=row.version,
            ),
        )


def asked_wanted(notice: Notice) -> bool:
    """It still waits for this person's answer."""
    row = acceptance(notice)
    state = State.PROPOSED if row and row.round == 1 else State.ACCEPTED
    return (
        row is not None
        and row.version == notice.counter
        and not row.answer
        and (row.charter.state == state)
    )


def acceptance(notice: Notice) -> CharterAcceptance | None:
    """What was asked of somebody, with its charter and both sides."""
    rows = CharterAcceptance.objects.select_related(
        "charter__relationship__client", "charter__relationship__supplier"
    )
    return rows.filter(pk=about(notice)).first()


def asked(notice: Notice) -> Letter:
    """Is this what both sides want? With two buttons behind the link."""
    row = acceptance(notice)
    assert row is not None  # noqa: S101 - asked just before
    relationship = row.charter.relationship
    words = _words(relationship) | {
        "organisation": getattr(relationship, row.side).name,
        "number": row.charter.number or "",
        "until": _until(row.charter),
    }
    if row.round == 1:
        subject = _("A charter to accept: %(pair)s")
        question = _(
            "A charter for the work between %(client)s and %(supplier)s (%(scope)s) is "
            "proposed: purpose, values, principles and goals. Does %(organisation)s "
            "accept it? One named person of each side says so."
        )
    else:
        subject = _("Does the charter still hold? %(pair)s")
        question = _(
            "Once a year both sides say whether their charter still holds: the work "
            "between %(client)s and %(supplier)s (%(scope)s). Without both answers it "
            "lapses after %(until)s. Does it still hold for %(organisation)s?"
        )
    button = _("The link needs no sign-in: look, then press yes, or no and say why.")
    return Letter(
        subject % words,
        [question % words, *_instead(notice, words), button],
        _("Look and answer"),
        address(Purpose.CHARTER, row.pk, row.version),
    )


def _instead(notice: Notice, words: dict[str, str]) -> Iterator[str]:
    if before := notice.facts.get(BEFORE):
        said = _(
            "%(before)s was asked for %(organisation)s before and is no longer there. "
            "Whoever works on the charter in Relman can name somebody else."
        )
        yield said % (words | {"before": before})


def _until(charter: Charter) -> str:
    return long_day(charter.holds_until) if charter.holds_until else ""


def lapsed_wanted(notice: Notice) -> bool:
    """It is in force, its year is over, and no mail of their own tells them."""
    charter = Charter.objects.filter(pk=about(notice)).first()
    if charter is None or not _is_over(charter):
        return False
    named = asked_last(charter).values_list("contact_id", flat=True)
    return notice.recipient_id not in set(named)


def _is_over(charter: Charter) -> bool:
    """In force, in use, and its year is over."""
    if charter.state != State.ACCEPTED or charter.relationship.archived_at:
        return False
    until = charter.holds_until
    return until is not None and (
        standing_on(until, timezone.localdate()) == Standing.LAPSED
    )


def over_wanted(notice: Notice) -> bool:
    """It is over, and this person is one of the two asked last."""
    row = acceptance(notice)
    return (
        row is not None
        and row.version == notice.counter
        and _is_over(row.charter)
        and asked_last(row.charter).filter(pk=row.pk).exists()
    )


def over(notice: Notice) -> Letter:
    """The year is over: who was asked and what they said, the same to both."""
    row = acceptance(notice)
    assert row is not None  # noqa: S101 - asked just before
    both = list(asked_last(row.charter).select_related("contact").order_by("side"))
    words = _words(row.charter.relationship) | {"until": _until(row.charter)}
    refused = any(one.answer == CharterAcceptance.Answer.NO for one in both)
    way = (
        _("One of the two people asked said no: a new version is the way.")
        if refused
        else _("It can still be confirmed: the link needs no sign-in.")
    )
    return Letter(
        _("The charter has lapsed: %(pair)s") % words,
        [
            _(
                "The charter of %(client)s and %(supplier)s (%(scope)s) was to be "
                "confirmed by both sides by %(until)s."
            )
            % words,
            " ".join(_stands(one) for one in both),
            way,
        ],
        _("Look at it"),
        address(Purpose.CHARTER, row.pk, row.version),
    )


def _stands(row: CharterAcceptance) -> str:
    """What one of the two said, in words without blame."""
    words = {
        "yes": _("%(name)s: it still holds, %(answered)s."),
        "no": _("%(name)s: not like this, %(answered)s."),
        "": _("%(name)s: asked on %(asked)s, no answer yet."),
    }[row.answer]
    answered = long_day(row.answered_on) if row.answered_on else ""
    return words % {
        "name": row.contact.name,
        "asked": long_day(row.asked_on),
        "answered": answered,
    }


def lapsed(notice: Notice) -> Letter:
    """The year is over without both answers; the same text to both sides."""
    rows = Charter.objects.select_related(
        "relationship__client", "relationship__supplier"
    )
    charter = rows.get(pk=about(notice))
    words = _words(charter.relationship) | {"until": _until(charter)}
    return Letter(
        _("The charter has lapsed: %(pair)s") % words,
        [
            _(
                "The charter of %(client)s and %(supplier)s (%(scope)s) was to be "
                "confirmed by both sides by %(until)s. It can still be confirmed, or "
                "a new version proposed."
            )
            % words
        ],
        _("Open the charter"),
        settings.SITE_URL + charter.get_absolute_url(),
    )


def goal_wanted(notice: Notice) -> bool:
    """Its day has passed, and nobody said how it ended."""
    today = timezone.localdate()
    return Goal.objects.open().filter(pk=about(notice), due_on__lt=today).exists()


def goal_past(notice: Notice) -> Letter:
    """The day of a goal has passed; the same text to both owners."""
    rows = Goal.objects.select_related("relationship__client", "relationship__supplier")
    goal = rows.get(pk=about(notice))
    words = _words(goal.relationship) | {
        "goal": goal.title,
        "day": long_day(goal.due_on),
    }
    return Letter(
        _("Past its day: %(goal)s") % words,
        [
            _(
                "The goal “%(goal)s” of %(client)s and %(supplier)s was due on "
                "%(day)s. Say how it ended, or set another day and why."
            )
            % words
        ],
        _("Open the goal"),
        settings.SITE_URL + goal.get_absolute_url(),
    )


def _words(relationship: Relationship) -> dict[str, str]:
    return {
        "pair": str(relationship),
        "client": relationship.client.name,
        "supplier": relationship.supplier.name,
        "scope": relationship.scope,
    }
