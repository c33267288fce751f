"""Pages of promises."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import BaseForm
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from engagements import access
from engagements.commitments import actions, asking, forms, queries
from engagements.commitments.said import Said
from engagements.errors import RuleError
from engagements.models import (
    Change,
    Commitment,
    Relationship,
    Side,
    Standing,
    Visibility,
)
from engagements.parties.forms.fields import days_in_order
from engagements.web import SignedInRequest, carried_out, form_page, page_of

LIST = "engagements/commitments/commitments.html"


@require_safe
def commitments(request: SignedInRequest) -> HttpResponse:
    """The promises of both sides one may read."""
    standing = access.require_standing(request)
    today = timezone.localdate()
    asked = queries.Asked.of(request.GET)
    rows = queries.commitments(request.user, asked, today)
    query = request.GET.copy()
    query.pop("page", None)
    everything = queries.Asked(
        state="", side="", relationship=asked.relationship, mine=asked.mine
    )
    context = {
        "asked": asked,
        "page": page_of(request, queries.with_talks(rows, standing)),
        "query": query.urlencode(),
        "kept": queries.kept(
            queries.commitments(request.user, everything, today), today
        ),
        "states": [(key, words) for key, (words, _rule) in queries.STATES.items()],
        "to_boards": queries.to_boards(request.user, standing, asked, today),
        "asks": queries.not_promised(request.user, asked, today),
        "acting": standing.organisation.pk,
        "me": standing.contact.pk,
        "today": today,
    }
    return render(request, LIST, context)


@require_http_methods(["GET", "POST"])
def create(request: SignedInRequest, pk: object) -> HttpResponse:
    """Record a promise of either side on a relationship."""
    relationship = relationship_of(request, pk)
    by, own = access.require_standing(request), _own(request, relationship)
    side = Side(request.POST.get("side") or own) if _known_side(request) else own
    people = queries.people_of(relationship, Side.CLIENT) | queries.people_of(
        relationship, Side.SUPPLIER
    )
    form = forms.CommitmentForm(
        request.POST or None,
        people=people.distinct(),
        initial={"side": side.value, "owner": by.contact.pk, "shared": True},
        back=relationship.get_absolute_url(),
    )

    def act(standing: Standing) -> object:
        data = form.cleaned_data | {"side": Side(form.cleaned_data["side"])}
        seen_by = Visibility.SHARED if data.pop("shared") else Visibility.INTERNAL
        said = Said(relationship=relationship, **data)
        return asking.record(by=standing, own_side=own, said=said, visibility=seen_by)

    back = (str(relationship), relationship.get_absolute_url())
    return write(request, form, act, title=_("Record a promise"), back=back)


def _known_side(request: SignedInRequest) -> bool:
    return request.POST.get("side") in Side.values


@require_safe
def commitment(request: SignedInRequest, pk: object) -> HttpResponse:
    """One promise: who, until when, what became of it, and its history."""
    row = _visible(request, pk)
    user = request.user
    if row.origin_kind == Commitment.Origin.INTERACTION:
        row.__dict__["talk"] = queries.talk(access.require_standing(request), row)
    context = {
        "commitment": row,
        "today": timezone.localdate(),
        "history": Change.objects.visible_to(user).of(row).select_related("by")[:20],
        "can_move": access.can_move_commitment(user, row),
        "can_verify": access.can_verify_commitment(user, row),
        "own_side": access.side_of(user, row.relationship),
        "asked": queries.asked_to_verify(row),
    }
    return render(request, "engagements/commitments/commitment.html", context)


@require_http_methods(["GET", "POST"])
def move(request: SignedInRequest, pk: object) -> HttpResponse:
    """Name a new date, with the reason."""
    row = _movable(request, pk)
    form = forms.MoveForm(
        request.POST or None,
        initial={"due_on": row.due_on},
        back=row.get_absolute_url(),
    )

    def act(by: Standing) -> object:
        return actions.move(by=by, commitment=row, **form.cleaned_data)

    return write(request, form, act, title=_("Move the date"), back=_back(row))


@require_http_methods(["GET", "POST"])
def give(request: SignedInRequest, pk: object) -> HttpResponse:
    """Give the promise to somebody else of the same side; its dates stay."""
    row = _movable(request, pk)
    people = queries.people_of(row.relationship, Side(row.side))
    form = forms.GiveForm(
        request.POST or None,
        people=people.exclude(pk=row.owner_id),
        back=row.get_absolute_url(),
    )

    def act(by: Standing) -> object:
        return actions.reassign(by=by, commitment=row, **form.cleaned_data)

    return write(request, form, act, title=_("Give the promise to"), back=_back(row))


@require_http_methods(["GET", "POST"])
def done(request: SignedInRequest, pk: object) -> HttpResponse:
    """Its side says that it is done."""
    row = _movable(request, pk)
    form = forms.DoneForm(
        request.POST or None,
        initial={"done_on": timezone.localdate()},
        back=row.get_absolute_url(),
    )

    def act(by: Standing) -> object:
        return actions.finish(by=by, commitment=row, **form.cleaned_data)

    return write(request, form, act, title=_("The promise is done"), back=_back(row))


@require_POST
def reopen(request: SignedInRequest, pk: object) -> HttpResponse:
    """It was not done after all."""
    row = _movable(request, pk)
    return _act(request, row, actions.reopen, _("The promise is open again."))


@require_POST
def verify(request: SignedInRequest, pk: object) -> HttpResponse:
    """The other side says it saw it done."""
    row = _visible(request, pk)
    access.deny_unless(
        access.can_verify_commitment(request.user, row),
        _("Only the other side verifies a promise."),
    )
    return _act(request, row, actions.verify, _("Verified."))


@require_http_methods(["GET", "POST"])
def let_go(request: SignedInRequest, pk: object) -> HttpResponse:
    """One side lets a promise go."""
    row = _visible(request, pk)
    own = _own(request, row.relationship)
    form = forms.LetGoForm(request.POST or None, back=row.get_absolute_url())

    def act(by: Standing) -> object:
        return actions.let_go(by=by, commitment=row, side=own, **form.cleaned_data)

    return write(request, form, act, title=_("Let the promise go"), back=_back(row))


def relationship_of(request: SignedInRequest, pk: object) -> Relationship:
    rows = Relationship.objects.visible_to(request.user).active()
    return get_object_or_404(rows.select_related("client", "supplier"), pk=pk)


def _own(request: SignedInRequest, relationship: Relationship) -> Side:
    side = access.side_of(request.user, relationship)
    if side is None:
        raise Http404
    return side


def _visible(request: SignedInRequest, pk: object) -> Commitment:
    rows = Commitment.objects.visible_to(request.user).select_related(
        "owner", "verified_by", "relationship__client", "relationship__supplier"
    )
    return get_object_or_404(rows, pk=pk)


def _movable(request: SignedInRequest, pk: object) -> Commitment:
    row = _visible(request, pk)
    access.deny_unless(
        access.can_move_commitment(request.user, row),
        _("Only the side that promised moves its promise."),
    )
    return row


def _back(row: Commitment) -> tuple[str, str]:
    return row.text, row.get_absolute_url()


def _act(
    request: SignedInRequest, row: Commitment, act: Callable[..., Any], words: str
) -> HttpResponse:
    by = access.require_standing(request)
    try:
        act(by=by, commitment=row)
        messages.success(request, words)
    except RuleError as error:
        messages.error(request, error.message)
    return redirect(row)


def write(
    request: SignedInRequest,
    form: BaseForm,
    act: Callable[[Standing], Any],
    *,
    title: str,
    back: tuple[str, str],
) -> HttpResponse:
    by = access.require_standing(request)
    days_in_order(form, request.user)
    made: list[object] = []
    if form.is_valid() and carried_out(form, lambda: made.append(act(by))):
        messages.success(request, asking.outcome(made[0], _("Saved.")))
        return redirect(back[1])
    return form_page(request, form, title=title, back=back)
