"""From two sealed accounts to a prevention check, with the sides exchanged."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse

from engagements.errors import RuleError
from engagements.issues import links, mails, queries
from engagements.issues.actions import closing, opening, recording
from engagements.models import (
    IssueNote,
    IssueSide,
    JointIssue,
    Notice,
    TeamRole,
    TimelineEntry,
)
from engagements.notices.kinds import known
from engagements.reminders.rules import issues as rules
from tests.engagements.issues.conftest import (
    DAY,
    SAID,
    account,
    to_accounts,
    to_checked,
    to_closed,
    to_closing,
    to_facts,
    to_unconfirmed,
    to_work,
)
from tests.sitting import Client

pytestmark = pytest.mark.django_db
CANARY = "zephyrine"


def page(issue, one):
    client = Client()
    client.force_login(one.contact.user)
    return client.get(issue.get_absolute_url())


def test_an_account_is_sealed_until_both_are_there(seats):
    own, other = seats
    issue = to_accounts(own, other)
    account(issue, own, CANARY)

    assert CANARY in page(issue, own).text
    assert CANARY not in page(issue, other).text
    assert "shown when both accounts are there" in page(issue, other).text

    account(issue, other)

    assert CANARY in page(issue, other).text


def test_a_link_shows_its_own_side_alone(seats):
    own, other = seats
    issue = to_accounts(own, other)
    account(issue, own, CANARY)
    shown = {}
    for one in seats:
        client = Client()
        address = links.path(issue.sides.get(side=one.side))
        assert client.get(address).status_code == 200
        shown[one.side] = client.post(address, follow=True).text

    assert CANARY in shown[own.side]
    assert CANARY not in shown[other.side]


@pytest.mark.parametrize("token", ["nothing", "0" * 32 + "-1.abc"])
def test_a_dead_link_is_the_one_page(client, token):
    assert client.get(f"/i/{token}/").status_code == 404
    assert client.get("/i/").status_code == 404


def test_an_earlier_link_is_closed_by_a_new_version(seats, client):
    seat = to_accounts(*seats).sides.first()
    address = links.path(seat)
    IssueSide.objects.filter(pk=seat.pk).update(version=2)

    assert client.get(address).status_code == 404


def test_an_account_may_be_handed_in_by_link_and_changed(seats, client):
    issue = to_accounts(*seats)
    seat = issue.sides.get(side=seats[1].side)
    client.post(links.path(seat))
    sitting = reverse("engagements:issue-sitting")

    wrong = client.post(sitting, {"what": "account", "text": CANARY})
    right = client.post(sitting, {"what": "account", "text": "a", "impact": "b"})
    seen = client.get(sitting).context["form"]["seen"].value()
    client.post(sitting, {"what": "account", "text": "c", "impact": "b", "seen": seen})

    assert wrong.status_code == 422
    assert CANARY in wrong.text
    assert right.status_code == 302
    assert IssueSide.objects.get(pk=seat.pk).account.text == "c"


def test_facts_are_agreed_by_both_in_the_same_words(seats):
    own, other = seats
    issue = to_facts(own, other)
    with pytest.raises(RuleError, match="not in words"):
        recording.agree_facts(issue=issue, side=own.side, round_=0)
    recording.word_facts(issue=issue, side=own.side, facts="At nine.")
    recording.word_facts(issue=issue, side=own.side, facts="At ten.")
    with pytest.raises(RuleError, match="changed meanwhile"):
        recording.agree_facts(issue=issue, side=other.side, round_=1)
    shown = page(issue, other)

    agreed = recording.agree_facts(issue=issue, side=other.side, round_=2)

    assert "Agree to the facts" in shown.text
    assert agreed.state == JointIssue.State.WORK
    assert agreed.days_to_facts == 0


def test_a_line_of_the_record_has_no_side_and_no_author(seats):
    own, other = seats
    issue = to_work(own, other)
    client = Client()
    client.force_login(own.contact.user)
    address = reverse("engagements:issue-note", args=[issue.pk, "factor"])
    client.post(address, {"text": "Nobody held the rota", "factor": "handover"})
    client.post(
        reverse("engagements:issue-note", args=[issue.pk, "moment"]),
        {"text": "It rang", "on": "30 Oct 2026", "at": "09:05"},
    )

    fields = {field.name for field in IssueNote._meta.get_fields()}

    assert fields.isdisjoint({"side", "organisation", "by", "written_by", "author"})
    assert "Hand-over" in page(issue, other).text
    assert "09:05" in page(issue, other).text
    note = IssueNote.objects.get(factor="handover")
    recording.remove_note(note=note, side=other.side)
    assert "Nobody held the rota" not in page(issue, own).text
    assert client.get(address.replace("factor", "culprit")).status_code == 404


def test_a_word_about_a_person_is_pointed_out_and_kept(seats):
    issue = to_accounts(*seats)
    client = Client()
    client.force_login(seats[0].contact.user)

    answered = client.post(
        reverse("engagements:issue-account", args=[issue.pk]),
        {"text": "It was their fault", "impact": "x"},
        follow=True,
    )

    assert "points at somebody" in answered.text
    assert "It was their fault" in answered.text


def test_a_promise_of_an_issue_leads_back_to_it(seats):
    own, other = seats
    issue = to_work(own, other)

    made = recording.promise(
        issue=issue,
        own_side=own.side,
        by=own.by,
        side=own.side,
        owner=own.contact,
        text="Ring both desks",
        due_on=date(2027, 1, 4),
        measure="Both log it",
    )

    assert made.origin_url == issue.get_absolute_url()
    assert "Ring both desks" in page(issue, other).text


def test_closing_needs_both_or_ten_working_days(seats):
    own, other = seats
    issue = to_closing(own, other)

    # Monday, 2 November; ten working days later it is Monday, 16 November.
    assert issue.lapses_on == date(2026, 11, 16)
    with pytest.raises(RuleError, match="still open"):
        closing.answer_closing(
            issue=issue, side=other.side, yes=False, today=DAY, round_=1
        )
    with pytest.raises(RuleError, match="asked anew"):
        closing.answer_closing(
            issue=issue, side=other.side, yes=True, today=DAY, round_=7
        )
    back = closing.answer_closing(
        issue=issue,
        side=other.side,
        yes=False,
        today=DAY,
        round_=1,
        reason="The rota is not there",
    )
    assert back.state == JointIssue.State.WORK
    assert "The rota is not there" in page(issue, own).text


def test_closing_before_the_accounts_keeps_them_sealed(seats):
    own, other = seats
    issue = to_accounts(own, other)
    account(issue, own, CANARY)
    closing.ask_to_close(
        issue=issue, side=own.side, outcome="Over", check_days=30, today=DAY
    )
    closing.close_silent(DAY + timedelta(days=30))

    assert CANARY not in page(issue, other).text
    issue.refresh_from_db()
    assert issue.state == JointIssue.State.UNCONFIRMED


def test_the_check_comes_on_its_day_and_counts_what_came_back(seats):
    own, other = seats
    issue = to_unconfirmed(own, other)
    day = issue.check_on
    with pytest.raises(RuleError, match="not come yet"):
        closing.answer_check(
            issue=issue, side=own.side, held_well=True, today=day - timedelta(days=1)
        )
    asked = [one for batch in rules.checks_due(day) for one in batch]
    assert {one.side for one in asked} == {"client", "supplier"}
    assert not [*rules.checks_due(day - timedelta(days=1))]

    closing.answer_check(issue=issue, side=own.side, held_well=False, today=day)
    rows = queries.issues(own.contact.user)
    found = queries.figures(rows)

    assert (found.closed, found.recurred, found.rate) == (1, 1, 100)
    assert found.days == 0


def test_opened_again_within_90_days_is_a_recurrence(seats):
    own, other = seats
    first, second = to_checked(own, other), to_closed(own, other)
    for before in (first, second):
        opening.open_issue(
            relationship=own.relationship,
            by=own.contact,
            said=opening.Opening(
                title="Late again", happened_on=DAY, recurrence_of=before
            ),
        )
    JointIssue.objects.filter(recurrence_of=second).update(
        opened_on=second.closed_on + timedelta(days=91)
    )
    JointIssue.objects.filter(recurrence_of=first).update(
        opened_on=first.closed_on + timedelta(days=90)
    )

    found = queries.figures(queries.issues(own.contact.user))

    assert (found.closed, found.recurred) == (2, 1)
    assert "Late again" in page(first, own).text


def test_an_issue_is_of_a_day_that_has_come_and_of_the_same_two(seats):
    own, _other = seats
    later = opening.Opening(title="x", happened_on=date(2999, 1, 1))
    with pytest.raises(RuleError, match="not come yet"):
        opening.open_issue(relationship=own.relationship, by=own.contact, said=later)
    TeamRole.objects.all().delete()
    own.relationship.sides.update(owner=None, acted_by=None)
    with pytest.raises(RuleError, match="add an interface person"):
        opening.open_issue(relationship=own.relationship, by=own.contact, said=SAID)


def test_whoever_is_asked_gets_a_mail_with_a_link(seats):
    issue = to_closing(*seats)
    for notice in Notice.objects.filter(kind__startswith="issue-"):
        letter = known(notice.kind).letter(notice)
        assert "/i/" in letter.url
        assert issue.title in letter.subject
        wanted = known(notice.kind).still_wanted(notice)
        assert wanted == (notice.kind == mails.CLOSING)
        assert notice.kind != mails.CLOSING or notice.side == seats[1].side
    kinds = set(Notice.objects.values_list("kind", flat=True))
    assert {mails.ACCOUNT, mails.REVEALED, mails.FACTS, mails.CLOSING} <= kinds


def test_who_is_silent_is_asked_again_on_working_days(seats):
    own, other = seats
    issue = to_accounts(own, other)
    JointIssue.objects.update(opened_on=DAY)
    account(issue, own)

    def due(rule, day):
        return [(one.side, one.threshold) for rows in rule(day) for one in rows]

    assert due(rules.accounts_missing, date(2026, 11, 4)) == []
    assert due(rules.accounts_missing, date(2026, 11, 5)) == [(other.side.value, 3)]
    assert due(rules.accounts_missing, date(2026, 11, 11)) == [(other.side.value, 7)]
    issue = to_closing(own, other)
    assert due(rules.closings_waiting, date(2026, 11, 9)) == [(other.side.value, 5)]


def test_the_timeline_tells_each_event_once(seats):
    issue = to_checked(*seats)

    marks = TimelineEntry.objects.filter(object_id=issue.pk).values_list(
        "mark", flat=True
    )

    assert sorted(marks) == ["agreed", "checked", "closed", "opened", "revealed"]


def test_an_issue_is_opened_on_the_page_of_the_relationship(seats):
    own, other = seats
    client = Client()
    client.force_login(own.contact.user)
    address = reverse("engagements:issue-create", args=[own.relationship.pk])

    form = client.get(address)
    said = {"title": "Late", "happened_on": "1 Nov 2026", "severity": "1"}
    answered = client.post(address, said | {"because": "severity"}, follow=True)

    assert 'name="title"' in form.text
    assert "Write our account" in answered.text
    listed = reverse("engagements:relationship-issues", args=[own.relationship.pk])
    assert "Late" in client.get(listed).text
    assert "Late" in client.get("/issues/").text
    issue = JointIssue.objects.get()
    assert issue.sides.get(side=other.side).contact == other.contact


def test_a_list_of_issues_asks_the_same_at_two_sizes(
    seats, django_assert_max_num_queries
):
    own, other = seats
    client = Client()
    client.force_login(own.contact.user)
    for many in (1, 9):
        for _one in range(many):
            to_work(own, other)
        with django_assert_max_num_queries(12):
            client.get("/issues/")
    issue = JointIssue.objects.first()
    for _one in range(9):
        recording.add_note(issue=issue, side=own.side, kind="well", text="x")
    with django_assert_max_num_queries(12):
        client.get(issue.get_absolute_url())
