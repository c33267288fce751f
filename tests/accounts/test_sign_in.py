"""Sign-in by e-mail address, password by mail, limits, sessions, the operator."""

import pytest
from django.contrib import admin
from django.core import mail
from django.core.cache import cache
from django.urls import reverse

from engagements.models import Notice
from engagements.parties import mails
from tests.factories import MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db

LOGIN = "/accounts/login/"
RESET = "/accounts/password/reset/"


@pytest.fixture(autouse=True)
def _empty_cache():
    cache.clear()


@pytest.fixture
def user():
    return MembershipFactory(contact__user__email="dan@example.org").contact.user


def attempt(client, typed="correct horse", email="dan@example.org"):
    return client.post(LOGIN, {"login": email, "password": typed})


@pytest.mark.parametrize("typed", ["dan@example.org", "DAN@Example.org"])
def test_the_address_signs_in_whatever_its_case(client, user, typed):
    response = attempt(client, email=typed)

    assert response.status_code == 302
    assert client.session["_auth_user_id"] == str(user.pk)


def test_signing_in_leads_where_one_was_going(client, user):
    gone = client.get("/me/")
    assert gone["Location"] == f"{LOGIN}?next=/me/"

    response = client.post(
        gone["Location"],
        {"login": user.email, "password": "correct horse", "next": "/me/"},
    )

    assert response["Location"] == "/me/"


def test_signing_out_needs_a_press_and_ends_the_session(client, user):
    attempt(client)
    client.get("/accounts/logout/")
    assert "_auth_user_id" in client.session

    client.post("/accounts/logout/")

    assert "_auth_user_id" not in client.session


def test_attempts_are_counted_in_the_cache_all_processes_share(client, user, settings):
    assert "DatabaseCache" in settings.CACHES["default"]["BACKEND"]
    for _each in range(5):
        assert attempt(client, "wrong").status_code == 200

    response = attempt(client)

    assert "_auth_user_id" not in client.session
    assert b"Wait 5 minutes" in response.content


def test_one_persons_attempts_lock_out_nobody_else(client, user):
    MembershipFactory(contact__user__email="amira@example.org")
    for _each in range(6):
        attempt(client, "wrong")

    assert attempt(client, email="amira@example.org").status_code == 302


def test_an_unknown_and_a_known_address_get_the_same_answer(client, user):
    known = attempt(client, "wrong")
    unknown = attempt(client, "wrong", email="nobody@example.org")

    assert b"do not belong together" in known.content
    assert b"do not belong together" in unknown.content
    assert (
        client.post(RESET, {"email": "nobody@example.org"})["Location"]
        == (client.post(RESET, {"email": user.email})["Location"])
    )


def test_a_new_password_is_owed_and_its_link_made_when_it_is_sent(client, user):
    response = client.post(RESET, {"email": "Dan@example.org"})

    assert response.status_code == 302
    assert mail.outbox == []
    notice = Notice.objects.get()
    assert notice.kind == mails.PASSWORD_RESET
    assert notice.lane == Notice.Lane.SECURITY
    assert notice.recipient == user.contact
    letter = mails.password_reset_letter(notice)
    path = letter.url.split("/", 3)[3]
    page = client.get(f"/{path}", follow=True)
    form = page.request["PATH_INFO"]
    client.post(form, {"password1": "a new battery 9", "password2": "a new battery 9"})
    user.refresh_from_db()
    assert user.check_password("a new battery 9")
    assert client.get(f"/{path}", follow=True).context.get("token_fail")


def test_nobody_switched_off_gets_a_new_password(client, user):
    user.is_active = False
    user.save()

    client.post(RESET, {"email": user.email})

    assert not Notice.objects.exists()
    assert mail.outbox == []


def test_an_unknown_address_is_sent_nothing(client, user):
    client.post(RESET, {"email": "nobody@example.org"})

    assert not Notice.objects.exists()
    assert mail.outbox == []


def test_an_operator_who_is_nobodys_contact_gets_the_mail_itself(client, user):
    UserFactory(email="operator@example.org", is_staff=True)

    client.post(RESET, {"email": "operator@example.org"})

    assert [message.to for message in mail.outbox] == [["operator@example.org"]]


def test_signing_up_is_closed(client, user):
    response = client.post(
        "/accounts/signup/",
        {"email": "new@example.org", "password1": "x" * 12, "password2": "x" * 12},
    )

    assert response.status_code == 200
    assert not type(user).objects.filter(email="new@example.org").exists()


def test_other_sign_ins_are_listed_and_ended(client, user):
    attempt(client)
    other = type(client)()
    attempt(other)
    assert client.get(reverse("usersessions_list")).context["session_count"] == 2

    client.post(reverse("usersessions_list"))

    assert other.get("/me/").status_code == 302
    assert client.get("/me/").status_code == 200


def test_the_admin_shows_users_and_technical_tables_only():
    shown = {model._meta.label for model in admin.site._registry}  # noqa: SLF001 - what is registered

    assert shown == {
        "accounts.User",
        "account.EmailAddress",
        "auth.Group",
        "engagements.Sweep",
        "engagements.Tick",
        "usersessions.UserSession",
    }


def test_the_operator_signs_in_where_attempts_are_counted(client, user):
    operator = UserFactory(is_staff=True, is_superuser=True)

    assert client.get("/technical/login/")["Location"].startswith(LOGIN)
    client.force_login(operator)

    assert client.get("/technical/").status_code == 200
    assert client.get("/technical/accounts/user/").status_code == 200
    assert client.get("/technical/accounts/user/add/").status_code == 403


def test_the_operator_switches_a_sign_in_off(client, user):
    theirs = type(client)()
    attempt(theirs)
    client.force_login(UserFactory(is_staff=True, is_superuser=True))
    page = f"/technical/accounts/user/{user.pk}/change/"

    response = client.post(page, {"email": user.email, "name": user.name})

    assert response.status_code == 302
    user.refresh_from_db()
    assert not user.is_active
    assert theirs.get("/me/").status_code == 302


def test_people_of_organisations_never_enter_the_admin(client, user):
    client.force_login(user)

    assert client.get("/technical/").status_code == 302
    assert client.get("/technical/accounts/user/").status_code in (302, 403)
