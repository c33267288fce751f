"""What a column can mean: every field a file of contracts can fill."""

from __future__ import annotations

from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Holds(StrEnum):
    """What kind of value a field holds."""

    TEXT = "text"
    DAY = "day"
    AMOUNT = "amount"
    WHOLE = "whole"
    CHOICE = "choice"


class PartyField(StrEnum):
    """What a column can say of an organisation."""

    NAME = "name"
    NUMBER = "number"
    LEGAL_NAME = "legal_name"
    COUNTRY = "country"
    SUBDIVISION = "subdivision"
    LOCALITY = "locality"
    DOMAIN = "domain"


class ContractField(StrEnum):
    """What a column can say of a contract."""

    KEY = "key"
    SCOPE = "scope"
    TITLE = "title"
    CLIENT_REFERENCE = "client_reference"
    SUPPLIER_REFERENCE = "supplier_reference"
    SIGNED_ON = "signed_on"
    START_ON = "start_on"
    END_ON = "end_on"
    INITIAL_MONTHS = "initial_months"
    RENEWAL = "renewal"
    RENEWAL_MONTHS = "renewal_months"
    CLIENT_NOTICE = "client_notice"
    CLIENT_NOTICE_UNIT = "client_notice_unit"
    SUPPLIER_NOTICE = "supplier_notice"
    SUPPLIER_NOTICE_UNIT = "supplier_notice_unit"
    NOTICE_CLAUSE = "notice_clause"
    VALUE = "value"
    VALUE_BASIS = "value_basis"
    CURRENCY = "currency"


class AmendmentField(StrEnum):
    """What a column can say of an amendment; terms are those after it."""

    CONTRACT = "contract"
    REFERENCE = "reference"
    NUMBER = "number"
    REASON = "reason"
    SIGNED_ON = "signed_on"
    EFFECTIVE_ON = "effective_on"
    VALUE = "value"
    START_ON = "start_on"
    END_ON = "end_on"


HOLDS = {
    "signed_on": Holds.DAY,
    "start_on": Holds.DAY,
    "end_on": Holds.DAY,
    "effective_on": Holds.DAY,
    "value": Holds.AMOUNT,
    "initial_months": Holds.WHOLE,
    "renewal_months": Holds.WHOLE,
    "client_notice": Holds.WHOLE,
    "supplier_notice": Holds.WHOLE,
    "number": Holds.WHOLE,
    "renewal": Holds.CHOICE,
    "client_notice_unit": Holds.CHOICE,
    "supplier_notice_unit": Holds.CHOICE,
    "value_basis": Holds.CHOICE,
}

# What the deadlines of a contract are computed from.
OF_TERMS = frozenset(
    (
        "start_on",
        "end_on",
        "initial_months",
        "renewal",
        "renewal_months",
        "client_notice",
        "client_notice_unit",
        "supplier_notice",
        "supplier_notice_unit",
    )
)

# How many characters a field keeps.
LONGEST = {
    "name": 250,
    "legal_name": 250,
    "subdivision": 10,
    "locality": 120,
    "domain": 250,
    "key": 120,
    "scope": 120,
    "title": 250,
    "client_reference": 120,
    "supplier_reference": 120,
    "notice_clause": 120,
    "reference": 120,
    "reason": 500,
}

_UNITS = {
    "months": ("month", "months", "m"),
    "days": ("day", "days", "calendar days", "d"),
    "business_days": ("business days", "working days", "business day"),
}
# What people write for a choice; a profile may add its own words.
WORDS: dict[str, dict[str, tuple[str, ...]]] = {
    "renewal": {
        "none": ("none", "no", "fixed", "fixed term", "ends"),
        "tacit": ("tacit", "automatic", "auto", "auto renew", "auto renewal", "yes"),
        "express": ("express", "manual", "option", "by agreement", "on confirmation"),
        "evergreen": ("evergreen", "open ended", "open", "indefinite", "rolling"),
    },
    "client_notice_unit": _UNITS,
    "supplier_notice_unit": _UNITS,
    "value_basis": {
        "whole_term": ("whole term", "total", "term"),
        "year": ("year", "annual", "a year", "per year", "yearly"),
        "ceiling": ("ceiling", "maximum", "cap", "at most"),
        "estimate": ("estimate", "estimated"),
    },
}

PARTY_LABELS: dict[str, Promise] = {
    PartyField.NAME: _("name"),
    PartyField.NUMBER: _("registration number"),
    PartyField.LEGAL_NAME: _("legal name"),
    PartyField.COUNTRY: _("country"),
    PartyField.SUBDIVISION: _("region"),
    PartyField.LOCALITY: _("town"),
    PartyField.DOMAIN: _("internet domain"),
}
CONTRACT_LABELS: dict[str, Promise] = {
    ContractField.KEY: _("Contract number"),
    ContractField.SCOPE: _("Scope"),
    ContractField.TITLE: _("Title"),
    ContractField.CLIENT_REFERENCE: _("Client's reference"),
    ContractField.SUPPLIER_REFERENCE: _("Supplier's reference"),
    ContractField.SIGNED_ON: _("Signed on"),
    ContractField.START_ON: _("Begins on"),
    ContractField.END_ON: _("Ends on"),
    ContractField.INITIAL_MONTHS: _("Initial term in months"),
    ContractField.RENEWAL: _("Renewal"),
    ContractField.RENEWAL_MONTHS: _("Renewal term in months"),
    ContractField.CLIENT_NOTICE: _("Client's notice period"),
    ContractField.CLIENT_NOTICE_UNIT: _("Unit of the client's notice"),
    ContractField.SUPPLIER_NOTICE: _("Supplier's notice period"),
    ContractField.SUPPLIER_NOTICE_UNIT: _("Unit of the supplier's notice"),
    ContractField.NOTICE_CLAUSE: _("Notice clause"),
    ContractField.VALUE: _("Value"),
    ContractField.VALUE_BASIS: _("What the value is"),
    ContractField.CURRENCY: _("Currency"),
}
