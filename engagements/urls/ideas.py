"""The part of the site map that is about ideas."""

from django.urls import path

from engagements.ideas.views import linked, pages

idea_pages = [
    path("relationships/<uuid:pk>/ideas/", pages.ideas, name="ideas"),
    path("relationships/<uuid:pk>/ideas/new/", pages.create, name="idea-create"),
    path("ideas/<uuid:pk>/", pages.idea, name="idea"),
    path("ideas/<uuid:pk>/answer/", pages.answer, name="idea-answer"),
    path("ideas/<uuid:pk>/pass-on/", pages.pass_on, name="idea-pass-on"),
    path("ideas/<uuid:pk>/end/", pages.end, name="idea-end"),
    path("ideas/<uuid:pk>/withdraw/", pages.withdraw, name="idea-withdraw"),
    # Before "c/<token>/", whose token could be the word.
    path("c/idea/", linked.link_answer, name="idea-link-answer"),
    path("c/idea/<str:token>/", linked.from_link, name="idea-link"),
]
