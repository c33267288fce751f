"""The part of the site map that is about promises asked of the other side."""

from django.urls import path

from engagements.commitments.views import linked

asked_promises = [
    # Before "c/<token>/", whose token could be the word.
    path("c/promise/", linked.link_answer, name="promise-link-answer"),
    path("c/promise/<str:token>/", linked.from_link, name="promise-link"),
]
