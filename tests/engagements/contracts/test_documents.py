"""Files: what may come in, who may read them, how they go out."""

import io
import zipfile
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from engagements.contracts import actions
from engagements.errors import RuleError
from engagements.models import Change, ContractDocument

PDF = b"%PDF-1.7\n1 0 obj\n"


def office(*names, size=10):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in names:
            archive.writestr(name, b"0" * size)
    return held.getvalue()


DOCX = office("[Content_Types].xml", "word/document.xml")
XLSX = office("[Content_Types].xml", "xl/workbook.xml")


@pytest.fixture(autouse=True)
def _own_place_for_files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def upload(
    world, contract, name="terms.pdf", content=PDF, *, shared=False, side="client"
):
    return actions.add_document(
        by=world.by(side),
        contract=contract,
        file=SimpleUploadedFile(name, content),
        shared=shared,
    )


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("terms.pdf", PDF),
        ("Terms.PDF", PDF),
        ("terms.docx", DOCX),
        ("rates.xlsx", XLSX),
        ("notes.txt", b"Notice by 31 March"),
        ("rates.csv", b"item,price\n"),
        ("site.png", b"\x89PNG\r\n\x1a\n123"),
    ],
)
def test_what_it_says_it_is_may_come_in(world, name, content):
    document = upload(world, world.contract(), name, content)

    assert document.name == name
    assert document.size == len(content)
    assert len(document.sha256) == 64
    assert document.visibility == "internal"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("terms.exe", b"MZ\x90\x00"),
        ("terms.pdf", b"MZ\x90\x00"),
        ("terms.pdf.exe", PDF),
        ("page.html", b"<script>1</script>"),
        ("drawing.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
        ("terms", PDF),
        ("", PDF),
        ("terms.docx", b"PK\x03\x04 and nothing more"),
        ("terms.docx", XLSX),
        ("terms.docx", office("word/document.xml", "word/vbaProject.bin")),
        ("terms.docx", office("word/document.xml", "../../etc/passwd")),
        ("terms.docx", office("word/document.xml", "/etc/passwd")),
        ("terms.docx", office("word/document.xml", "word/run.exe")),
        ("bomb.docx", office("word/document.xml", size=60_000_000)),
        ("notes.txt", b"MZ\x90\x00\x03"),
        ("notes.txt", b"<html><script>alert(1)</script>"),
        ("rates.csv", b"\x00\x01\x02"),
        ("empty.pdf", b""),
    ],
)
def test_what_may_do_harm_stays_out_and_leaves_nothing(world, tmp_path, name, content):
    contract = world.contract()
    changes = Change.objects.count()

    with pytest.raises(RuleError) as error:
        upload(world, contract, name or "x", content)

    assert error.value.field == "file"
    assert not ContractDocument.objects.exists()
    assert Change.objects.count() == changes
    assert not [path for path in Path(tmp_path).rglob("*") if path.is_file()]


def test_a_file_larger_than_the_limit_stays_out(world, settings):
    settings.MOST_DOCUMENT_BYTES = 100

    with pytest.raises(RuleError, match="larger"):
        upload(world, world.contract(), content=PDF + b"0" * 100)


def test_a_name_leads_nowhere(world, tmp_path):
    document = upload(world, world.contract(), "..\\..\\etc\\passwd.pdf")

    assert document.name == "passwd.pdf"
    assert Path(document.file.path) == (
        tmp_path / "contracts" / str(document.contract_id) / str(document.pk)
    )


def test_the_same_file_is_kept_once(world):
    contract = world.contract()
    upload(world, contract)

    with pytest.raises(RuleError, match="already kept"):
        upload(world, contract, "again.pdf")


def test_a_file_of_an_archived_contract_stays_out(world, tmp_path):
    contract = world.contract()
    actions.archive_contract(by=world.by(), contract=contract, reason="Old")

    with pytest.raises(RuleError, match="archived"):
        upload(world, contract)

    assert not [path for path in Path(tmp_path).rglob("*") if path.is_file()]


@pytest.mark.parametrize("side", ["client", "supplier"])
@pytest.mark.parametrize("shared", [True, False])
def test_a_file_is_read_by_whom_it_is_shown_to(world, client, side, shared):
    document = upload(world, world.contract(), shared=shared, side=side)
    address = reverse("engagements:document", args=[document.pk])
    other = {"client": "supplier", "supplier": "client"}[side]

    def answer(who, role="administrator"):
        client.force_login(world.user(who, role))
        response = client.get(address)
        if response.streaming:
            # Read to its end, as a browser would: the file is closed with it.
            assert b"".join(response.streaming_content) == PDF
        return response.status_code

    assert answer(side) == answer(side, "executive") == 200
    assert answer(other) == (200 if shared else 404)
    assert answer(side, "elsewhere") == answer("bystander") == 404


def test_a_file_leaves_as_an_attachment_that_no_browser_opens(world, client):
    document = upload(world, world.contract(), "Prüfung “1”.pdf")
    client.force_login(world.user())

    response = client.get(reverse("engagements:document", args=[document.pk]))

    assert response.headers["Content-Disposition"].startswith("attachment;")
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response.headers["Content-Security-Policy"]
    assert b"".join(response.streaming_content) == PDF


def test_showing_a_file_is_the_own_side_s_to_decide(world, client):
    document = upload(world, world.contract(), shared=True)
    address = reverse("engagements:document-show", args=[document.pk])

    client.force_login(world.user("supplier"))
    assert client.post(address, {"seen_by": "internal"}).status_code == 403
    client.force_login(world.user("client", "executive"))
    assert client.post(address, {"seen_by": "internal"}).status_code == 403
    client.force_login(world.user("client", "account_manager"))
    assert client.post(address, {"seen_by": "internal"}).status_code == 302

    document.refresh_from_db()
    assert document.visibility == "internal"
    client.force_login(world.user("supplier"))
    assert client.post(address, {"seen_by": "shared"}).status_code == 404


def test_an_archived_file_is_gone_from_sight_and_stays_on_disk(world, client):
    document = upload(world, world.contract())
    client.force_login(world.user())

    client.post(reverse("engagements:document-archive", args=[document.pk]))

    address = reverse("engagements:document", args=[document.pk])
    assert client.get(address).status_code == 404
    assert Path(document.file.path).exists()
