"""Nobody but the person asked learns of a mail: no page, count, log or command."""

from __future__ import annotations

import json
import logging
from datetime import timedelta
from io import StringIO

import pytest
import time_machine
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from accounts.models import User
from engagements.boards import lead_mails, told_mails
from engagements.boards import mails as board_mails
from engagements.models import (
    HealthReview,
    Notice,
    NoticePreference,
    Side,
    Sweep,
    Tick,
)
from engagements.notices import kinds
from engagements.notices.delivery import deliver, reap, show
from engagements.notices.kinds import known
from engagements.notices.ledger import Owed, owe
from engagements.reminders.planning import plan
from engagements.reminders.rounds import run
from engagements.reviews.mails import kinds as names
from tests.engagements.contracts import worlds
from tests.engagements.reviews.mailing import sink
from tests.engagements.reviews.waves import (
    answer,
    morning,
    open_wave,
    raters,
    still_asking,
)

pytestmark = pytest.mark.django_db
__all__ = ["sink"]
_State = Notice.State


@pytest.fixture
def world():
    return worlds.make()


@pytest.fixture
def asked(world) -> HealthReview:
    """A review that asks today; its people belong to the two organisations."""
    return still_asking(relationship=world.relationship)


def administrator(world, side="client") -> Client:
    browser = Client()
    browser.force_login(world.user(side, "administrator"))
    return browser


def sealed() -> list[str]:
    return [kind.name for kind in kinds.every() if kind.sealed]


def test_every_kind_that_goes_to_people_asked_is_sealed():
    to_board = [*board_mails.SEALED, *told_mails.SEALED, *lead_mails.SEALED]
    assert sorted(sealed()) == sorted([*names.SEALED, *to_board])


@pytest.mark.parametrize("side", list(Side))
@pytest.mark.parametrize("state", list(_State))
def test_whatever_becomes_of_them_no_administrator_sees_one(world, asked, side, state):
    browser = administrator(world, side)
    people = {rater.contact.name for rater in raters(asked)}
    before = browser.get("/jobs/").context["counts"]
    Notice.objects.update(state=state, last_error="550 no such", sent_at=timezone.now())

    response = browser.get("/jobs/")

    assert response.context["stuck"] == []
    assert response.context["counts"] == before
    assert all(count == 0 for _label, count in before)
    assert not any(name in response.text for name in people)
    for page in ("/notices/", "/not-sent/", "/"):
        text = browser.get(page, follow=True).text
        assert not any(name in text for name in people)


@pytest.mark.parametrize("act", ["retry", "cancel"])
def test_no_administrator_may_do_anything_with_one(world, asked, act):
    Notice.objects.update(state=_State.DEAD)
    for row in Notice.objects.all():
        response = administrator(world).post(f"/notices/{row.pk}/{act}/")
        assert response.status_code == 404
    assert not Notice.objects.exclude(state=_State.DEAD).exists()


def test_the_figures_of_health_leave_them_out(asked):
    operator = User.objects.create_user(email="op@example.org", is_staff=True)
    browser = Client()
    browser.force_login(operator)
    Notice.objects.update(due_at=timezone.now() - timedelta(hours=1))

    for state in ("pending", "dead", "parked"):
        Notice.objects.update(state=state)
        found = browser.get("/health/").json()
        assert [found[one] for one in ("pending", "overdue", "dead", "parked")] == [
            0,
            0,
            0,
            0,
        ]


def test_a_round_counts_none_of_them(sink):
    review = open_wave(opens_on=timezone.localdate() + timedelta(days=0))
    run()  # What a first round of a day does beside.
    moment = morning(review.opens_on + timedelta(days=9))
    with time_machine.travel(moment, tick=False):
        answer(raters(review)[0], 5)
        told = StringIO()
        call_command("tick", "--json", stdout=told)

    assert Notice.objects.filter(kind="review-reminder").exists()
    counts = json.loads(told.getvalue())
    assert {name: counts[name] for name in _COUNTED} == dict.fromkeys(_COUNTED, 0)
    last = Tick.objects.order_by("-started_at").first()
    assert last is not None
    assert last.counts == counts


_COUNTED = ("planned", "reaped", "shown", "sent", "failed", "parked", "left_out")


def test_the_operator_s_tables_hold_none_of_them(asked):
    operator = User.objects.create_superuser(email="op@example.org", password="x")
    browser = Client()
    browser.force_login(operator)
    index = browser.get("/technical/").text

    assert "notice" not in index.lower()
    assert str(Sweep._meta.verbose_name_plural) in index.lower()


def test_a_digest_names_none_of_them(world):
    """Whatever a mistake elsewhere writes, it is in no list of notices."""
    person = world.by("client", "account_manager")
    owe(
        [
            Owed(
                kind=names.REMINDER,
                recipient=person.contact.pk,
                organisation=person.organisation.pk,
                relationship=world.relationship.pk,
                object_id=world.relationship.pk,
                lane=Notice.Lane.DIGEST,
                channel=Notice.Channel.IN_APP,
                day=timezone.localdate(),
            )
        ]
    )
    show(timezone.now())
    browser = Client()
    browser.force_login(world.user("client", "account_manager"))

    assert browser.get("/notices/").context["lines"] == []
    digest = known("digest")
    assert digest is not None
    row = Notice(kind="digest", recipient=person.contact)
    assert not digest.still_wanted(row)


@pytest.mark.parametrize(
    ("words", "logged"), [("550 5.1.1 no such", True), ("452 later", False)]
)
def test_a_log_names_nobody(asked, sink, caplog, words, logged):
    people = raters(asked)
    for rater in people:
        sink.refuse(rater.contact.email, words)
    caplog.set_level(logging.DEBUG)

    deliver()

    assert ("of a sealed kind" in caplog.text) == logged
    for secret in (
        *(str(row.pk) for row in Notice.objects.all()),
        *(rater.contact.email for rater in people),
    ):
        assert secret not in caplog.text


def test_one_of_unknown_outcome_is_sent_once_more_and_then_let_go(asked):
    now = timezone.now()
    held = {"state": _State.SENDING, "lease_until": now - timedelta(seconds=1)}
    Notice.objects.update(**held)
    reap(now)
    assert not Notice.objects.exclude(state=_State.PENDING).exists()
    Notice.objects.update(**held)

    reap(now)

    assert not Notice.objects.exclude(state=_State.SETTLED).exists()
    assert not Notice.objects.exclude(unknown_outcomes=0).exists()


def test_one_that_the_server_wants_later_waits_as_any_other(asked, sink):
    rater = raters(asked)[0]
    sink.refuse(rater.contact.email, "452 later")

    deliver()

    row = Notice.objects.get(recipient=rater.contact)
    assert (row.state, row.attempts) == (_State.PENDING, 1)


def test_a_person_may_stop_what_is_sealed_and_choose_nothing_else(world):
    user = world.user("client", "account_manager")
    browser = Client()
    browser.force_login(user)

    rows = browser.get("/me/notices/").context["rows"]
    offered = {row["kind"].name: [value for value, _ in row["choices"]] for row in rows}
    assert offered["review-reminder"] == ["", "off"]
    browser.post("/me/notices/", {"review-reminder": "digest"})
    assert not NoticePreference.objects.exists()
    browser.post("/me/notices/", {"review-reminder": "off"})
    assert NoticePreference.objects.get().choice == "off"


def test_what_a_plan_says_it_wrote_leaves_them_out(sink):
    review = open_wave()
    moment = morning(review.opens_on + timedelta(days=9))

    assert plan(moment) == 0
    assert Notice.objects.filter(kind="review-reminder").exists()
