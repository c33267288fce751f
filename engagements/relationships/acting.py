"""Who acts on a side: the one rule, applied when a relationship begins."""

from engagements.models import Organisation, Side


def acting_organisation(
    organisation: Organisation,
    other: Organisation,
    *,
    keeper: Organisation | None,
    stands_for: str = "",
    side: str = "",
) -> Organisation | None:
    """Who acts on the side of `organisation`, opposite `other`; None for nobody.

    The organisation itself once it is claimed; else its keeper, unless the keeper is
    on the other side; a keeper of both acts on the side it `stands_for` alone.
    """
    if organisation.claimed_at:
        return organisation
    if keeper is None or keeper.pk == other.pk:
        return None
    keeps_both = other.kept_by_id == keeper.pk and other.claimed_at is None
    if keeps_both and Side(side) != stands_for:
        return None
    return keeper
