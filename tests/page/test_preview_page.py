"""In a real browser: what a manuscript holds is seen, and chosen from, before a book is made."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from browsing import Library, look, shot
from playwright.sync_api import Page, expect

from bound_books import bound

pytestmark = pytest.mark.slow
STORY = "돌담 위에 새가 앉았다. 바람이 세게 불었다. 아무도 오지 않았다."
ENGLISH = "The wind was cold that night. He went to the island by boat. There was nobody."
IMPRINT = "지은이 고은별\n펴낸곳 바당출판\n펴낸날 2020년 3월 2일\nISBN 979-11-0000-000-0"
INDEX = "돌담, 3, 7\n바람, 12\n새, 4\n섬, 21"
LONG = "아무도 돌아오지 않는 섬에서 바람만 세게 불던 그해 겨울밤의 긴 이야기"
BOOK = (
    ("판권", IMPRINT),
    ("Foreword", ENGLISH),
    *((f"{n}. 마당 {n}", f"{STORY}\n" * 4 + STORY) for n in range(1, 9)),
    (LONG, f"{STORY}\n- 12 -\n{STORY}"),
    ("찾아보기", INDEX),
)
TONGUES = {
    "ko": ("ko-KR", "읽을 장", "책 짓기"),
    "en": ("en-US", "Chapters to read", "Make the book"),
}
WIDTHS = pytest.mark.parametrize(
    "page", [(1280, 860), (360, 780)], indirect=True, ids=["wide", "phone"]
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "바당.epub"
    path.write_bytes(bound(*BOOK))
    return path


@WIDTHS
@pytest.mark.parametrize("tongue", ["ko", "en"])
def test_chapters_of_a_file_are_seen_and_switched_before_a_book_is_made(
    page: Page, library: Library, file: Path, tongue: str
) -> None:
    library.ask("/api/settings/", {"tongue": tongue}, "PATCH")
    width = page.viewport_size["width"] if page.viewport_size else 0
    _, chapters, submit = TONGUES[tongue]
    page.goto("/new")
    page.locator("input[type=file]").set_input_files(file)
    lines = page.get_by_role("group", name=chapters)
    expect(lines.get_by_role("checkbox")).to_have_count(len(BOOK))
    expect(lines.get_by_role("checkbox", name="판권")).not_to_be_checked()
    expect(lines.get_by_role("checkbox", name="찾아보기")).not_to_be_checked()
    expect(lines.get_by_role("checkbox", name="마당 3")).to_be_checked()
    look(page)
    shot(page, f"preview-{tongue}-{width}")

    # By keyboard alone: the English foreword off, the index on.
    lines.get_by_role("checkbox", name="Foreword").focus()
    page.keyboard.press("Space")
    lines.get_by_role("checkbox", name="찾아보기").focus()
    page.keyboard.press("Space")
    page.get_by_role("button", name=submit).click()
    page.wait_for_url(re.compile(r"/books/\d+$"))
    book = library.ask(f"/api/books/{page.url.rpartition('/')[2]}/")
    titles = [one["title"] for one in book["chapters"]]
    assert titles == [title for title, _ in BOOK[2:]]
    library.wait(lambda: library.ask(f"/api/books/{book['id']}/")["status"] == "done")
    page.goto(f"/books/{book['id']}")
    for _ in titles[1:]:
        page.locator(".turn button").last.click()
    expect(page.locator("details.notes", has_text="Foreword").first).to_be_visible()
    expect(page.locator("p.notes").first).to_contain_text("한새벽")
    look(page)
    shot(page, f"preview-kept-{tongue}-{width}")
    library.ask(f"/api/books/{book['id']}/", method="DELETE")
    library.ask("/api/settings/", {"tongue": "ko"}, "PATCH")


@WIDTHS
def test_a_foreign_text_is_asked_about_and_jeju_is_called_so(page: Page, library: Library) -> None:
    page.goto("/new")
    text = page.get_by_label("글", exact=True)
    text.fill(ENGLISH)
    question = page.get_by_role("group", name=re.compile("외국어 문장이 100%"))
    expect(question).to_be_visible()
    page.get_by_role("button", name="책 짓기").click()
    expect(page.get_by_role("alert")).to_contain_text("먼저 골라 주세요")
    look(page)
    shot(page, f"preview-foreign-{page.viewport_size and page.viewport_size['width']}")

    text.fill("혼저 옵서예. 이디 왕 호꼼 쉬엉 갑서. 바당이 막 곱닥헌게마씸.")
    expect(page.get_by_text("제주말 글로 보입니다.")).to_be_visible()
    look(page)
    shot(page, f"preview-jeju-{page.viewport_size and page.viewport_size['width']}")
    page.get_by_role("button", name="한국어 글로 읽기").click()
    expect(page.get_by_label("한국어 글")).to_be_checked()
    page.get_by_role("button", name="책 짓기").click()
    page.wait_for_url(re.compile(r"/books/\d+$"))
    book = library.ask(f"/api/books/{page.url.rpartition('/')[2]}/")
    assert book["language"] == "ko"
    library.ask(f"/api/books/{book['id']}/", method="DELETE")
