"""What is counted beside the relationships, of all a person sees: one statement."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import CharField, DateField, QuerySet, Value
from django.db.models.functions import Cast

from accounts.models import User
from engagements.beside import together
from engagements.issues import queries as issues
from engagements.prepared import Prepared
from engagements.reviews.queries import across as reviews

_REVIEWS, _ISSUES = "reviews", "issues"


@dataclass(frozen=True)
class Across:
    """What came of the reviews; how many joint issues are open, None without any."""

    followed: reviews.Followed
    issues: issues.ByAge | None


def across(user: User, today: date) -> Across:
    """Of the relationships a person sees: one query."""
    found = ACROSS.rows(user, today=today)
    answered = (row[1:5] for row in found if row[0] == _REVIEWS)
    opened = ((*row[1:4], row[5]) for row in found if row[0] == _ISSUES)
    return Across(reviews.followed(answered), issues.by_age(opened, today))


def _across(user: User, today: date) -> QuerySet:
    """Kind, state, and what each kind counts: three numbers, or two and a day."""
    never, none = Cast(Value(None), DateField()), Value(0)
    of_reviews = reviews.counted(user, today).values_list(
        Value(_REVIEWS, CharField()), "state", "reviews", "due", "kept", never
    )
    of_issues = issues.counted(user, today).values_list(
        Value(_ISSUES, CharField()), "state", "all", "old", none, "since"
    )
    return together([of_reviews, of_issues])


ACROSS = Prepared(_across, today=DateField())
