"""Neither side reads what the other wrote before both have."""

from __future__ import annotations

import pytest

from engagements.charters.actions.mirroring import LISTS, write_part
from engagements.charters.mirror import Share
from engagements.charters.queries.mirrors import mirrors
from engagements.errors import RuleError
from engagements.models import Change, Mirror, MirrorPart, Notice, TimelineEntry

CANARY = "zephyrine"


def write(pair, side=None, **words):
    lists = {
        "values": ["honesty", "pace"],
        "abilities": ["listening"],
        "guessed_values": ["care", "honesty", "thrift"],
        "guessed_abilities": ["skill"],
    }
    return write_part(
        by=pair.by(side),
        relationship=pair.relationship,
        side=side or pair.own,
        words=lists | words,
    )


def read(pair, side=None):
    return mirrors(pair.relationship.pk, side or pair.own)


def pages(pair, side) -> str:
    """Everything that shows a mirror, to the most powerful of a side."""
    browser = pair.browser(side, "administrator")
    start = f"/relationships/{pair.relationship.pk}/"
    return "".join(
        browser.get(start + page).content.decode()
        for page in ("", "charter/", "mirror/", "mirror/write/", "?as=other")
    )


@pytest.mark.parametrize("name", LISTS)
def test_what_one_side_wrote_is_nowhere_for_the_other(pair, name):
    write(pair, **{name: [CANARY]})

    assert CANARY not in pages(pair, pair.other)
    assert CANARY in pages(pair, pair.own)
    other = read(pair, pair.other)
    assert (other.revealed, other.own, other.other_wrote) == ([], None, True)
    kept = [
        *TimelineEntry.objects.values_list(),
        *Change.objects.values_list(),
        *Notice.objects.values_list(),
    ]
    assert CANARY not in repr(kept)


def test_that_the_other_side_has_written_is_said(pair):
    write(pair)

    name = getattr(pair.relationship, pair.own.value).name
    assert f"{name} has written" in pages(pair, pair.other)
    assert "Our part is written" in pages(pair, pair.own)


def test_the_second_part_shows_both_at_the_same_moment(pair):
    write(pair, values=[CANARY])

    write(pair, pair.other)

    assert CANARY in pages(pair, pair.other)
    assert read(pair, pair.own) == read(pair, pair.other)
    assert pair.entries() == [
        "Values and abilities: both sides have written, both read it"
    ]


def test_overlap_and_hits_of_both_directions(pair):
    write(pair, values=["honesty", "pace"], guessed_values=["care", "thrift", "own"])
    write(pair, pair.other, values=["Care", "honesty"], guessed_values=["PACE"])

    values, abilities = read(pair).revealed[0].subjects
    by_side = {guess.side: guess.share for guess in values.guesses}
    assert values.overlap == Share(1, 3)
    assert by_side == {pair.own.value: Share(1, 3), pair.other.value: Share(1, 1)}
    assert abilities.overlap == Share(1, 1)
    page = pages(pair, pair.other)
    assert "1 of 3 words stated by both" in page
    assert 'data-label="Hits">1 of 3' in page


def test_until_then_the_own_part_may_be_written_again(pair):
    write(pair, values=["pace"])

    write(pair, values=["care"])

    assert MirrorPart.objects.get().values == ["care"]
    assert read(pair).own.values == ["care"]


def test_once_shown_it_never_changes_and_the_next_is_a_new_one(pair):
    write(pair)
    write(pair, pair.other)
    before = read(pair).revealed

    write(pair, values=[CANARY])

    assert Mirror.objects.count() == 2
    assert read(pair).revealed == before
    assert CANARY not in pages(pair, pair.other)


def test_one_to_five_short_words_in_each_list(pair):
    for words, said in (
        ([" "], "at least one"),
        ([f"word {n}" for n in range(6)], "Five at most: these are 6"),
        (["x" * 61], "not a sentence"),
    ):
        with pytest.raises(RuleError, match=said) as refused:
            write(pair, guessed_abilities=words)
        assert refused.value.field == "guessed_abilities"
    assert not Mirror.objects.exists()


def test_ticked_and_own_words_are_kept_and_come_back(pair):
    address = f"/relationships/{pair.relationship.pk}/mirror/write/"
    browser = pair.browser()
    typed = {name: ["pace" if "values" in name else "skill"] for name in LISTS}

    response = browser.post(
        address, {**typed, "values_others": "Good humour, Good humour , patience"}
    )

    assert response.status_code == 302
    assert MirrorPart.objects.get().values == ["pace", "Good humour", "patience"]
    assert 'value="Good humour, patience"' in browser.get(address).content.decode()


def test_too_many_come_back_with_the_words(pair):
    address = f"/relationships/{pair.relationship.pk}/mirror/write/"
    many = "a, b, c, d, e, kept"

    response = pair.browser().post(
        address, dict.fromkeys(("values_others", "guessed_abilities_others"), many)
    )

    assert response.status_code == 422
    page = response.content.decode()
    # Every list that is wrong, at the top and at its place.
    assert page.count("Five at most: these are 6") == 4
    assert page.count("Choose or write at least one") == 4
    assert "kept" in page
