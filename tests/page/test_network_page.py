"""In a real browser: the network goes and comes back, and a new build lies under an open tab."""

from __future__ import annotations

import pytest
from browsing import Library, look
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.slow
AWAY = "화면의 파일을 받지 못했습니다"


@pytest.fixture
def book(library: Library) -> int:
    """Return a finished book."""
    made = library.ask("/api/books/?wait=60", {"title": "바람", "text": "바람이 분다. 눈이 온다."})
    return int(made["id"])


def test_a_page_that_did_not_come_keeps_the_header_and_comes_when_the_network_is_back(
    page: Page, said: list[str], book: int
) -> None:
    page.goto("/")
    link = page.locator(f'a[href="/books/{book}"]')
    expect(link).to_be_visible()
    page.context.set_offline(True)
    link.click()
    expect(page.get_by_role("alert")).to_contain_text(AWAY)
    expect(page.get_by_role("banner")).to_be_visible()
    page.context.set_offline(False)
    expect(page.locator("[data-segment]").first).to_be_visible()
    assert said
    said.clear()
    look(page)


def test_a_tab_of_an_older_build_is_loaded_anew_where_it_wanted_to_go(
    page: Page, said: list[str], book: int
) -> None:
    page.goto("/")
    link = page.locator(f'a[href="/books/{book}"]')
    expect(link).to_be_visible()
    # What a service says after an upgrade: this file is gone, and the page names others.
    page.evaluate("document.querySelector('script[type=module]').setAttribute('src', '/old.js')")
    page.route("**/BookRoute-*.js", lambda route: route.fulfill(status=404), times=1)
    with page.expect_event("load", timeout=30_000):
        link.click()
    expect(page.locator("[data-segment]").first).to_be_visible()
    said.clear()


def test_a_book_that_did_not_come_comes_by_itself(page: Page, said: list[str], book: int) -> None:
    page.goto(f"/books/{book}")
    expect(page.locator("[data-segment]").first).to_be_visible()
    page.get_by_role("link", name="서재로").first.click()
    expect(page.locator(f'a[href="/books/{book}"]')).to_be_visible()
    page.context.set_offline(True)
    page.locator(f'a[href="/books/{book}"]').click()
    expect(page.get_by_role("alert")).to_be_visible()
    page.context.set_offline(False)
    expect(page.locator("[data-segment]").first).to_be_visible()
    said.clear()
