"""The part of the site map that is about charters, mirrors and goals."""

from django.urls import path

from engagements.charters.views import (
    answering,
    charters,
    goals,
    mirror,
    mirror_linked,
)

charter_pages = [
    path("relationships/<uuid:pk>/charter/", charters.charter, name="charter"),
    path(
        "relationships/<uuid:pk>/charter/write/",
        charters.write_draft,
        name="charter-write",
    ),
    path("charters/<uuid:pk>/", charters.version, name="charter-version"),
    path("charters/<uuid:pk>/propose/", charters.propose, name="charter-propose"),
    path("charters/<uuid:pk>/take-back/", charters.take_back, name="charter-take-back"),
    path("acceptances/<uuid:pk>/", answering.answer, name="charter-answer"),
    path("acceptances/<uuid:pk>/person/", answering.person, name="charter-person"),
    path("relationships/<uuid:pk>/mirror/", mirror.mirror, name="mirror"),
    path(
        "relationships/<uuid:pk>/mirror/write/",
        mirror.write_mirror,
        name="mirror-write",
    ),
    path("relationships/<uuid:pk>/goals/new/", goals.create, name="goal-create"),
    path("goals/<uuid:pk>/", goals.goal, name="goal"),
    path("goals/<uuid:pk>/edit/", goals.edit, name="goal-edit"),
    path("goals/<uuid:pk>/values/new/", goals.value, name="goal-value"),
    path("goals/<uuid:pk>/promises/new/", goals.promise, name="goal-promise"),
    path("goals/<uuid:pk>/close/", goals.close, name="goal-close"),
    # Before "c/<token>/", whose token could be the word.
    path("c/charter/", answering.link_answer, name="charter-link-answer"),
    path("c/charter/<str:token>/", answering.from_link, name="charter-link"),
    path("c/mirror/", mirror_linked.link_part, name="mirror-link-part"),
    path("c/mirror/<str:token>/", mirror_linked.from_link, name="mirror-link"),
]
