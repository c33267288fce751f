"""Title, first day and severity are put right, and what they were stays to be read."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from engagements import search
from engagements.errors import RuleError
from engagements.issues import queries
from engagements.issues.actions import closing, correcting
from engagements.issues.links import path
from engagements.models import IssueCorrection, JointIssue, Notice, RelationshipSide
from engagements.notices.kinds import known
from engagements.relationships.guarding import refresh_guards
from engagements.relationships.guards import Guard
from engagements.seen import StaleError, seen_of
from tests.engagements.issues.conftest import to_accounts, to_closed, to_closing
from tests.sitting import Client

pytestmark = pytest.mark.django_db
WHY = "The ward was closed for a night"


@pytest.fixture
def issue(seats):
    return to_accounts(*seats)


def said(issue, **more):
    words = {
        "title": issue.title,
        "happened_on": issue.happened_on,
        "severity": issue.severity,
    }
    return words | more


def correct(issue, one, **more):
    more.setdefault("reason", WHY if "severity" in more else "")
    row = correcting.correct(
        issue=issue, side=one.side, by=one.contact, **said(issue, **more)
    )
    issue.refresh_from_db()
    return row


def answer(issue, one, number=1, *, yes=True, reason=""):
    said = {"number": number, "yes": yes, "reason": reason}
    row = correcting.answer_milder(issue=issue, side=one.side, by=one.contact, **said)
    issue.refresh_from_db()
    return row


def signed_in(one) -> Client:
    client = Client()
    client.force_login(one.contact.user)
    return client


def by_link(issue, one) -> Client:
    client = Client()
    client.post(path(issue.sides.get(side=one.side)))
    return client


def warned(issue) -> set[bool]:
    """Whether each side's row warns of a severe issue, after the clock's next round."""
    refresh_guards(timezone.localdate())
    rows = RelationshipSide.objects.filter(relationship=issue.relationship)
    return {Guard.ISSUE in row.guards for row in rows}


def answers(issue, one) -> list[str]:
    """What the side that asked is mailed about the answer, and still to be sent."""
    rows = Notice.objects.filter(kind="issue-milder-said")
    assert {row.recipient_id for row in rows} <= {one.contact.pk}
    wanted = [row for row in rows if known(row.kind).still_wanted(row)]
    return [" ".join(known(row.kind).letter(row).paragraphs) for row in wanted]


def test_title_and_day_are_corrected_and_both_read_what_they_were(issue, seats):
    own, other = seats
    page = reverse("engagements:issue-correct", args=[issue.pk])
    client = signed_in(own)
    assert "The alarm came late" in client.get(page).text

    typed = said(issue, seen=seen_of(queries.plain_words(issue)))

    wrong = client.post(page, typed | {"happened_on": "1 Jan 2099"})
    client.post(page, typed | {"title": "No alarm came", "happened_on": "28 Oct 2026"})

    issue.refresh_from_db()
    assert wrong.status_code == 422
    assert (issue.title, issue.happened_on) == ("No alarm came", date(2026, 10, 28))
    for shown in (
        signed_in(other).get(issue.get_absolute_url()).text,
        by_link(issue, other).get("/i/").text,
    ):
        was = "was “The alarm came late”, now “No alarm came”"
        assert f"{was}, by {own.contact.name}" in shown
        assert "was “30 Oct 2026”, now “28 Oct 2026”" in shown
    assert search.matching("no alarm").filter(object_id=issue.pk).exists()


def test_a_more_serious_reading_counts_at_once_and_a_milder_one_with_both(issue, seats):
    own, other = seats
    assert warned(issue) == {False}

    correct(issue, own, severity="1")

    assert (issue.severity, warned(issue)) == ("1", {True})
    (told,) = Notice.objects.filter(kind="issue-raised")
    assert (told.side, known(told.kind).still_wanted(told)) == (other.side.value, True)
    assert WHY in known(told.kind).letter(told).paragraphs

    correct(issue, own, severity="3")

    assert (issue.severity, warned(issue)) == ("1", {True})
    with pytest.raises(RuleError, match="answers this"):
        answer(issue, own, 2)
    with pytest.raises(RuleError, match="waits for an answer"):
        correct(issue, other, severity="2")
    (asked,) = Notice.objects.filter(kind="issue-milder")
    assert (asked.side, known(asked.kind).still_wanted(asked)) == (other.side, True)
    guest = by_link(issue, other)
    assert "Less severe?" in guest.get("/i/").text
    guest.post("/i/", {"what": "milder", "round": "2"})

    issue.refresh_from_db()
    (answered,) = answers(issue, own)
    assert "counts as “3: a nuisance so far” now" in answered
    assert (issue.severity, warned(issue)) == ("3", {False})
    assert not known(asked.kind).still_wanted(asked)
    shown = signed_in(own).get(issue.get_absolute_url()).text
    assert f"Agreed by {other.contact.name}" in shown


def test_a_milder_reading_is_declined_with_a_reason_or_overtaken(issue, seats):
    own, other = seats
    correct(issue, own, severity="3")
    page = reverse("engagements:issue-severity-answer", args=[issue.pk])
    client = signed_in(other)

    for why in ("", "x" * 301):
        refused = client.post(page, {"answer": "no", "round": "1", "why": why})
        assert refused.status_code == 422
        assert why in refused.text
        assert '<a href="#why">Why not: ' in refused.text
    assert "Why not: 300 characters at most, these are 301" in refused.text
    link = by_link(issue, other)
    mute = link.post("/i/", said(issue, what="as_is", round="1"))
    assert '<a href="#why">Why not: say why' in mute.text
    # Opened again, the address leads to the issue: of those who may see it.
    assert client.get(page)["Location"] == issue.get_absolute_url()
    client.post(page, {"answer": "no", "round": "1", "why": "Two wards waited"})
    with pytest.raises(RuleError, match="answered already"):
        answer(issue, other)
    (answered,) = answers(issue, own)
    assert "does not read a joint issue as" in answered
    correct(issue, own, severity="3")
    correct(issue, other, severity="1")

    assert len(answers(issue, own)) == 1
    states = IssueCorrection.objects.values_list("state", flat=True)
    assert list(states) == ["declined", "overtaken", "kept"]
    assert issue.severity == "1"
    assert "Two wards waited" in client.get(issue.get_absolute_url()).text


def test_a_severity_says_why_and_a_closed_issue_stays(issue, seats):
    own, other = seats
    guest = by_link(issue, other)
    seen = guest.get("/i/").context["forms"]["correct"]["seen"].value()
    typed = said(issue, what="correct", seen=seen, happened_on="30 Oct 2026")

    mute = guest.post("/i/", typed | {"severity": "1", "reason": ""})
    late = correct(issue, own, title="Otherwise")
    stale = guest.post("/i/", typed | {"title": "Mine"})

    assert "Say in a sentence why" in mute.text
    assert late.title == "Otherwise"
    assert "Somebody else saved this" in stale.text
    assert "Mine" in stale.text
    with pytest.raises(StaleError):
        correct(issue, other, title="Mine", seen=seen)
    # Whoever is asked to close it confirms what was read.
    with pytest.raises(RuleError, match="cannot be done now"):
        correct(to_closing(own, other), own, title="x")
    closed = to_closed(own, other)
    with pytest.raises(RuleError, match="cannot be done now"):
        correct(closed, own, title="x")


def test_the_same_words_sent_twice_are_one_correction(issue, seats):
    own, other = seats
    page, client = reverse("engagements:issue-correct", args=[issue.pk]), signed_in(own)
    guest = by_link(issue, own)
    typed = said(issue, severity="3", reason=f" {WHY} ", happened_on="30 Oct 2026")

    def pressed(send, address, **more):
        now = seen_of(queries.plain_words(JointIssue.objects.get()))
        return [send(address, typed | {"seen": now} | more).status_code for _ in "12"]

    assert pressed(client.post, page) == [302, 302]
    assert IssueCorrection.objects.count() == 1
    assert pressed(client.post, page, severity="2", title="No alarm") == [302, 302]
    again = pressed(client.post, page, title="No alarm", reason="Otherwise")
    assert again == [422, 422]
    answer(issue, other)
    correct(issue, own, severity="2")
    assert pressed(guest.post, "/i/", what="correct", title="Late") == [302, 302]
    kinds = IssueCorrection.objects.values_list("what", "state")
    assert list(kinds) == [
        ("severity", "kept"), ("title", "kept"), ("severity", "kept"),
        ("title", "kept"), ("severity", "asked"),
    ]  # fmt: skip
    assert Notice.objects.filter(kind="issue-milder").count() == 2


def test_a_milder_reading_is_taken_back_and_another_asked(issue, seats):
    own, other = seats
    correct(issue, own, severity="3")
    with pytest.raises(RuleError, match="Take it back first"):
        correct(issue, own, severity="3", reason="Otherwise")
    page = reverse("engagements:issue-severity-answer", args=[issue.pk])
    client, guest = signed_in(own), by_link(issue, own)
    back, take = "Take back: 3", {"answer": "take_back", "round": "1"}
    theirs = signed_in(other)
    assert theirs.post(page, take).status_code == 422
    assert back not in theirs.get(issue.get_absolute_url()).text
    assert back in client.get(issue.get_absolute_url()).text

    for _twice in "12":
        assert client.post(page, take).status_code == 302

    shown = theirs.get(issue.get_absolute_url()).text
    assert f"Taken back by {own.contact.name}" in shown
    assert "Less severe?" not in shown
    correct(issue, own, severity="3", reason="Otherwise")
    assert back in guest.get("/i/").text
    guest.post("/i/", {"what": "take_back", "round": "2"})
    correct(issue, other, severity="3")
    fates = IssueCorrection.objects.values_list("side", "state")
    assert list(fates) == [
        (own.side, "withdrawn"), (own.side, "withdrawn"), (other.side, "asked")
    ]  # fmt: skip


def test_closing_ends_what_nobody_answered(seats):
    own, other = seats
    issue = to_closing(own, other)
    IssueCorrection.objects.create(
        issue=issue, number=1, what="severity", before="2", after="3", reason=WHY,
        state="asked", side=own.side, by=own.contact, said_on=issue.opened_on,
    )  # fmt: skip

    closing.close_silent(issue.lapses_on + timedelta(days=1))

    shown = signed_in(other).get(issue.get_absolute_url()).text
    assert "Not answered before the issue was closed." in shown
    assert "Closing was asked on 2 Nov 2026; ten business days passed" in shown
    assert "Nothing was promised." in shown
    assert "no answer yet" not in shown
