"""The installation's addresses: sign-in, the technical tables, the business."""

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("accounts/", include("accounts.urls")),
    # The operator signs in where everybody does, so that attempts are counted.
    path("technical/login/", secure_admin_login(admin.site.login)),
    path("technical/", admin.site.urls),
    path("", include("engagements.urls")),
]
