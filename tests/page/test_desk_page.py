"""In a real browser: a sentence is corrected and undone, a link opens a book for a stranger."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from browsing import WEB, Library, accounts
from playwright.sync_api import Browser, Page, expect

from kosorong.audio.wav import wav_bytes

pytestmark = pytest.mark.slow
WIDTHS = pytest.mark.parametrize(
    "page", [(1280, 860), (390, 844)], indirect=True, ids=["wide", "phone"]
)
PASSWORD = "물마루-너머-이어도"  # noqa: S105  # of a library that lives as long as the test


@pytest.fixture
def book(library: Library) -> int:
    """Return a finished book."""
    made = library.ask("/api/books/", {"title": "바람", "text": "바람이 분다. 눈이 온다."})
    library.wait(lambda: library.ask(f"/api/books/{made['id']}/")["status"] == "done")
    return int(made["id"])


def open_desk(page: Page, book: int) -> None:
    page.goto(f"/books/{book}")
    expect(page.locator("[data-segment]").first).to_be_visible()
    page.get_by_role("button", name="고치기").click()


@WIDTHS
def test_a_sentence_is_corrected_marked_and_undone(page: Page, library: Library, book: int) -> None:
    open_desk(page, book)
    desk = page.get_by_role("complementary", name="이 문장")
    text = desk.get_by_label("바른 제주말")
    before = text.input_value()
    text.fill("ㅂㆍ름이 불엄저.")
    desk.get_by_label("마을").fill("하도리")
    desk.get_by_role("button", name="고치기").click()
    expect(page.locator('[data-segment="0"]')).to_contain_text("ᄇᆞ름이 불엄저.")
    library.wait(lambda: library.ask(f"/api/books/{book}/")["status"] == "done")

    desk.get_by_text("책갈피", exact=True).click()
    desk.get_by_label("적어 두기").fill("고친 곳")
    desk.get_by_role("button", name="책갈피 꽂기").click()
    expect(desk.get_by_role("button", name="1번째 문장")).to_be_visible()

    desk.get_by_text("고친 자취").click()
    desk.get_by_role("button", name="마지막 고침 되돌리기").click()
    expect(page.locator('[data-segment="0"]')).to_contain_text(before)
    page.evaluate((WEB / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8"))
    found = page.evaluate("axe.run().then(({violations}) => violations.map(v => v.id))")
    assert found == []
    wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert wide <= 0


@WIDTHS
def test_a_recording_takes_a_sentences_place(
    page: Page, library: Library, book: int, tmp_path: Path
) -> None:
    import numpy as np

    noise = np.random.default_rng(1).normal(0, 0.1, 66_150).astype(np.float32)
    (tmp_path / "말.wav").write_bytes(wav_bytes(noise, 22_050))
    open_desk(page, book)
    desk = page.get_by_role("complementary", name="이 문장")
    desk.get_by_text("내 목소리로").click()
    desk.get_by_label("소리 파일 고르기").set_input_files(tmp_path / "말.wav")
    desk.get_by_label("읽은 사람").fill("할망")
    desk.get_by_label(re.compile("동의합니다$")).check()
    desk.get_by_role("button", name="이 목소리로 바꾸기").click()
    expect(desk.get_by_text("사람이 읽은 문장입니다.")).to_be_visible()
    desk.get_by_role("button", name="동의를 거두고").click()
    expect(desk.get_by_text("사람이 읽은 문장입니다.")).to_have_count(0)
    rows = library.ask(f"/api/books/{book}/segments/")["results"]
    assert not rows[0]["human"]


@WIDTHS
def test_a_term_shows_what_it_changes_before_it_is_kept(
    page: Page, library: Library, book: int
) -> None:
    page.goto("/")
    page.get_by_role("link", name="낱말 사전").click()
    part = page.get_by_role("region", name="옮기는 말")
    part.get_by_label("한국말").fill("바람")
    part.get_by_label("제주말").fill("ᄇᆞ름")
    part.get_by_role("button", name="바뀔 곳 보기").click()
    expect(part.get_by_role("status")).to_contain_text("바람이 분다.")
    part.get_by_role("button", name="이렇게 옮기기").click()
    expect(part.get_by_text("바람 → ᄇᆞ름")).to_be_visible()
    assert [row["jeju"] for row in library.ask("/api/terms/")["results"]] == ["ᄇᆞ름"]
    library.wait(lambda: library.ask(f"/api/books/{book}/")["status"] == "done")
    part.get_by_role("button", name="‘바람’ 빼기").click()
    expect(part.get_by_text("아직 없습니다.")).to_be_visible()
    assert library.ask("/api/terms/")["count"] == 0


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """Serve a library with accounts; nothing is ever spoken in it."""
    if not (WEB / "dist" / "index.html").is_file():
        pytest.skip("the page is not built: make page")
    with accounts(tmp_path_factory.mktemp("sharing"), PASSWORD) as found:
        yield found


def test_a_link_opens_a_book_for_a_stranger_until_it_is_revoked(
    browser: Browser, shared: Library
) -> None:
    def tab() -> Page:
        context = browser.new_context(base_url=shared.address, locale="ko-KR")
        context.set_default_timeout(20_000)
        return context.new_page()

    owner, stranger = tab(), tab()
    owner.goto("/")
    owner.get_by_label("이름").fill("할망")
    owner.get_by_label("비밀번호").fill(PASSWORD)
    owner.get_by_role("button", name="로그인").click()
    owner.get_by_role("link", name="새 책 짓기").first.click()
    owner.get_by_label("글", exact=True).fill("혼저 옵서예. 하영 먹읍서.")
    owner.get_by_label("제주말 글").check()
    owner.get_by_role("button", name="책 짓기").click()
    owner.wait_for_url(re.compile(r"/books/\d+$"))
    owner.get_by_role("button", name="함께 보기", exact=True).click()
    owner.get_by_label("링크를 가진 사람").check()
    owner.get_by_role("button", name="저장하기").click()
    link = owner.get_by_label("링크", exact=True).input_value()

    stranger.goto(owner.url)
    expect(stranger.get_by_role("heading", name="로그인")).to_be_visible()
    stranger.goto(link)
    expect(stranger.locator("[data-segment]").first).to_contain_text("혼저 옵서예.")
    expect(stranger.get_by_role("button", name="고치기")).to_have_count(0)
    stranger.locator("summary", has_text="신고하기").click()
    stranger.get_by_role("button", name="신고 보내기").click()
    expect(stranger.get_by_text("운영자가 살펴봅니다")).to_be_visible()

    owner.goto("/reports")
    expect(owner.get_by_text("로그인하지 않은 사람")).to_be_visible()
    owner.get_by_role("button", name="내리기").click()
    expect(owner.get_by_text("살펴볼 신고가 없습니다.")).to_be_visible()
    stranger.reload()
    expect(stranger.get_by_role("heading", name="로그인")).to_be_visible()
    stranger.goto(link)
    expect(stranger.get_by_text("열리지 않는 링크입니다")).to_be_visible()
