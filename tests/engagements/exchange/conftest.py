"""Files, profiles and an administrator who brings contracts in."""

from pathlib import Path

import pytest

from engagements.exchange.profiles import profile_from
from tests.factories import MembershipFactory

# Real contracts of a public register, where the workplace has them.
REGISTER = Path(__file__).resolve().parents[4] / "shared" / "data" / "csv-austender"

needs_register = pytest.mark.skipif(
    not REGISTER.exists(), reason="the public register's file is not beside the project"
)


@pytest.fixture(autouse=True)
def _uploads_stay_in_the_test(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "documents"


@pytest.fixture
def administrator():
    """Somebody who may bring files in, for an organisation of their own."""
    return MembershipFactory(organisation__name="Tarnmoor Health")


@pytest.fixture
def signed_in(client, administrator):
    client.force_login(administrator.contact.user)
    return client


def profile_data(**changes):
    """A profile of a client's plain list of suppliers, in its JSON form."""
    return {
        "stands_for": "client",
        "currency": "GBP",
        "organisations": {"supplier": {"name": "Supplier"}},
        "contract": {
            "key": "No",
            "title": "Title",
            "start_on": "Start",
            "end_on": "End",
            "value": "Value",
        },
        **changes,
    }


def profile(**changes):
    """The same, read."""
    return profile_from(profile_data(**changes))


HEADER = "No,Supplier,Title,Start,End,Value"


def csv_of(*rows, header=HEADER):
    """A file with the plain header and these rows."""
    return "\n".join([header, *rows, ""]).encode()
