"""Home, portfolio, relationships, one relationship, search: what each side reads."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from engagements import search
from engagements.commitments.queries import STATES
from engagements.dashboards.narrowing import NARROWINGS
from engagements.interactions.actions import NextStep
from engagements.models import Draft, Relationship, RelationshipSide, Step, TeamRole
from engagements.relationships.figures import refresh_contacts, refresh_promises
from tests.engagements.interactions.test_each_side import logged
from tests.engagements.interactions.test_meetings_each_side import planned
from tests.factories import (
    CommitmentFactory,
    ContactFactory,
    ContractFactory,
    MembershipFactory,
    RelationshipFactory,
    StepFactory,
    TeamRoleFactory,
)

TODAY = timezone.localdate()
FIGURE = re.compile(r'href="(/(?:relationships|commitments|contracts)/[^"]*)">(\d+)\D')
PAGES = [
    "/home/",
    "/portfolio/",
    "/portfolio/health/",
    "/relationships/",
    "/commitments/",
    "/meetings/",
]


def varied(pair):
    """More relationships of the own organisation: known, silent, late, near, bare."""
    place = getattr(pair.relationship, pair.own)
    made = [RelationshipFactory(**{pair.own.value: place}) for _one in range(5)]
    sides = RelationshipSide.objects.filter(side=pair.own)
    facts = [
        {
            "contact_due_on": TODAY - timedelta(3),
            "last_contact_at": timezone.now(),
            "live_contracts": 1,
            "health": "watch",
            "score_gap": -33,
        },
        {"act_by": TODAY + timedelta(5), "owner": pair.by().contact},
        {"annual_value": 100, "currency": "GBP", "live_contracts": 1},
        {"next_contact_at": timezone.now() + timedelta(2), "health": "steady"},
        {"last_contact_at": timezone.now() - timedelta(90)},
    ]
    for relationship, values in zip(made, facts, strict=True):
        sides.filter(relationship=relationship).update(**values)
    read = {"reviewed_on": TODAY - timedelta(40), "health_basis": "full"}
    scores = {"client_score": 52, "supplier_score": 81, "score_gap": -29}
    scores |= {"health_score": 67, "health_why": ["weak_side:client:60"]}
    scores |= {"health_topics": [["TRU", "Trust", "52", "81", -29]]}
    states = [
        {"health": "watch", **read, **scores},
        {"health": "stale", "health_last": "watch", **read, **scores},
        {"health": "few", "health_why": ["few"], **read},
    ]
    for relationship, values in zip(made, states, strict=False):
        RelationshipSide.objects.filter(relationship=relationship).update(**values)
    day = (TODAY - timedelta(4)).isoformat()
    left = {"person": "", "left": "Ada", "on": day, "now": ""}
    pair_of = {"share": 80, "of": 10, "client": "Ada", "supplier": "Bo"}
    guards = {
        "p": {"price": 6, "of": 10},
        "t": pair_of,
        "h": {"client": left},
        "c": {"until": day},
        "s": {"count": 1, "since": day},
    }
    sides.filter(relationship=made[1]).update(guards="pthcs", guard_facts=guards)
    sides.filter(relationship=made[2]).update(idea_since=TODAY, open_issues=1)
    Relationship.objects.filter(pk=made[4].pk).update(segment="")
    sides.filter(relationship=made[4]).update(segment="")
    soon = TODAY + timedelta(days=100)
    days = {"client_act_by": soon, "supplier_act_by": soon}
    ContractFactory(relationship=made[2], state="active", **days)
    for side in (pair.own, pair.other):
        late = {"side": side, "original_due_on": TODAY - timedelta(4)}
        CommitmentFactory(relationship=made[0], **late)
        CommitmentFactory(relationship=made[1], side=side, done_at=timezone.now())
        soon = {"side": side, "original_due_on": TODAY + timedelta(20)}
        CommitmentFactory(relationship=made[2], **soon)
    refresh_promises(None)
    StepFactory(relationship=made[3], organisation=place)
    for side in (pair.own, pair.other):
        for role in (TeamRole.Role.INTERFACE, TeamRole.Role.SPONSOR):
            TeamRoleFactory(relationship=made[3], side=side, role=role)
    return made


def rows_of(browser, address) -> int:
    return browser.get(address.replace("&amp;", "&")).context["page"].paginator.count


def test_every_figure_on_the_portfolio_is_the_length_of_the_list_it_opens(pair):
    varied(pair)
    browser = pair.browser(role="executive")
    figures = FIGURE.findall(browser.get("/portfolio/").content.decode())
    assert len(figures) >= 16
    assert {address: int(count) for address, count in figures} == {
        address: rows_of(browser, address) for address, _count in figures
    }
    assert sum(int(count) for _address, count in figures) > 10


@pytest.mark.parametrize("view", NARROWINGS)
def test_each_narrowing_keeps_some_and_leaves_others_out(pair, view):
    varied(pair)
    browser = pair.browser(role="executive")
    kept = rows_of(browser, f"/relationships/?view={view}")
    assert 0 < kept < rows_of(browser, "/relationships/") == 6


@pytest.mark.parametrize("state", STATES)
def test_each_state_of_promises_can_be_asked_for(pair, state):
    varied(pair)
    browser = pair.browser(role="executive")
    # Late ones are open as well, and so are those due soon.
    expected = 4 if state == "open" else 2
    assert rows_of(browser, f"/commitments/?state={state}") == expected


def test_an_internal_row_changes_no_byte_across(pair):
    varied(pair)
    browser = pair.browser(pair.other, "executive")
    pages = [
        *PAGES,
        f"/relationships/{pair.relationship.pk}/",
        f"/commitments/?relationship={pair.relationship.pk}",
        "/search/?q=quill",
    ]
    refresh_contacts(None)
    before = [bare(browser.get(page)) for page in pages]

    logged(pair, next_steps=(NextStep("Quillwort", TODAY),))
    planned(pair, visibility="internal")
    place = getattr(pair.relationship, pair.own)
    internal = {"visibility": "internal", "organisation": place, "side": pair.own}
    CommitmentFactory(
        relationship=pair.relationship,
        original_due_on=TODAY - timedelta(9),
        owner=pair.by().contact,
        **internal,
    )

    after = [bare(browser.get(page)) for page in pages]
    for page, one, two in zip(pages, before, after, strict=True):
        assert changed(one, two) == [], page
    assert "Quillwort" in pair.page()


def changed(before: str, after: str) -> list[str]:
    """The lines that are not the same."""
    return sorted(set(before.split("\n")) ^ set(after.split("\n")))


def bare(response) -> str:
    """A page without what differs from one answer to the next."""
    once = r'name="(csrfmiddlewaretoken|submit_key)" value="[^"]*"|csrf[^ ]*'
    assert response.status_code == 200
    return re.sub(once, "", response.content.decode())


def test_the_same_pages_cost_the_same_with_one_and_with_more(pair):
    browser = pair.browser(role="executive")
    own = f"/relationships/{pair.relationship.pk}/"
    pages = [*PAGES, own]
    costs = []
    for _size in range(2):
        costs.append({page: cost(browser, page) for page in pages})
        varied(pair)
        for _row in range(3):
            logged(pair, shared=True)
            planned(pair)
            CommitmentFactory(relationship=pair.relationship)
            StepFactory(
                relationship=pair.relationship,
                organisation=getattr(pair.relationship, pair.own),
            )
            Step.objects.update(owner=pair.by(role="executive").contact)
    after = {page: cost(browser, page) for page in pages}
    assert max(after.values()) <= 12
    assert after == costs[1]


def cost(browser, page) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert browser.get(page).status_code == 200
    return len(asked)


def test_strangers_and_managers_elsewhere_do_not_learn_of_a_relationship(pair):
    address = f"/relationships/{pair.relationship.pk}/"
    name = getattr(pair.relationship, pair.other).name
    search.index_relationships([pair.relationship])
    for side, role in (("bystander", "executive"), (pair.own, "elsewhere")):
        browser = pair.browser(side, role)
        assert browser.get(address).status_code == 404
        for page in (*PAGES, f"/search/palette/?q={name[:5]}"):
            assert name not in browser.get(page).content.decode()


def test_what_one_may_see_is_found_by_the_beginning_of_a_word(pair):
    across = ContactFactory(
        organisation=getattr(pair.relationship, pair.other), name="Zofia Łęcka"
    )
    search.index(
        across, kind="contact", label=across.name, organisation=across.organisation
    )
    for page in ("/search/", "/search/palette/"):
        own = pair.browser().get(f"{page}?q=lec").content.decode()
        assert "<mark>Łęc</mark>ka" in own
        stranger = pair.browser("bystander").get(f"{page}?q=lec").content.decode()
        assert "Łęc" not in stranger
    assert "Łęc" not in pair.browser().get("/search/?q=c+lec").content.decode()
    assert "Łęc" in pair.browser().get("/search/?q=p+lec").content.decode()


def test_a_name_is_text_and_never_markup(pair):
    across = getattr(pair.relationship, pair.other)
    search.index(across, kind="organisation", label="<b>Zed</b>", organisation=across)
    shown = pair.browser().get("/search/?q=b").content.decode()
    assert "<b>Zed" not in shown


def test_the_other_side_s_view_shows_what_is_shared_and_offers_nothing_to_write(pair):
    logged(pair, shared=True, text="Openly said")
    logged(pair, text="Quillwort")
    seen = pair.page(query="?as=other")
    assert "Openly said" in seen
    assert "Quillwort" not in seen
    assert "data-composer" not in seen
    assert "Openly said" in pair.page(pair.other)


def test_pages_of_the_timeline_keep_the_view_and_the_filter(pair):
    for _entry in range(31):
        logged(pair, shared=True)
    shown = pair.page(query="?as=other&only=conversations&saved=x")
    assert "?as=other&amp;only=conversations&amp;page=2" in shown
    assert "Openly" not in pair.page(query="?only=promises")
    assert "Nothing of this kind yet." in pair.page(query="?only=promises")


def test_ones_day_holds_ones_own_due_things_drafts_and_meetings(pair):
    me = pair.by()
    given = {"relationship": pair.relationship, "owner": me.contact}
    StepFactory(
        organisation=me.organisation, text="Step", due_on=TODAY - timedelta(1), **given
    )
    CommitmentFactory(side=pair.own, text="Promise", original_due_on=TODAY, **given)
    Draft.objects.create(user=me.contact.user, relationship=pair.relationship)
    Draft.objects.create(user=me.contact.user)
    talk = planned(pair)
    talk.participants.get_or_create(contact=me.contact, side=pair.own)
    browser = pair.browser()
    found = browser.get("/home/").context
    assert [(group.name, len(group.items)) for group in found["groups"]] == [
        ("Late", 1),
        ("Today", 1),
    ]
    other = getattr(pair.relationship, pair.other).name
    assert {row.relationship for group in found["groups"] for row in group.items} == {
        other
    }
    drafts = [(one.relationship, one.url) for one in found["drafts"]]
    page = reverse("engagements:log")
    carried_on = f"{page}?r={pair.relationship.pk}"
    assert drafts == [("", page), (other, carried_on)]
    (meeting,) = found["meetings"]
    assert (meeting.text, meeting.relationship) == (talk.title, other)
    assert browser.get(meeting.url).status_code == 200
    assert "Step" not in pair.browser(pair.other).get("/home/").content.decode()

    TeamRole.objects.update(to_on=TODAY - timedelta(1))

    gone = browser.get("/home/").content.decode()
    assert other not in gone


@pytest.mark.django_db
def test_where_there_is_nobody_no_rhythm_is_praised(client):
    client.force_login(MembershipFactory().contact.user)

    assert "Everybody was spoken to" not in client.get("/home/").content.decode()


@pytest.mark.parametrize(
    ("role", "page"),
    [
        ("executive", "/portfolio/"),
        ("account_manager", "/home/"),
        ("administrator", "/contracts/"),
    ],
)
def test_each_role_lands_where_its_work_begins(pair, role, page):
    assert pair.browser(role=role).get("/").url == page


def test_what_needs_attention_says_why_and_what_is_next(pair):
    made = varied(pair)
    StepFactory(
        relationship=made[1],
        organisation=pair.by().organisation,
        text="Draft the options paper",
        due_on=TODAY,
    )
    rows = pair.browser(role="executive").get("/portfolio/").context["attention"]
    assert rows[0].severity == 3
    assert "A deadline of" in rows[0].why
    assert "Notice" not in rows[0].why
    assert "Draft the options paper" in rows[0].next
    late = next(row for row in rows if "promise of ours is late" in row.why)
    assert "promise of theirs is late" in late.why
    assert "No next step" in late.next


@pytest.mark.parametrize("sort", ["silence", "name", "last", "notice", "value", "x"])
def test_every_order_holds_the_same_rows(pair, sort):
    varied(pair)
    browser = pair.browser(role="executive")
    assert rows_of(browser, f"/relationships/?sort={sort}&page=99") == 6


def titles(browser, address):
    months = browser.get(address).context["timeline"].months
    return [entry.title for month in months for entry in month.entries]


def test_one_leafs_through_the_timeline_and_meets_every_entry_once(pair):
    for number in range(65):
        logged(pair, text=f"Call {number}")
    browser = pair.browser()
    address = pair.relationship.get_absolute_url()

    stretches = [titles(browser, f"{address}?page={number}") for number in (1, 2, 3)]

    assert [len(stretch) for stretch in stretches] == [30, 30, 5]
    assert "Older" in browser.get(address).content.decode()
    last = browser.get(f"{address}?page=3&only=conversations").content.decode()
    assert "Older" not in last
    assert "?only=conversations&amp;page=2" in last


@pytest.mark.parametrize("page", ["0", "-1", "x", "²", "9" * 4000, ""])
def test_what_is_no_page_is_the_first(pair, page):
    logged(pair)
    address = pair.relationship.get_absolute_url()

    found = pair.browser().get(address, {"page": page})

    assert found.context["timeline"].number == 1


def test_past_the_end_it_says_that_nothing_is_older(pair):
    found = pair.browser().get(f"{pair.relationship.get_absolute_url()}?page=9")

    words = found.content.decode()
    assert "Nothing older than this." in words
    assert "?page=8" in words
