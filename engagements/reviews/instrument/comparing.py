"""Which topics of two versions can be compared. Section 3.13."""

from __future__ import annotations

from engagements.reviews.instrument.content import Content, Module
from engagements.reviews.scoring.parameters import STANDARD, Method
from engagements.reviews.scoring.versions import Item, Link, dimension_link


def linked_topics(
    old: Content, new: Content, *, markers: bool = False, method: Method = STANDARD
) -> dict[str, Link]:
    """How each topic of the new version compares; one the old has not is a break.

    So is everything where the points of the scale mean something else. `markers` asks
    about the series of the marker statements instead of all.
    """
    before = {one.key: one.revision for one in old.dimensions}
    same_scale = old.scale.revision == new.scale.revision
    return {
        topic.key: dimension_link(
            _items(old, topic.key, markers=markers),
            _items(new, topic.key, markers=markers),
            same_meaning=same_scale and before[topic.key] == topic.revision,
            method=method,
        )
        if topic.key in before
        else Link.BREAK
        for topic in new.dimensions
    }


def _items(content: Content, topic: str, *, markers: bool) -> dict[str, Item]:
    scale = content.scale
    return {
        one.key: Item(one.revision, low=scale.least, high=scale.most)
        for one in content.items
        if one.module is Module.CORE and one.dimension == topic
        if one.marker or not markers
    }
