"""What one save of the composer writes, and who may read it afterwards."""

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from engagements.errors import RuleError
from engagements.interactions import actions
from engagements.interactions.actions import Entry, NextStep
from engagements.models import (
    Commitment,
    Draft,
    Interaction,
    RelationshipSide,
    Step,
    TimelineEntry,
)
from engagements.relationships.figures import refresh_contacts

NOW = timezone.now()
FIGURES = ["last_contact_at", "last_contact_with", "contact_due_on", "next_contact_at"]


def logged(pair, **values):
    entry = {"text": "Quillwort", "kind": "call", "happened_at": timezone.now()}
    return actions.log_interaction(
        by=pair.by(), own=pair.side(), entry=Entry(**entry | values)
    )[0]


def figures(side) -> dict:
    return RelationshipSide.objects.filter(pk=side.pk).values(*FIGURES).get()


def test_one_save_keeps_entry_people_step_timeline_and_drops_the_draft(pair):
    user = pair.by().contact.user
    Draft.objects.create(user=user, relationship=pair.relationship)
    across = pair.by(pair.other).contact
    step = NextStep("Send rota", timezone.localdate())

    row = logged(pair, people=((across, pair.other.value),), next_steps=(step,))

    assert set(row.participants.values_list("contact", "side")) == {
        (pair.by().contact.pk, pair.own.value),
        (across.pk, pair.other.value),
    }
    assert row.visibility == "internal"
    assert Step.objects.get().organisation == pair.by().organisation
    entry = TimelineEntry.objects.get()
    assert (entry.visibility, entry.text) == ("internal", "Quillwort")
    assert "Send rota" in entry.facts[0]
    assert not Draft.objects.exists()
    assert pair.side().last_contact_with == across


def test_the_same_form_sent_twice_is_one_entry(pair):
    key = uuid.uuid4()
    step = (NextStep("Once", None),)
    first = logged(pair, submit_key=key, next_steps=step)
    second = logged(pair, submit_key=key, next_steps=step)
    assert first == second
    assert Interaction.objects.count() == Step.objects.count() == 1
    assert len(pair.entries()) == 1


def test_the_key_of_somebody_elses_form_is_refused_in_words(pair):
    key = uuid.uuid4()
    logged(pair, submit_key=key)
    with pytest.raises(RuleError, match="saved already"):
        actions.log_interaction(
            by=pair.by(pair.other),
            own=pair.side(pair.other),
            entry=Entry("x", "call", NOW, submit_key=key),
        )


def test_an_internal_entry_changes_nothing_across(pair):
    logged(pair, shared=True, happened_at=NOW - timedelta(days=30))
    across = pair.side(pair.other)
    before = figures(across)

    logged(pair, next_steps=(NextStep("Ours", None),))

    assert figures(across) == before
    refresh_contacts(None)
    assert figures(across) == before
    assert figures(pair.side())["last_contact_at"] > before["last_contact_at"]


@pytest.mark.parametrize("shared", [True, False])
def test_what_a_save_notes_is_what_is_computed_afresh(pair, shared):
    across = pair.by(pair.other).contact
    logged(pair, shared=shared, people=((across, pair.other.value),))
    refresh_contacts(None)
    before = [figures(pair.side(side)) for side in (pair.own, pair.other)]

    logged(pair, shared=shared, people=((across, pair.other.value),))

    noted = [figures(pair.side(side)) for side in (pair.own, pair.other)]
    assert refresh_contacts(None) == 0
    assert (noted[1] == before[1]) is not shared


def test_an_older_entry_does_not_move_the_last_contact(pair):
    logged(pair)
    before = figures(pair.side())
    logged(pair, happened_at=NOW - timedelta(days=3))
    assert figures(pair.side()) == before


def test_a_note_is_no_contact(pair):
    logged(pair, kind="note")
    assert figures(pair.side())["last_contact_at"] is None
    refresh_contacts(None)
    assert figures(pair.side())["last_contact_at"] is None


def test_a_promise_needs_a_date_and_a_shared_entry(pair):
    with pytest.raises(RuleError) as undated:
        logged(pair, shared=True, next_steps=(NextStep("x", None, promise=True),))
    assert undated.value.field == "next_due"
    day = timezone.localdate()
    with pytest.raises(RuleError) as alone:
        logged(pair, next_steps=(NextStep("x", day, promise=True),))
    assert alone.value.field == "promise"
    assert Interaction.objects.count() == 0
    logged(pair, shared=True, next_steps=(NextStep("x", day, promise=True),))
    made = Commitment.objects.get()
    assert (made.side, made.visibility) == (pair.own, "shared")


def test_a_step_on_a_shared_entry_is_not_told_across(pair):
    logged(pair, shared=True, next_steps=(NextStep("Secretly", None),))
    entry = TimelineEntry.objects.get()
    assert entry.visibility == "shared"
    assert entry.facts == []


def test_a_correction_keeps_the_earlier_words(pair):
    row = logged(pair)
    for _twice in range(2):
        actions.correct(by=pair.by(), interaction=row, text="Better", reason="Typo")
    row.refresh_from_db()
    assert row.text == "Better"
    revision = row.revisions.get()
    assert (revision.text, revision.reason) == ("Quillwort", "Typo")
    assert TimelineEntry.objects.get().text == "Better"


def test_sharing_shows_the_entry_across_and_counts_there(pair):
    row = logged(pair, next_steps=(NextStep("Ours", None),))
    for _twice in range(2):
        actions.share(by=pair.by(), interaction=row)
    row.refresh_from_db()
    assert (row.visibility, row.shared_by) == ("shared", pair.by().contact)
    entry = TimelineEntry.objects.get()
    assert (entry.visibility, entry.facts) == ("shared", [])
    assert figures(pair.side(pair.other))["last_contact_at"] == row.happened_at


def test_undo_takes_back_everything_the_save_wrote(pair):
    before = figures(pair.side())
    refresh_contacts(None)
    day = timezone.localdate()
    row = logged(
        pair,
        shared=True,
        next_steps=(NextStep("x", None), NextStep("y", day, promise=True)),
    )
    actions.undo(by=pair.by(), interaction=row)
    for model in (Interaction, Step, Commitment, TimelineEntry):
        assert not model.objects.exists()
    assert figures(pair.side())["last_contact_at"] == before["last_contact_at"]


def test_undo_ends_after_ten_minutes(pair):
    row = logged(pair)
    Interaction.objects.update(created_at=NOW - timedelta(minutes=11))
    with pytest.raises(RuleError, match="10 minutes"):
        actions.undo(by=pair.by(), interaction=row)
    assert Interaction.objects.exists()
