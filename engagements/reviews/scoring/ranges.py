"""What a figure may be; anything else is refused by the name of its argument.

None passes everywhere: it means "not known". The arguments are given by name, and that
name is in the error.
"""

from __future__ import annotations

from engagements.reviews.scoring.rounding import reaches


def check_scores(**figures: float | None) -> None:
    """Refuse what is no score of 0 to 100 points. Raises ValueError."""
    _check(figures, 0, 100)


def check_differences(**figures: float | None) -> None:
    """Refuse what is no difference of two scores. Raises ValueError."""
    _check(figures, -100, 100)


def check_shares(**figures: float | None) -> None:
    """Refuse what is no share of 0 to 1. Raises ValueError."""
    _check(figures, 0, 1)


def check_counts(**figures: int | None) -> None:
    """Refuse what is no count: whole, and not below nought. Raises ValueError."""
    for name, figure in figures.items():
        if figure is not None and not (figure >= 0 and figure % 1 == 0):
            raise ValueError(f"{name}: {figure!r} is not a count.")


def check_at_least(least: float, **figures: float | None) -> None:
    """Refuse what is below a least amount, or no finite number. Raises ValueError."""
    for name, figure in figures.items():
        if figure is not None and not least <= figure < float("inf"):
            raise ValueError(f"{name}: {figure!r} is not a number from {least} on.")


def _check(figures: dict[str, float | None], low: float, high: float) -> None:
    for name, figure in figures.items():
        # Written so that "not a number" fails too.
        if figure is None or (reaches(figure, low) and reaches(high, figure)):
            continue
        raise ValueError(f"{name}: {figure!r} is not between {low} and {high}.")
