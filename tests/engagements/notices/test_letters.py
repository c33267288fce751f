"""Mails: text and HTML, a link to the thing, headers, a way out."""

import pytest
from django.core.signing import Signer

from engagements.notices import kinds, letters
from tests.engagements.notices.conftest import URL

pytestmark = pytest.mark.django_db


@pytest.fixture
def written(owed):
    """Write the mail of a message."""

    def write(kind="trial", **facts):
        row = owed(kind, facts=facts)
        found = kinds.known(kind)
        return letters.mail(row, found, found.letter(row))

    return write


def test_a_mail_says_the_same_in_text_and_html(written):
    mail = written(lines=["Rota", "Report"])

    html = mail.alternatives[0][0]
    assert mail.to == ["ann@example.org"]
    assert "Say <when>." in mail.body
    assert "Say &lt;when&gt;." in html
    for text in (mail.body, html):
        assert URL in text
        assert "Rota" in text
        assert "Report" in text


def test_a_subject_is_one_line(written):
    assert written().subject == "Three promises are due"


def test_styles_stand_in_the_elements(written):
    html = written().alternatives[0][0]

    assert 'style="' in html
    assert "class=" not in html or "<style" not in html


def test_a_mail_says_that_a_machine_sent_it_and_how_to_stop_it(written):
    headers = written().message()

    assert headers["Auto-Submitted"] == "auto-generated"
    assert headers["List-Id"].endswith("<trial.localhost>")
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert headers["List-Unsubscribe"].startswith("<http://localhost:8000/")


def test_a_security_mail_has_no_way_out(written):
    mail = written("secret")

    assert mail.message()["Auto-Submitted"] == "auto-generated"
    for header in ("List-Id", "List-Unsubscribe", "List-Unsubscribe-Post"):
        assert mail.message()[header] is None
    assert "Stop mails" not in mail.body + mail.alternatives[0][0]


def test_the_same_message_has_the_same_name(written, owed):
    row = owed(facts={})
    found = kinds.known("trial")

    names = {
        letters.mail(row, found, found.letter(row)).message()["Message-ID"]
        for _ in range(2)
    }

    assert names == {row.message_id}


def test_the_way_out_knows_who_and_what(owed):
    row = owed()
    token = letters.unsubscribe_url(row).rstrip("/").rpartition("/")[2]

    assert letters.read_unsubscribe(token) == (row.recipient_id, "trial")


@pytest.mark.parametrize("token", ["", "x", "x.y", "a~trial.b"])
def test_a_forged_way_out_leads_nowhere(token):
    assert letters.read_unsubscribe(token) is None


def test_a_way_out_that_names_no_person_leads_nowhere():
    salt = "engagements.notices.unsubscribe"
    token = Signer(salt=salt, sep=".").sign("nobody/trial").replace("/", "~")

    assert letters.read_unsubscribe(token) is None


def test_only_kinds_with_a_choice_are_offered():
    names = [kind.name for kind in kinds.optional()]

    assert "trial" in names
    assert "secret" not in names
    assert {"trial", "secret"} <= {kind.name for kind in kinds.every()}
