"""The composer, entries, drafts and meetings page by page."""

import json
import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from engagements.interactions import actions
from engagements.models import Commitment, Draft, Interaction, Meeting, Step
from tests.engagements.interactions.test_each_side import logged
from tests.engagements.interactions.test_meetings_each_side import planned
from tests.factories import ContactFactory

NOW = timezone.now()


def form(pair, **values):
    return {"r": str(pair.relationship.pk), "text": "Quillwort"} | values


def test_only_the_text_is_required_and_the_entry_comes_first(pair):
    answer = pair.browser().post("/log/", form(pair), follow=True)
    row = Interaction.objects.get()
    assert (row.kind, row.visibility) == ("call", "internal")
    shown = answer.content.decode()
    assert shown.index("Quillwort") < shown.index("Face to face")
    assert f"/interactions/{row.pk}/undo/" in shown


def test_the_same_key_saves_once(pair):
    browser, key = pair.browser(), str(uuid.uuid4())
    for _twice in range(2):
        sent = browser.post("/log/", form(pair, submit_key=key))
        assert sent.status_code == 302
        assert key in sent.url
    assert Interaction.objects.count() == 1


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"text": ""}, "Write what was said."),
        ({"when": "soonish"}, "soonish"),
        ({"when": "99/99"}, "99/99"),
        ({"next_due": "fri"}, "Say what shall happen by that day."),
        ({"next_step": "x", "next_due": "soonish"}, "is not a date"),
        ({"person": "Nobody Known"}, "Nobody named"),
        ({"next_step": "x", "promise": "on", "shared": "on"}, "needs a date"),
        ({"next_step": "x", "promise": "on", "next_due": "fri"}, "share the entry"),
        ({"tone": "loud"}, "tone"),
        ({"people": "nobody"}, "nobody"),
    ],
)
def test_a_faulty_entry_writes_nothing_and_loses_nothing(pair, values, words):
    sent = form(pair, text="Kept words", topic="price") | values
    answer = pair.browser().post("/log/", sent)
    assert answer.status_code == 422
    shown = answer.content.decode()
    assert words in shown
    assert "There is a problem" in shown
    if sent["text"]:
        assert "Kept words" in shown
    assert (Interaction.objects.count(), Step.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    ("line", "text", "dated"),
    [
        ("next: send rota fri", "send rota", True),
        ("Next:  ring back in 3 weeks", "ring back", True),
        ("next: think it over", "think it over", False),
        ("next: fri", "fri", False),
    ],
)
def test_a_line_that_begins_with_next_becomes_a_step(pair, line, text, dated):
    pair.browser().post("/log/", form(pair, text=f"Spoke.\n{line}"))
    step = Step.objects.get()
    assert step.text == text
    assert bool(step.due_on) is dated


def test_a_shared_promise_is_made_in_the_same_save(pair):
    sent = {"next_step": "Name a lead", "next_due": "in 3 weeks"}
    pair.browser().post("/log/", form(pair, promise="on", shared="on", **sent))
    made = Commitment.objects.get()
    assert (made.side, made.visibility) == (pair.own, "shared")
    assert "Name a lead" in pair.page(pair.other)


def test_strangers_do_not_learn_of_the_relationship(pair):
    for side, role in (("bystander", "administrator"), (pair.own, "elsewhere")):
        browser = pair.browser(side, role)
        assert browser.post("/log/", form(pair)).status_code == 404
        for page in ("log", "meetings/new"):
            address = f"/{page}/?r={pair.relationship.pk}"
            assert browser.get(address).status_code == 404
    assert pair.browser().get("/log/?r=nonsense").status_code == 404
    assert not Interaction.objects.exists()


def test_without_a_relationship_one_is_chosen(pair):
    name = getattr(pair.relationship, pair.other).name
    assert name in pair.browser().get("/log/").content.decode()
    stranger = pair.browser("bystander").get("/log/").content.decode()
    assert name not in stranger


def test_an_internal_entry_is_nowhere_across(pair):
    row = logged(pair)
    across = pair.browser(pair.other, "administrator")
    for act in ("", "correct/", "share/"):
        assert across.get(f"/interactions/{row.pk}/{act}").status_code == 404
    assert across.post(f"/interactions/{row.pk}/undo/").status_code == 404
    assert "Quillwort" in pair.page()
    for seen in (pair.page(pair.other), pair.page(query="?as=other")):
        assert "Quillwort" not in seen


def test_only_the_author_corrects_and_takes_back(pair):
    row = logged(pair, shared=True)
    for side, role in ((pair.own, "administrator"), (pair.other, "account_manager")):
        browser = pair.browser(side, role)
        assert browser.get(row.get_absolute_url()).status_code == 200
        address = f"/interactions/{row.pk}/"
        assert browser.post(f"{address}correct/", {"text": "x"}).status_code == 403
        assert browser.post(f"{address}undo/").status_code == 403
    row.refresh_from_db()
    assert row.text == "Quillwort"


def test_a_correction_is_saved_and_the_earlier_words_stay(pair):
    address = f"/interactions/{logged(pair).pk}/"
    browser = pair.browser()
    assert browser.get(f"{address}correct/").status_code == 200
    assert browser.post(f"{address}correct/", {"text": ""}).status_code == 422
    sent = browser.post(f"{address}correct/", {"text": "Better", "reason": "Typo"})
    assert sent.status_code == 302
    shown = browser.get(address).content.decode()
    for words in ("Better", "Quillwort", "Typo"):
        assert words in shown


def test_what_was_corrected_before_sharing_stays_ones_own(pair):
    row = logged(pair, tone=-2)
    actions.correct(by=pair.by(), interaction=row, text="Calmly put")
    page = f"/interactions/{row.pk}/"
    assert "Who will read it" in pair.browser().get(f"{page}share/").content.decode()
    for _twice in range(2):
        pair.browser().post(f"{page}share/")
    actions.correct(by=pair.by(), interaction=row, text="Plainly put")

    across = pair.browser(pair.other).get(page).content.decode()

    assert "Plainly put" in across
    assert "Calmly put" in across
    assert "Quillwort" not in across
    assert "Tense" not in across
    assert "Quillwort" in pair.browser().get(page).content.decode()


def test_taking_back_returns_to_the_relationship(pair):
    row = logged(pair)
    back = pair.browser().post(f"/interactions/{row.pk}/undo/")
    assert back.url == pair.relationship.get_absolute_url()
    late = logged(pair)
    Interaction.objects.update(created_at=NOW - timedelta(minutes=11))
    answer = pair.browser().post(f"/interactions/{late.pk}/undo/", follow=True)
    assert "10 minutes" in answer.content.decode()


def keep(browser, payload):
    return browser.post("/drafts/", payload, content_type="application/json")


def test_a_draft_is_kept_shown_again_and_forgotten_when_empty(pair):
    browser, mine = pair.browser(), form(pair, next_step="Send", people=[])
    assert keep(browser, json.dumps(mine)).json()["kept"]
    assert (
        "Quillwort"
        in browser.get(f"/relationships/{pair.relationship.pk}/").content.decode()
    )
    assert "Draft from" in browser.get("/home/").content.decode()
    assert "Quillwort" not in pair.page()
    assert keep(browser, json.dumps(form(pair, text=" "))).json()["kept"] is None
    assert not Draft.objects.exists()


@pytest.mark.parametrize("payload", ["", "[]", "3", "null", '"x"', "{"])
def test_what_is_no_draft_is_refused_in_words(pair, payload):
    answer = keep(pair.browser(), payload)
    assert answer.status_code == 400
    assert not Draft.objects.exists()


def test_a_strange_draft_does_not_break_the_page(pair):
    odd = form(pair, people=5, when={"a": 1}, kind=["x"], text="a\x00b", other="y")
    browser = pair.browser()
    assert keep(browser, json.dumps(odd)).status_code == 200
    assert browser.get(f"/relationships/{pair.relationship.pk}/").status_code == 200
    assert "other" not in Draft.objects.get().payload


def test_a_draft_is_not_kept_where_one_may_not_write(pair):
    assert keep(pair.browser("bystander"), json.dumps(form(pair))).status_code == 404
    long = json.dumps(form(pair, text="x" * 61_000))
    assert keep(pair.browser(), long).status_code == 413
    assert not Draft.objects.exists()


def meeting_form(pair, **values):
    return {
        "r": str(pair.relationship.pk),
        "title": "Quillwort review",
        "day": "in 3 weeks",
        "time": "14:30",
        "minutes": "45",
        "people": [str(pair.by(pair.other).contact.pk)],
        "shared": "on",
    } | values


def test_a_meeting_is_planned_moved_and_cancelled(pair):
    browser = pair.browser()
    assert browser.get(f"/meetings/new/?r={pair.relationship.pk}").status_code == 200
    assert browser.post("/meetings/new/", meeting_form(pair)).status_code == 302
    row = Meeting.objects.get()
    assert (row.visibility, row.participants.count()) == ("shared", 1)
    assert "Quillwort" in browser.get("/meetings/").content.decode()
    page = f"/meetings/{row.pk}/"
    assert browser.get(f"{page}move/").status_code == 200
    moved = browser.post(f"{page}move/", meeting_form(pair, minutes="30"))
    assert moved.status_code == 302
    row.refresh_from_db()
    assert row.minutes == 30
    assert browser.post(f"{page}cancel/", {"reason": ""}).status_code == 422
    assert browser.post(f"{page}cancel/", {"reason": "Strike"}).status_code == 302
    assert browser.post(f"{page}cancel/", {"reason": "Strike"}).status_code == 403
    assert "Strike" in browser.get(page).content.decode()


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("title", "", "Title is missing."),
        ("day", "yesterday", "planned for a day ahead"),
        ("time", "25 o'clock", "such as 14:30"),
        ("minutes", "2", "5"),
    ],
)
def test_a_faulty_meeting_keeps_what_was_typed(pair, field, value, words):
    sent = meeting_form(pair, place="Their site", **{field: value})
    answer = pair.browser().post("/meetings/new/", sent)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert "Their site" in answer.content.decode()
    assert not Meeting.objects.exists()


def test_the_other_side_reads_a_shared_meeting_and_does_not_change_it(pair):
    row = planned(pair)
    across = pair.browser(pair.other)
    assert across.get(f"/meetings/{row.pk}/").status_code == 200
    for act in ("move", "cancel"):
        assert across.get(f"/meetings/{row.pk}/{act}/").status_code == 403
    hidden = planned(pair, visibility="internal", title="Hidden")
    for act in ("", "move/", "cancel/"):
        assert across.get(f"/meetings/{hidden.pk}/{act}").status_code == 404
    assert "Hidden" not in across.get("/meetings/").content.decode()


def test_a_held_meeting_opens_the_composer_filled_in_and_becomes_the_entry(pair):
    row = planned(pair, starts_at=NOW - timedelta(hours=3), agenda="Talk of rotas")
    browser = pair.browser()
    filled = browser.get(f"/log/?r={pair.relationship.pk}&meeting={row.pk}")
    assert "Talk of rotas" in filled.content.decode()

    browser.post("/log/", form(pair, kind="meeting", meeting=str(row.pk)))

    row.refresh_from_db()
    assert row.held_as.text == "Quillwort"
    page = f"/meetings/{row.pk}/"
    assert "What was said" in browser.get(page).content.decode()
    assert (
        "What was said</a>" not in pair.browser(pair.other).get(page).content.decode()
    )
    again = browser.post("/log/", form(pair, meeting=str(row.pk)))
    assert again.status_code == 422
    assert Interaction.objects.count() == 1


def test_a_meeting_of_another_relationship_is_not_held_here(pair):
    from tests.factories import RelationshipFactory

    place = getattr(pair.relationship, pair.own)
    elsewhere = RelationshipFactory(**{pair.own.value: place})
    row = Meeting.objects.create(
        relationship=elsewhere,
        side=pair.own,
        organisation=place,
        title="Elsewhere",
        starts_at=NOW,
        planned_by=ContactFactory(organisation=place),
    )
    browser = pair.browser(role="executive")
    browser.post("/log/", form(pair, meeting=str(row.pk)))
    row.refresh_from_db()
    assert row.held_as is None
    page = f"/log/?r={pair.relationship.pk}&meeting="
    assert browser.get(f"{page}{row.pk}").status_code == 404
    assert browser.get(f"{page}nonsense").status_code == 404
