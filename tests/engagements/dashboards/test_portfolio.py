"""The executive's page: how the portfolio is by its reviews, and what it leaves out."""

import re
from datetime import timedelta
from decimal import Decimal
from html import unescape

import pytest
from django.utils import timezone

from engagements.dashboards import rows
from engagements.models import RelationshipSide, ReviewAction
from engagements.reviews.figures import refresh_health
from tests.engagements.reviews.waves import closed_wave
from tests.factories import CommitmentFactory, RelationshipFactory

TODAY = timezone.localdate()
RECENT, EARLIER, LONG_AGO = (TODAY - timedelta(days=n) for n in (60, 200, 900))
FAR_AWAY = TODAY + timedelta(days=400)


@pytest.fixture
def wave(pair):
    """Makes a relationship of the own side with one named check-in, or adds one."""

    def make(client, supplier, *, value=None, on=RECENT, of=None, **values):
        own = {pair.own.value: getattr(pair.relationship, pair.own)}
        of = of or RelationshipFactory(**own)
        people = {"client": 2, "supplier": 2, "form": "check_in", "mode": "named"}
        points = {"client_point": client, "supplier_point": supplier}
        closed_wave(of, opens_on=on, **{**people, **points, **values})
        # Spoken to lately: nothing but health is a reason.
        RelationshipSide.objects.filter(relationship=of).update(
            annual_value=value,
            currency="GBP" if value else "",
            contact_due_on=FAR_AWAY,
        )
        return of

    return make


def browser_of(pair):
    return pair.browser(role="executive")


def read(pair, address="/portfolio/"):
    return browser_of(pair).get(address)


def words(response):
    """The page as it is heard."""
    page = response.content.decode().partition("<main")[2]
    return heard(page)


def heard(markup):
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", markup)).split())


def name(pair, relationship):
    return getattr(relationship, pair.other).name


def test_without_any_review_it_says_so_and_leads_those_who_may_to_the_first(pair):
    executive = words(read(pair))
    assert "No reading yet: no review has asked both sides" in executive
    assert executive.count("No reading") >= 3
    assert "None due yet" in executive
    assert "No review closed in 12 months" in executive
    assert "/reviews/new/" not in read(pair).content.decode()

    manager = pair.browser().get("/portfolio/").content.decode()
    assert '<a href="/reviews/new/">Start the first review</a>' in manager


def test_what_is_stale_too_little_or_unknown_is_counted_and_never_averaged(pair, wave):
    wave(6, 6, value=1_000_000)
    wave(4, 4, value=3_000_000)
    wave(2, 2, value=5_000_000, on=LONG_AGO)
    wave(6, None, value=7_000_000)
    refresh_health(None, TODAY)

    found = read(pair)

    health = found.context["health"]
    assert health.of == {"strong": 1, "watch": 1, "stale": 1, "few": 1, "none": 1}
    # 83 and 50; the stale 17 is in no average.
    assert health.median == 67
    said = words(found)
    assert "1 of the 2 relationships with a reading is at risk or on watch." in said
    assert (
        "3 have none that holds today: 1 stale, 1 with too few answers, "
        "1 without a reading." in said
    )
    assert "2 of 5 relationships read" in said
    assert "£3.0m of £16.0m £12.0m more is not read" in said


def test_two_currencies_are_never_summed(pair, wave):
    wave(4, 4, value=3_000_000)
    euros = wave(4, 4, value=2_000_000)
    wave(4, 4)
    RelationshipSide.objects.filter(relationship=euros).update(currency="EUR")

    said = words(read(pair))

    assert "£3.0m of £3.0m" in said
    assert "and €2.0m of €2.0m" in said
    assert "1 has no known value" in said


def test_actions_and_reviews_are_measured_over_what_both_sides_agreed(pair, wave):
    of = wave(6, 6)
    wave(6, None)
    review = of.reviews.get()
    for done_on in (TODAY - timedelta(9), TODAY - timedelta(2), None):
        promise = CommitmentFactory(
            relationship=of, original_due_on=TODAY - timedelta(5), done_on=done_on
        )
        ReviewAction.objects.create(
            review=review, text="A", side=promise.side, owner=promise.owner,
            due_on=promise.original_due_on, measure="M", proposed_by=promise.owner,
            commitment=promise,
        )  # fmt: skip
    # No review led to it: it is no agreed action.
    CommitmentFactory(relationship=of, original_due_on=TODAY - timedelta(5))

    said = words(read(pair))

    assert "Actions done on time 33% of 3" in said
    assert "Reviews answered 50% of 2" in said


def test_a_weak_relationship_is_in_the_list_with_both_sides_gap_age_and_reason(
    pair, wave
):
    weak = wave(3, 6, value=500)
    wave(6, 6, value=9_000)

    row = next(
        one for one in read(pair).context["attention"] if one.name == name(pair, weak)
    )

    assert row.severity == 3
    assert row.health.word == "At risk"
    assert (row.health.client, row.health.supplier) == ("33", "83")
    assert row.health.is_wide
    assert row.why.startswith("Because the client's side is under 40")
    said = words(read(pair))
    assert "client 33 supplier 83 gap 50, the supplier sees it better" in said
    assert name(pair, weak) in said
    assert f"At risk, {row.health.ago}" in said


def test_old_and_scanty_readings_need_somebody_too_after_the_weak_ones(pair, wave):
    made = {
        "stale": wave(6, 6, value=900, on=LONG_AGO),
        "few": wave(6, None, value=800),
        "watch": wave(4, 6, value=100),
    }
    fine = wave(6, 6, value=700)
    refresh_health(None, TODAY)

    found = read(pair).context["attention"]

    assert [row.health.state for row in found] == ["watch", "stale", "few"]
    assert [row.name for row in found] == [
        name(pair, made[state]) for state in ("watch", "stale", "few")
    ]
    assert "nothing since" in found[1].why
    assert "Too few answered in the review of" in found[2].why
    assert not found[2].health.client
    assert name(pair, fine) not in [row.name for row in found]


def test_of_equally_urgent_ones_the_faster_it_fell_the_sooner_it_is_told(pair, wave):
    steady = wave(4, 4, value=1_500)
    falling = wave(6, 6, value=1_000, on=EARLIER)
    wave(4, 4, value=1_000, of=falling)

    found = read(pair).context["attention"]

    assert [row.name for row in found] == [name(pair, falling), name(pair, steady)]
    assert found[0].way == (83, 50)


def test_on_the_chart_stands_what_holds_today_with_its_tail(pair, wave):
    fallen = wave(6, 6, value=4_000, on=EARLIER)
    wave(4, 6, value=4_000, of=fallen)
    for value in (2_000, 1_000):
        wave(6, 6, value=value)
    wave(6, 6, value=3_000, on=LONG_AGO)
    refresh_health(None, TODAY)

    found = read(pair)

    spots = found.context["by_value"].spots
    assert [(one.value, one.at, one.was) for one in spots] == [
        (4_000, 50, 83),
        (2_000, 83, None),
        (1_000, 83, None),
    ]
    said = words(found)
    assert f"1 of 3 has a side under 60, the largest: {spots[0].label}" in said
    assert "2 are not drawn" in said
    assert 'href="#heat">Show as table' in found.content.decode()


def table(response):
    """Name of each row of the heat table and the cells it has."""
    page = response.content.decode()
    body = re.search(r'class="tb heat".*?<tbody>(.*?)</tbody>', page, re.DOTALL)[1]
    rows_ = re.findall(r"<tr>(.*?)</tr>", body, re.DOTALL)
    return [
        (
            heard(row.partition("</th>")[0]),
            re.findall(r'<td class="hc t-(\w+)( stale)?"', row),
        )
        for row in rows_
    ]


def test_the_table_is_worst_first_nine_rows_and_all_on_a_page_of_its_own(pair, wave):
    risk, stale = wave(3, 6), wave(6, 6, on=LONG_AGO)
    watch, few = wave(4, 6), wave(6, None)
    for _one in range(7):
        wave(6, 6)
    refresh_health(None, TODAY)

    found = table(read(pair))

    assert [row[0] for row in found[:3]] == [
        name(pair, one) for one in (risk, watch, stale)
    ]
    assert len(found) == 9
    # Overall and eight topics, the lower side's tint; an old one is hatched.
    assert found[0][1] == [("risk", "")] * 9
    assert found[2][1] == [("strong", " stale")] * 9
    assert "supplier says 83" in words(read(pair))

    everything = read(pair, "/portfolio/health/")
    assert len(table(everything)) == 12
    by_name = dict(table(everything))
    assert by_name[name(pair, few)] == [("none", "")]
    assert by_name[name(pair, pair.relationship)] == [("none", "")]
    assert "Too few answers in the review of" in words(everything)
    assert "No reading no review yet" in words(everything)


@pytest.mark.parametrize("sort", ["name", "value", "overall", "TRU", "nonsense"])
def test_every_order_of_the_table_holds_the_same_rows_and_says_itself(pair, wave, sort):
    low, high = wave(3, 3, value=1), wave(6, 6, value=2)

    found = read(pair, f"/portfolio/health/?sort={sort}&page=9")

    names = [row[0] for row in table(found)]
    assert sorted(names) == sorted(
        name(pair, one) for one in (low, high, pair.relationship)
    )
    assert found.content.decode().count("aria-sort") == (sort != "nonsense")
    if sort in ("overall", "TRU", "nonsense"):
        assert names[0] == name(pair, low)
    if sort == "value":
        assert names[0] == name(pair, high)
    if sort == "name":
        assert names == sorted(names)


def test_fewer_than_five_are_a_plain_list_with_word_reason_and_both_sides(pair, wave):
    wave(3, 6, value=1)

    found = read(pair)

    page = found.content.decode()
    assert 'class="tb heat"' not in page
    assert 'class="plot"' not in page
    listed = words(found)
    assert "How they are" in listed
    assert "At risk because the client's side is under 40" in listed
    assert "No reading no review yet" in listed


def test_archived_ones_and_those_of_others_are_in_no_figure(pair, wave):
    gone = wave(3, 3, value=5)
    RelationshipSide.objects.filter(relationship=gone).update(archived=True)
    closed_wave(client=4, supplier=4, client_point=2, supplier_point=2)

    found = read(pair)

    assert found.context["health"].of == {"none": 1}
    assert name(pair, gone) not in words(read(pair, "/portfolio/health/"))


def side_with(*, label=None, states=("linked", "linked")):
    """A side's row with the way its last result prints."""
    row = RelationshipSide(annual_value=Decimal(1))
    row.waves = [
        {"closed_on": f"2026-0{n}-01", "client": 90 - 10 * n, "supplier": 80,
         "state": state}
        for n, state in enumerate(states, start=1)
    ]  # fmt: skip
    change = {"label": label, "delta": None} if label else None
    row.changes = {"client": {"change": None}, "supplier": {"change": change}}
    return row


def test_a_course_that_would_tell_about_one_person_is_not_drawn():
    assert rows.before(side_with()) == 80
    assert rows.fall(side_with()) > 0
    hidden = side_with(label="hidden")
    assert rows.before(hidden) is None
    assert rows.fall(hidden) == 0
    assert len(rows.course(hidden)) == 1


def test_a_course_goes_back_only_to_what_means_the_same():
    assert rows.before(side_with(states=("break", "linked"))) is None
    unknown = side_with()
    unknown.waves[0]["client"] = None
    assert rows.before(unknown) is None
    assert rows.fall(unknown) == 0
