"""The part of the site map that is about health reviews."""

from django.urls import path

from engagements.reviews.views import (
    beginning,
    beside,
    confirming,
    facilitated_talk,
    facilitating,
    people,
    reading,
    survey,
    survey_end,
    waves,
)
from engagements.reviews.views import calendar as review_calendar
from engagements.reviews.views import page as review_page
from engagements.reviews.views import setting_up as review_set_up

reviews = [
    path("reviews/", review_calendar.reviews, name="reviews"),
    path("reviews/method/", review_calendar.method, name="review-method"),
    path("reviews/new/", beginning.create, name="review-create"),
    path("reviews/<uuid:pk>/", review_page.review, name="review"),
    path("reviews/<uuid:pk>/how/", review_set_up.how, name="review-how"),
    path(
        "reviews/<uuid:pk>/people/<str:side>/",
        people.people,
        name="review-people",
    ),
    path(
        "reviews/<uuid:pk>/facilitator/",
        people.facilitator,
        name="review-facilitator",
    ),
    path(
        "reviews/<uuid:pk>/coordinator/<str:side>/",
        people.coordinator,
        name="review-coordinator",
    ),
    path("reviews/<uuid:pk>/few/", review_set_up.few, name="review-few"),
    path("reviews/<uuid:pk>/ask/", review_set_up.ask, name="review-ask"),
    path(
        "reviews/<uuid:pk>/take-back/",
        review_set_up.take_back,
        name="review-take-back",
    ),
    path("reviews/<uuid:pk>/cancel/", review_set_up.cancel, name="review-cancel"),
    path("reviews/<uuid:pk>/comment/", beside.comment, name="review-comment"),
    path("reviews/<uuid:pk>/facilitate/", facilitating.enter, name="review-facilitate"),
    path(
        "relationships/<uuid:pk>/dependence/",
        beside.dependence,
        name="relationship-dependence",
    ),
    path("f/", facilitating.page, name="facilitate-page"),
    path("f/words/", facilitating.put_in_other_words, name="facilitate-words"),
    path("f/release/", facilitating.release, name="facilitate-release"),
    path("f/agenda.pdf", facilitated_talk.agenda, name="facilitate-agenda"),
    path("f/held/", facilitated_talk.hold, name="facilitate-hold"),
    path("f/minutes/", facilitated_talk.minutes, name="facilitate-minutes"),
    path("f/<str:token>/", facilitating.facilitate, name="facilitate"),
    path("confirmations/<uuid:pk>/", confirming.answer, name="confirmation-answer"),
    path(
        "confirmations/<uuid:pk>/ask-again/",
        confirming.ask_again,
        name="confirmation-ask-again",
    ),
    path("c/", confirming.confirm_answer, name="confirm-answer"),
    path("c/<str:token>/", confirming.confirm, name="confirm"),
    path(
        "relationships/<uuid:pk>/reviews/",
        waves.relationship_reviews,
        name="relationship-reviews",
    ),
    path("relationships/<uuid:pk>/reading/", reading.reading, name="reading"),
    # Answering from a mailed link.
    path("a/<int:n>/", survey.statement, name="answer-statement"),
    path("a/words/", survey_end.words, name="answer-words"),
    path("a/check/", survey_end.check, name="answer-check"),
    path("a/send/", survey_end.send, name="answer-send"),
    path("a/withdraw/", survey_end.withdraw, name="answer-withdraw"),
    path("a/done/", survey_end.done, name="answer-done"),
    path("a/<str:token>/", survey.answer, name="answer"),
]
