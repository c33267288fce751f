"""The site map: a group a feature, a line a page."""

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path
from django.views.generic import RedirectView


def pending(request: HttpRequest, **kwargs: object) -> HttpResponse:
    """Replaced by its feature's view; must be gone before the first release."""
    raise Http404


app_name = "engagements"

# People: the first run, sign-in by invitation, members, claiming.
parties = [
    path("organisations/", pending, name="organisations"),
    path("organisations/<uuid:pk>/", pending, name="organisation"),
    path("contacts/<uuid:pk>/", pending, name="contact"),
]

relationships = [
    path("relationships/new/", pending, name="relationship-create"),
    path("relationships/<uuid:pk>/people/", pending, name="relationship-people"),
]

commitments = [
    path("commitments/", pending, name="commitments"),
    path("commitments/<uuid:pk>/", pending, name="commitment"),
    path("steps/<uuid:pk>/", pending, name="step"),
]

contracts = [
    path("contracts/", pending, name="contracts"),
    path("contracts/<uuid:pk>/", pending, name="contract"),
]

interactions = [
    path("log/", pending, name="log"),
    path("interactions/<uuid:pk>/", pending, name="interaction"),
    path("meetings/<uuid:pk>/", pending, name="meeting"),
]

reviews = [
    path("reviews/", pending, name="reviews"),
]

reminders = [
    path("health/", pending, name="health"),
]

exchange = [
    path("imports/", pending, name="imports"),
]

dashboards = [
    path("", RedirectView.as_view(pattern_name="engagements:home"), name="start"),
    path("home/", pending, name="home"),
    path("portfolio/", pending, name="portfolio"),
    path("relationships/", pending, name="relationships"),
    path("relationships/<uuid:pk>/", pending, name="relationship"),
    path("search/", pending, name="search"),
    path("search/palette/", pending, name="search-palette"),
]

urlpatterns = [
    *parties,
    *relationships,
    *commitments,
    *contracts,
    *interactions,
    *reviews,
    *reminders,
    *exchange,
    *dashboards,
]
