"""What Django costs by itself: session, user, one query, a template of 24 KB."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt

from engagements.models import Contract, Sweep

ROWS = 50
_FIELDS = (
    "pk", "title", "client_reference", "start_on", "current_end_on", "state", "renewal",
    "value", "currency",
)  # fmt: skip


def read(request: HttpRequest) -> HttpResponse:
    """Session and user, one query of fifty rows, a plain table of them."""
    rows = Contract.objects.order_by("pk").values(*_FIELDS)
    return render(request, "benchmarks/bare.html", {"rows": list(rows[:ROWS])})


@csrf_exempt
def write(request: HttpRequest) -> HttpResponse:
    """One row inserted, and the browser sent on."""
    Sweep.objects.create(key=f"bench|{uuid.uuid4()}")
    return redirect(f"/bare/?for={request.user.pk}")
