"""One's own settings and absences."""

from datetime import date

import pytest
from django.urls import reverse

from engagements.models import Absence, standing_of
from engagements.parties import actions
from tests.factories import ContactFactory, OrganisationFactory

pytestmark = pytest.mark.django_db


SETTINGS = {
    "name": "Ingrid Sørensen",
    "theme": "dark",
    "compact": "compact",
    "time_zone": "Australia/Lord_Howe",
    "date_order": "mdy",
}


def test_settings_are_kept_and_seen_on_the_next_page(signed_in, membership):
    response = signed_in.post("/me/", SETTINGS)

    assert response.status_code == 302
    user = type(membership.contact.user).objects.get(pk=membership.contact.user.pk)
    assert (user.theme, user.compact, user.shortcuts) == ("dark", True, False)
    assert (user.time_zone, user.date_order) == ("Australia/Lord_Howe", "mdy")
    page = signed_in.get("/me/").content
    assert b'data-theme="dark"' in page
    assert b'data-density="compact"' in page
    assert b'data-shortcuts="off"' in page


def test_settings_in_error_keep_what_was_typed(signed_in):
    response = signed_in.post("/me/", SETTINGS | {"time_zone": "Mars/Olympus"})

    assert response.status_code == 422
    assert "Ingrid Sørensen" in response.content.decode()


def test_a_deputy_stands_in_from_to(signed_in, membership, manager):
    given = {"from_on": "1/12/2030", "to_on": "5/12/2030", "deputy": manager.contact.pk}

    assert signed_in.get("/me/absences/new/").status_code == 200
    assert signed_in.post("/me/absences/new/", given).status_code == 302

    absence = Absence.objects.get()
    assert absence.contact == membership.contact
    assert (absence.from_on, absence.to_on) == (date(2030, 12, 1), date(2030, 12, 5))
    assert b"5 Dec 2030" in signed_in.get("/me/").content

    signed_in.post(reverse("engagements:absence-remove", args=[absence.pk]))
    assert not Absence.objects.exists()


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        ("to_on", "30/11/2030", "must not be before"),
        ("from_on", "31/2/2030", "is not a date"),
        ("deputy", "", "Who stands in is missing"),
    ],
)
def test_an_absence_in_error_says_what_is_wrong(
    signed_in, manager, field, typed, words
):
    given = {"from_on": "1/12/2030", "to_on": "5/12/2030", "deputy": manager.contact.pk}

    response = signed_in.post("/me/absences/new/", given | {field: typed})

    assert response.status_code == 422
    assert words in response.content.decode()
    assert not Absence.objects.exists()


def test_nobody_of_another_organisation_stands_in(signed_in):
    stranger = ContactFactory(organisation=OrganisationFactory())
    given = {"from_on": "1/12/2030", "to_on": "5/12/2030", "deputy": stranger.pk}

    assert signed_in.post("/me/absences/new/", given).status_code == 422


def test_another_persons_absence_does_not_exist(signed_in, manager, membership):
    absence = actions.add_absence(
        by=standing_of(manager.contact.user),
        deputy=membership.contact,
        from_on=date(2030, 12, 1),
        to_on=date(2030, 12, 5),
    )

    page = reverse("engagements:absence-remove", args=[absence.pk])

    assert signed_in.post(page).status_code == 404
    assert Absence.objects.exists()


def test_who_acts_for_nobody_still_has_settings(client, membership):
    membership.ended_at = membership.started_at
    membership.save()
    client.force_login(membership.contact.user)

    assert client.get("/me/").status_code == 200
    assert client.get("/me/absences/new/").status_code == 403


def test_days_are_typed_in_words_and_in_the_persons_own_order(
    signed_in, membership, manager
):
    user = membership.contact.user
    user.date_order = "mdy"
    user.save()
    typed = {"from_on": "1/2/2030", "to_on": "3 Jan 2030"}

    signed_in.post("/me/absences/new/", typed | {"deputy": manager.contact.pk})
    signed_in.post(
        "/me/absences/new/",
        {"from_on": "today", "to_on": "in 3 days", "deputy": manager.contact.pk},
    )

    soon, late = Absence.objects.order_by("from_on")
    assert (soon.to_on - soon.from_on).days == 3
    assert late.from_on == date(2030, 1, 2)
