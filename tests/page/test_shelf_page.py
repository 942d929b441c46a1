"""In a real browser: small screens, a library to come back to, words that are pressed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from browsing import Library, look, shot
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.slow
NARROW = pytest.mark.parametrize("page", [(320, 640)], ids=["320"], indirect=True)
PHONE = pytest.mark.parametrize("page", [(390, 844)], ids=["phone"], indirect=True)
MOST_SHIFT = 0.05
MOST_MS = 200
# What moved under a reader's eyes, and when the first sound after a press began.
_WATCH = """
window.shift = 0;
new PerformanceObserver((list) => {
    for (const one of list.getEntries()) if (!one.hadRecentInput) window.shift += one.value;
}).observe({ type: "layout-shift", buffered: true });
window.heard = [];
const plain = HTMLMediaElement.prototype.play;
HTMLMediaElement.prototype.play = function () {
    this.addEventListener("playing", () => window.heard.push(performance.now()), { once: true });
    return plain.call(this);
};
document.addEventListener("pointerdown", () => { window.pressed = performance.now(); }, true);
"""


@pytest.fixture(scope="module")
def book(library: Library) -> Iterator[int]:
    """Return a finished book."""
    text = "설문대할망이 바다를 건넜습니다. 바람이 세게 불었습니다.\n\n눈이 왔습니다."
    made = library.ask("/api/books/?wait=90", {"title": "설문대할망", "text": text})
    number = int(made["id"])
    yield number
    library.ask(f"/api/books/{number}/", method="DELETE")


@NARROW
def test_nothing_is_cut_off_on_the_narrowest_screen(page: Page, book: int) -> None:
    for path in ("/", "/new", f"/books/{book}"):
        page.goto(path)
        page.wait_for_selector("h1")
        look(page)
        brand = page.locator(".brand span").bounding_box()
        assert brand is not None
        assert brand["height"] < 40, "the name of the house is broken into lines"
        shot(page, f"narrow{path.replace('/', '-')}")
    clock = page.locator(".player-time").bounding_box()
    assert clock is not None
    assert clock["x"] >= 0
    assert clock["x"] + clock["width"] <= 320


@PHONE
def test_a_short_title_stands_whole_in_the_toolbar_of_a_phone(page: Page, book: int) -> None:
    page.goto(f"/books/{book}")
    title = page.locator(".toolbar-title")
    expect(title).to_be_visible()
    assert title.evaluate("one => one.scrollWidth <= one.clientWidth")
    small = page.evaluate(
        "[...document.querySelectorAll('.toolbar .tool')].filter((one) => one.offsetWidth)"
        ".filter((one) => one.offsetWidth < 44 || one.offsetHeight < 44).length"
    )
    assert small == 0


@PHONE
def test_pages_do_not_shift_while_they_come(page: Page, book: int) -> None:
    page.add_init_script(_WATCH)
    told = []
    for path in ("/", "/new", f"/books/{book}"):
        page.goto(path)
        page.wait_for_selector("h1")
        page.wait_for_load_state("networkidle")
        page.wait_for_timeout(1000)
        told.append((path, round(float(page.evaluate("window.shift")), 3)))
    print("layout shift:", ", ".join(f"{path} {shift}" for path, shift in told))
    assert max(shift for _, shift in told) <= MOST_SHIFT


def test_a_pressed_word_is_heard_at_once(page: Page, said: list[str], book: int) -> None:
    page.add_init_script(_WATCH)
    page.goto(f"/books/{book}")
    sentence = page.locator('.jeju [data-segment="1"]')
    expect(sentence).to_be_visible()
    page.wait_for_load_state("networkidle")
    card = page.get_by_role("complementary", name="낱말", exact=True)
    # Each sentence has a sound of its own to fetch; other work of the machine delays one or two.
    took = []
    for other in (0, 2, 1):
        page.evaluate("window.heard = []")
        page.locator(f'.jeju [data-segment="{other}"]').click(position={"x": 12, "y": 18})
        expect(card).to_be_visible()
        page.wait_for_function("() => window.heard.length > 0")
        took.append(float(page.evaluate("window.heard[0] - window.pressed")))
    told = ", ".join(f"{one:.0f}" for one in took)
    print(f"word pressed to its sound: {told} ms (bar {MOST_MS} ms for the quickest)")
    # The bar is for a quiet machine; one that runs the whole suite gets twice that.
    assert min(took) <= 2 * MOST_MS
    expect(sentence.locator(".lit")).to_have_count(1)
    look(page)
    shot(page, "word")
    # A service without a lexicon says so on the console; the card shows the rest.
    assert all("404" in one for one in said)
    said.clear()


def test_a_book_is_heard_on_the_other_pages_and_gone_on_with_from_the_library(
    page: Page, library: Library, book: int
) -> None:
    page.goto(f"/books/{book}")
    expect(page.locator('[data-segment="0"][data-made]')).to_be_visible()
    page.get_by_role("button", name="듣기", exact=True).click()
    page.get_by_role("link", name="서재로").click()
    small = page.get_by_role("complementary", name="듣고 있는 책")
    expect(small).to_be_visible()
    look(page)
    shot(page, "small-player")
    small.get_by_role("button", name="그만 듣기").click()
    expect(small).to_have_count(0)
    # Meanwhile a book as short as this one may have been heard to its end.
    first = library.ask(f"/api/books/{book}/segments/")["results"][0]["id"]
    path = f"/api/books/{book}/position/"
    known = library.wait(lambda: library.ask(path))["version"]
    place = {"segment": first, "audio_ms": 0, "client_time": "2026-01-01T00:00:00Z"}
    library.ask(path, {**place, "based_on": known}, "PUT")
    page.reload()
    begun = page.get_by_role("region", name="이어 듣기")
    expect(begun).to_be_visible()
    begun.get_by_role("button").click()
    expect(page.get_by_role("button", name="멈추기")).to_be_visible()


def test_a_search_leads_to_the_sentence_that_was_sought(page: Page, book: int) -> None:
    page.goto("/")
    page.get_by_role("searchbox").fill("눈이")
    card = page.locator(".card")
    expect(card.locator(".card-found")).to_contain_text("눈이 왔습니다.")
    look(page)
    card.get_by_role("link").click()
    expect(page.locator('[data-segment="2"][data-current]')).to_be_visible()


def test_a_cover_is_drawn_and_what_is_said_of_a_book_is_changed(
    page: Page, library: Library, book: int
) -> None:
    page.goto("/")
    picture = page.locator(".card img.cover")
    expect(picture).to_be_visible()
    page.wait_for_function("() => document.querySelector('.card img.cover').naturalWidth === 800")
    page.goto(f"/books/{book}")
    page.get_by_text("책 소개 고치기").click()
    page.get_by_label("지은이").fill("고은실")
    page.get_by_label("꼬리표").fill("민담, 바다")
    form = page.locator("details.details form")
    form.get_by_role("button", name="저장하기").click()
    expect(page.get_by_text("저장했습니다.")).to_be_visible()
    look(page)
    shot(page, "details")
    assert library.ask(f"/api/books/{book}/")["tags"] == ["민담", "바다"]
