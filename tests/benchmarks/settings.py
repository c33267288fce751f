"""Production's settings with two bare pages beside the real ones."""

from relman.settings import *  # noqa: F403 - all of them but two

ROOT_URLCONF = "tests.benchmarks.urls"
LOGGING["root"]["level"] = "ERROR"  # noqa: F405 - from the star import
TEMPLATES[0]["DIRS"].append(BASE_DIR / "tests/benchmarks/templates")  # noqa: F405 - as above
