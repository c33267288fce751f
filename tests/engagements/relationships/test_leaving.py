"""A last day is worked to its end, where the organisation is; then all ends at once."""

from __future__ import annotations

from datetime import UTC, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils import timezone

from engagements.errors import RuleError
from engagements.models import (
    Change,
    Contact,
    Notice,
    RelationshipSide,
    Side,
    TeamRole,
    standing_of,
)
from engagements.notices.delivery import deliver
from engagements.parties import actions as parties
from engagements.relationships import actions
from engagements.reminders import rounds
from tests.engagements.commitments.conftest import seat
from tests.factories import ContactFactory, MembershipFactory, RelationshipFactory

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate
# Two of them are never on the same day.
ZONES = ("Pacific/Kiritimati", "UTC", "Pacific/Niue")


@pytest.fixture(params=list(Side))
def leaver(request):
    """A manager who signs in, speaks for a side and owns it."""
    one = seat(RelationshipFactory(), Side(request.param))
    actions.choose_owner(
        by=standing_of(one.contact.user), side=one.own, contact=one.contact
    )
    return one


@pytest.fixture
def administrator(leaver):
    return MembershipFactory(organisation=leaver.contact.organisation).contact


def post(client, person, leaver, **said):
    client.force_login(person.user)
    return client.post(reverse("engagements:contact-leave", args=[leaver.pk]), said)


def day(moment) -> str:
    return f"{moment:%-d %b %Y}"


@pytest.mark.parametrize("zone", ZONES)
def test_the_database_and_the_row_say_the_same_of_every_zone(zone):
    now = timezone.now()
    there = timezone.localdate(now, ZoneInfo(zone))
    for days in range(-3, 4):
        last = timezone.localdate(now, UTC) + timedelta(days=days)
        one = ContactFactory(organisation__time_zone=zone, left_on=last)
        is_there = Contact.objects.present().filter(pk=one.pk).exists()
        assert is_there == one.is_present == (last >= there), (zone, last)


def test_on_the_last_day_everything_is_still_theirs(client, leaver, administrator):
    colleague = seat(leaver.relationship, leaver.side).contact

    response = post(
        client, administrator, leaver.contact, left_on=day(TODAY()), sign_in_ends="on"
    )
    actions.let_go()

    assert response.status_code == 302
    assert TeamRole.objects.current().filter(contact=leaver.contact).exists()
    assert Contact.objects.present().filter(pk=leaver.contact.pk).exists()
    assert leaver.own.owner == leaver.contact
    shown = client.get(leaver.contact.get_absolute_url()).text
    assert f"Last day: {day(TODAY())}" in shown
    assert f"Left on: {day(TODAY())}" in shown
    client.force_login(leaver.contact.user)
    assert client.get("/home/").status_code == 200

    # The night passes.
    yesterday = TODAY() - timedelta(days=1)
    Contact.objects.filter(pk=leaver.contact.pk).update(left_on=yesterday)
    TeamRole.objects.filter(contact=leaver.contact).update(
        from_on=yesterday, to_on=yesterday
    )
    assert client.get("/home/").status_code == 403
    assert rounds.run()["let_go"] == 1

    leaver.contact.user.refresh_from_db()
    assert not leaver.contact.user.is_active
    assert leaver.own.owner == colleague
    assert rounds.run()["let_go"] == 0


def test_until_it_is_over_another_last_day_may_be_kept(leaver, administrator):
    by, ends = standing_of(administrator.user), {"sign_in_ends": True}
    for days in (9, 20, 4):
        last = TODAY() + timedelta(days=days)
        actions.person_leaves(by=by, contact=leaver.contact, left_on=last, **ends)
        assert list(leaver.contact.team_roles.values_list("to_on", flat=True)) == [last]
    Contact.objects.update(left_on=TODAY() - timedelta(days=2))
    with pytest.raises(RuleError, match="has left"):
        actions.person_leaves(by=by, contact=leaver.contact, left_on=last, **ends)


def test_a_day_in_the_past_ends_all_at_once(client, leaver, administrator):
    said = {"left_on": day(TODAY() - timedelta(days=2)), "sign_in_ends": "on"}

    asked = post(client, administrator, leaver.contact, **said)

    assert asked.status_code == 422
    assert "is over. Type a day to come with its year" in asked.text
    assert 'name="is_over"' in asked.text
    leaver.contact.refresh_from_db()
    assert leaver.contact.left_on is None
    assert post(client, administrator, leaver.contact, **said, is_over="on").url
    leaver.contact.user.refresh_from_db()
    assert not leaver.contact.user.is_active
    assert RelationshipSide.objects.filter(owner=leaver.contact).count() == 0


def test_a_day_without_a_year_is_one_to_come(client, leaver, administrator):
    coming = TODAY() + timedelta(days=17)
    page = post(
        client,
        administrator,
        leaver.contact,
        left_on=f"{coming:%-d %b}",
        sign_in_ends="on",
    )

    assert page.status_code == 302
    leaver.contact.refresh_from_db()
    assert leaver.contact.left_on == coming


def test_a_last_day_that_is_over_can_be_put_right(
    client, leaver, administrator, settings
):
    past = TODAY() - timedelta(days=40)
    ends = {"left_on": past, "sign_in_ends": True}
    actions.person_leaves(
        by=standing_of(administrator.user), contact=leaver.contact, **ends
    )
    by = standing_of(administrator.user)
    with pytest.raises(RuleError, match="Put the last day right first"):
        parties.invite(by=by, contact=leaver.contact, role="account_manager")

    assert post(client, administrator, leaver.contact, left_on="").status_code == 302
    shown = client.get(leaver.contact.get_absolute_url()).text

    leaver.contact.refresh_from_db()
    assert leaver.contact.left_on is None
    assert "Leaves the organisation" in shown
    invitation = parties.invite(by=by, contact=leaver.contact, role="account_manager")
    settings.HAS_MAIL_RELAY = True
    deliver()
    assert Notice.objects.get(object_id=invitation.pk).state == Notice.State.SENT


def test_whoever_leaves_may_stay_after_all(client, leaver, administrator):
    last = TODAY() + timedelta(days=9)
    by = standing_of(administrator.user)
    actions.person_leaves(
        by=by, contact=leaver.contact, left_on=last, sign_in_ends=True
    )

    assert post(client, administrator, leaver.contact, left_on="").status_code == 302

    leaver.contact.refresh_from_db()
    assert leaver.contact.left_on is None
    assert list(leaver.contact.team_roles.values_list("to_on", flat=True)) == [None]


def test_the_same_day_twice_is_recorded_once(leaver, administrator):
    by = standing_of(administrator.user)
    said = {"left_on": TODAY() + timedelta(days=9), "sign_in_ends": True}
    for _time in range(2):
        actions.person_leaves(by=by, contact=leaver.contact, **said)

    kept = Change.objects.filter(object_id=leaver.contact.pk)
    assert [row.fields["left_on"][0] for row in kept if "left_on" in row.fields] == [
        None
    ]


def test_who_may_not_end_a_sign_in_is_told_who_may(client, leaver, administrator):
    colleague = seat(leaver.relationship, leaver.side).contact

    page = reverse("engagements:contact-leave", args=[leaver.contact.pk])
    client.force_login(colleague.user)
    told = client.get(page).text
    refused = post(client, colleague, leaver.contact, left_on=day(TODAY()))
    unticked = post(client, administrator, leaver.contact, left_on=day(TODAY()))

    assert refused.status_code == unticked.status_code == 422
    assert administrator.name in refused.text
    assert f'href="mailto:{administrator.email}?body=http' in told
    assert f'href="{administrator.get_absolute_url()}"' in told
    assert "Tick that the sign-in ends as well" in unticked.text
    assert 'name="sign_in_ends"' in unticked.text
    leaver.contact.refresh_from_db()
    assert leaver.contact.left_on is None


def test_the_last_administrator_who_stays_cannot_leave(administrator):
    by = standing_of(administrator.user)
    second = MembershipFactory(organisation=administrator.organisation).contact
    last = {"by": by, "left_on": TODAY() + timedelta(days=9), "sign_in_ends": True}
    actions.person_leaves(contact=second, **last)

    with pytest.raises(RuleError, match="only administrator"):
        actions.person_leaves(contact=administrator, **last)


def test_a_role_keeps_the_end_it_had_of_its_own(leaver, administrator):
    by, today = standing_of(administrator.user), TODAY()
    late, mine = today + timedelta(days=15), {"contact": leaver.contact}
    of = {"relationship": leaver.relationship, "side": leaver.side, "by": by, **mine}
    actions.add_role(**of, role="delivery", from_on=today, to_on=late)
    actions.add_role(**of, role="sponsor", from_on=late)

    def ends(days):
        if days is None:
            actions.correct_last_day(by=by, left_on=None, **mine)
        else:
            day = today + timedelta(days=days)
            actions.person_leaves(by=by, left_on=day, sign_in_ends=True, **mine)
        rows = leaver.contact.team_roles.order_by("role").values_list(
            "to_on", flat=True
        )
        return [row and (row - today).days for row in rows]

    # Delivery, interface, sponsor from that day on.
    assert ends(9) == [9, 9, 15]
    assert ends(20) == [15, 20, 20]
    assert ends(15) == [15, 15, 15]
    assert ends(30) == [15, 30, 30]
    assert ends(9) == [9, 9, 15]
    assert ends(None) == [15, None, None]


def test_what_was_given_or_ended_meanwhile_stays_so(leaver, administrator):
    by, day = standing_of(administrator.user), TODAY() + timedelta(days=9)
    (role,) = leaver.contact.team_roles.all()
    last = {"by": by, "contact": leaver.contact, "sign_in_ends": True}
    actions.person_leaves(left_on=day, **last)
    actions.end_role(by=by, team_role=role, to_on=TODAY())
    of = {"relationship": leaver.relationship, "side": leaver.side}
    actions.add_role(
        by=by, contact=leaver.contact, role="sponsor", from_on=TODAY(), **of
    )
    actions.person_leaves(left_on=day + timedelta(days=9), **last)
    actions.add_role(
        by=by, contact=leaver.contact, role="sponsor", from_on=TODAY(), **of
    )

    actions.correct_last_day(by=by, contact=leaver.contact, left_on=None)

    found = leaver.contact.team_roles.order_by("role", "to_on")
    assert [row.to_on for row in found if row.role == "interface"] == [TODAY()]
    assert [row.to_on for row in found if row.role == "sponsor"].count(None) == 1
