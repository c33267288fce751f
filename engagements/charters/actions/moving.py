"""A charter goes from state to state, one at a time on a relationship."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from engagements.charters.states import LEADS_TO
from engagements.errors import RuleError
from engagements.models import Charter, Relationship


def held(relationship: Relationship) -> None:
    """Whoever writes on the same relationship waits here until this is committed."""
    rows = Relationship.objects.select_for_update(no_key=True)
    list(rows.filter(pk=relationship.pk).values_list("pk"))


def move(charter: Charter, state: str, **values: Any) -> Charter:
    """Give a charter its next state. Raises RuleError where it does not lead there."""
    row = Charter.objects.select_related("relationship").get(pk=charter.pk)
    if state not in LEADS_TO[row.state]:
        words = _("This charter is %(state)s: it can no longer be changed.")
        raise RuleError(words % {"state": str(row.get_state_display()).lower()})
    for name, value in {"state": state, **values}.items():
        setattr(row, name, value)
    row.save(update_fields=["state", *values, "updated_at"])
    return row
