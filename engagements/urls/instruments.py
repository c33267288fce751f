"""The part of the site map that is about question sets: what is asked."""

from django.urls import path

from engagements.reviews.views import instrument_parts, instruments

questions = [
    path("instruments/", instruments.instruments, name="instruments"),
    path("instruments/<uuid:pk>/", instruments.instrument, name="instrument"),
    path("instruments/<uuid:pk>/copy/", instruments.copy, name="instrument-copy"),
    path(
        "instruments/<uuid:pk>/publish/", instruments.publish, name="instrument-publish"
    ),
    path(
        "instruments/<uuid:pk>/withdraw/",
        instruments.withdraw,
        name="instrument-withdraw",
    ),
    path(
        "instruments/<uuid:pk>/languages/new/",
        instrument_parts.add_language,
        name="instrument-language-add",
    ),
    *(
        path(
            f"instruments/<uuid:pk>/{where}/{'<str:key>/' * keyed}",
            getattr(instrument_parts, what),
            name=f"instrument-{what}",
        )
        for what, where, keyed in (
            ("title", "name", False),
            ("item", "items", True),
            ("topic", "topics", True),
            ("scale", "scale", False),
            ("weights", "weights", False),
            ("thresholds", "thresholds", False),
            ("language", "languages", True),
        )
    ),
]
