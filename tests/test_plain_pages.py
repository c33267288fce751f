"""Sign-in and error pages wear our look and speak our words."""

import re

import pytest
from django.core.exceptions import PermissionDenied
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.urls import reverse
from django.views import defaults
from django.views.csrf import csrf_failure

from accounts.models import User
from tests.factories import MembershipFactory, OrganisationFactory

SIGNED_OUT = ["account_login", "account_reset_password", "account_reset_password_done"]
SIGNED_OUT += ["account_signup", "account_inactive"]
SIGNED_OUT += ["account_reset_password_from_key_done"]
SIGNED_IN = ["account_change_password", "account_logout", "usersessions_list"]
SIGNED_IN += ["account_reauthenticate"]


def assert_ours(html: str) -> None:
    assert "css/base" in html
    assert 'class="skip"' in html
    assert html.count("<h1") == 1
    assert not re.search(r"<style|\sstyle=|\son\w+=|<script(?![^>]*src=)", html)
    words = re.sub(r"<[^>]+>", " ", html)
    for word in ("please", "invalid", "!", "Menu:", "Messages:"):
        assert word.casefold() not in words.casefold(), word


@pytest.mark.django_db
@pytest.mark.parametrize("name", SIGNED_OUT)
def test_pages_before_the_sign_in_are_ours(client: Client, name: str):
    OrganisationFactory()
    assert_ours(client.get(reverse(name)).content.decode())


@pytest.mark.django_db
@pytest.mark.parametrize("name", SIGNED_IN)
def test_pages_about_the_sign_in_are_ours(client: Client, name: str):
    member = MembershipFactory()
    client.force_login(member.contact.user)
    response = client.get(reverse(name))
    assert response.status_code == 200
    assert_ours(response.content.decode())


@pytest.mark.django_db
def test_a_wrong_password_is_said_without_telling_which_half_is_wrong(client: Client):
    OrganisationFactory()
    User.objects.create_user("dan@example.org", "correct horse", name="Dan")
    wrong = {"login": "dan@example.org", "password": "x"}
    html = client.post(reverse("account_login"), wrong).content.decode()
    assert "<title>Error: Sign in - Relman</title>" in html
    assert "This e-mail address and password do not belong together." in html
    assert 'value="dan@example.org"' in html


@pytest.mark.django_db
def test_a_dead_link_to_a_new_password_offers_another(client: Client):
    OrganisationFactory()
    address = reverse("account_reset_password_from_key", args=["abc", "def"])
    html = client.get(address, follow=True).content.decode()
    assert "This link is not open" in html
    assert reverse("account_reset_password") in html


@pytest.mark.django_db
def test_a_lost_address_offers_a_search_for_its_last_word(client: Client):
    client.force_login(MembershipFactory().contact.user)
    html = client.get("/contracts/hv-2024-017/nothing-here/").content.decode()
    assert 'value="nothing here"' in html
    assert "This page is not here" in html


@pytest.mark.django_db
def test_a_closed_door_says_who_can_open_it():
    request = RequestFactory().get("/")
    request.user = MembershipFactory().contact.user
    words = "You can see this relationship but not its contracts."
    response = defaults.permission_denied(request, PermissionDenied(words))
    assert response.status_code == 403
    assert words in response.content.decode()


def test_a_form_that_is_too_old_is_explained():
    request = RequestFactory().post("/")
    html = csrf_failure(request, "CSRF cookie not set.").content.decode()
    assert "This form is too old" in html


def test_the_page_of_last_resort_needs_no_request():
    html = render_to_string("500.html")
    assert "Something broke on our side" in html
    assert_ours(html)


def test_an_unreadable_request_is_answered_in_words():
    response = defaults.bad_request(RequestFactory().get("/"), Exception("x"))
    assert "This request could not be read" in response.content.decode()
