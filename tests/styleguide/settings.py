"""Settings for the style page alone: no data, no feature, the look."""

from tests.settings import *  # noqa: F403 - the tests' settings, with another site map
from tests.settings import BASE_DIR, MIDDLEWARE, TEMPLATES

ROOT_URLCONF = "tests.styleguide.urls"
TEMPLATES[0]["DIRS"].append(BASE_DIR / "tests" / "styleguide")
# No data at all is what the first run waits for.
MIDDLEWARE = [name for name in MIDDLEWARE if "FirstRun" not in name]
WHITENOISE_USE_FINDERS = True
