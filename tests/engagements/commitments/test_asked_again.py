"""What is asked and not answered: once more, then the asker hears of the silence."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.utils import timezone

from engagements.commitments import asking
from engagements.models import Notice, OrganisationDay, PromiseAsk
from engagements.notices.kinds import known
from engagements.notices.ledger import owe
from engagements.reminders.rules import asking as rules
from tests.engagements.commitments.conftest import asked_of

pytestmark = pytest.mark.django_db
HERE = "/c/promise/"


def test_it_is_asked_once_more_and_then_the_asker_hears_of_the_silence(seats):
    own, other = seats
    monday = date(2026, 11, 2)
    # A day off of whoever is asked counts, those of the asker do not.
    for seat, day in ((other, 4), (own, 5), (own, 6)):
        place, off = getattr(own.relationship, seat.side.value), date(2026, 11, day)
        OrganisationDay.objects.create(organisation=place, on=off, works=False)
    with time_machine.travel(datetime(2026, 11, 2, 9, tzinfo=UTC)):
        ask = asked_of(own, other)

    owed = {
        rule: [
            (monday + timedelta(days=days), one.recipient)
            for days in range(30)
            for one in _owed(rule, monday + timedelta(days=days))
        ]
        for rule in (rules.promises_asked_again, rules.promises_silent)
    }

    assert list(owed.values()) == [
        [(date(2026, 11, 10), other.contact.pk)],
        [(date(2026, 11, 17), own.contact.pk)],
    ]
    told = Notice.objects.filter(threshold__isnull=False)
    again, silence = told.order_by("threshold")
    assert [known(one.kind).still_wanted(one) for one in (again, silence)] == [True] * 2
    assert ask.text in known(silence.kind).letter(silence).paragraphs[0]
    assert f"{HERE}" in known(again.kind).letter(again).url
    # Once the day has passed no yes is possible, so it is not asked again.
    PromiseAsk.objects.update(due_on=timezone.localdate() - timedelta(days=1))
    assert not known(again.kind).still_wanted(again)
    asking.take_back(asked=ask)
    assert not known(silence.kind).still_wanted(silence)


def _owed(rule, day) -> list:
    """What a rule owes on a day, kept as the clock keeps it."""
    found = [one for rows in rule(day) for one in rows]
    owe(found)
    return found


def test_an_answer_a_noted_promise_and_an_archived_pair_end_the_asking(seats):
    own, other = seats
    with time_machine.travel(timezone.now() - timedelta(days=20)):
        answered, noted, kept = (asked_of(own, other) for _ in range(3))
    asking.answer(asked=answered, yes=False, reason="Not ours")
    PromiseAsk.objects.filter(pk=noted.pk).update(asked=None)
    today = timezone.localdate()

    for rule in (rules.promises_asked_again, rules.promises_silent):
        assert [one.object_id for one in _owed(rule, today)] == [kept.pk]
        Notice.objects.filter(threshold__isnull=False).delete()
        own.relationship.archived_at = timezone.now()
        own.relationship.save()
        assert _owed(rule, today) == []
        own.relationship.archived_at = None
        own.relationship.save()
