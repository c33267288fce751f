"""The site, and the two bare pages that everything is compared with."""

from django.urls import include, path

from tests.benchmarks import bare

urlpatterns = [
    path("bare/", bare.read),
    path("bare/write/", bare.write),
    path("", include("relman.urls")),
]
