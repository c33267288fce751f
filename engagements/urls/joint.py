"""The part of the site map that is about joint issues."""

from django.urls import path

from engagements.issues.views import (
    answering,
    linked,
    reading,
    stepping,
    writing,
)

issues = [
    path("issues/", reading.issues, name="issues"),
    path("issues/<uuid:pk>/", reading.issue, name="issue"),
    path("issues/<uuid:pk>/account/", writing.account, name="issue-account"),
    path("issues/<uuid:pk>/facts/", writing.facts, name="issue-facts"),
    path("issues/<uuid:pk>/facts/agree/", answering.agree, name="issue-agree"),
    path("issues/<uuid:pk>/correct/", writing.correct, name="issue-correct"),
    path(
        "issues/<uuid:pk>/severity/answer/",
        answering.answer_milder,
        name="issue-severity-answer",
    ),
    path("issues/<uuid:pk>/promises/new/", writing.promise, name="issue-promise"),
    path("issues/<uuid:pk>/close/", writing.close, name="issue-close"),
    path(
        "issues/<uuid:pk>/close/answer/",
        answering.answer_closing,
        name="issue-close-answer",
    ),
    path("issues/<uuid:pk>/up/", stepping.step_up, name="issue-step-up"),
    path("steps-up/<uuid:pk>/answer/", stepping.answer, name="issue-step-answer"),
    # Before "i/<token>/", whose token could be the word.
    path("i/up/", stepping.link_answer, name="issue-step-sitting"),
    path("i/up/<str:token>/", stepping.from_link, name="issue-step-link"),
    path("issues/<uuid:pk>/check/", answering.check, name="issue-check"),
    path("issues/<uuid:pk>/record/<str:kind>/", writing.note, name="issue-note"),
    path(
        "issues/<uuid:pk>/record/<uuid:note>/remove/",
        answering.remove_note,
        name="issue-note-remove",
    ),
    path("i/", linked.sitting, name="issue-sitting"),
    path("i/<str:token>/", linked.enter, name="issue-link"),
    path(
        "relationships/<uuid:pk>/issues/",
        reading.relationship_issues,
        name="relationship-issues",
    ),
    path("relationships/<uuid:pk>/issues/new/", writing.create, name="issue-create"),
]
