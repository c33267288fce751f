"""A step up: always both people of a level, in the same words, at the same moment."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from engagements import links
from engagements.commitments import asking
from engagements.commitments.said import Said
from engagements.errors import RuleError
from engagements.issues.actions import (
    closing,
    correcting,
    escalating,
    opening,
    recording,
)
from engagements.issues.links import path
from engagements.links import Purpose
from engagements.models import (
    IssueStep,
    IssueStepSide,
    PromiseAsk,
    TimelineEntry,
    standing_of,
)
from tests.engagements.issues.conftest import (
    DAY,
    SAID,
    seat_without_team,
    to_work,
)
from tests.engagements.reviews.mailing import addresses, post, round_at, sink, text
from tests.factories import ContactFactory, TeamRoleFactory
from tests.sitting import Client

__all__ = ["sink"]
pytestmark = pytest.mark.django_db
HERE = "/i/up/"
QUESTION = "Who keeps the list of numbers from now on?"


def sponsor(one):
    person = ContactFactory(
        organisation=getattr(one.relationship, one.side.value),
        email=f"sponsor-{one.side}@example.org",
    )
    TeamRoleFactory(
        relationship=one.relationship, side=one.side, contact=person, role="sponsor"
    )
    return person


def ask(issue, one):
    return escalating.step_up(issue=issue, side=one.side, question=QUESTION)


def browser(contact) -> Client:
    client = Client()
    client.force_login(contact.user)
    return client


def test_a_page_with_everything_on_it_asks_no_more(
    seats, django_assert_max_num_queries
):
    people = [sponsor(one) for one in seats]
    issue = to_work(*seats)
    ask(issue, seats[0])
    recording.add_note(issue=issue, side=seats[0].side, kind="well", text="It rang")
    correcting.correct(
        issue=issue,
        side=seats[1].side,
        by=seats[1].contact,
        title="The alarm came an hour late",
        happened_on=issue.happened_on,
        severity=issue.severity,
        reason="",
    )
    later = replace(SAID, title="It is back", recurrence_of=issue)
    opening.open_issue(relationship=issue.relationship, by=seats[1].contact, said=later)

    client = browser(seats[0].contact)
    with django_assert_max_num_queries(12):
        page = client.get(issue.get_absolute_url()).text

    for words in (people[0].name, people[1].name, "It rang", "It is back", "Corrected"):
        assert words in page


def test_both_get_the_same_mail_and_settle_it_by_link(seats, sink):
    people = [sponsor(one) for one in seats]
    issue = to_work(*seats)
    client = browser(seats[0].contact)
    form = client.get(f"/issues/{issue.pk}/up/").text
    client.post(f"/issues/{issue.pk}/up/", {"question": QUESTION})
    round_at(datetime.now(UTC))
    mails = [
        next(m for m in post(sink, one.email) if "Asked of both" in m["Subject"])
        for one in people
    ]
    doors = [addresses(mail, "i")[0] for mail in mails]

    said = []
    for door in doors:
        guest = Client()
        first = guest.get(door).text
        guest.post(door)
        refused = guest.post(HERE, {"answer": "no"})
        guest.post(HERE, {"answer": "yes", "words": "The night desk keeps it"})
        said += [QUESTION in first, refused.status_code, guest.get(HERE).status_code]

    assert all(one.name in form for one in people)
    # After it stand the own link and why the mail came.
    bodies = {text(mail).split("The link needs")[0] for mail in mails}
    assert len(bodies) == 1
    assert QUESTION in bodies.pop()
    assert said == [False, 422, 200] * 2
    for one in seats:
        page = browser(one.contact).get(issue.get_absolute_url()).text
        assert "The night desk keeps it" in page
        assert "/up/" not in page
    with pytest.raises(RuleError, match="no step further up"):
        ask(issue, seats[0])
    titles = TimelineEntry.objects.filter(mark="up-sponsor").values_list("title")
    assert len(titles) == 1


def test_without_the_paired_person_there_is_no_step(seats):
    sponsor(seats[0])
    issue = to_work(*seats)

    with pytest.raises(RuleError, match="has no sponsor who can be asked"):
        ask(issue, seats[0])

    assert not IssueStep.objects.exists()


def test_not_settled_it_goes_to_both_executives_and_ends_there(seats):
    for one in seats:
        sponsor(one)
    issue = to_work(*seats)
    first = ask(issue, seats[0])
    for row in first.people.all():
        escalating.answer_step(asked=row, yes=False, words="It costs too much")
    with pytest.raises(RuleError, match="has no executive"):
        ask(issue, seats[1])
    heads = [seat_without_team(one.relationship, one.side) for one in seats]

    second = ask(issue, seats[1])
    row = second.people.get(contact=heads[0])
    address = f"/steps-up/{row.pk}/answer/"
    answer = {"answer": "yes", "words": "We pay half"}
    others = [browser(seats[0].contact), browser(heads[1])]
    refused = [one.post(address, answer).status_code for one in others]
    assert "What follows, in a sentence" in (
        browser(heads[0]).get(issue.get_absolute_url()).text
    )
    for _twice in range(2):
        browser(heads[0]).post(address, answer)

    row.refresh_from_db()
    assert refused == [403, 403]
    assert (row.answer, row.words) == ("yes", "We pay half")
    assert {one.contact for one in second.people.all()} == set(heads)
    with pytest.raises(RuleError, match="no step further up"):
        ask(issue, seats[0])


def test_nothing_keeps_who_asked_for_a_step():
    names = {field.name for field in IssueStep._meta.get_fields()}

    assert names.isdisjoint({"side", "organisation", "by", "asked_by", "contact"})


def test_links_close_with_the_issue_and_a_new_version(seats):
    for one in seats:
        sponsor(one)
    issue = to_work(*seats)
    row = ask(issue, seats[0]).people.first()
    doors = []
    for version in (1, 2):
        IssueStepSide.objects.filter(pk=row.pk).update(version=version)
        token = links.token_of(Purpose.STEP, row.pk, version)
        doors.append(f"{HERE}{token}/")
    asked = closing.ask_to_close(
        issue=issue, side=seats[0].side, outcome="x", check_days=30, today=DAY
    )
    before = Client().get(doors[1]).status_code
    closing.answer_closing(
        issue=asked, side=seats[1].side, yes=True, today=DAY, round_=1
    )

    assert before == 200
    assert [Client().get(door).status_code for door in (*doors, HERE)] == [404] * 3
    with pytest.raises(RuleError, match="cannot be done now"):
        escalating.answer_step(asked=row, yes=True, words="x")


def test_the_page_says_who_is_lacking_and_asks_nobody_twice(seats):
    issue = to_work(*seats)
    client = browser(seats[0].contact)
    address = f"/issues/{issue.pk}/up/"
    lacking = client.get(address).text
    heads = [seat_without_team(one.relationship, one.side) for one in seats]
    for one, head in zip(seats, heads, strict=True):
        TeamRoleFactory(
            relationship=one.relationship, side=one.side, contact=head, role="sponsor"
        )
    ask(issue, seats[0])
    again = client.get(address).text
    others = [seat_without_team(one.relationship, one.side) for one in seats]

    second = ask(issue, seats[0])

    assert "has no sponsor who can be asked" in lacking
    assert "the ladder ends here" in again
    assert "<textarea" not in lacking + again
    assert {one.contact for one in second.people.all()} == set(others)
    assert "executives of both sides were asked" in client.get(address).text


def test_what_still_waits_is_said_before_closing_and_blocks_nothing(seats):
    own, other = seats
    for one in seats:
        sponsor(one)
    issue = to_work(own, other)
    first, second = ask(issue, own).people.all()
    said = Said(
        relationship=issue.relationship, side=other.side, owner=other.contact,
        text="Ring both desks", due_on=DAY, measure="",
        origin_kind="issue", origin_id=issue.pk,
    )  # fmt: skip
    asking.ask(by=standing_of(own.contact.user), said=said)
    PromiseAsk.objects.create(
        relationship=issue.relationship, side=other.side, owner=other.contact,
        text="Draw the plan", due_on=DAY, asked_on=DAY, asked_by=own.contact,
        organisation=own.by.organisation,
        origin_kind="issue", origin_id=issue.pk,
    )  # fmt: skip
    correcting.correct(
        issue=issue, side=own.side, by=own.contact, title=issue.title,
        happened_on=issue.happened_on, severity="3", reason="It rang in time",
    )  # fmt: skip
    guest = Client()
    guest.post(path(issue.sides.get(side=other.side)))
    form = f"/issues/{issue.pk}/close/"

    asked = browser(own.contact).get(form).text, guest.get("/i/").text
    browser(own.contact).post(form, {"outcome": "x", "check_days": "30"})
    shown = browser(other.contact).get(issue.get_absolute_url()).text

    for page in (*asked, shown, guest.get("/i/").text):
        assert "have not both answered" in page
        assert "not promised yet: “Ring both desks”" in page
        assert "which nobody could ask: “Draw the plan”" in page
        assert "A less severe reading, “3" in page
    for row in (first, second):
        escalating.answer_step(asked=row, yes=True, words="The desk keeps it")
    assert "have not both answered" not in guest.get("/i/").text
    guest.post("/i/", {"what": "yes", "round": "1"})
    issue.refresh_from_db()
    assert issue.state == "closed"
