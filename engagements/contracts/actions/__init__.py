"""What people do with contracts: each act locks, keeps the change with its reason, and
refreshes the stored days in the same transaction."""

from engagements.contracts.actions.dates import (
    add_key_date,
    change_key_date,
    settle_key_date,
)
from engagements.contracts.actions.documents import (
    add_document,
    archive_document,
    show_document,
)
from engagements.contracts.actions.ending import (
    confirm_renewal,
    give_notice,
    terminate,
    withdraw_notice,
)
from engagements.contracts.actions.facts import (
    amend,
    archive_contract,
    change_contract,
    create_contract,
    restore_contract,
)

__all__ = [
    "add_document",
    "add_key_date",
    "amend",
    "archive_contract",
    "archive_document",
    "change_contract",
    "change_key_date",
    "confirm_renewal",
    "create_contract",
    "give_notice",
    "restore_contract",
    "settle_key_date",
    "show_document",
    "terminate",
    "withdraw_notice",
]
