"""What a problem touches, and why it could happen: a tree without side or author."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from engagements.errors import RuleError
from engagements.issues import links, record
from engagements.issues.actions import opening, recording
from engagements.models import IssueNote, JointIssue
from tests.engagements.issues.conftest import SAID, to_closed, to_facts, to_work
from tests.sitting import Client

pytestmark = pytest.mark.django_db
TOUCHED = "Shared direction, Fairness and voice"


def browser(one):
    signed_in = Client()
    signed_in.force_login(one.contact.user)
    return signed_in


def by_link(issue, one):
    client = Client()
    return client.post(links.path(issue.sides.get(side=one.side)), follow=True).text


def why(issue, one, text, under=None):
    return recording.add_note(
        issue=issue, side=one.side, kind="why", text=text, under=under
    )


def five_deep(issue, one):
    rows = []
    for number in range(1, 6):
        under = rows[-1] if rows else None
        rows.append(why(issue, one, f"Because of {number}", under))
    return rows


def test_what_it_touches_is_agreed_with_the_facts(seats):
    own, other = seats
    issue = to_facts(own, other)
    address = reverse("engagements:issue-facts", args=[issue.pk])
    said = {"facts": "At nine.", "dimensions": ["FAI", "DIR"]}

    browser(own).post(address, said)
    wrong = browser(own).post(address, {"facts": "x", "dimensions": ["CULPRIT"]})

    assert wrong.status_code == 422
    assert TOUCHED in browser(other).get(issue.get_absolute_url()).text
    assert TOUCHED in by_link(issue, other)
    recording.agree_facts(issue=issue, side=other.side, round_=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        JointIssue.objects.update(dimensions=["TRU"])
    issue.refresh_from_db()
    assert issue.dimensions == ["DIR", "FAI"]


def test_a_why_stands_under_a_why_five_deep(seats):
    own, other = seats
    issue = to_work(own, other)
    first, *_between, fifth = five_deep(issue, own)
    address = reverse("engagements:issue-note", args=[issue.pk, "why"])
    form = browser(other).get(f"{address}?under={first.pk}").text
    sixth = browser(other).post(address, {"text": "Deeper", "under": str(fifth.pk)})
    browser(other).post(address, {"text": "Beside it", "under": str(first.pk)})

    (top,) = record.whys(issue.notes.all())

    assert f'value="{first.pk}" selected' in form
    assert sixth.status_code == 422
    assert [one.depth for one in record.flat([top])] == [1, 2, 3, 4, 5, 2]
    page = browser(own).get(issue.get_absolute_url()).text
    assert page.count("And why?") == 5
    for text in ("Because of 5", "Beside it"):
        assert text in page
        assert text in by_link(issue, other)


def test_a_why_stands_under_a_why_of_its_own_issue_alone(seats):
    own, other = seats
    issue, another = to_work(own, other), to_work(own, other)
    foreign = why(another, own, "Elsewhere")
    factor = recording.add_note(
        issue=issue, side=own.side, kind="factor", text="x", factor="tool"
    )
    for under in (foreign, factor):
        with pytest.raises(RuleError, match="of this issue"):
            why(issue, own, "x", under)
    with pytest.raises(RuleError, match="of this issue"):
        recording.add_note(
            issue=another, side=own.side, kind="well", text="x", under=foreign
        )


def test_a_why_is_taken_out_after_those_under_it(seats):
    own, other = seats
    issue = to_work(own, other)
    first = why(issue, own, "First")
    second = why(issue, own, "Second", first)
    with pytest.raises(RuleError, match="under it first"):
        recording.remove_note(note=first, side=other.side)

    for note in (second, first):
        recording.remove_note(note=note, side=other.side)

    assert not IssueNote.objects.filter(kind="why").exists()


def test_a_closed_issue_shows_its_whys_and_takes_no_more(seats):
    own, other = seats
    issue = to_closed(own, other)
    # As it was written before closing.
    first = IssueNote.objects.create(issue=issue, kind="why", text="No rota")

    shown = browser(other).get(issue.get_absolute_url()).text

    assert "No rota" in shown
    assert "And why?" not in shown
    with pytest.raises(RuleError, match="cannot be done now"):
        why(issue, own, "x", first)


def test_a_tree_of_whys_costs_no_query_more(seats, django_assert_max_num_queries):
    own, other = seats
    issue = to_work(own, other)
    five_deep(issue, own)
    client = browser(own)

    with django_assert_max_num_queries(12):
        client.get(issue.get_absolute_url())


def test_what_is_not_written_yet_takes_one_line(seats):
    own, other = seats
    asked = opening.open_issue(relationship=own.relationship, by=own.contact, said=SAID)
    waits = browser(own).get(asked.get_absolute_url()).text
    shown, closed = to_facts(own, other), to_closed(own, other)
    why(shown, own, "The number was old")

    works = browser(own).get(shown.get_absolute_url()).text
    over = browser(own).get(closed.get_absolute_url()).text

    assert "come once both accounts are there" in waits
    # What is done at once is not waited with.
    assert 'id="containment"' in waits
    assert not any(f'id="{part}"' in waits for part in ("facts", "moment", "promises"))
    assert 'id="why"' in works
    assert 'id="moment"' not in works
    assert f'class="chip" href="/issues/{shown.pk}/record/moment/"' in works
    assert "Nothing is written under: timeline, containment" in over
    assert "/record/moment/" not in over
