"""Invitations: join an organisation, claim a kept one; dead links."""

import logging
from datetime import timedelta
from io import StringIO

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from engagements.errors import RuleError
from engagements.models import Membership, Notice, Organisation, standing_of
from engagements.parties import actions, links, mails
from engagements.relationships.actions import create_relationship
from relman.logs import WithoutTokens
from tests.factories import ContactFactory, MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db

GIVEN = {"name": "Priya Raman", "password": "correct horse battery"}


@pytest.fixture
def by():
    return standing_of(MembershipFactory().contact.user)


@pytest.fixture
def invitation(by):
    contact = ContactFactory(organisation=by.organisation, email="priya@example.org")
    return actions.invite(by=by, contact=contact, role="account_manager")


@pytest.fixture
def kept(by):
    return actions.create_organisation(by=by, name="Hollin Vale Hospitals")


@pytest.fixture
def claim(by, kept):
    create_relationship(by=by, client=kept, supplier=by.organisation)
    return actions.invite_to_claim(
        by=by, organisation=kept, name="Priya Raman", email="priya@hollin.example"
    )


def url(invitation):
    return reverse("engagements:join", args=[links.invitation_token(invitation)])


def test_the_link_shows_who_asks_and_changes_nothing(client, by, invitation):
    response = client.get(url(invitation))

    page = response.content.decode()
    assert response.status_code == 200
    assert by.contact.name in page
    assert by.organisation.name in page
    invitation.refresh_from_db()
    assert invitation.accepted_at is None


def test_accepting_signs_the_person_in_for_the_organisation(client, by, invitation):
    response = client.post(url(invitation), GIVEN)

    assert response.status_code == 302
    membership = Membership.objects.get(role="account_manager")
    assert membership.organisation == by.organisation
    user = membership.contact.user
    assert (user.email, user.name) == ("priya@example.org", "Priya Raman")
    assert client.session["_auth_user_id"] == str(user.pk)
    assert client.get(url(invitation)).status_code == 404


def test_a_weak_password_is_refused_and_the_name_kept(client, invitation):
    response = client.post(url(invitation), GIVEN | {"password": "short"})

    assert response.status_code == 422
    assert b"Priya Raman" in response.content
    assert not User.objects.filter(email="priya@example.org").exists()


def dead_links(invitation):
    token = links.invitation_token(invitation)
    yield "tampered", token[:-2] + "zz"
    yield "unknown", "nothing-1.signature"
    type(invitation).objects.update(expires_at=timezone.now() - timedelta(hours=1))
    yield "expired", token
    type(invitation).objects.update(
        expires_at=timezone.now() + timedelta(hours=1), revoked_at=timezone.now()
    )
    yield "revoked", token
    type(invitation).objects.update(revoked_at=None, version=2)
    yield "replaced", token
    type(invitation).objects.update(version=1, accepted_at=timezone.now())
    yield "accepted", token


def test_every_dead_link_shows_the_same_neutral_page(client, invitation):
    pages = set()
    for reason, token in dead_links(invitation):
        for method in (client.get, client.post):
            response = method(f"/join/{token}/", GIVEN)
            assert response.status_code == 404, reason
            pages.add(response.content)

    assert len(pages) == 1
    assert b"Ask the person who invited you" in pages.pop()


def test_no_log_line_lets_anybody_in(client, invitation, settings):
    token = links.invitation_token(invitation)
    written = StringIO()
    handler = logging.StreamHandler(written)
    handler.addFilter(WithoutTokens())
    logger = logging.getLogger("django.request")
    logger.addHandler(handler)

    client.post(f"/join/{token}/", GIVEN | {"password": "short"})
    client.get(f"/join/{token[:-1]}/")
    logger.removeHandler(handler)

    assert written.getvalue().count("/join/…/") == 2
    assert token[:-1] not in written.getvalue()
    console = settings.LOGGING["handlers"]["console"]
    assert console["filters"] == ["without_tokens"]


def test_a_new_link_closes_the_earlier_one(by, invitation, client):
    earlier = url(invitation)

    renewed = actions.renew_invitation(by=by, invitation=invitation)

    assert client.get(earlier).status_code == 404
    assert client.get(url(renewed)).status_code == 200
    assert Notice.objects.filter(kind=mails.INVITATION).count() == 2


def test_who_changes_the_address_cannot_accept_for_the_person(client, by, invitation):
    person = invitation.contact
    person.email = "me@else.example"
    person.save()

    assert client.get(url(invitation)).status_code == 404
    with pytest.raises(RuleError, match="no longer open"):
        actions.accept_invitation(invitation=invitation, **GIVEN)

    renewed = actions.renew_invitation(by=by, invitation=invitation)
    assert client.get(url(renewed)).status_code == 200


def test_an_invitation_is_owed_and_its_link_stored_nowhere(by, invitation):
    notice = Notice.objects.get(kind=mails.INVITATION)

    assert notice.recipient == invitation.contact
    assert notice.organisation == by.organisation
    assert notice.lane == Notice.Lane.SECURITY
    token = links.invitation_token(invitation)
    assert token not in str(notice.__dict__)
    letter = mails.invitation_letter(notice)
    assert letter.url.endswith(f"/join/{token}/")
    assert mails.invitation_still_wanted(notice)

    actions.revoke_invitation(by=by, invitation=invitation)

    assert not mails.invitation_still_wanted(notice)


def test_somebody_who_signs_in_elsewhere_is_not_taken_over(client, by, invitation):
    elsewhere = MembershipFactory(contact__user__email="priya@example.org")

    response = client.post(url(invitation), GIVEN)

    assert response.status_code == 422
    assert elsewhere.contact.user.check_password("correct horse")
    assert not Membership.objects.filter(
        organisation=by.organisation, role="account_manager"
    ).exists()


def test_an_operator_is_not_taken_over(client, by, invitation):
    UserFactory(email="priya@example.org", is_staff=True)

    assert client.post(url(invitation), GIVEN).status_code == 422


def test_somebody_switched_off_comes_back_with_a_new_password(client, by, invitation):
    client.post(url(invitation), GIVEN)
    membership = Membership.objects.get(role="account_manager")
    actions.end_membership(by=by, membership=membership)

    again = actions.invite(by=by, contact=membership.contact, role="executive")
    response = client.post(url(again), GIVEN | {"password": "another horse battery"})

    assert response.status_code == 302
    user = User.objects.get(email="priya@example.org")
    assert user.is_active
    assert user.check_password("another horse battery")
    assert standing_of(user).role == "executive"


def test_nobody_is_invited_twice_at_a_time(by, invitation):
    with pytest.raises(RuleError):
        actions.invite(by=by, contact=invitation.contact, role="executive")


def test_nobody_without_an_address_is_invited(by):
    contact = ContactFactory(organisation=by.organisation, email="")

    with pytest.raises(RuleError) as refusal:
        actions.invite(by=by, contact=contact, role="executive")

    assert refusal.value.field == "email"


def test_a_claim_shows_what_is_shared_before_any_password(client, by, claim):
    page = client.get(url(claim)).content.decode()

    assert f"{by.organisation.name} asks Hollin Vale Hospitals" in page
    assert "What is shared" in page
    assert "What you get" in page
    assert "0 contracts" in page


def test_claiming_proposes_each_relationship_until_it_is_accepted(client, claim, kept):
    response = client.post(url(claim), GIVEN)

    assert response["Location"] == "/proposals/"
    kept.refresh_from_db()
    assert kept.claimed_at
    relationship = kept.as_client.get()
    assert relationship.proposed_to == "client"
    assert relationship.sides.get(side="client").acted_by is None
    assert "Accept" in client.get("/proposals/").content.decode()

    client.post(reverse("engagements:proposal-accept", args=[relationship.pk]))

    assert relationship.sides.get(side="client").acted_by == kept
    page = reverse("engagements:relationship-people", args=[relationship.pk])
    assert client.get(page).status_code == 200


def test_the_keeper_no_longer_changes_a_claimed_organisation(client, claim, by, kept):
    client.post(url(claim), GIVEN)
    client.force_login(by.contact.user)

    page = reverse("engagements:organisation-edit", args=[kept.pk])

    assert client.get(page).status_code == 403


def test_an_organisation_is_claimed_once(by, kept, claim):
    other = ContactFactory(organisation=kept)
    second = actions.invite_to_claim(by=by, organisation=kept, contact=other)
    actions.accept_invitation(invitation=claim, **GIVEN)

    with pytest.raises(RuleError):
        actions.accept_invitation(invitation=second, **GIVEN)

    assert Membership.objects.filter(organisation=kept).count() == 1
    assert Organisation.objects.get(pk=kept.pk).claimed_at
