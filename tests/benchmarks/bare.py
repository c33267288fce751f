"""What Django costs by itself: session, user, one query, a template of 24 KB."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template import engines
from django.views.decorators.csrf import csrf_exempt

from engagements.models import Contract, Sweep

ROWS = 50
# Fifty rows of three values each, padded so that the answer weighs 24 KB.
_TEMPLATE = """<!doctype html><title>Bare</title><p>{{ user.name }}</p><table>
{% for row in rows %}<tr><td><a href="/x/{{ row.0 }}/">{{ row.1 }}</a></td>
<td>{{ row.2 }}</td><td>PADDING</td></tr>{% endfor %}</table>"""


def _template() -> object:
    return engines["django"].from_string(_TEMPLATE.replace("PADDING", "x" * 350))


_COMPILED: list[object] = []


def read(request: HttpRequest) -> HttpResponse:
    """Session and user, one query of fifty rows, a plain page."""
    if not _COMPILED:
        _COMPILED.append(_template())
    rows = Contract.objects.order_by("title").values_list("pk", "title", "state")
    context = {"user": request.user, "rows": list(rows[:ROWS])}
    return HttpResponse(_COMPILED[0].render(context, request))


@csrf_exempt
def write(request: HttpRequest) -> HttpResponse:
    """One row inserted, and the browser sent on."""
    Sweep.objects.create(key=f"bench|{uuid.uuid4()}")
    return redirect(f"/bare/?for={request.user.pk}")
