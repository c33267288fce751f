"""What people type about contracts."""

from engagements.contracts.forms.acts import (
    CorrectDateForm,
    DocumentForm,
    KeyDateForm,
    NoticeForm,
    OutcomeForm,
    ReasonForm,
    TerminateForm,
)
from engagements.contracts.forms.terms import (
    AmendForm,
    CorrectContractForm,
    NewContractForm,
    TermFields,
)

__all__ = [
    "AmendForm",
    "CorrectContractForm",
    "CorrectDateForm",
    "DocumentForm",
    "KeyDateForm",
    "NewContractForm",
    "NoticeForm",
    "OutcomeForm",
    "ReasonForm",
    "TermFields",
    "TerminateForm",
]
