"""The style page: every component once, with invented words."""

from django.urls import include, path

from tests.styleguide import views

urlpatterns = [
    path("", views.components),
    path("charts/", views.charts),
    path("paper/", views.paper),
    path("form/", views.form),
    path("parts/", views.parts),
    path("parts/save/", views.save_part),
    path("public/", views.public),
    path("search/palette/", views.found),
    path("page/<str:name>/", views.page),
    path("accounts/", include("allauth.urls")),
    # Behind the style page lies the real site, at its real addresses.
    path("", include("engagements.urls")),
]
