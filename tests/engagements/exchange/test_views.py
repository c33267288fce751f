"""The pages from pasted rows to an undone import, without JavaScript."""

import csv
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from engagements.models import Contract, ImportProfile, ImportRun, Organisation
from tests.engagements.exchange.conftest import REGISTER, csv_of, needs_register
from tests.factories import MembershipFactory

pytestmark = pytest.mark.django_db

ROWS = (
    "C-1,Hollin Vale Ltd,Cleaning,2026-01-01,2099-12-31,1200.00",
    "C-2,Brack Security,Guards,2025-04-01,2099-03-31,800.50",
)


def send(client, content, **said):
    """Upload a file and follow to the page about its columns."""
    upload = SimpleUploadedFile("contracts.csv", content)
    data = {"stands_for": "client", "rows": "", "file": upload, **said}
    return client.post(reverse("engagements:import-create"), data)


def run_of(response):
    return ImportRun.objects.get(pk=response.url.split("/")[2])


def choices_of(client, run):
    """What the columns page offers, as a browser would send it back."""
    form = client.get(reverse("engagements:import-columns", args=[run.pk])).context[
        "form"
    ]
    return {name: form[name].value() or "" for name in form.fields}


def previewed(client, content, **said):
    run = run_of(send(client, content))
    data = {**choices_of(client, run), **said}
    response = client.post(reverse("engagements:import-columns", args=[run.pk]), data)
    assert response.status_code == 302, response.context["form"].errors
    return run


def committed(client, content, **said):
    run = previewed(client, content, **said)
    client.post(reverse("engagements:import-commit", args=[run.pk]))
    run.refresh_from_db()
    return run


def test_pasted_rows_go_all_the_way_to_contracts(signed_in):
    rows = csv_of(*ROWS).decode().replace(",", "\t")
    response = signed_in.post(
        reverse("engagements:import-create"), {"stands_for": "client", "rows": rows}
    )
    run = run_of(response)
    url = reverse("engagements:import-columns", args=[run.pk])

    signed_in.post(url, choices_of(signed_in, run))
    preview = signed_in.get(reverse("engagements:import-preview", args=[run.pk]))
    assert Contract.objects.count() == 0
    assert "2 rows read" in preview.content.decode()
    signed_in.post(reverse("engagements:import-commit", args=[run.pk]))

    assert sorted(Contract.objects.values_list("title", flat=True)) == [
        "Cleaning",
        "Guards",
    ]
    assert Organisation.objects.get(name="Hollin Vale Ltd").kept_by == run.organisation


def test_an_upload_that_cannot_be_read_is_kept_and_says_why(signed_in):
    content = "No;Supplier;Start\n1;Zoë Güter;2026-01-01\n".encode("cp1252")
    run = run_of(send(signed_in, content))
    url = reverse("engagements:import-columns", args=[run.pk])

    response = signed_in.get(url)
    assert response.status_code == 422
    assert "is not UTF-8: byte 22 (line 2)" in response.content.decode()

    signed_in.post(url, {"again": "1", "encoding": "cp1252", "delimiter": ""})
    assert "Zoë Güter" in signed_in.get(url).content.decode()


def test_neither_rows_nor_a_file_is_said_at_the_field(signed_in):
    response = signed_in.post(
        reverse("engagements:import-create"), {"stands_for": "client", "rows": " "}
    )

    assert response.status_code == 422
    assert "Paste rows here, or choose a file." in response.content.decode()


def test_rows_pasted_beside_a_file_are_not_lost(signed_in):
    send(signed_in, csv_of(*ROWS), rows="No\tSupplier\n1\tX")

    assert sorted(ImportRun.objects.values_list("name", flat=True)) == [
        "contracts.csv",
        "rows.tsv",
    ]


def test_an_ambiguous_date_column_is_asked_about(signed_in):
    run = run_of(send(signed_in, csv_of("C-1,Hollin,Cleaning,3/4/2026,5/6/2027,1")))
    url = reverse("engagements:import-columns", args=[run.pk])
    data = choices_of(signed_in, run)
    assert data["dates"] == ""

    response = signed_in.post(url, data)
    assert response.status_code == 422
    assert "Choose how the dates are written." in response.content.decode()

    signed_in.post(url, {**data, "dates": "month/day/year"})
    run.refresh_from_db()
    assert run.report["sample"][0]["start_on"] == "2026-03-04"


def test_one_field_is_filled_by_one_column(signed_in):
    run = run_of(send(signed_in, csv_of(*ROWS)))
    data = {**choices_of(signed_in, run), "column_0": "contract.title"}

    response = signed_in.post(
        reverse("engagements:import-columns", args=[run.pk]), data
    )

    assert response.status_code == 422
    assert "“No” fills this already." in response.content.decode()
    assert response.context["form"]["column_0"].value() == "contract.title"


def test_columns_kept_under_a_name_read_the_next_file(signed_in):
    previewed(
        signed_in,
        csv_of(*ROWS),
        keep_as="Our register",
        column_2="contract.supplier_reference",
    )
    profile = ImportProfile.objects.get()

    again = run_of(send(signed_in, csv_of(*ROWS[:1])))
    assert choices_of(signed_in, again)["column_2"] == "contract.supplier_reference"

    chosen = run_of(send(signed_in, csv_of(*ROWS[:1]), profile=str(profile.pk)))
    assert chosen.profile["name"] == "Our register"


def test_gaps_are_filled_in_a_table_and_a_wrong_row_stays(signed_in):
    run = committed(signed_in, csv_of(*ROWS))
    first, second = Contract.objects.order_by("title")
    page = signed_in.get(reverse("engagements:import", args=[run.pk]))
    assert "2 contracts, 2 in force without notice period" in page.content.decode()

    response = signed_in.post(
        reverse("engagements:import", args=[run.pk]),
        {
            f"{first.pk}-notice": "3",
            f"{first.pk}-unit": "months",
            f"{first.pk}-renewal": "none",
            f"{second.pk}-notice": "-4",
            f"{second.pk}-unit": "months",
            f"{second.pk}-renewal": "none",
        },
    )

    assert response.status_code == 422
    first.refresh_from_db()
    assert first.client_notice == 3
    assert first.client_notice_by is not None
    assert "Notice period: At least 0." in response.content.decode()
    assert "1 row was not saved" in response.content.decode()
    assert 'value="-4"' in response.content.decode()


def test_rejected_rows_come_back_as_a_file_that_cannot_run(signed_in):
    run = previewed(
        signed_in,
        csv_of(
            *ROWS, "=1+1,Hollin,Cleaning,31/31/2026,,1", "C-4,,Nothing,2026-01-01,,"
        ),
    )
    response = signed_in.get(reverse("engagements:import-rejected", args=[run.pk]))

    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert [row[0] for row in rows] == ["Line", "4", "5"]
    assert rows[1][2] == "'=1+1"
    assert "31/31/2026" in rows[1][1]
    assert "names no supplier" in rows[2][1]


def test_an_import_is_committed_once_and_undone(signed_in):
    run = committed(signed_in, csv_of(*ROWS))
    signed_in.post(reverse("engagements:import-commit", args=[run.pk]))
    assert Contract.objects.count() == 2

    response = signed_in.post(
        reverse("engagements:import-undo", args=[run.pk]), follow=True
    )

    assert "2 contracts taken back." in response.content.decode()
    assert Contract.objects.count() == 0
    assert Organisation.objects.count() == 1


PAGES = ["import", "import-columns", "import-preview", "import-rejected"]
ACTS = ["import-commit", "import-undo"]


@pytest.mark.parametrize("name", [*PAGES, *ACTS])
def test_an_import_of_another_organisation_does_not_exist(signed_in, client, name):
    run = run_of(send(signed_in, csv_of(*ROWS)))
    client.force_login(MembershipFactory().contact.user)
    url = reverse(f"engagements:{name}", args=[run.pk])

    response = client.post(url) if name in ACTS else client.get(url)

    assert response.status_code == 404


@pytest.mark.parametrize("role", ["account_manager", "executive"])
def test_only_administrators_bring_files_in(client, role):
    client.force_login(MembershipFactory(role=role).contact.user)

    assert client.get(reverse("engagements:imports")).status_code == 403
    assert client.get(reverse("engagements:import-create")).status_code == 403


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_imports_takes_a_fixed_number_of_queries(
    signed_in, count, django_assert_max_num_queries
):
    for _number in range(count):
        send(signed_in, csv_of(*ROWS))

    with django_assert_max_num_queries(7):
        response = signed_in.get(reverse("engagements:imports"))

    assert len(response.context["page"].object_list) == count


@needs_register
def test_the_public_register_comes_in_through_the_pages(signed_in):
    amendments = SimpleUploadedFile(
        "amendments.csv", (REGISTER / "amendments.csv").read_bytes()
    )
    content = (REGISTER / "contracts.csv").read_bytes()
    run = run_of(send(signed_in, content, amendments=amendments))
    data = {**choices_of(signed_in, run), "currency": "AUD"}
    data["time_zone"] = "Australia/Sydney"
    signed_in.post(reverse("engagements:import-columns", args=[run.pk]), data)
    run.refresh_from_db()

    assert run.report["contracts"]["new"] == 600
    assert run.report["relationships"]["new"] == 548
    assert run.report["organisations"]["new"] == 538
    assert run.report["amendments"]["new"] == 64
    assert run.report["totals"]["AUD"]["current"] == "326642649.04"
