"""What a side promised in a contract becomes a promise like any other."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from engagements import access
from engagements.commitments import asking, queries
from engagements.commitments.said import Said
from engagements.contracts.forms import ObligationForm
from engagements.contracts.views.reaching import answer, own_side, visible
from engagements.models import (
    Commitment,
    Contract,
    RelationshipSide,
    Side,
    Standing,
)
from engagements.web import SignedInRequest


@require_http_methods(["GET", "POST"])
def add(request: SignedInRequest, pk: object) -> HttpResponse:
    """Record an obligation of either side; facts of a contract are always shared."""
    row = visible(request, pk)
    access.deny_unless(access.can_edit_relationship(request.user, row.relationship))
    own = own_side(request, row)
    form = _form(request, row, own)

    def act(standing: Standing) -> object:
        data = form.cleaned_data | {"side": Side(form.cleaned_data["side"])}
        said = Said(
            relationship=row.relationship,
            origin_kind=Commitment.Origin.CONTRACT,
            origin_id=row.pk,
            **data,
        )
        return asking.record(by=standing, own_side=Side(own.side), said=said)

    title = _("Record what a side owes")
    return answer(request, row, form, act, title=title, done=_("Obligation saved."))


def _form(
    request: SignedInRequest, row: Contract, own: RelationshipSide
) -> ObligationForm:
    people = queries.people_of(row.relationship, Side.CLIENT) | queries.people_of(
        row.relationship, Side.SUPPLIER
    )
    by = access.require_standing(request)
    return ObligationForm(
        request.POST or None,
        people=people.distinct(),
        initial={"side": own.side, "owner": by.contact.pk},
        back=row.get_absolute_url(),
    )
