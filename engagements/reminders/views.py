"""Notices of a person, the administrator's job page, preferences, health."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db.models import Count, Max, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from engagements import access
from engagements.models import (
    Contact,
    Notice,
    NoticePreference,
    Relationship,
    RelationshipSide,
    Standing,
    Tick,
)
from engagements.notices import kinds, ledger
from engagements.notices.letters import read_unsubscribe
from engagements.reminders.lines import line
from engagements.web import SignedInRequest, page_of

_Choice = NoticePreference.Choice
# The clock ticks four times a minute; this late something has stopped.
LATE = timedelta(minutes=3)
NEEDS_A_PERSON = (Notice.State.DEAD, Notice.State.PARKED)


@require_safe
def notices(request: SignedInRequest) -> HttpResponse:
    """What one was told, the newest first; what one may no longer see is left out."""
    standing = access.require_standing(request)
    seen = Relationship.objects.visible_to(request.user).order_by().values("pk")
    rows = (
        kinds.unsealed(Notice.objects.all())
        .filter(
            recipient=standing.contact,
            organisation=standing.organisation,
            channel=Notice.Channel.IN_APP,
            state=Notice.State.SENT,
            relationship__in=seen,
        )
        .order_by("-due_at", "pk")
    )
    related = ("relationship__client", "relationship__supplier")
    page = page_of(request, rows.select_related(*related), size=30)
    context = {"page": page, "lines": [line(row) for row in page], "query": ""}
    return render(request, "engagements/reminders/notices.html", context)


@require_safe
def jobs(request: SignedInRequest) -> HttpResponse:
    """Whether reminders go out, and those that need a person: the own ledger's."""
    access.deny_unless(access.can_see_jobs(request.user))
    standing = access.require_standing(request)
    own = _ledger(standing)
    stuck = own.filter(state__in=NEEDS_A_PERSON).select_related("recipient")
    page = page_of(request, stuck.order_by("-updated_at", "pk"))
    context = {
        "last": Tick.objects.exclude(finished_at=None).first(),
        "tick_seconds": settings.TICK_SECONDS,
        "has_relay": settings.HAS_MAIL_RELAY,
        "counts": _counts(own),
        "unowned": _unowned(request),
        "page": page,
        "stuck": [(row, _label(row.kind)) for row in page],
        "query": "",
    }
    return render(request, "engagements/reminders/jobs.html", context)


def _ledger(standing: Standing) -> QuerySet[Notice]:
    """What an administrator may see of the own ledger: sealed kinds are left out."""
    return kinds.unsealed(Notice.objects.filter(organisation=standing.organisation))


def _label(name: str) -> str:
    kind = kinds.known(name)
    return str(kind.label) if kind else name


def _counts(own: QuerySet[Notice]) -> list[tuple[str, int]]:
    """Mails of the last day and what waits: the own organisation's alone."""
    mails = own.filter(channel=Notice.Channel.MAIL)
    day = timezone.now() - timedelta(days=1)
    states = Notice.State
    found = mails.aggregate(
        sent=Count("pk", filter=Q(state=states.SENT, sent_at__gte=day)),
        waiting=Count("pk", filter=Q(state=states.PENDING)),
        refused=Count("pk", filter=Q(state=states.DEAD)),
        unknown=Count("pk", filter=Q(state=states.PARKED)),
    )
    words = {
        "sent": _("Mails sent in 24 hours"),
        "waiting": _("Mails waiting"),
        "refused": _("Mails refused"),
        "unknown": _("Mails whose outcome is unknown"),
    }
    return [(label, found[name]) for name, label in words.items()]


def _unowned(request: SignedInRequest) -> int:
    """Live relationships without an owner: their reminders reach administrators."""
    own = RelationshipSide.objects.seen_by(request.user).active()
    return own.filter(owner=None).order_by().count()


@require_POST
def retry(request: SignedInRequest, pk: object) -> HttpResponse:
    """Send again what was refused, or what may or may not have gone."""
    notice = _own_notice(request, pk)
    if ledger.retry(notice):
        messages.success(request, _("It will be sent again."))
    return redirect("engagements:jobs")


@require_POST
def cancel(request: SignedInRequest, pk: object) -> HttpResponse:
    """Let a message go."""
    notice = _own_notice(request, pk)
    if ledger.cancel(notice):
        messages.success(request, _("It will not be sent."))
    return redirect("engagements:jobs")


def _own_notice(request: SignedInRequest, pk: object) -> Notice:
    access.deny_unless(access.can_see_jobs(request.user))
    standing = access.require_standing(request)
    return get_object_or_404(_ledger(standing), pk=pk)


@require_http_methods(["GET", "POST"])
def preferences(request: SignedInRequest) -> HttpResponse:
    """How one wants to hear of each kind of event."""
    standing = access.require_standing(request)
    if request.method == "POST":
        _keep_choices(request, standing.contact)
        messages.success(request, _("Saved."))
        return redirect("engagements:notice-preferences")
    chosen = dict(standing.contact.notice_preferences.values_list("kind", "choice"))
    rows = [
        {"kind": kind, "choices": _choices(kind), "chosen": chosen.get(kind.name, "")}
        for kind in kinds.optional()
        if kind.name != "digest"
    ]
    context = {"rows": rows}
    return render(request, "engagements/reminders/preferences.html", context)


def _choices(kind: kinds.Kind) -> list[tuple[str, str]]:
    """Legal deadlines can be redirected, not switched off; what is sealed is a mail to
    one person alone, or none."""
    offered = [("", str(_("As usual"))), *_Choice.choices]
    return [
        (value, str(label))
        for value, label in offered
        if not (kind.legal and value == _Choice.OFF)
        and not (kind.sealed and value not in {"", _Choice.OFF})
    ]


def _keep_choices(request: SignedInRequest, contact: Contact) -> None:
    for kind in kinds.optional():
        choice = request.POST.get(kind.name, "")
        rows = NoticePreference.objects.filter(contact=contact, kind=kind.name)
        if choice not in dict(_choices(kind)):
            continue
        if not choice:
            rows.delete()
        else:
            NoticePreference.objects.update_or_create(
                contact=contact, kind=kind.name, defaults={"choice": choice}
            )


@csrf_exempt
@login_not_required
@require_http_methods(["GET", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """Stop mails of one kind: a POST does it without sign-in (RFC 8058); GET shows a
    button, because scanners follow links."""
    found = read_unsubscribe(token)
    if found is None:
        raise Http404
    contact, name = found
    kind = kinds.known(name)
    if kind is None or not Contact.objects.filter(pk=contact).exists():
        raise Http404
    done = request.method == "POST"
    if done:
        choice = _Choice.IN_APP if kind.legal or name == "digest" else _Choice.OFF
        NoticePreference.objects.update_or_create(
            contact_id=contact, kind=name, defaults={"choice": choice}
        )
    context = {"done": done, "kind": kind}
    return render(request, "engagements/reminders/unsubscribe.html", context)


@login_not_required
@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """Whether the application and its clock run; figures for operators only."""
    last = Tick.objects.filter(failed="").aggregate(at=Max("finished_at"))["at"]
    healthy = last is not None and timezone.now() - last < LATE
    answer: dict[str, object] = {"status": "ok" if healthy else "degraded"}
    if getattr(request.user, "is_staff", False) and request.user.is_active:
        answer |= _figures(last)
    return JsonResponse(answer, status=200 if healthy else 503)


def _figures(last: object) -> dict[str, object]:
    now = timezone.now()
    states = Notice.State
    counted = kinds.unsealed(Notice.objects.all()).aggregate(
        pending=Count("pk", filter=Q(state=states.PENDING)),
        overdue=Count(
            "pk", filter=Q(state=states.PENDING, due_at__lt=now - timedelta(minutes=15))
        ),
        dead=Count("pk", filter=Q(state=states.DEAD)),
        parked=Count("pk", filter=Q(state=states.PARKED)),
    )
    return {"last_round": last and last.isoformat(), **counted}  # type: ignore[attr-defined]  # a moment or None
