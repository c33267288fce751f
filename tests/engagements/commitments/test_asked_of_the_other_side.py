"""Only its side promises: written down for the other, it is asked of it first."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from engagements import links
from engagements.commitments import asking, mails, queries
from engagements.errors import RuleError
from engagements.links import Purpose
from engagements.models import Commitment, Notice, PromiseAsk
from engagements.notices.kinds import known
from tests.engagements.commitments.conftest import asked_of
from tests.engagements.issues.conftest import to_work
from tests.factories import ContactFactory
from tests.sitting import Client

pytestmark = pytest.mark.django_db
HERE = "/c/promise/"


@pytest.fixture
def issue(seats):
    """One both sides work on."""
    return to_work(*seats)


def written_down(issue, own, other, **more):
    """One side writes down, on the page, what somebody of the other will do."""
    place = getattr(issue.relationship, other.side.value)
    owner = ContactFactory(organisation=place, email="night@example.org")
    client = Client()
    client.force_login(own.contact.user)
    said = {"text": "Ring both desks", "side": other.side.value, "owner": owner.pk}
    day = timezone.localdate() + timedelta(days=9)
    said |= {"due_on": day.isoformat(), "measure": "Both log it", **more}
    for _twice in range(2):
        client.post(reverse("engagements:issue-promise", args=[issue.pk]), said)
    return client


def guest_of(asked) -> Client:
    client = Client()
    client.post(links.path(Purpose.PROMISE, asked.pk, asked.version))
    return client


def letters():
    rows = Notice.objects.filter(kind__startswith="promise-").order_by("kind")
    return [(row, known(row.kind)) for row in rows]


def test_it_counts_nowhere_until_the_other_side_says_yes(issue, seats):
    own, other = seats
    client = written_down(issue, own, other)
    asked = PromiseAsk.objects.get()
    first = Client().get(links.path(Purpose.PROMISE, asked.pk, 1))
    guest = guest_of(asked)
    waiting = client.get(issue.get_absolute_url()).text
    before = Commitment.objects.count()
    ((notice, kind),) = letters()
    question = kind.letter(notice)
    wanted = kind.still_wanted(notice)

    page = guest.get(HERE).text
    for _twice in range(2):
        guest.post(HERE, {"answer": "yes"})
    made = Commitment.objects.get()
    promised = guest.get(HERE).text
    for _twice in range(2):
        guest.post(HERE, {"answer": "done"})
    late = guest.post(HERE, {"answer": "no", "reason": "Too dear"})

    assert "was asked on" in waiting
    assert (before, wanted, first.status_code) == (0, True, 200)
    assert (notice.recipient, notice.side) == (asked.owner, other.side.value)
    assert f"{HERE}" in question.url
    assert "Yes, we do that" in page
    assert (made.side, made.owner, made.origin_id) == (
        other.side,
        asked.owner,
        issue.pk,
    )
    assert "It is done" in promised
    made.refresh_from_db()
    assert made.done_on == timezone.localdate()
    assert "saw it done" in guest.get(HERE).text
    assert (late.status_code, "Too dear" in late.text) == (422, True)
    told = {row.kind: kind.still_wanted(row) for row, kind in letters()}
    assert told == {mails.ASKED: False, mails.ANSWERED: True}


def test_a_no_says_why_and_is_told(issue, seats):
    own, other = seats
    client = written_down(issue, own, other)
    asked = PromiseAsk.objects.get()
    guest = guest_of(asked)

    empty = guest.post(HERE, {"answer": "no"})
    guest.post(HERE, {"answer": "no", "reason": "The night desk is yours"})

    with pytest.raises(RuleError, match="not promised"):
        asking.finish(asked=asked)
    assert empty.status_code == 422
    assert not Commitment.objects.exists()
    assert "The night desk is yours" in guest.get(HERE).text
    assert "The night desk is yours" in client.get(issue.get_absolute_url()).text
    notice, kind = letters()[0]
    assert "The night desk is yours" in kind.letter(notice).paragraphs[0]
    assert notice.recipient == own.contact


def test_a_day_that_has_passed_is_not_promised(issue, seats):
    written_down(issue, *seats)
    PromiseAsk.objects.update(due_on=timezone.localdate() - timedelta(days=1))

    with pytest.raises(RuleError, match="which day would do"):
        asking.answer(asked=PromiseAsk.objects.get(), yes=True)


def test_whoever_speaks_for_the_side_is_asked_for_an_owner_without_mail(issue, seats):
    own, other = seats
    place = getattr(issue.relationship, other.side.value)

    row = asked_of(own, other, owner=ContactFactory(organisation=place, email=""))

    assert row.asked == other.contact
    assert queries.asked_promises(issue.pk).count() == 0


def test_a_link_of_an_earlier_version_is_closed(issue, seats, client):
    written_down(issue, *seats)
    asked = PromiseAsk.objects.get()
    PromiseAsk.objects.update(version=2)

    address = links.path(Purpose.PROMISE, asked.pk, 1)
    assert [client.get(one).status_code for one in (address, HERE)] == [404, 404]
