"""The site map: a group a feature, a line a page."""

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path

from engagements.dashboards import views as dashboards_views


def pending(request: HttpRequest, **kwargs: object) -> HttpResponse:
    """Replaced by its feature's view; must be gone before the first release."""
    raise Http404


app_name = "engagements"

# People: the first run, sign-in by invitation, members, claiming.
parties = [
    path("organisations/", pending, name="organisations"),
    path("organisations/<uuid:pk>/", pending, name="organisation"),
    path("contacts/<uuid:pk>/", pending, name="contact"),
    path("members/", pending, name="members"),
    path("not-sent/", pending, name="not-sent"),
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
    path("jobs/", pending, name="jobs"),
]

exchange = [
    path("imports/", pending, name="imports"),
]

dashboards = [
    path("", dashboards_views.start, name="start"),
    path("home/", dashboards_views.my_day, name="home"),
    path("portfolio/", dashboards_views.executive, name="portfolio"),
    path("relationships/", dashboards_views.relationships, name="relationships"),
    path(
        "relationships/<uuid:pk>/",
        dashboards_views.one_relationship,
        name="relationship",
    ),
    path("search/", dashboards_views.search, name="search"),
    path("search/palette/", dashboards_views.palette, name="search-palette"),
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
