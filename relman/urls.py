"""The installation's addresses: sign-in, the technical tables, the business."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("accounts/", include("accounts.urls")),
    path("technical/", admin.site.urls),
    path("", include("engagements.urls")),
]
