"""The host's pages: it reads what was handed over, answers, and sets no verdict."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from engagements.boards.figures import latest_answer
from engagements.boards.forms.room import MOST_LETTERS
from engagements.models import BoardMeeting, Recommendation, RecommendationPromise
from engagements.wording import long_day
from tests.factories import (
    ContactFactory,
    MembershipFactory,
    RecommendationFactory,
    RelationshipFactory,
)

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


@pytest.fixture
def asked(meeting):
    BoardMeeting.objects.filter(pk=meeting.pk).update(phase="response")
    return RecommendationFactory(meeting=meeting, desired_outcome="No surprises")


@pytest.fixture
def host(asked):
    """The executive of the host, signed in."""
    by = MembershipFactory(organisation=asked.board.supplier, role="executive")
    client = Client()
    client.force_login(by.contact.user)
    return client


def at(name, *args):
    return reverse(f"engagements:board-{name}", args=args)


def page(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_host_answers_from_read_to_done(asked, host):
    one = (asked.board_id, asked.pk)
    person = MembershipFactory(organisation=asked.board.supplier).contact
    assert asked.wording in page(host, at("read-out", asked.board_id, asked.meeting_id))

    host.post(at("acknowledge", *one))
    answer = host.post(at("answer", *one), {"decision": "partial", "reason": ""})
    assert answer.status_code == 422
    assert "Say why; the members read it." in answer.content.decode()
    host.post(at("answer", *one), {"decision": "partial", "reason": "In two steps"})
    said = {"text": "A calendar", "measure": "It hangs there", "owner": person.pk}
    late = host.post(at("promise", *one), said | {"due_on": "2020-01-01"})
    assert late.status_code == 422
    due = TODAY + timedelta(days=30)
    # Who does not sign in could not find it, nor say that it is kept.
    unseen = {"owner": ContactFactory(organisation=asked.board.supplier).pk}
    wrong = host.post(at("promise", *one), said | unseen | {"due_on": due.isoformat()})
    assert wrong.status_code == 422
    host.post(at("promise", *one), said | {"due_on": due.isoformat()})
    made = RecommendationPromise.objects.get()
    moved = {"due_on": (due + timedelta(days=9)).isoformat(), "reason": "Holidays"}
    host.post(at("promise-move", *one, made.pk), moved)
    shown = page(host, asked.get_absolute_url())
    assert "first by" in shown
    host.post(at("start", *one))
    warned = host.post(at("deliver", *one), follow=True).content.decode()
    assert "Still promised and not done: A calendar." in warned
    host.post(at("promise-done", *one, made.pk))
    host.post(at("deliver", *one))

    asked.refresh_from_db()
    assert (asked.state, asked.delivered_on) == ("delivered", TODAY)
    assert asked.verdict == ""
    assert "says the host" in page(host, at("report", asked.board_id))


def test_a_count_of_supporters_is_for_those_who_sit(asked, host):
    Recommendation.objects.update(support="several", support_count=4)

    for address in (
        asked.get_absolute_url(),
        at("report", asked.board_id),
        at("read-out", asked.board_id, asked.meeting_id),
    ):
        shown = page(host, address)
        assert "Several of those present" in shown
        assert "(4)" not in shown


def test_the_chain_of_what_was_asked_twice_stands_on_each(asked, host):
    again = RecommendationFactory(
        meeting=asked.meeting, ancestor=asked, wording="Tell us at last"
    )

    assert "asked again on" in page(host, asked.get_absolute_url())
    shown = page(host, again.get_absolute_url())
    assert "Asked more than once" in shown
    assert asked.get_absolute_url() in shown


def test_the_host_prints_list_and_report(asked, host, pdf_text):
    yesterday = TODAY - timedelta(days=1)
    BoardMeeting.objects.update(held_on=yesterday)
    listed = host.get(at("read-out-pdf", asked.board_id, asked.meeting_id)).content
    report = host.get(at("report-pdf", asked.board_id)).content

    assert "No surprises" in pdf_text(listed)
    # Paper is kept for years.
    assert long_day(yesterday) in pdf_text(listed)
    assert "You asked, we did" in pdf_text(report)


def test_paper_cuts_nothing_of_what_the_members_approved(asked, host, pdf_text):
    most = MOST_LETTERS
    Recommendation.objects.all().delete()
    for number in range(1, 8):
        words = {
            name: f"{'Say when it changes. ' * 100}"[: most - 20] + f" {name}{number}"
            for name in ("wording", "desired_outcome")
        }
        RecommendationFactory(meeting=asked.meeting, number=number, **words)

    listed = host.get(at("read-out-pdf", asked.board_id, asked.meeting_id)).content

    text = pdf_text(listed)
    for number in range(1, 8):
        assert f"wording{number}" in text
        assert f"desired_outcome{number}" in text
    assert "Page 2 of" in text


def test_the_form_says_how_long_an_answer_can_be_put_off(asked, host):
    address = at("answer", asked.board_id, asked.pk)
    limit = long_day(latest_answer(asked))
    assert f"until {limit} at the latest" in page(host, address)

    Recommendation.objects.update(submitted_at=timezone.now() - timedelta(days=370))

    assert "We will answer later" not in page(host, address)
    host.post(address, {"decision": "accept", "reason": ""})
    row = promised(Recommendation.objects.get())
    address = at("promise", asked.board_id, asked.pk)
    assert "What is counted is" not in page(host, address)
    RecommendationPromise.objects.update(created_at=row.created_at - timedelta(days=1))
    assert f"What is counted is {long_day(TODAY)}" in page(host, address)


def promised(row):
    return RecommendationPromise.objects.create(
        recommendation=row,
        owner=ContactFactory(organisation=row.board.supplier),
        text="A calendar",
        measure="It hangs there",
        original_due_on=TODAY,
        due_on=TODAY,
    )


def cost(client, address, queries):
    with queries() as made:
        assert client.get(address).status_code == 200
    return len(made)


@pytest.fixture
def queries(django_assert_max_num_queries):
    return lambda: django_assert_max_num_queries(100)


def test_each_page_asks_as_often_whatever_was_asked(asked, host, queries):
    pages = (
        asked.get_absolute_url(),
        at("report", asked.board_id),
        at("read-out", asked.board_id, asked.meeting_id),
        reverse("engagements:portfolio"),
    )
    promised(asked)
    for address in pages:
        host.get(address)
    before = [cost(host, address, queries) for address in pages]
    for _ in range(4):
        promised(RecommendationFactory(meeting=asked.meeting, ancestor=asked))

    assert [cost(host, address, queries) for address in pages] == before
    assert max(before[:3]) <= 10


def test_what_was_asked_twice_or_waits_too_long_rises_on_the_executives_page(
    asked, host, queries
):
    RelationshipFactory(supplier=asked.board.supplier)
    portfolio = reverse("engagements:portfolio")
    assert asked.wording not in page(host, portfolio)
    Recommendation.objects.update(submitted_at=timezone.now() - timedelta(days=90))
    again = RecommendationFactory(
        meeting=asked.meeting, ancestor=asked, wording="Tell us at last"
    )
    shown = page(host, portfolio)
    assert "No answer; it was due on" in shown
    assert "Asked again: first in" in shown
    # What was asked twice stands first.
    assert shown.index(again.wording) < shown.index(asked.wording)
    with_board = cost(host, portfolio, queries)

    Recommendation.objects.update(delivered_on=TODAY)
    asked.board.archived_at = timezone.now()
    asked.board.save()
    assert again.wording not in page(host, portfolio)
    # Whoever hosts no board is asked for nothing more.
    assert cost(host, portfolio, queries) == with_board - 2


def test_what_was_promised_to_a_board_stands_under_the_hosts_promises(asked, host):
    made = promised(asked)
    address = reverse("engagements:commitments")

    assert made.text in page(host, address)
    assert made.text not in page(host, f"{address}?side=client")
    assert made.text not in page(host, f"{address}?mine=1")
    RecommendationPromise.objects.update(done_on=TODAY)
    for query, shown in (("", 1), ("?state=done", 1), ("?state=open", 0)):
        assert (made.text in page(host, f"{address}{query}")) == shown
    Recommendation.objects.update(state="withdrawn")
    assert made.text in page(host, address)
    RecommendationPromise.objects.update(done_on=None)
    assert made.text not in page(host, address)


def test_managers_read_nothing_of_it_on_their_page(asked):
    by = MembershipFactory(organisation=asked.board.supplier, role="account_manager")
    made = promised(asked)
    Recommendation.objects.update(submitted_at=timezone.now() - timedelta(days=90))
    client = Client()
    client.force_login(by.contact.user)

    assert asked.wording not in page(client, reverse("engagements:portfolio"))
    assert made.text not in page(client, reverse("engagements:commitments"))
    assert client.get(asked.get_absolute_url()).status_code == 404
