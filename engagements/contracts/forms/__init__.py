"""What people type about contracts."""

from engagements.contracts.forms.acts import (
    CorrectDateForm,
    DocumentForm,
    KeyDateForm,
    NoticeForm,
    ObligationForm,
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
    "ObligationForm",
    "OutcomeForm",
    "ReasonForm",
    "TermFields",
    "TerminateForm",
]
