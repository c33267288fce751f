"""What both sides agreed to and the database keeps: charters, accounts, facts."""

from __future__ import annotations

from engagements.models import Charter, IssueAccount, IssueSide, JointIssue
from engagements.reviews.frozen.refusals import Refusal, changed, real, table

_AGREED = "OLD.state IN ('accepted', 'superseded')"
_CHARTER = (
    "relationship_id",
    "organisation_id",
    "side",
    "number",
    "purpose",
    "values",
    "principles",
    "goals",
    "accepted_on",
)


def _revealed(row: str, also: str = "1 = 1") -> str:
    """Whether both sides read the accounts of the issue a row belongs to."""
    return (
        f"EXISTS (SELECT 1 FROM {table(IssueSide)} s "  # noqa: S608 - names of our own tables
        f"JOIN {table(JointIssue)} i ON i.id = s.issue_id "
        f"WHERE s.id = {row}.seat_id AND i.revealed_at IS NOT NULL AND {also})"
    )


JOINT = (
    Refusal(
        "charter_changed",
        Charter,
        "UPDATE",
        f"{_AGREED} AND {changed(*_CHARTER)}",
        "A charter both sides accepted does not change.",
    ),
    Refusal(
        "charter_taken_back",
        Charter,
        "UPDATE",
        f"{_AGREED} AND NEW.state <> OLD.state AND NEW.state <> 'superseded'",
        "An accepted charter is only replaced.",
    ),
    Refusal(
        "charter_removed",
        Charter,
        "DELETE",
        f"{_AGREED} AND {real('OLD.relationship_id')}",
        "A charter both sides accepted stays.",
    ),
    Refusal(
        "account_added",
        IssueAccount,
        "INSERT",
        _revealed("NEW"),
        "Accounts are written before both are shown.",
    ),
    Refusal(
        "account_changed",
        IssueAccount,
        "UPDATE",
        f"{_revealed('OLD')} AND {changed('seat_id', 'text', 'impact')}",
        "An account both sides read does not change.",
    ),
    Refusal(
        "account_removed",
        IssueAccount,
        "DELETE",
        _revealed("OLD", real("i.relationship_id")),
        "An account both sides read stays.",
    ),
    Refusal(
        "reveal_changed",
        JointIssue,
        "UPDATE",
        f"OLD.revealed_at IS NOT NULL AND {changed('revealed_at')}",
        "Both accounts are shown once.",
    ),
    Refusal(
        "facts_changed",
        JointIssue,
        "UPDATE",
        "OLD.facts_agreed_at IS NOT NULL AND "
        + changed("facts", "facts_round", "facts_agreed_at", "dimensions"),
        "Facts both sides agreed to do not change.",
    ),
)
