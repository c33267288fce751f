"""The same form sent twice at the same moment."""

import pytest

from engagements.interactions.actions import (
    NextStep,
    drop_drafts,
    log_interaction,
    save_draft,
)
from engagements.models import Draft, Interaction, Step, TimelineEntry
from tests.engagements.interactions.conftest import said
from tests.engagements.parties.test_at_once import at_once

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def test_one_form_sent_twice_at_once_is_one_entry(client_seat):
    by, own = client_seat.by, client_seat.own
    entry = said(next_steps=(NextStep("Ring", None),))

    def send():
        return log_interaction(by=by, own=own, entry=entry)

    (first, new), (second, again) = at_once(send, send)

    assert first == second
    assert {new, again} == {True, False}
    for model in (Interaction, Step, TimelineEntry):
        assert model.objects.count() == 1


def test_a_draft_kept_while_it_is_dropped_is_no_error(client_seat):
    by, relationship = client_seat.by, client_seat.relationship

    def keep():
        for turn in range(40):
            save_draft(by=by, relationship=relationship.pk, payload={"text": str(turn)})

    def drop():
        for _turn in range(40):
            drop_drafts(by=by, relationships=[relationship.pk])

    at_once(keep, keep, drop)

    assert Draft.objects.count() <= 1
