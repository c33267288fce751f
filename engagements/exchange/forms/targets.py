"""What a column can fill, as choices in words."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from engagements.exchange import fields
from engagements.exchange.columns import Guess
from engagements.models import Side

# Lists of registration numbers offered by name (org-id.guide); a profile may name any.
SCHEMES = (
    ("AU-ABN", _("Australian business number")),
    ("XI-LEI", _("Legal entity identifier")),
    ("GB-COH", _("Companies House number")),
    ("FR-RCS", _("French register number")),
    ("NL-KVK", _("Dutch chamber of commerce number")),
)


def target_of(guess: Guess) -> str:
    """A guess as the value of its choice."""
    return f"{guess.target}:{guess.scheme}" if guess.scheme else guess.target


def unlisted(guess: Guess) -> list[tuple[str, str]]:
    """A list of numbers that a profile names and the choices do not."""
    if not guess.scheme or guess.scheme in dict(SCHEMES):
        return []
    side = Side(guess.target.split(".")[1])
    return [(target_of(guess), f"{side.label}: {guess.scheme}")]


def contract_targets() -> list[Any]:
    """Everything a column of contracts can fill, by what it belongs to."""
    contract = [(f"contract.{name}", label) for name, label in _contract_labels()]
    sides = [(side.label, _party_targets(side)) for side in Side]
    return [("", _now("Nothing: leave it out")), (_now("Contract"), contract), *sides]


def _contract_labels() -> list[tuple[str, str]]:
    return [(name, str(label)) for name, label in fields.CONTRACT_LABELS.items()]


def _party_targets(side: Side) -> list[tuple[str, str]]:
    plain = [
        (f"organisations.{side}.{name}", f"{side.label}: {label}")
        for name, label in fields.PARTY_LABELS.items()
        if name != fields.PartyField.NUMBER
    ]
    numbers = [
        (f"organisations.{side}.number:{scheme}", f"{side.label}: {label}")
        for scheme, label in SCHEMES
    ]
    return [plain[0], *numbers, *plain[1:]]


def amendment_targets() -> list[tuple[str, str]]:
    """Everything a column of amendments can fill."""
    labels = {
        "contract": _now("Contract number"),
        "reference": _now("Amendment number"),
        "reason": _now("Reason"),
        "signed_on": _now("Signed on"),
        "effective_on": _now("In effect from"),
        "value": _now("Value after it"),
        "start_on": _now("Begins on, after it"),
        "end_on": _now("Ends on, after it"),
    }
    found = [(f"amendments.{name}", label) for name, label in labels.items()]
    return [("", _now("Nothing: leave it out")), *found]
