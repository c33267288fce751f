"""Views of the style page. Nothing here touches the database."""

import time
from types import SimpleNamespace

from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Field, Fieldset, Layout, Submit
from django import forms
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.models import User
from engagements.pdf import render_pdf
from engagements.widgets import OptionCards, Segmented, TypedDate
from tests.styleguide.figures import FIGURES

NAV = [
    ("Home", "/home/", "home", False),
    ("Portfolio", "/portfolio/", "grid", True),
    ("Relationships", "/relationships/", "pair", False),
    ("Contracts", "/contracts/", "doc", False),
    ("Reviews", "/reviews/", "review", False),
]
PINNED = [
    ("Quillbrook Foods", "/q/", "risk"),
    ("Hollin Vale Hospitals", "/h/", "watch"),
    ("Merrow Water and Sewerage Undertakers of the North", "/m/", "strong"),
]


def shell() -> SimpleNamespace:
    """What `engagements.web.shell` gives a signed-in administrator."""
    return SimpleNamespace(
        standing=SimpleNamespace(
            organisation=SimpleNamespace(name="Tarnmoor Engineering")
        ),
        nav=[
            SimpleNamespace(label=label, url=url, icon=icon, current=now)
            for label, url, icon, now in NAV
        ],
        pinned=[
            SimpleNamespace(label=label, url=url, health=health)
            for label, url, health in PINNED
        ],
        administration=[
            ("People", "/people/"),
            ("Organisations", "/organisations/"),
            ("Imports", "/imports/"),
            ("Reminders", "/jobs/"),
            ("Not sent", "/not-sent/"),
        ],
        demo=False,
    )


def base(request: HttpRequest) -> dict[str, object]:
    """The context every signed-in page has."""
    user = User(
        name="Ingrid Sørensen",
        email="ingrid@tarnmoor.example",
        theme=request.GET.get("theme", ""),
        compact="compact" in request.GET,
    )
    return {"shell": shell(), "user": user}


class StyleForm(forms.Form):
    """One of each kind of field."""

    title = forms.CharField(label="Title", help_text="As both sides call it.")
    reference = forms.CharField(label="Their reference", required=False)
    ends_on = forms.CharField(
        label="Ends",
        widget=TypedDate(),
        help_text="Such as 14/1/2027 or end of March.",
    )
    basis = forms.ChoiceField(
        label="Value is for",
        choices=[("term", "Whole term"), ("year", "A year"), ("ceiling", "Ceiling")],
        widget=Segmented,
    )
    decision = forms.ChoiceField(
        label="Renewal decision",
        choices=[("extend", "Extend 12 months as is"), ("end", "Let it end")],
        widget=OptionCards(
            explanations={
                "extend": "Option 1, price rises by the index, 2.4%",
                "end": "Hand over by 31 Mar 2027",
            }
        ),
    )
    renewal = forms.ChoiceField(
        label="Renewal", choices=[("", "Not known"), ("auto", "Renews by itself")]
    )
    kind = forms.ChoiceField(
        label="Tell",
        choices=[("owner", "The owner"), ("team", "The whole team")],
        widget=forms.RadioSelect,
    )
    tags = forms.MultipleChoiceField(
        label="Topics",
        required=False,
        choices=[("service", "Service"), ("price", "Price")],
        widget=forms.CheckboxSelectMultiple,
    )
    shared = forms.BooleanField(
        label="Share with the other side", help_text="They will see every date."
    )
    document = forms.FileField(label="Document", required=False)
    notes = forms.CharField(label="Notes", required=False, widget=forms.Textarea)

    @property
    def helper(self) -> FormHelper:
        """The layout."""
        helper = FormHelper()
        helper.layout = Layout(
            Fieldset("The contract", "title", "reference", "ends_on", "basis"),
            Fieldset("What happens next", "decision", "renewal", "kind", "tags"),
            Field("shared"),
            "document",
            "notes",
            HTML('<p class="sm sub">Only Tarnmoor sees this.</p>'),
        )
        helper.add_input(Submit("save", "Save contract"))
        return helper


@login_not_required
def components(request: HttpRequest) -> HttpResponse:
    """Every component of a signed-in page."""
    return render(request, "components.html", base(request))


@login_not_required
def form(request: HttpRequest) -> HttpResponse:
    """A form with one of each field; a POST shows it with its errors."""
    bound = StyleForm(request.POST, request.FILES) if request.POST else StyleForm()
    status = 422 if bound.is_bound and not bound.is_valid() else 200
    return render(request, "form.html", {**base(request), "form": bound}, status=status)


@login_not_required
def parts(request: HttpRequest) -> HttpResponse:
    """A page with a part that is replaced by what `save_part` answers."""
    return render(request, "parts.html", base(request))


@login_not_required
def save_part(request: HttpRequest) -> HttpResponse:
    """Answers as the text asks: saved, faulty, slow, signed out, broken."""
    text = request.POST["text"]
    if text == "slow":
        time.sleep(0.9)
    if text == "signed out" and "back" not in request.COOKIES:
        return HttpResponse(status=401)
    if text == "broken":
        return HttpResponse("trace", status=500)
    faulty = text == "faulty"
    context = {"faulty": faulty, "text": text}
    return render(request, "part.html", context, status=422 if faulty else 200)


@login_not_required
def public(request: HttpRequest) -> HttpResponse:
    """A page without a sign-in."""
    return render(request, "public.html", {"shell": None})


@login_not_required
def found(request: HttpRequest) -> HttpResponse:
    """What the palette shows for any question."""
    return render(request, "found.html")


@login_not_required
def page(request: HttpRequest, name: str) -> HttpResponse:
    """An error page by name, as a signed-in person sees it."""
    return render(request, f"{name}.html", base(request))


@login_not_required
def charts(request: HttpRequest) -> HttpResponse:
    """Every chart, with the figures of the prototype."""
    return render(request, "charts.html", {**base(request), **FIGURES})


@login_not_required
def paper(request: HttpRequest) -> HttpResponse:
    """One sheet for a meeting, as PDF."""
    return HttpResponse(
        render_pdf("paper.html", FIGURES), content_type="application/pdf"
    )
