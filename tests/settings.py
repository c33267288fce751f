"""Settings for tests: the real ones, with fast passwords and plain static files."""

import os

os.environ.setdefault("SECRET_KEY", "tests-only-" + "x" * 50)
os.environ.setdefault("ALLOWED_HOSTS", "testserver,localhost,127.0.0.1")
os.environ.setdefault("HTTPS", "0")

from relman.settings import *  # noqa: F403 - the environment comes first

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["staticfiles"]["BACKEND"] = (  # noqa: F405 - from the star import
    "django.contrib.staticfiles.storage.StaticFilesStorage"
)
TESTING = True
# The server of the browser tests warns, which is an error here, when it is not there.
STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # noqa: F405 - from the star import
# A page that asks the database again for each of three rows fails its test; a write may
# read a row a second time, under its lock.
ZEAL_NPLUSONE_THRESHOLD = 3
# And our way to empty the tables after a test.
INSTALLED_APPS = [*INSTALLED_APPS, "zeal", "tests"]  # noqa: F405 - from the star import
MIDDLEWARE = ["zeal.middleware.zeal_middleware", *MIDDLEWARE]  # noqa: F405 - as above
# Nobody reads them: what a test publishes goes nowhere.
CELERY_BROKER_URL = "memory://"
CELERY_BROKER_TRANSPORT_OPTIONS = {}
# Django's own test server hands out uploads below this address; ours has none, and
# with an empty one a page of the same path as a file would never be reached.
MEDIA_URL = "/uploads-are-not-served/"
# A test's client would read all static files again before its first request.
WHITENOISE_AUTOREFRESH = True
