"""Pages of meetings: planned, changed, cancelled, held."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from engagements.models import Interaction, Meeting

pytestmark = pytest.mark.django_db


def url(name, row):
    return reverse(f"engagements:{name}", args=[row.pk])


def body(response):
    return response.content.decode()


def test_a_held_meeting_opens_the_composer_filled_in(
    signed_in, client_seat, supplier_seat
):
    starts = timezone.localtime() - timedelta(hours=2)
    meeting = Meeting.objects.create(
        relationship=client_seat.relationship,
        side="client",
        organisation=client_seat.by.organisation,
        visibility="shared",
        title="Monthly",
        agenda="Agree the rota",
        starts_at=starts,
        minutes=45,
        planned_by=client_seat.contact,
    )
    meeting.participants.create(contact=supplier_seat.contact, side="supplier")
    address = f"/log/?r={client_seat.relationship.pk}&meeting={meeting.pk}"
    assert address.replace("&", "&amp;") in body(
        signed_in.get(meeting.get_absolute_url())
    )

    page = body(signed_in.get(address))

    assert "Agree the rota" in page
    assert f"{starts:%Y-%m-%d %H:%M}, 45 min" in page
    assert f'value="{supplier_seat.contact.pk}" checked' in page
    signed_in.post(
        "/log/",
        {
            "r": client_seat.relationship.pk,
            "kind": "meeting",
            "text": "Agreed.",
            "when": f"{starts:%Y-%m-%d %H:%M}, 45 min",
            "people": [supplier_seat.contact.pk],
            "shared": "on",
            "meeting": meeting.pk,
        },
    )
    meeting.refresh_from_db()
    entry = Interaction.objects.get()
    assert meeting.held_as == entry
    assert entry.minutes == 45
    assert abs(entry.happened_at - starts) < timedelta(minutes=1)


def test_a_meeting_is_planned_changed_and_cancelled(signed_in, client_seat):
    typed = {
        "r": client_seat.relationship.pk,
        "title": "Monthly",
        "day": "14/1/2030",
        "time": "09:30",
        "minutes": "45",
        "people": [client_seat.contact.pk],
    }
    assert signed_in.get(f"/meetings/new/?r={typed['r']}").status_code == 200
    signed_in.post("/meetings/new/", typed)
    meeting = Meeting.objects.get()
    assert meeting.visibility == "internal"
    assert "Monthly" in body(signed_in.get("/meetings/"))

    signed_in.post(url("meeting-move", meeting), {**typed, "day": "15/1/2030"})
    meeting.refresh_from_db()
    assert meeting.starts_at.day == 15
    signed_in.post(url("meeting-cancel", meeting), {"reason": "Strike"})

    assert "Strike" in body(signed_in.get(meeting.get_absolute_url()))
    assert not Meeting.objects.planned().exists()


def test_a_meeting_is_planned_for_a_day_ahead(signed_in, client_seat):
    response = signed_in.post(
        "/meetings/new/",
        {"r": client_seat.relationship.pk, "title": "M", "day": "1/1/2020"},
    )

    assert response.status_code == 422
    assert "planned for a day ahead" in body(response)


def test_the_other_side_reads_a_shared_meeting_but_does_not_change_it(
    client, client_seat, supplier_seat
):
    meeting = Meeting.objects.create(
        relationship=client_seat.relationship,
        side="client",
        organisation=client_seat.by.organisation,
        visibility="shared",
        title="Monthly",
        starts_at=timezone.now() + timedelta(days=2),
        planned_by=client_seat.contact,
    )
    client.force_login(supplier_seat.contact.user)
    assert client.get(meeting.get_absolute_url()).status_code == 200
    assert client.get(url("meeting-move", meeting)).status_code == 403

    Meeting.objects.update(visibility="internal")
    for name in ("meeting", "meeting-move", "meeting-cancel"):
        assert client.get(url(name, meeting)).status_code == 404
