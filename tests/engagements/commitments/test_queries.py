"""How each side kept its promises, from what the reader may see."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from engagements.commitments.queries import Asked, Kept, commitments, kept
from engagements.models import Commitment
from tests.factories import CommitmentFactory

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 20)
NOW = timezone.now()
EVERYTHING = Asked.of({})


def promise(seat, agreed_on, **changes):
    return CommitmentFactory(
        relationship=seat.relationship,
        side=seat.side,
        original_due_on=agreed_on,
        owner=seat.contact,
        **changes,
    )


def rates(seat):
    rows = commitments(seat.contact.user, EVERYTHING, TODAY)
    return {row.side: row for row in kept(rows, TODAY)}


def test_kept_means_done_by_the_date_first_agreed(seats):
    own, other = seats
    day = date(2026, 11, 10)
    promise(own, day, done_at=NOW, done_on=day)
    promise(own, day, done_at=NOW, done_on=day + timedelta(days=1))
    # Moved in time, and kept by the new date: still late.
    promise(own, day, due_on=date(2026, 12, 1))
    promise(own, day, cancelled_at=NOW)
    promise(own, TODAY)

    for reader in (own, other):
        mine = rates(reader)[own.side]
        assert mine == Kept(
            own.side.value, open=2, late=1, passed=3, kept=1, verified=0
        )
        assert mine.share == 33
        assert rates(reader)[other.side].share is None


def test_one_sides_internal_promise_moves_no_figure_of_the_other(seats):
    own, other = seats
    before = rates(other)

    promise(
        own,
        date(2026, 1, 1),
        visibility="internal",
        organisation=own.by.organisation,
    )

    assert rates(other) == before
    assert rates(own)[own.side].passed == 1


def test_each_filter_of_the_list_narrows_it(client_seat, supplier_seat):
    day = date(2026, 11, 10)
    late = promise(client_seat, day)
    due = promise(supplier_seat, date(2026, 12, 1))
    done = promise(client_seat, day, done_at=NOW, done_on=day)
    user = client_seat.contact.user

    def found(**query):
        return set(commitments(user, Asked.of(query), TODAY))

    assert found() == found(state="nonsense", side="both") == {late, due, done}
    assert found(state="open") == {late, due}
    assert found(state="late") == {late}
    assert found(state="done") == found(state="unverified") == {done}
    assert found(side="supplier") == {due}
    assert found(mine="1") == {late, done}
    assert found(relationship=str(late.relationship_id)) == {late, due, done}
    assert found(relationship="x") == set()
    done.verified_at = NOW
    done.save()
    assert found(state="unverified") == set()


def test_figures_count_the_records_their_list_shows(client_seat, supplier_seat):
    for seat in (client_seat, supplier_seat):
        promise(seat, date(2026, 11, 10))
        promise(seat, date(2026, 12, 10))
    user = client_seat.contact.user

    for side, row in rates(client_seat).items():
        late = Asked.of({"state": "late", "side": side})
        open_ = Asked.of({"state": "open", "side": side})
        assert commitments(user, late, TODAY).count() == row.late == 1
        assert commitments(user, open_, TODAY).count() == row.open == 2
    assert Commitment.objects.count() == 4
