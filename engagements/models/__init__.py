"""Every table; nothing but tables and their querysets."""

from engagements.models.base import Row, Side, Visibility
from engagements.models.commitments import Commitment, Step
from engagements.models.contracts import (
    Amendment,
    Contract,
    ContractDocument,
    KeyDate,
)
from engagements.models.exchange import ImportProfile, ImportRun
from engagements.models.history import (
    Change,
    ChangeSet,
    SearchEntry,
    SearchToken,
    TimelineEntry,
)
from engagements.models.interactions import (
    Draft,
    Interaction,
    InteractionOutcome,
    InteractionParticipant,
    InteractionRevision,
    Meeting,
    MeetingParticipant,
)
from engagements.models.notices import Notice, NoticePreference, Sweep, Tick
from engagements.models.parties import (
    ExchangeRate,
    Organisation,
    OrganisationAlias,
    OrganisationDay,
    OrganisationIdentifier,
)
from engagements.models.people import Absence, Contact, Invitation, Membership
from engagements.models.relationships import (
    ExternalReference,
    Pin,
    Relationship,
    RelationshipSide,
    SideSnapshot,
    TeamRole,
)
from engagements.models.reviews import HealthReview
from engagements.models.standing import Standing, readable, standing_of

__all__ = [
    "Absence",
    "Amendment",
    "Change",
    "ChangeSet",
    "Commitment",
    "Contact",
    "Contract",
    "ContractDocument",
    "Draft",
    "ExchangeRate",
    "ExternalReference",
    "HealthReview",
    "ImportProfile",
    "ImportRun",
    "Interaction",
    "InteractionOutcome",
    "InteractionParticipant",
    "InteractionRevision",
    "Invitation",
    "KeyDate",
    "Meeting",
    "MeetingParticipant",
    "Membership",
    "Notice",
    "NoticePreference",
    "Organisation",
    "OrganisationAlias",
    "OrganisationDay",
    "OrganisationIdentifier",
    "Pin",
    "Relationship",
    "RelationshipSide",
    "Row",
    "SearchEntry",
    "SearchToken",
    "Side",
    "SideSnapshot",
    "Standing",
    "Step",
    "Sweep",
    "TeamRole",
    "Tick",
    "TimelineEntry",
    "Visibility",
    "readable",
    "standing_of",
]
