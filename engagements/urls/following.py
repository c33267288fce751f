"""The part of the site map that is about what follows from a result."""

from django.urls import path

from engagements.reviews.views import agenda, agreeing
from engagements.reviews.views import conversation as talk

following = [
    path(
        "reviews/<uuid:pk>/conversation/",
        talk.conversation,
        name="review-conversation",
    ),
    path(
        "reviews/<uuid:pk>/conversation/agenda.pdf",
        agenda.agenda,
        name="review-conversation-agenda",
    ),
    path(
        "reviews/<uuid:pk>/conversation/plan/",
        talk.plan,
        name="review-conversation-plan",
    ),
    path(
        "reviews/<uuid:pk>/conversation/hold/",
        talk.hold,
        name="review-conversation-hold",
    ),
    path(
        "reviews/<uuid:pk>/conversation/minutes/",
        talk.minutes,
        name="review-conversation-minutes",
    ),
    path(
        "reviews/<uuid:pk>/actions/new/",
        agreeing.create,
        name="review-action-create",
    ),
    path("reviews/<uuid:pk>/actions/ask/", agreeing.ask, name="review-actions-ask"),
    path(
        "reviews/<uuid:pk>/actions/<uuid:action>/edit/",
        agreeing.edit,
        name="review-action-edit",
    ),
    path(
        "reviews/<uuid:pk>/actions/<uuid:action>/remove/",
        agreeing.remove,
        name="review-action-remove",
    ),
]
