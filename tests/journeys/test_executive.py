"""An executive reads the portfolio and follows each figure to the rows it counts."""

import re

import pytest
from playwright.sync_api import expect

from engagements.demo.actions import DEMO_PASSWORD, address
from tests.browsing import accessibility_faults

pytestmark = [pytest.mark.browser]


@pytest.fixture
def portfolio(demo, live_server, open_page):
    """The portfolio of the demo's executive, who signed in by hand."""
    page = open_page(base_url=live_server.url)
    page.goto("/portfolio/")
    page.get_by_label("E-mail address").fill(address("Ingrid Sørensen"))
    page.get_by_label("Password", exact=True).fill(DEMO_PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Portfolio")
    return page


def test_each_figure_opens_the_list_it_counts(portfolio):
    figures = portfolio.locator("main a[href*='view=']")
    links = [
        (link.get_attribute("href"), int(link.inner_text())) for link in figures.all()
    ]
    views = {re.search(r"view=([\w-]+)", href)[1] for href, _count in links}
    assert {"notice", "silent", "never", "late-client", "late-supplier"} <= views
    assert sum(count for _href, count in links) > 0

    for href, count in links:
        portfolio.locator(f"main a[href='{href}']").first.click()
        said = portfolio.locator("#list").get_by_role("status").inner_text()
        assert int(said.split()[0]) == count, href
        assert portfolio.locator("#list tbody tr").count() == count, href
        portfolio.go_back()


def test_what_needs_attention_is_one_click_from_its_relationship(portfolio):
    first = portfolio.locator(".att li").first
    name = first.get_by_role("link").inner_text()
    # A reason in words, and who does what next.
    expect(first.locator(".why")).to_have_text(re.compile(r"\w.*\."))
    expect(first.locator(".nx")).not_to_be_empty()

    first.get_by_role("link").click()

    expect(portfolio.get_by_role("heading", level=1)).to_contain_text(name)
    assert accessibility_faults(portfolio) == []


def test_the_contracts_of_18_months_are_listed_by_deadline(portfolio):
    bars = portfolio.get_by_role("region", name="Notice deadlines, next 18 months")
    shown = bars.locator("a[href^='/contracts/']").filter(has_not_text="All of them")
    title = shown.first.inner_text().strip()

    bars.get_by_role("link", name="All of them").click()

    expect(portfolio.locator("#list tbody tr").first).to_contain_text(title)
