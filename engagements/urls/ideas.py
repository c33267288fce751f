"""The part of the site map that is about ideas."""

from django.urls import path

from engagements.ideas import views

idea_pages = [
    path("relationships/<uuid:pk>/ideas/", views.ideas, name="ideas"),
    path("relationships/<uuid:pk>/ideas/new/", views.create, name="idea-create"),
    path("ideas/<uuid:pk>/", views.idea, name="idea"),
    path("ideas/<uuid:pk>/answer/", views.answer, name="idea-answer"),
    path("ideas/<uuid:pk>/end/", views.end, name="idea-end"),
    path("ideas/<uuid:pk>/withdraw/", views.withdraw, name="idea-withdraw"),
    # Before "c/<token>/", whose token could be the word.
    path("c/idea/", views.link_answer, name="idea-link-answer"),
    path("c/idea/<str:token>/", views.from_link, name="idea-link"),
]
