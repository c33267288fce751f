"""The shell and every component in a real browser: rules, keys, widths, paper."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browsing import accessibility_faults, colour_faults
from tests.factories import OrganisationFactory

pytestmark = [pytest.mark.browser]

PAGES = [
    "/",
    "/charts/",
    "/form/",
    "/public/",
    "/page/404/",
    "/page/403/",
    "/page/500/",
]
WIDE, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}


@pytest.fixture
def site(settings, transactional_db, live_server) -> str:
    # An empty installation would send every stranger to its first run.
    OrganisationFactory()
    settings.ROOT_URLCONF = "tests.styleguide.urls"
    folders = [*settings.TEMPLATES[0]["DIRS"], settings.BASE_DIR / "tests/styleguide"]
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": folders}]
    return live_server.url


@pytest.fixture
def context(chromium: Browser, site: str) -> Iterator[BrowserContext]:
    made = chromium.new_context(viewport=WIDE, base_url=site)
    yield made
    made.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A page that fails the test on anything the console complains about."""
    said: list[str] = []
    page = context.new_page()
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    yield page
    # The browser notes every answer with an error status; 422 is how a form answers.
    assert [line for line in said if "status of 422" not in line] == []


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
def test_no_page_breaks_a_rule_of_accessibility(page: Page, size):
    page.set_viewport_size(size)
    broken = {}
    for path in PAGES:
        page.emulate_media(color_scheme="light")
        page.goto(path)
        broken[path] = accessibility_faults(page) + colour_faults(page, "dark")
    assert broken == {path: [] for path in PAGES}


@pytest.mark.parametrize("width", [320, 360, 768, 1024, 1280, 1920])
def test_no_page_scrolls_sideways(page: Page, width: int):
    page.set_viewport_size({"width": width, "height": 800})
    for path in PAGES:
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path


def test_twice_the_text_size_still_fits(page: Page):
    for path in PAGES:
        page.goto(path)
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        assert page.evaluate("document.documentElement.scrollWidth") <= 1440, path


def test_the_skip_link_comes_first_and_leads_to_the_content(page: Page):
    page.goto("/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to main content")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()


def test_the_palette_opens_finds_and_goes(page: Page):
    page.goto("/charts/")
    page.keyboard.press("Control+k")
    box = page.get_by_role("combobox", name="Search or jump to")
    expect(box).to_be_focused()
    box.fill("ho")
    expect(page.get_by_role("option")).to_have_count(3)
    expect(page.get_by_role("option").nth(0)).to_have_attribute("aria-selected", "true")
    page.keyboard.press("ArrowDown")
    expect(box).to_have_attribute("aria-activedescendant", "found-1")
    assert accessibility_faults(page) == []
    page.keyboard.press("Escape")
    expect(page.locator("#palette")).not_to_be_visible()


def test_escape_returns_the_focus_to_where_it_was(page: Page):
    page.goto("/charts/")
    page.get_by_role("link", name="Search or jump to").press("Enter")
    expect(page.get_by_role("combobox", name="Search or jump to")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("link", name="Search or jump to")).to_be_focused()


def test_single_keys_work_outside_inputs_only(page: Page):
    page.goto("/")
    page.keyboard.press("l")
    text = page.get_by_label("What was said")
    expect(text).to_be_focused()
    before = text.input_value()
    page.keyboard.type("l/?")
    expect(text).to_have_value(before + "l/?")
    text.blur()
    page.keyboard.press("?")
    expect(page.get_by_role("heading", name="Keyboard")).to_be_visible()


def test_single_keys_can_be_switched_off(page: Page):
    page.goto("/")
    page.evaluate("document.documentElement.dataset.shortcuts = 'off'")
    page.keyboard.press("?")
    expect(page.locator("#shortcuts")).not_to_be_visible()


def test_j_and_k_walk_through_a_list(page: Page):
    page.goto("/")
    first = page.get_by_role("link", name="Quillbrook Foods").last
    first.focus()
    page.keyboard.press("j")
    expect(page.get_by_role("link", name=re.compile("Ravenmere"))).to_be_focused()
    page.keyboard.press("k")
    expect(first).to_be_focused()


def test_a_menu_opens_by_key_and_closes_by_escape(page: Page):
    page.goto("/")
    summary = page.locator("summary", has_text="").nth(1)
    summary.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Edit relationship")).to_be_visible()
    assert accessibility_faults(page) == []
    page.keyboard.press("Escape")
    expect(page.get_by_role("link", name="Edit relationship")).not_to_be_visible()


def test_the_theme_switch_holds_over_a_reload(page: Page):
    page.emulate_media(color_scheme="light")
    page.goto("/")
    page.get_by_role("button", name="Switch light and dark").click()
    expect(page.locator("html")).to_have_attribute("data-bs-theme", "dark")
    page.reload()
    expect(page.locator("html")).to_have_attribute("data-bs-theme", "dark")


def test_a_theme_kept_with_the_user_wins_over_an_older_choice_here(page: Page):
    page.emulate_media(color_scheme="light")
    page.goto("/")
    page.get_by_role("button", name="Switch light and dark").click()
    page.goto("/?theme=light")
    expect(page.locator("html")).to_have_attribute("data-bs-theme", "light")


def test_the_rest_of_the_navigation_opens_as_a_sheet_on_a_phone(page: Page):
    page.set_viewport_size(PHONE)
    page.goto("/")
    page.get_by_role("link", name="More").click()
    contracts = page.locator("#rail").get_by_role("link", name="Contracts")
    expect(contracts).to_be_visible()
    expect(page.get_by_role("heading", level=1)).not_to_be_visible()
    assert accessibility_faults(page) == []
    page.keyboard.press("Escape")
    expect(contracts).not_to_be_visible()


def test_after_an_error_the_summary_has_the_focus_and_leads_to_the_field(page: Page):
    page.goto("/form/")
    page.get_by_label("Their reference").fill("HV-17")
    page.get_by_role("button", name="Save contract").click()
    expect(page).to_have_title("Error: Add a contract - Relman")
    expect(page.locator(".problem")).to_be_focused()
    expect(page.get_by_label("Their reference")).to_have_value("HV-17")
    assert accessibility_faults(page) == []
    page.locator(".problem a[href='#id_kind_0']").click()
    expect(page.get_by_label("The owner", exact=True)).to_be_focused()
    expect(page.get_by_text("Tell", exact=True)).to_be_in_viewport()


def test_control_enter_sends_the_form_in_focus(page: Page):
    page.goto("/form/")
    page.get_by_label("Title").press("Control+Enter")
    expect(page).to_have_title("Error: Add a contract - Relman")


def test_focus_is_never_hidden_behind_the_bar_of_a_phone(page: Page):
    page.set_viewport_size(PHONE)
    page.goto("/form/")
    bar = page.locator(".tabbar").bounding_box()["y"]
    for _ in range(30):
        page.keyboard.press("Tab")
        box = page.evaluate(
            "(() => { const e = document.activeElement; if (e.closest('.tabbar, .rail')"
            " || e === document.body) return null;"
            " return e.getBoundingClientRect().top })()"
        )
        assert box is None or box < bar


def test_a_page_works_without_script(chromium: Browser, site: str):
    context = chromium.new_context(java_script_enabled=False, viewport=PHONE)
    page = context.new_page()
    page.goto(site)
    page.get_by_role("link", name="More").click()
    expect(page.locator("#rail").get_by_role("link", name="Contracts")).to_be_visible()
    assert page.locator("[data-palette]").get_attribute("href") == "/search/"
    assert page.locator(".tabbar [data-log]").get_attribute("href") == "/log/"
    context.close()


def test_the_rail_of_dates_is_one_list_at_a_time(page: Page):
    page.goto("/charts/")
    expect(page.locator(".rl .across")).to_be_visible()
    expect(page.locator(".rl .down")).not_to_be_visible()
    page.set_viewport_size(PHONE)
    expect(page.locator(".rl .across")).not_to_be_visible()
    expect(page.locator(".rl .down")).to_be_visible()


def test_labels_of_the_rail_do_not_cover_each_other(page: Page):
    for width in (1100, 1280, 1440, 1920):
        page.set_viewport_size({"width": width, "height": 900})
        page.goto("/charts/")
        if not page.locator(".rl .across").is_visible():
            continue
        boxes = page.evaluate(
            "[...document.querySelectorAll('.rl .words')].map(e => { const r ="
            " document.createRange(); r.selectNodeContents(e);"
            " const b = r.getBoundingClientRect();"
            " return [b.left, b.top, b.right, b.bottom] })"
        )
        for index, one in enumerate(boxes):
            for other in boxes[index + 1 :]:
                apart = (
                    one[2] <= other[0]
                    or other[2] <= one[0]
                    or one[3] <= other[1]
                    or other[3] <= one[1]
                )
                assert apart, (width, one, other)


def test_paper_shows_the_content_alone_and_in_light(page: Page):
    page.emulate_media(media="print", color_scheme="dark")
    page.goto("/charts/")
    expect(page.locator(".rail")).not_to_be_visible()
    expect(page.locator(".top")).not_to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    ink = page.evaluate("getComputedStyle(document.querySelector('h1')).color")
    assert ink == "rgb(31, 26, 36)"
