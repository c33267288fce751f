"""The part of the site map that is about promises and steps."""

from django.urls import path

from engagements.commitments.views import asked, linked, promises, steps

commitments = [
    path("commitments/", promises.commitments, name="commitments"),
    path("commitments/<uuid:pk>/", promises.commitment, name="commitment"),
    path("commitments/<uuid:pk>/move/", promises.move, name="commitment-move"),
    path("commitments/<uuid:pk>/give/", promises.give, name="commitment-give"),
    path("commitments/<uuid:pk>/done/", promises.done, name="commitment-done"),
    path("commitments/<uuid:pk>/reopen/", promises.reopen, name="commitment-reopen"),
    path("commitments/<uuid:pk>/verify/", promises.verify, name="commitment-verify"),
    path("commitments/<uuid:pk>/let-go/", promises.let_go, name="commitment-let-go"),
    path(
        "relationships/<uuid:pk>/commitments/new/",
        promises.create,
        name="commitment-create",
    ),
    path("relationships/<uuid:pk>/steps/new/", steps.create_step, name="step-create"),
    path("asked/<uuid:pk>/answer/", asked.answer, name="promise-ask-answer"),
    path("asked/<uuid:pk>/ask/", asked.ask_now, name="promise-ask-now"),
    path("asked/<uuid:pk>/take-back/", asked.take_back, name="promise-ask-take-back"),
    path("steps/<uuid:pk>/", steps.step, name="step"),
    path("steps/<uuid:pk>/done/", steps.step_done, name="step-done"),
    path("steps/<uuid:pk>/reopen/", steps.step_reopen, name="step-reopen"),
    # Before "c/<token>/", whose token could be the word.
    path("c/promise/", linked.link_answer, name="promise-link-answer"),
    path("c/promise/<str:token>/", linked.from_link, name="promise-link"),
]
