"""A promise to a board is given to somebody else of the host, or has nobody."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from engagements.boards.actions import answering
from engagements.boards.queries import report as read
from engagements.boards.queries.needing import needing
from engagements.errors import RuleError
from engagements.models import (
    Change,
    Notice,
    RecommendationPromise,
    standing_of,
)
from engagements.notices.kinds import known
from tests.engagements.boards.conftest import enter
from tests.engagements.dashboards.test_views import cost
from tests.factories import ContactFactory, MembershipFactory, RecommendationFactory

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
FIRST, NOW = TODAY + timedelta(days=9), TODAY + timedelta(days=20)


def of_host(meeting, role="account_manager", **more):
    place = meeting.board.supplier
    return MembershipFactory(organisation=place, role=role, **more).contact


@pytest.fixture
def eve(meeting):
    return of_host(meeting, "executive")


@pytest.fixture
def given(meeting):
    """Dan of the host promised it, and moved its day once."""
    row = RecommendationFactory(
        meeting=meeting,
        state="committed",
        decision="accept",
        decided_at=timezone.now(),
    )
    return RecommendationPromise.objects.create(
        recommendation=row,
        owner=of_host(meeting, contact__name="Dan Mercer"),
        text="A calendar of changes",
        measure="It hangs there",
        original_due_on=FIRST,
        due_on=NOW,
    )


@pytest.fixture
def ana(meeting):
    return of_host(meeting, contact__name="Ana Ruiz")


def page(given):
    row = given.recommendation
    return reverse(
        "engagements:board-promise-give", args=[row.board_id, row.pk, given.pk]
    )


def browser(person):
    client = Client()
    client.force_login(person.user)
    return client


def leaves(person, days=3):
    person.left_on = TODAY - timedelta(days=days)
    person.save()


def letters(recipient):
    """What is still wanted of what is owed to a person."""
    found = Notice.objects.filter(recipient=recipient).order_by("created_at")
    return [
        " ".join([made.subject, *made.paragraphs])
        for notice in found
        if known(notice.kind).still_wanted(notice)
        and (made := known(notice.kind).letter(notice))
    ]


def report_of(board):
    """As members and host read it, without the tags."""
    found = {"report": read.report(board, TODAY)}
    return render_to_string("engagements/boards/_asked_rows.html", found)


def test_a_promise_is_given_to_somebody_who_finds_it(given, eve, ana, member):
    host, dan = browser(eve), given.owner
    detail = host.get(given.recommendation.get_absolute_url()).content.decode()
    assert page(given) in detail
    form = host.get(page(given))
    assert "Owner until now: Dan Mercer" in form.content.decode()
    seen = form.context["form"]["seen"].value()

    said = {"owner": ana.pk, "seen": seen, "reason": "Ana runs the plants now"}
    answer = host.post(page(given), said, follow=True)

    given.refresh_from_db()
    assert (given.owner, given.given_on) == (ana, TODAY)
    # The days stay.
    assert (given.original_due_on, given.due_on) == (FIRST, NOW)
    assert "The new owner is told by mail." in answer.content.decode()
    change = Change.objects.get(object_id=given.pk)
    assert (change.by, change.fields) == (eve, {"owner": ["Dan Mercer", "Ana Ruiz"]})
    assert given.text in browser(ana).get("/home/").content.decode()
    assert given.text not in browser(dan).get("/home/").content.decode()
    # Who owns it stands in the report of the members, and nobody who did.
    for shown in (
        report_of(given.recommendation.board),
        enter(member).get(f"/b/recommendations/{given.recommendation_id}/").text,
    ):
        assert "Ana Ruiz since" in shown
        assert "Dan" not in shown
        assert "runs the plants" not in shown


def test_both_get_a_mail_each_time_it_changes_hands(given, eve, ana):
    dan, by = given.owner, standing_of(eve.user)

    def give(seen, owner, reason=""):
        answering.give_promise(
            promise=given, seen=seen.pk, owner=owner, reason=reason, by=by, today=TODAY
        )

    give(dan, ana, "Ana runs 100 % of the plants")
    (hers,), (his,) = letters(ana), letters(dan)
    assert hers.startswith("Yours now: A calendar of changes")
    for words in ("Ana runs 100 % of the plants", "It hangs there", "first promised"):
        assert words in hers
    assert his.startswith("Ana Ruiz owns it now: A calendar of changes")
    assert "100 %" not in his
    give(ana, dan)
    # What was owed before and is not true any more is not sent.
    assert [one[:9] for one in letters(dan)] == ["Yours now"]
    assert "says why" not in letters(dan)[0]
    assert [one[:8] for one in letters(ana)] == ["Dan Merc"]
    given.due_on = given.original_due_on
    given.save()
    assert "It was promised by" in letters(dan)[0]
    # Nobody hears of what they did themselves.
    give(dan, eve)
    assert letters(eve) == []
    given.done_on = TODAY
    given.save()
    assert letters(dan) == letters(ana) == []


def test_wrong_input_names_the_field_and_keeps_the_words(given, eve, ana, meeting):
    host, dan = browser(eve), given.owner
    gone, elsewhere = of_host(meeting), MembershipFactory().contact
    leaves(gone)
    unsigned = ContactFactory(organisation=meeting.board.supplier)
    said = {"seen": dan.pk, "reason": "Because of the plants"}
    for wrong in ("", dan.pk, gone.pk, elsewhere.pk, unsigned.pk, "nobody"):
        answer = host.post(page(given), {**said, "owner": wrong})
        assert answer.status_code == 422
        assert set(answer.context["form"].errors) == {"owner"}
        assert "Because of the plants" in answer.content.decode()
    long = host.post(page(given), {**said, "owner": ana.pk, "reason": "x" * 501})
    assert set(long.context["form"].errors) == {"reason"}
    RecommendationPromise.objects.update(done_on=TODAY)
    answer = host.post(page(given), {**said, "owner": ana.pk})
    assert "This promise is done already." in answer.content.decode()


def test_given_by_two_at_once_the_second_is_told(given, eve, ana, meeting):
    host, dan, bob = browser(eve), given.owner, of_host(meeting)
    said = {"owner": bob.pk, "seen": dan.pk, "reason": "Bob has time"}
    RecommendationPromise.objects.update(owner=ana)

    answer = host.post(page(given), said)

    assert "Ana Ruiz owns it since you opened this page." in answer.content.decode()
    assert "Bob has time" in answer.content.decode()
    seen = answer.context["form"]["seen"].value()
    assert host.post(page(given), {**said, "seen": seen}).status_code == 302
    # The same press again, from the page as it was: it is as was wished.
    assert host.post(page(given), {**said, "seen": seen}).status_code == 302
    assert len(letters(bob)) == 1
    # Whoever comes between the page and the lock finds the same.
    by = standing_of(eve.user)
    for seen, owner in ((ana, ana), (bob, bob), (bob, ContactFactory())):
        with pytest.raises(RuleError) as refused:
            answering.give_promise(
                promise=given, seen=seen.pk, owner=owner, reason="", by=by, today=TODAY
            )
        assert refused.value.field == "owner"


def test_a_promise_whose_owner_left_asks_for_another(given, eve, ana, meeting):
    board, tom = meeting.board, of_host(meeting, "administrator")
    client = browser(eve)
    cost(client, "/home/")
    before = cost(client, "/home/")

    def asked(person):
        return [row.text for row in browser(person).get("/home/").context["asked"]]

    # The last day is a day of work.
    leaves(given.owner, days=0)
    assert asked(eve) == []
    assert needing(standing_of(eve.user), TODAY) == []
    leaves(given.owner)
    (line,) = client.get("/home/").context["asked"]
    assert (line.url, line.waits) == (page(given), "for 3 days")
    assert line.text.endswith("A calendar of changes")
    assert cost(client, "/home/") == before
    (need,) = needing(standing_of(eve.user), TODAY)
    assert need.why == "Nobody owns what was promised for it: give it to somebody."
    assert (asked(tom), asked(ana)) == ([], [])
    shown = report_of(board)
    assert "owner to be named,\n" in shown
    assert "Dan" not in shown
    assert "owner to be named" in client.get("/commitments/").content.decode()

    # Without an executive, an administrator is asked.
    eve.memberships.update(ended_at=timezone.now())
    assert len(asked(tom)) == 1
    answer = browser(tom).post(page(given), {"owner": ana.pk, "seen": given.owner_id})
    assert answer.status_code == 302
    assert asked(tom) == []
    leaves(ana)
    RecommendationPromise.objects.update(done_on=TODAY)
    # What is done needs nobody, and says who did it.
    assert asked(tom) == []
    assert "Ana Ruiz" in report_of(board)


def test_whoever_went_without_a_last_day_is_not_waited_for_since_then(given, eve):
    given.owner.memberships.update(ended_at=timezone.now())
    (line,) = browser(eve).get("/home/").context["asked"]
    assert (line.since, line.waits) == (None, "")
