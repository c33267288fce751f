"""Every table; nothing but tables and their querysets."""

from engagements.models.answers import (
    OpenResponse,
    ReviewSecret,
    SealedComment,
    SealedResponse,
)
from engagements.models.base import Row, Side, Visibility
from engagements.models.board_charters import BoardCharter, CharterRatification
from engagements.models.board_meetings import BoardMeeting, MeetingPhase
from engagements.models.boards import Board, BoardSeat
from engagements.models.charters import (
    Charter,
    CharterAcceptance,
    Mirror,
    MirrorPart,
)
from engagements.models.commitments import Commitment, Step
from engagements.models.contracts import (
    Amendment,
    Contract,
    ContractDocument,
    KeyDate,
)
from engagements.models.exchange import ImportProfile, ImportRun
from engagements.models.goals import Goal, GoalValue
from engagements.models.history import (
    Change,
    ChangeSet,
    SearchEntry,
    SearchToken,
    TimelineEntry,
)
from engagements.models.ideas import Idea
from engagements.models.instruments import InstrumentVersion
from engagements.models.interactions import (
    Draft,
    Interaction,
    InteractionOutcome,
    InteractionParticipant,
    InteractionRevision,
    Meeting,
    MeetingParticipant,
)
from engagements.models.issue_corrections import IssueCorrection
from engagements.models.issue_steps import IssueStep, IssueStepSide
from engagements.models.issues import (
    IssueAccount,
    IssueNote,
    IssueSide,
    JointIssue,
)
from engagements.models.last_days import (
    gone,
    reachable,
    still_there,
    unreachable,
)
from engagements.models.mirror_asks import MirrorAsk
from engagements.models.neutrality import acts_for, belongs_to, belongs_to_a_side
from engagements.models.notices import Notice, NoticePreference, Sweep, Tick
from engagements.models.participation import Rater, ReviewConfirmation
from engagements.models.parties import (
    ExchangeRate,
    Organisation,
    OrganisationAlias,
    OrganisationDay,
    OrganisationIdentifier,
)
from engagements.models.people import Absence, Contact, Invitation, Membership
from engagements.models.promise_asks import PromiseAsk
from engagements.models.recommendations import Recommendation, RecommendationPromise
from engagements.models.relationships import (
    ExternalReference,
    Pin,
    Relationship,
)
from engagements.models.results import (
    ConversationParticipant,
    DependenceFacts,
    OwnerReading,
    ReviewAction,
    ReviewConversation,
    ReviewNote,
    ReviewResult,
)
from engagements.models.reviews import HealthReview, ReviewTransition, wave_on
from engagements.models.room_hands import VerdictHands
from engagements.models.room_stops import RoomStop
from engagements.models.rooms import (
    Attendance,
    Contribution,
    DraftApproval,
    Room,
    RoomDraft,
    RoomFile,
    Support,
    Topic,
    VerdictVote,
)
from engagements.models.sides import Health, RelationshipSide, SideSnapshot
from engagements.models.standing import Standing, readable, standing_of
from engagements.models.team import TeamRole

__all__ = [
    "Absence",
    "Amendment",
    "Attendance",
    "Board",
    "BoardCharter",
    "BoardMeeting",
    "BoardSeat",
    "Change",
    "ChangeSet",
    "Charter",
    "CharterAcceptance",
    "CharterRatification",
    "Commitment",
    "Contact",
    "Contract",
    "ContractDocument",
    "Contribution",
    "ConversationParticipant",
    "DependenceFacts",
    "Draft",
    "DraftApproval",
    "ExchangeRate",
    "ExternalReference",
    "Goal",
    "GoalValue",
    "Health",
    "HealthReview",
    "Idea",
    "ImportProfile",
    "ImportRun",
    "InstrumentVersion",
    "Interaction",
    "InteractionOutcome",
    "InteractionParticipant",
    "InteractionRevision",
    "Invitation",
    "IssueAccount",
    "IssueCorrection",
    "IssueNote",
    "IssueSide",
    "IssueStep",
    "IssueStepSide",
    "JointIssue",
    "KeyDate",
    "Meeting",
    "MeetingParticipant",
    "MeetingPhase",
    "Membership",
    "Mirror",
    "MirrorAsk",
    "MirrorPart",
    "Notice",
    "NoticePreference",
    "OpenResponse",
    "Organisation",
    "OrganisationAlias",
    "OrganisationDay",
    "OrganisationIdentifier",
    "OwnerReading",
    "Pin",
    "PromiseAsk",
    "Rater",
    "Recommendation",
    "RecommendationPromise",
    "Relationship",
    "RelationshipSide",
    "ReviewAction",
    "ReviewConfirmation",
    "ReviewConversation",
    "ReviewNote",
    "ReviewResult",
    "ReviewSecret",
    "ReviewTransition",
    "Room",
    "RoomDraft",
    "RoomFile",
    "RoomStop",
    "Row",
    "SealedComment",
    "SealedResponse",
    "SearchEntry",
    "SearchToken",
    "Side",
    "SideSnapshot",
    "Standing",
    "Step",
    "Support",
    "Sweep",
    "TeamRole",
    "Tick",
    "TimelineEntry",
    "Topic",
    "VerdictHands",
    "VerdictVote",
    "Visibility",
    "acts_for",
    "belongs_to",
    "belongs_to_a_side",
    "gone",
    "reachable",
    "readable",
    "standing_of",
    "still_there",
    "unreachable",
    "wave_on",
]
