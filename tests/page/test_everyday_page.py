"""In a real browser: what people choose follows them, a microphone, a chapter read by oneself."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest
from browsing import Library, look, shot
from playwright.sync_api import Browser, Page, expect

from kosorong.audio.wav import wav_bytes
from kosorong.training.corpora.parallel import read_manifest
from kosorong.training.corpora.texts import import_corrections

pytestmark = pytest.mark.slow
RATE = 22_050
DEFAULTS = {"tongue": "ko", "theme": "system", "speed": 1, "size": 2, "spelling": "araea"}


def finished(library: Library, text: str, title: str = "바람") -> int:
    made = library.ask("/api/books/?wait=60", {"title": title, "text": text})
    assert made["status"] == "done"
    return int(made["id"])


def test_what_one_chooses_follows_to_another_device(
    page: Page, browser: Browser, library: Library
) -> None:
    book = finished(library, "바람이 분다. 눈이 온다.")
    page.goto(f"/books/{book}")
    page.get_by_role("button", name=re.compile("^듣는 법")).click()
    page.get_by_role("slider", name="빠르기").fill("1.3")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="보는 법").click()
    page.get_by_role("button", name="글자 크게").click()
    page.keyboard.press("Escape")
    page.get_by_role("button", name=re.compile("^화면 밝기")).click()
    page.get_by_role("button", name=re.compile("^화면 밝기: 밝게")).click()
    page.goto("/new")
    page.get_by_label("오늘날 글자로").check()
    expect(page.locator("html")).to_have_attribute("style", re.compile("dark"))
    look(page)
    shot(page, "new-book")
    chosen = {"speed": 1.3, "theme": "dark", "spelling": "modern"}
    library.wait(lambda: library.ask("/api/settings/") == chosen)

    phone = browser.new_context(
        viewport={"width": 390, "height": 844}, base_url=library.address, locale="ko-KR"
    )
    other = phone.new_page()
    other.goto(f"/books/{book}")
    expect(other.get_by_role("button", name="듣는 법 1.3×")).to_be_visible()
    expect(other.locator("html")).to_have_attribute("style", re.compile("color-scheme: dark"))
    # Large letters are this device's: the other screen has its own.
    assert page.evaluate("localStorage.getItem('kosorong.size')") == "3"
    assert other.locator(".reader").get_attribute("data-size") == "2"
    shot(other, "reader-dark-phone")
    other.goto("/new")
    expect(other.get_by_label("오늘날 글자로")).to_be_checked()
    phone.close()
    library.ask("/api/settings/", DEFAULTS, "PATCH")


def test_a_place_follows_to_another_device_and_the_newer_one_is_offered(
    page: Page, browser: Browser, library: Library
) -> None:
    book = finished(library, "바람이 분다. 눈이 온다. 바다가 깊다.")
    page.goto(f"/books/{book}")
    expect(page.locator('[data-segment="0"][data-current]')).to_be_visible()

    context = browser.new_context(base_url=library.address, locale="ko-KR")
    other = context.new_page()
    # A clock that is behind: what was heard here is older than what the service has.
    other.clock.set_fixed_time("2026-01-01T00:00:00Z")
    other.goto(f"/books/{book}")
    expect(other.locator('[data-segment="0"][data-current]')).to_be_visible()

    page.get_by_role("button", name="다음 문장").click()
    page.get_by_role("button", name="다음 문장").click()
    place = f"/api/books/{book}/position/"
    last = library.ask(f"/api/books/{book}/segments/")["results"][2]["id"]
    library.wait(lambda: library.ask(place)["segment"] == last)

    other.get_by_role("button", name="다음 문장").click()
    expect(other.get_by_text("다른 기기에서 들은 곳이 있습니다.")).to_be_visible()
    shot(other, "elsewhere")
    other.get_by_role("button", name="그곳으로 가기").click()
    expect(other.locator('[data-segment="2"][data-current]')).to_be_visible()
    other.reload()
    expect(other.locator('[data-segment="2"][data-current]')).to_be_visible()
    context.close()


def test_a_sentence_is_found_by_either_language_and_gone_to(page: Page, library: Library) -> None:
    book = finished(library, "바람이 분다. 눈이 온다. 바다가 깊다.")
    page.goto(f"/books/{book}")
    page.get_by_role("button", name="이 책에서 찾기").click()
    page.get_by_role("searchbox").fill("눈이")
    expect(page.get_by_text("1문장", exact=True)).to_be_visible()
    look(page)
    shot(page, "find")
    page.get_by_role("search").get_by_role("listitem").get_by_role("button").click()
    expect(page.locator('[data-segment="1"][data-current]')).to_be_visible()
    expect(page.get_by_role("searchbox")).to_have_count(0)


def test_the_microphone_takes_a_sentences_place(page: Page, library: Library) -> None:
    page.add_init_script(
        """MediaRecorder = class extends MediaRecorder {
            constructor(...given) {
                super(...given);
                this.addEventListener("stop", () => { window.recorded = this.mimeType; });
            }
        };"""
    )
    book = finished(library, "바람이 분다. 눈이 온다.")
    page.goto(f"/books/{book}")
    expect(page.locator("[data-segment]").first).to_be_visible()
    page.get_by_role("button", name="고치기").click()
    desk = page.get_by_role("complementary", name="이 문장")
    desk.get_by_text("내 목소리로").click()
    desk.get_by_role("button", name="녹음하기").click()
    page.wait_for_timeout(3000)
    desk.get_by_role("button", name="그만 녹음하기").click()
    desk.get_by_label("읽은 사람 (책에 적힙니다)").fill("할망")
    desk.get_by_label(re.compile("동의합니다$")).check()
    shot(page, "microphone")
    desk.get_by_role("button", name="이 목소리로 바꾸기").click()
    # What Chromium and Firefox record.
    assert page.evaluate("window.recorded") == "audio/webm;codecs=opus"
    expect(desk.get_by_text("사람이 읽은 문장입니다.")).to_be_visible()
    rows = library.ask(f"/api/books/{book}/segments/")["results"]
    assert [row["human"] for row in rows] == [True, False]


def test_a_chapter_read_by_oneself_becomes_a_book(
    page: Page, library: Library, tmp_path: Path
) -> None:
    noise = np.random.default_rng(1).normal(0, 0.1, 2 * RATE)
    pause = np.zeros(RATE // 2)
    sound = np.concatenate([pause, noise, pause, noise, pause]).astype(np.float32)
    (tmp_path / "장.wav").write_bytes(wav_bytes(sound, RATE))
    page.goto("/new")
    page.get_by_label("글", exact=True).fill("혼저 옵서예. 하영 먹읍서.")
    page.get_by_label("제주말 글").check()
    page.get_by_label("내 녹음으로 짓기").check()
    page.get_by_role("button", name="책 짓기").click()
    page.wait_for_url(re.compile(r"/books/\d+$"))
    book = int(page.url.rpartition("/")[2])
    page.get_by_label("소리 파일 고르기").set_input_files(tmp_path / "장.wav")
    page.get_by_label("읽은 사람 (책에 적힙니다)").fill("할망")
    page.get_by_label(re.compile("동의합니다$")).check()
    page.get_by_role("button", name="이 목소리로 바꾸기").click()
    expect(page.get_by_text("이 장은 사람이 읽었습니다.")).to_be_visible()
    library.wait(lambda: library.ask(f"/api/books/{book}/")["status"] == "done")
    rows = library.ask(f"/api/books/{book}/segments/")["results"]
    assert all(row["human"] and row["words"] for row in rows)
    look(page)
    shot(page, "narration")


def test_what_models_may_learn_is_taken_away_until_its_author_says_no(
    page: Page, library: Library, tmp_path: Path
) -> None:
    book = finished(library, "바람이 분다.")
    page.goto(f"/books/{book}")
    expect(page.locator("[data-segment]").first).to_be_visible()
    page.get_by_role("button", name="고치기").click()
    desk = page.get_by_role("complementary", name="이 문장")
    desk.get_by_label("바른 제주말").fill("ㅂㆍ름이 불엄저.")
    desk.get_by_label(re.compile("배움 자료로 써도")).check()
    desk.get_by_role("button", name="고치기").click()
    expect(page.locator('[data-segment="0"]')).to_contain_text("ᄇᆞ름이 불엄저.")

    def learned() -> list[tuple[str, str]]:
        page.goto("/account")
        with page.expect_download() as got:
            page.get_by_role("link", name="배움 자료 받기").click()
        file = tmp_path / "corrections.jsonl"
        got.value.save_as(file)
        if not file.read_text(encoding="utf-8"):
            return []
        import_corrections(file, tmp_path / "corpus")
        return [(pair.korean, pair.jeju) for pair in read_manifest(tmp_path / "corpus")]

    assert learned() == [("바람이 분다.", "ᄇᆞ름이 불엄저.")]
    page.goto(f"/books/{book}")
    expect(page.locator("[data-segment]").first).to_be_visible()
    page.get_by_role("button", name="고치기").click()
    desk.get_by_text(re.compile("^보내온 고침")).click()
    row = desk.get_by_role("listitem").filter(has_text="ᄇᆞ름이 불엄저.")
    row.get_by_label(re.compile("배움 자료로 써도")).click()
    shot(page, "consent")
    library.wait(
        lambda: not library.ask(f"/api/books/{book}/corrections/")["results"][0]["consent"]
    )
    assert learned() == []
