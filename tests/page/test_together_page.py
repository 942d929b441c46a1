"""In a real browser: several people and one book; what is said elsewhere stands beside it."""

from __future__ import annotations

import json
import re
import urllib.request
from collections.abc import Iterator
from typing import Any

import pytest
from browsing import WEB, Library, accounts, look, shot
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.slow
PASSWORD = "물마루-너머-이어도"  # noqa: S105  # of a library that lives as long as the test
TEXT = "혼저 옵서예. 하영 먹읍서."


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """Serve a library with three people; nothing is ever spoken in it."""
    if not (WEB / "dist" / "index.html").is_file():
        pytest.skip("the page is not built: make page")
    folder = tmp_path_factory.mktemp("together")
    with accounts(folder, PASSWORD, others=("삼춘", "아지망")) as found:
        yield found


def tab(browser: Browser, library: Library, name: str) -> Page:
    """Open a tab of somebody who is logged in."""
    context = browser.new_context(
        viewport={"width": 1280, "height": 900}, base_url=library.address, locale="ko-KR"
    )
    context.set_default_timeout(20_000)
    page = context.new_page()
    page.goto("/")
    page.get_by_label("이름").fill(name)
    page.get_by_label("비밀번호").fill(PASSWORD)
    page.get_by_role("button", name="로그인").click()
    expect(page.get_by_role("heading", name="서재")).to_be_visible()
    return page


def ask(page: Page, method: str, path: str, body: dict[str, Any]) -> Any:
    """Ask the API as whoever uses a tab."""
    return page.evaluate(
        """async ([method, path, body]) => {
            const token = /csrftoken=([^;]+)/.exec(document.cookie)[1];
            const headers = { "Content-Type": "application/json", "X-CSRFToken": token };
            return (await fetch(path, { method, headers, body: JSON.stringify(body) })).json();
        }""",
        [method, path, body],
    )


def corrections(page: Page, book: int) -> Any:
    """Put the first sentence of a book on the desk and unfold what people proposed."""
    page.goto(f"/books/{book}")
    expect(page.locator("[data-segment]").first).to_be_visible()
    page.get_by_role("button", name="고치기").click()
    desk = page.get_by_role("complementary", name="이 문장")
    desk.get_by_text(re.compile("^보내온 고침")).click()
    return desk


def test_corrections_of_several_places_are_voted_for_and_stand_side_by_side(
    browser: Browser, shared: Library
) -> None:
    owner, uncle, aunt = (tab(browser, shared, name) for name in ("할망", "삼춘", "아지망"))
    fields = {"title": "말", "text": TEXT, "language": "jje"}
    book = ask(owner, "POST", "/api/books/", fields)["id"]
    ask(owner, "POST", "/api/books/", {**fields, "title": "다른 책", "text": "어서 혼저 옵서예."})
    share = {"visibility": "public", "licence": "CC BY 4.0"}
    assert ask(owner, "PUT", f"/api/books/{book}/share/", share)["visibility"] == "public"

    desk = corrections(uncle, book)
    for text, region in (("ᄒᆞᆫ저 옵서예.", "구좌읍"), ("ᄒᆞ저 옵서.", "대정읍")):
        desk.get_by_label("바른 제주말").fill(text)
        desk.get_by_label(re.compile("어디 말")).fill(region)
        desk.get_by_role("button", name="고침 보내기").click()
        expect(desk.get_by_text(re.compile(f"나 · {region}"))).to_be_visible()

    desk = corrections(aunt, book)
    first = desk.get_by_role("listitem").filter(has_text="구좌읍")
    first.get_by_role("button", name="찬성", exact=True).click()
    expect(first.get_by_text(re.compile("찬성 1"))).to_be_visible()
    shot(aunt, "votes")

    desk = corrections(owner, book)
    first, second = (
        desk.get_by_role("listitem").filter(has_text=place) for place in ("구좌읍", "대정읍")
    )
    second.get_by_role("button", name="곁에 두기").click()
    expect(second.get_by_text(re.compile("다른 고장 말"))).to_be_visible()
    expect(desk.get_by_role("definition")).to_have_text("ᄒᆞ저 옵서.")
    first.get_by_role("button", name="받아들이기").click()
    expect(owner.locator('[data-segment="0"]')).to_contain_text("ᄒᆞᆫ저 옵서예.")

    # The same words in another book: shown first, changed where they are chosen.
    first.get_by_role("button", name="다른 곳에도").click()
    expect(first.locator("del")).to_have_text("어서 혼저 옵서예.")
    expect(first.locator("ins")).to_have_text("어서 ᄒᆞᆫ저 옵서예.")
    look(owner)
    shot(owner, "everywhere")
    first.get_by_role("button", name="고른 1곳 고치기").click()
    expect(first.get_by_text("1곳을 고쳤습니다.")).to_be_visible()


def test_a_book_taken_down_is_put_back(browser: Browser, shared: Library) -> None:
    owner, admin = tab(browser, shared, "할망"), tab(browser, shared, "삼춘")
    fields = {"title": "다툼", "text": TEXT, "language": "jje"}
    book = ask(owner, "POST", "/api/books/", fields)["id"]
    share = {"visibility": "public", "licence": "CC BY 4.0"}
    ask(owner, "PUT", f"/api/books/{book}/share/", share)
    report = json.dumps({"reason": "rights"}).encode()
    headers = {"Content-Type": "application/json"}
    address = f"{shared.address}/api/books/{book}/report/"
    # A stranger without a session has no CSRF token to send, and needs none.
    with urllib.request.urlopen(urllib.request.Request(address, report, headers)) as answer:
        assert answer.status == 201
    admin.goto("/reports")
    admin.get_by_role("button", name="내리기").click()
    down = admin.locator("section", has=admin.get_by_role("heading", name="내린 책"))
    expect(down.get_by_text("다툼")).to_be_visible()
    look(admin)
    shot(admin, "reports")
    down.get_by_role("button", name="되돌리기").click()
    expect(admin.get_by_role("heading", name="내린 책")).to_have_count(0)
    assert ask(owner, "PUT", f"/api/books/{book}/share/", share)["visibility"] == "public"
