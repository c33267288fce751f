"""What the people of the demo write into open questions."""

from random import Random

from engagements.demo.opinions import words
from engagements.reviews.instrument.library import rhr_8


def test_nobody_of_a_side_writes_what_a_colleague_has_written():
    drawn = Random(7)  # noqa: S311 - the same words each time, not a secret
    said, asked = set(), rhr_8().items

    texts = [text for _ in range(8) for text in words(drawn, asked, said).values()]

    assert len(texts) == len(set(texts)) > 5
