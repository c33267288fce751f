"""What the composer asks while somebody types: keep a draft, read a day."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from engagements import access
from engagements.interactions import actions, forms
from engagements.interactions.views.entries import own_side
from engagements.typed_dates import TypedDateError, parse_day
from engagements.web import SignedInRequest
from engagements.wording import full_day

# A draft larger than this is no draft of an entry.
MOST_DRAFT = 60_000


@require_POST
def keep_draft(request: SignedInRequest) -> HttpResponse:
    """Keep what is typed so far; answers with the moment it was kept."""
    by = access.require_standing(request)
    if len(request.body) > MOST_DRAFT:
        return JsonResponse({"error": _("This draft is too long to keep.")}, status=413)
    try:
        payload = json.loads(request.body)
        asked = str(payload.pop("r", ""))
    except (ValueError, AttributeError, TypeError):
        return JsonResponse({"error": _("This is no draft.")}, status=400)
    own = own_side(request, asked, named=False)
    relationship = own.relationship_id if own else None
    if not str(payload.get("text", "")).strip():
        actions.drop_drafts(by=by, relationships=[relationship])
        return JsonResponse({"kept": None})
    known = set(forms.EntryForm.base_fields) - {"submit_key", "meeting"}
    kept = {name: _plain(payload[name]) for name in known & payload.keys()}
    draft = actions.save_draft(by=by, relationship=relationship, payload=kept)
    return JsonResponse({"kept": f"{timezone.localtime(draft.updated_at):%H:%M}"})


def _plain(value: Any) -> Any:
    """What a field of the form can take back: text, a choice, a list of texts."""
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, list):
        return [_plain(str(part)) for part in value]
    # PostgreSQL keeps no null character.
    return str(value).replace("\x00", "")


@require_safe
def day(request: SignedInRequest) -> HttpResponse:
    """A typed day as the server reads it, or why it is none."""
    access.require_standing(request)
    today = timezone.localdate()
    day_first = request.user.date_order != "mdy"
    try:
        found = parse_day(request.GET.get("text", "")[:40], today, day_first=day_first)
    except TypedDateError as error:
        return HttpResponse(str(error), content_type="text/plain")
    return HttpResponse(full_day(found, today), content_type="text/plain")
