"""Settings for the style page alone: no data, no feature, the look."""

from tests.settings import *  # noqa: F403 - the tests' settings, with another site map

ROOT_URLCONF = "tests.styleguide.urls"
TEMPLATES[0]["DIRS"].append(BASE_DIR / "tests" / "styleguide")  # noqa: F405 - from the star import
WHITENOISE_USE_FINDERS = True
