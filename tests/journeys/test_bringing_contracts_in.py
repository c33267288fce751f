"""An administrator brings contracts in: upload, columns, preview, gaps, undo."""

import os
import re
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from playwright.sync_api import Page, expect

from tests.browsing import LAPTOP, PHONE, accessibility_faults, colour_faults
from tests.engagements.exchange.conftest import REGISTER, csv_of, needs_register
from tests.factories import MembershipFactory

pytestmark = [pytest.mark.browser]

ROWS = (
    "C-1,Hollin Vale Hospitals,Theatre cleaning,13/1/2026,12/1/2099,1200.00",
    "C-2,Brack Security,Guards at the north gate,1/4/2025,31/3/2099,800.50",
    "C-3,Brack Security,Alarm monitoring,31/31/2025,31/3/2099,800.50",
    "C-4,,Nobody's contract,1/4/2025,,",
)


@pytest.fixture
def bring_in(settings, tmp_path, transactional_db, live_server, open_page, client):
    """A page of a signed-in administrator, in a size."""
    settings.MEDIA_ROOT = tmp_path / "documents"
    member = MembershipFactory(organisation__name="Tarnmoor Health")
    client.force_login(member.contact.user)
    session = client.cookies[django_settings.SESSION_COOKIE_NAME].value

    def opened(size=LAPTOP, *, script=True) -> Page:
        page = open_page(size, base_url=live_server.url, java_script_enabled=script)
        page.context.add_cookies(
            [
                {
                    "name": django_settings.SESSION_COOKIE_NAME,
                    "value": session,
                    "url": live_server.url,
                }
            ]
        )
        page.goto("/imports/")
        return page

    return opened


def choose(page: Page, *, name="contracts.csv", content=b"", files=()) -> None:
    """Choose the file and go to its columns."""
    page.get_by_role("link", name="Bring in contracts").click()
    chosen = files or {"name": name, "mimeType": "text/csv", "buffer": content}
    page.get_by_label("Or a file").set_input_files(chosen)


def picture(page: Page, name: str) -> None:
    """Where somebody asked for them."""
    folder = os.environ.get("PICTURES")
    if folder:
        size = page.viewport_size or {"width": 0}
        page.screenshot(
            path=str(Path(folder) / f"{name}-{size['width']}.png"), full_page=True
        )


def look(page: Page, name: str) -> None:
    """Nothing is wrong for anybody, in light or dark."""
    picture(page, f"light-{name}")
    wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert wide <= 0, f"{name} is {wide} px too wide"
    assert accessibility_faults(page) == []
    assert colour_faults(page, "dark") == []
    picture(page, f"dark-{name}")
    page.emulate_media(color_scheme="light")


@pytest.mark.parametrize("size", [LAPTOP, PHONE])
def test_rows_become_contracts_gaps_are_filled_and_all_is_undone(bring_in, size):
    page = bring_in(size)
    look(page, "0-none")
    choose(page, content=csv_of(*ROWS))
    look(page, "1-file")
    page.get_by_role("button", name="Look at the columns").click()
    look(page, "2-columns")

    page.get_by_role("button", name="Preview the import").click()
    expect(page.get_by_role("heading", name="4 rows read")).to_be_visible()
    look(page, "3-preview")
    page.get_by_role("button", name="Import 2 contracts").click()

    gaps = "2 contracts, 2 in force without notice period"
    expect(page.get_by_role("heading", name=gaps)).to_be_visible()
    look(page, "4-gaps")
    page.get_by_label("Notice period, Theatre cleaning").fill("3")
    page.get_by_role("button", name="Save filled rows").click()
    one = "2 contracts, 1 in force without notice period"
    expect(page.get_by_role("heading", name=one)).to_be_visible()

    page.goto("/imports/")
    look(page, "5-imports")
    page.get_by_role("link", name="contracts.csv").click()
    page.get_by_role("button", name="Undo this import").click()
    expect(page.get_by_role("heading", name="Import undone")).to_be_visible()
    look(page, "6-undone")


def test_what_cannot_be_decided_is_asked_and_nothing_is_lost(bring_in):
    page = bring_in()
    row = "C-1,Hollin Vale,Cleaning,3/4/2026,5/6/2099,1"
    choose(page, content=csv_of(row))
    page.get_by_role("button", name="Look at the columns").click()
    page.get_by_label("Scope").fill("Hospitals")

    page.get_by_role("button", name="Preview the import").click()
    expect(page.locator(".problem")).to_contain_text("Choose how the dates")
    look(page, "7-ambiguous")
    expect(page.get_by_label("Scope")).to_have_value("Hospitals")

    page.get_by_label("Dates are written as").select_option("day/month/year")
    page.get_by_role("button", name="Preview the import").click()
    expect(page.get_by_role("cell", name="3 Apr 2026")).to_be_visible()


def test_a_file_in_other_letters_is_kept_and_read_again(bring_in, open_page):
    page = bring_in()
    content = csv_of("C-1,Zoë Güter,Cleaning,2026-01-01,,1").decode().encode("cp1252")
    choose(page, content=content)
    page.get_by_role("button", name="Look at the columns").click()
    expect(page.locator(".problem")).to_contain_text("is not UTF-8")
    look(page, "8-letters")

    page.get_by_label("Letters are written as").select_option("cp1252")
    page.get_by_role("button", name="Read the file again").click()
    expect(page.get_by_role("cell", name="Zoë Güter")).to_be_visible()


@needs_register
def test_the_public_register_comes_in_without_any_script(bring_in):
    page = bring_in(script=False)
    page.get_by_role("link", name="Bring in contracts").click()
    page.get_by_label("Or a file").set_input_files(REGISTER / "contracts.csv")
    page.get_by_label("Amendments").set_input_files(REGISTER / "amendments.csv")
    page.get_by_role("button", name="Look at the columns").click()
    page.get_by_label("Times are those of").select_option("Australia/Sydney")
    page.locator("[name=currency]").fill("AUD")

    page.get_by_role("button", name="Preview the import").click()
    expect(page.get_by_role("heading", name="600 rows read")).to_be_visible()
    expect(page.get_by_text("A$326,642,649.04")).to_be_visible()
    for name, count in (
        ("Contracts", 600),
        ("Amendments", 64),
        ("Relationships", 548),
        ("Organisations", 538),
    ):
        expect(page.get_by_role("row", name=f"{name} {count} 0 0 0")).to_be_visible()

    page.get_by_role("button", name="Import 600 contracts").click()
    expect(
        page.get_by_role("heading", name=re.compile("600 contracts"))
    ).to_be_visible()
