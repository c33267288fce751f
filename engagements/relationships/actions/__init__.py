"""What people do with relationships and the teams on their sides."""

from engagements.relationships.acting import acting_organisation
from engagements.relationships.actions.leaving import (
    correct_last_day,
    let_go,
    may_end_sign_in,
    person_leaves,
    who_may_end,
)
from engagements.relationships.actions.proposals import (
    accept_relationship,
    decline_relationship,
    propose_again,
)
from engagements.relationships.actions.references import (
    add_reference,
    remove_reference,
)
from engagements.relationships.actions.relationships import (
    archive_relationship,
    change_relationship,
    create_relationship,
    restore_relationship,
)
from engagements.relationships.actions.team import (
    add_role,
    choose_owner,
    end_role,
    pin,
    unpin,
)

__all__ = [
    "accept_relationship",
    "acting_organisation",
    "add_reference",
    "add_role",
    "archive_relationship",
    "change_relationship",
    "choose_owner",
    "correct_last_day",
    "create_relationship",
    "decline_relationship",
    "end_role",
    "let_go",
    "may_end_sign_in",
    "person_leaves",
    "pin",
    "propose_again",
    "remove_reference",
    "restore_relationship",
    "unpin",
    "who_may_end",
]
