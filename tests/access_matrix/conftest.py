"""The world of the matrix, built once for a module and a side."""

import pytest
from django.test import override_settings

from tests.access_matrix.sessions import sign_in
from tests.access_matrix.world import build
from tests.worlds import kept


@pytest.fixture(scope="module")
def kept_files(tmp_path_factory):
    """Where uploads go; a file is the same for whoever reads it."""
    folder = tmp_path_factory.mktemp("documents")
    with override_settings(MEDIA_ROOT=folder):
        yield folder


@pytest.fixture(scope="module")
def world(request, kept_files, django_db_setup, django_db_blocker):
    """Built once for a side; what a test does to it is taken back."""
    with kept(django_db_blocker):
        made = build(request.param)
        sign_in(made)
        yield made
