"""The arithmetic of two-sided health reviews: no rows, no clock, no words for people.

From one answer to the whole picture, in the order in which they build on each other:

    parameters      every threshold and weight, with its unit and meaning
    rounding        how figures are compared and shown
    ranges          what a figure may be
    weighting       weights of dimensions, means of a profile, coverage
    items           one answer, one person in one dimension
    sides           one side in every dimension and overall
    health          the relationship: both sides count alike
    gaps            where the two sides see it differently
    mirror          what a side thinks of itself, against what the other thinks of it
    outcome         a wave from raw answers: sides, health, gap
    agreement       how much one side agrees with itself
    confidence      how far a figure carries
    power           who depends on whom, who is heard, who carries the actions
    suppression     which groups may be shown without showing another by subtraction
    disclosure      what may be shown of one wave, and of two waves together
    change          whether a change is more than chance
    momentum        points a quarter over the last waves
    trend           the smoothed course and its limits
    early_warning   rules that ask for attention before the figures look bad
    status          green, amber, red, and what forbids a better one
    versions        comparing waves of two versions of an instrument
    renewal         how likely a side is to leave, how soon it must say so
    promoters       the recommendation score, where somebody insists on it
    reliability     quality of the instrument itself, over many reviews

A result is a frozen record; None in it means "not known", never nought. The sections
named in docstrings are those of `docs/method.md`.
"""
