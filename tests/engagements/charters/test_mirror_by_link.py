"""A side that never signs in writes its part of the mirror behind a link."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.utils import timezone

from engagements import links
from engagements.charters import mirror_mails
from engagements.charters.actions.mirroring import LISTS, write_missing
from engagements.charters.actions.passing import pass_on_mirrors
from engagements.errors import RuleError
from engagements.links import Purpose
from engagements.models import (
    Contact,
    Mirror,
    MirrorAsk,
    MirrorPart,
    Notice,
    OrganisationDay,
    TeamRole,
)
from engagements.notices.kinds import known
from engagements.notices.ledger import owe
from engagements.reminders import rounds
from engagements.reminders.rules import asking as rules
from tests.engagements.charters.test_mirror import CANARY, write
from tests.factories import TeamRoleFactory
from tests.sitting import Client

HERE = "/c/mirror/"


def door(row) -> str:
    return links.path(Purpose.MIRROR, row.pk, row.version)


def guest_of(row) -> Client:
    client = Client()
    client.post(door(row))
    return client


def test_the_other_side_writes_once_by_link_and_both_are_shown(pair):
    write(pair, values=[CANARY])
    write(pair, values=[CANARY, "pace"])
    notice = Notice.objects.get(kind=mirror_mails.ASKED)
    letter = known(notice.kind).letter(notice)
    first = Client().get(letter.url.removeprefix("http://testserver")).text
    guest = guest_of(MirrorAsk.objects.get())
    before = guest.get(HERE).text
    said = {f"{name}_others": "care" for name in LISTS}

    empty = guest.post(HERE, {"values_others": "care"})
    kept = guest.post(HERE, said)
    after = guest.get(HERE).text
    again = guest.post(HERE, said)

    assert notice.side == pair.other
    assert HERE in letter.url
    assert CANARY not in first + before + empty.text + repr(letter)
    assert (empty.status_code, kept.status_code, again.status_code) == (422, 302, 422)
    assert CANARY in after
    assert "is there already" in again.text
    assert Mirror.objects.get().parts.count() == 2
    assert not known(notice.kind).still_wanted(notice)


def test_nobody_is_asked_where_nobody_speaks_and_a_dead_link_is_closed(pair):
    TeamRole.objects.all().delete()
    pair.relationship.sides.update(owner=None, acted_by=None)
    write(pair)
    mirror = Mirror.objects.get()

    assert not Notice.objects.filter(kind=mirror_mails.ASKED).exists()
    assert not MirrorAsk.objects.exists()
    assert pass_on_mirrors(timezone.localdate()) == 0
    nobodys = links.path(Purpose.MIRROR, mirror.pk, 1)
    assert [Client().get(one).status_code for one in (nobodys, HERE)] == [404, 404]
    # Somebody comes who can be asked.
    TeamRoleFactory(relationship=pair.relationship, side=pair.other)
    assert pass_on_mirrors(timezone.localdate()) == 1
    assert Client().get(door(MirrorAsk.objects.get())).status_code == 200


def test_who_speaks_next_is_asked_once_by_a_link_of_their_own(pair):
    write(pair, values=[CANARY])
    old = MirrorAsk.objects.get()
    ago = timezone.localdate() - timedelta(days=20)
    MirrorAsk.objects.update(asked_on=ago)
    Contact.objects.filter(pk=old.contact_id).update(left_on=ago)
    role = TeamRoleFactory(relationship=pair.relationship, side=pair.other)

    assert [rounds.run()["mirrors_passed"] for _twice in range(2)] == [1, 0]

    now = MirrorAsk.objects.get()
    assert (now.contact, now.asked_on) == (role.contact, timezone.localdate())
    assert [Client().get(door(one)).status_code for one in (old, now)] == [404, 200]
    (told,) = Notice.objects.filter(kind=mirror_mails.ASKED, recipient=role.contact)
    assert known(told.kind).still_wanted(told)
    first = Notice.objects.get(kind=mirror_mails.ASKED, recipient=old.contact)
    assert not known(first.kind).still_wanted(first)
    assert role.contact.name in pair.browser().get(page_of(pair)).text
    words = {name: ["care"] for name in LISTS}
    with pytest.raises(RuleError, match="Somebody else is asked now"):
        write_missing(asked=old, words=words)
    assert write_missing(asked=now, words=words).revealed_at
    part = MirrorPart.objects.get(side=pair.other)
    assert part.written_by == role.contact
    assert rounds.run()["mirrors_passed"] == 0


def page_of(pair) -> str:
    return f"/relationships/{pair.relationship.pk}/mirror/"


def owed(rule, day) -> list:
    """What a rule owes on a day, kept as the clock keeps it."""
    found = [one for rows in rule(day) for one in rows]
    owe(found)
    return found


def test_a_missing_part_is_asked_for_once_more_then_the_writer_hears_of_it(pair):
    monday = date(2026, 11, 2)
    place = getattr(pair.relationship, pair.other.value)
    off = date(2026, 11, 4)
    OrganisationDay.objects.create(organisation=place, on=off, works=False)
    with time_machine.travel(datetime(2026, 11, 2, 9, tzinfo=UTC)):
        write(pair, values=[CANARY])
    asked = Notice.objects.get().recipient

    found = [
        (day, one.recipient)
        for day in (monday + timedelta(days=days) for days in range(30))
        for rule in (rules.mirrors_asked_again, rules.mirrors_silent)
        for one in owed(rule, day)
    ]

    assert found == [
        (date(2026, 11, 10), asked.pk),
        (date(2026, 11, 17), pair.by().contact.pk),
    ]
    silence = Notice.objects.get(kind=mirror_mails.SILENT)
    letter = known(silence.kind).letter(silence)
    assert place.name in letter.subject
    assert CANARY not in repr(letter)
    assert known(silence.kind).still_wanted(silence)
    write(pair, pair.other)
    assert not known(silence.kind).still_wanted(silence)


def test_no_silence_is_told_where_nobody_was_asked(pair):
    TeamRole.objects.all().delete()
    pair.relationship.sides.update(owner=None, acted_by=None)
    with time_machine.travel(timezone.now() - timedelta(days=20)):
        write(pair)

    for rule in (rules.mirrors_asked_again, rules.mirrors_silent):
        assert owed(rule, timezone.localdate()) == []
