"""In a real browser: a book of many thousand sentences is opened, jumped in and scrolled."""

from __future__ import annotations

import os
import time

import pytest
from browsing import Library, look, shot
from long_book import long_book
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.slow
SENTENCES = int(os.environ.get("KOSORONG_LONG", "3000"))
MOST_NODES, MOST_REQUESTS = 1500, 6
_TASKS = """
window.tasks = [];
new PerformanceObserver((list) => {
    for (const one of list.getEntries()) window.tasks.push(one.duration);
}).observe({ type: "longtask", buffered: true });
"""


def nodes(page: Page) -> int:
    return int(page.evaluate("document.querySelectorAll('*').length"))


def test_a_long_book_opens_jumps_and_scrolls_by_window(page: Page, library: Library) -> None:
    book = long_book(library, SENTENCES)
    asked: list[str] = []
    page.add_init_script(_TASKS)
    page.on("request", lambda one: asked.append(one.url) if "/api/" in one.url else None)
    told = []

    begin = time.monotonic()
    page.goto(f"/books/{book}")
    expect(page.locator('[data-segment="0"]')).to_be_visible()
    told.append(("open", time.monotonic() - begin))
    page.wait_for_load_state("networkidle")
    opening = [one for one in asked if "/audio/" not in one]
    assert len(opening) <= MOST_REQUESTS, "\n".join(opening)
    assert nodes(page) <= MOST_NODES

    # By the clock: four fifths of the book.
    begin = time.monotonic()
    seek = page.get_by_role("slider", name="들을 곳")
    most = int(seek.get_attribute("max") or 0)
    assert most > SENTENCES * 0.2
    seek.fill(str(most * 4 // 5))
    expect(page.locator("[data-segment][data-current]").first).to_be_in_viewport()
    told.append(("jump", time.monotonic() - begin))
    here = int(page.locator("[data-current]").first.get_attribute("data-segment") or 0)
    assert here > SENTENCES * 0.7
    shot(page, "long")

    # With the wheel, far and near: there is always text, and it goes on where it was.
    for move in (400, 900, -700, 3000, -20_000, 60_000):
        page.mouse.move(600, 400)
        page.mouse.wheel(0, move)
        page.wait_for_timeout(250)
    page.wait_for_function(
        "() => [...document.querySelectorAll('[data-segment]')].some((one) => {"
        " const { top, bottom } = one.getBoundingClientRect();"
        " return bottom > 0 && top < innerHeight; })"
    )
    assert nodes(page) <= MOST_NODES
    tasks = page.evaluate("window.tasks")
    print(
        f"{SENTENCES} sentences: "
        + ", ".join(f"{name} {seconds:.2f} s" for name, seconds in told)
        + f", {len(opening)} requests to open, {nodes(page)} nodes,"
        f" longest task {max(tasks, default=0):.0f} ms"
    )
    look(page)


def test_what_one_reads_stays_where_it_is_when_letters_grow(page: Page, library: Library) -> None:
    book = long_book(library, 300, "덜 긴 책")
    page.goto(f"/books/{book}")
    expect(page.locator('[data-segment="0"]')).to_be_visible()
    page.mouse.move(600, 400)
    page.mouse.wheel(0, 2500)
    page.wait_for_timeout(400)
    first = """() => {
        const all = [...document.querySelectorAll('[data-segment]')];
        const one = all.find((one) => one.getBoundingClientRect().bottom > 0);
        return [Number(one.dataset.segment), one.getBoundingClientRect().top];
    }"""
    index, top = page.evaluate(first)
    page.get_by_role("button", name="보는 법").click()
    page.get_by_role("button", name="글자 크게").click()
    page.wait_for_timeout(300)
    now = page.locator(f'[data-segment="{index}"]').bounding_box()
    assert now is not None
    assert abs(now["y"] - top) < 3
