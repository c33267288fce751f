"""People of the own organisation: roles, switching off, invitations."""

import pytest
from django.urls import reverse

from engagements.errors import RuleError
from engagements.models import Contact, Invitation, Membership, standing_of
from engagements.parties import actions, links
from tests.factories import ContactFactory, MembershipFactory

pytestmark = pytest.mark.django_db


def login(client, user):
    return client.post(
        "/accounts/login/", {"login": user.email, "password": "correct horse"}
    )


def test_somebody_switched_off_loses_open_sign_ins_at_once(client, by, manager):
    user = manager.contact.user
    assert login(client, user).status_code == 302
    assert client.get("/me/").status_code == 200

    actions.end_membership(by=by, membership=manager)

    response = client.get("/me/")
    assert response.status_code == 302
    assert response["Location"].startswith("/accounts/login/")
    assert login(client, user)["Location"] == "/accounts/inactive/"
    assert not user.usersession_set.exists()


def test_a_cookie_alone_does_not_outlive_the_switch(client, manager):
    user = manager.contact.user
    login(client, user)

    type(user).objects.filter(pk=user.pk).update(is_active=False)

    assert client.get("/me/").status_code == 302


def test_the_last_administrator_stays(by, membership):
    for act in (
        lambda: actions.end_membership(by=by, membership=membership),
        lambda: actions.change_role(by=by, membership=membership, role="executive"),
    ):
        with pytest.raises(RuleError, match="only administrator"):
            act()

    membership.refresh_from_db()
    assert (membership.role, membership.ended_at) == ("administrator", None)


def test_a_role_changes_and_is_remembered(signed_in, manager):
    page = reverse("engagements:member-role", args=[manager.pk])
    assert signed_in.get(page).status_code == 200

    response = signed_in.post(page, {"role": "executive"})

    assert response.status_code == 302
    manager.refresh_from_db()
    assert manager.role == "executive"


def test_the_only_administrator_reads_why_the_role_cannot_change(signed_in, membership):
    page = reverse("engagements:member-role", args=[membership.pk])

    response = signed_in.post(page, {"role": "executive"})

    assert response.status_code == 422
    assert b"is the only administrator" in response.content


def test_switching_off_is_asked_once_and_done_by_post(signed_in, manager):
    page = reverse("engagements:member-switch-off", args=[manager.pk])
    assert b"Open sign-ins end at once" in signed_in.get(page).content
    manager.refresh_from_db()
    assert manager.ended_at is None

    signed_in.post(page, {"save": "1"})

    manager.refresh_from_db()
    assert manager.ended_at
    assert signed_in.get("/members/").content.count(b"No sign-in") == 1


def test_a_colleague_is_invited_in_one_form(signed_in, membership):
    response = signed_in.post(
        "/members/new/",
        {"name": "Dan", "email": "Dan@example.org", "role": "account_manager"},
    )

    assert response.status_code == 302
    contact = Contact.objects.get(name="Dan")
    assert contact.organisation == membership.organisation
    assert Invitation.objects.get().contact == contact
    assert b"Invited as account manager" in signed_in.get("/members/").content


def test_a_colleague_without_a_role_is_not_invited_and_nothing_is_lost(signed_in):
    response = signed_in.post("/members/new/", {"name": "Dan", "email": "dan@x"})

    assert response.status_code == 422
    assert b'value="Dan"' in response.content
    assert not Contact.objects.filter(name="Dan").exists()


def test_without_a_relay_invitations_are_copied_and_passwords_never(
    signed_in, by, settings
):
    settings.HAS_MAIL_RELAY = False
    contact = ContactFactory(organisation=by.organisation)
    invitation = actions.invite(by=by, contact=contact, role="executive")
    signed_in.post("/accounts/password/reset/", {"email": by.contact.user.email})

    page = signed_in.get("/not-sent/").content.decode()

    assert links.invitation_url(invitation) in page
    assert "password/reset/key" not in page


def test_invitations_of_others_are_not_shown(signed_in, settings):
    settings.HAS_MAIL_RELAY = False
    other = standing_of(MembershipFactory().contact.user)
    contact = ContactFactory(organisation=other.organisation)
    invitation = actions.invite(by=other, contact=contact, role="executive")

    assert links.invitation_token(invitation).encode() not in (
        signed_in.get("/not-sent/").content
    )
    page = reverse("engagements:invitation-renew", args=[invitation.pk])
    assert signed_in.post(page).status_code == 404


def test_with_a_relay_nothing_is_copied(signed_in, by, settings):
    settings.HAS_MAIL_RELAY = True
    contact = ContactFactory(organisation=by.organisation)
    invitation = actions.invite(by=by, contact=contact, role="executive")

    assert links.invitation_token(invitation).encode() not in (
        signed_in.get("/not-sent/").content
    )


PAGES = ["/members/", "/members/new/", "/not-sent/", "/proposals/"]


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("role", ["account_manager", "executive"])
def test_only_administrators_keep_people(client, page, role):
    client.force_login(MembershipFactory(role=role).contact.user)

    assert client.get(page).status_code == 403


@pytest.mark.parametrize("what", ["role", "switch-off"])
def test_members_of_other_organisations_do_not_exist(signed_in, what):
    other = MembershipFactory()

    page = reverse(f"engagements:member-{what}", args=[other.pk])

    assert signed_in.get(page).status_code == 404
    assert signed_in.post(page, {"role": "executive"}).status_code == 404
    other.refresh_from_db()
    assert other.ended_at is None


@pytest.mark.parametrize("size", [1, 3])
def test_the_list_of_people_has_a_fixed_number_of_queries(
    signed_in, membership, size, django_assert_num_queries
):
    organisation = membership.organisation
    MembershipFactory.create_batch(size, organisation=organisation, role="executive")
    for contact in ContactFactory.create_batch(size, organisation=organisation):
        by = standing_of(membership.contact.user)
        actions.invite(by=by, contact=contact, role="executive")

    # Session, user, standing; people, memberships, invitations.
    with django_assert_num_queries(6):
        response = signed_in.get("/members/")

    assert len(response.context["members"]) == 1 + 2 * size


def test_roles_are_those_of_the_product():
    assert set(Membership.Role.values) == {
        "administrator",
        "account_manager",
        "executive",
    }
