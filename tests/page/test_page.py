"""The whole way in a real browser, against the real three processes."""

import json
import re
import sqlite3
from pathlib import Path

import numpy as np
import pytest
from browsing import WEB, Library
from playwright.sync_api import Page, expect

from kosorong.audio.encode import write_audio
from kosorong.audio.wav import read_audio

PARAGRAPHS = [
    f"{n}번째 날에는 바람이 세게 불었습니다. 파도도 아주 높았습니다." for n in range(1, 31)
]
STORY = "바람의 집\n\n" + "\n\n".join(PARAGRAPHS)
WIDTHS = pytest.mark.parametrize(
    "page", [(1280, 860), (390, 844)], indirect=True, ids=["wide", "phone"]
)
pytestmark = pytest.mark.slow


def place(page: Page) -> int:
    """Return which sentence is being read."""
    found = page.locator("[data-segment][data-current]").first.get_attribute("data-segment")
    return int(found or -1)


def test_a_pasted_story_is_made_heard_kept_and_deleted(page: Page, library: Library) -> None:
    page.goto("/")
    page.get_by_role("link", name="새 책 짓기").first.click()
    page.get_by_label("글", exact=True).fill(STORY)
    page.get_by_role("button", name="책 짓기").click()

    # The first words light up while the rest is being made.
    page.wait_for_url(re.compile(r"/books/\d+$"))
    number = int(page.url.rpartition("/")[2])
    expect(page.locator(".lit").first).to_be_visible()
    first = page.locator(".lit").first.inner_text()
    page.wait_for_function(
        "first => ![null, first].includes(document.querySelector('.lit')?.innerText ?? null)",
        arg=first,
    )
    progress = page.get_by_role("region", name="책 짓는 정도")
    if progress.is_visible():
        expect(progress).to_contain_text(re.compile(r"\d+문장 가운데 \d+문장"))

    # A reload in the middle loses neither the making nor the place.
    page.get_by_role("button", name="다음 문장").click()
    page.wait_for_function("() => document.querySelector('[data-segment=\"1\"][data-current]')")
    page.keyboard.press("Space")
    page.wait_for_timeout(500)
    before = place(page)
    page.reload()
    expect(page.locator("[data-segment][data-current]").first).to_be_visible()
    page.wait_for_function(
        "at => document.querySelector(`[data-segment='${at}'][data-current]`)", arg=before
    )
    done = library.wait(
        lambda: (b := library.ask(f"/api/books/{number}/"))["status"] == "done" and b
    )
    assert done["segments"]["done"] == done["segments"]["total"] > len(PARAGRAPHS)
    expect(progress).to_have_count(0)

    page.get_by_role("link", name="서재로").first.click()
    expect(page.get_by_role("link", name="바람의 집")).to_be_visible()
    page.get_by_role("button", name="‘바람의 집’ 지우기").click()
    page.get_by_role("button", name="지우기", exact=True).click()
    expect(page.get_by_text("아직 책이 없습니다")).to_be_visible()
    assert library.ask("/api/books/")["count"] == 0
    library.wait(lambda: not any(p.is_file() for p in (library.data / "files").rglob("*")))


def test_wrong_input_is_answered_in_the_form_and_what_was_typed_stays(
    page: Page, said: list[str], tmp_path: Path
) -> None:
    page.goto("/new")
    page.get_by_role("button", name="책 짓기").click()
    expect(page.get_by_role("alert")).to_contain_text("읽을 글이 없습니다")
    page.get_by_label("제목").fill("이름")
    broken = tmp_path / "broken.epub"
    broken.write_bytes(b"PK\x03\x04 nothing")
    page.locator("input[type=file]").set_input_files(broken)
    expect(page.get_by_role("alert")).to_contain_text("broken.epub")
    assert page.get_by_label("제목").input_value() == "이름"
    assert len(said) == 1
    assert "400" in said.pop()


def test_the_page_speaks_english_and_remembers_it(page: Page, library: Library) -> None:
    page.goto("/")
    page.get_by_role("button", name="Read this page in English").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("[A-Za-z]"))
    library.wait(lambda: library.ask("/api/settings/").get("tongue") == "en")
    page.reload()
    assert page.locator("html").get_attribute("lang") == "en"
    library.ask("/api/settings/", {"tongue": "ko"}, "PATCH")


def test_old_hangul_is_drawn_as_one_block(page: Page, library: Library) -> None:
    """Conjoining letters that a font does not join stand side by side, two blocks wide."""
    text = "ᄒᆞᆫ저 옵서예. ᄆᆞᆯ이 ᄃᆞᆫ다."
    book = library.ask("/api/books/", {"title": "말", "text": text, "language": "jje"})
    page.goto(f"/books/{book['id']}")
    expect(page.locator("[data-segment]").first).to_be_visible()
    page.evaluate("document.fonts.ready")
    widths = page.evaluate(
        """() => {
            const line = document.querySelector('.jeju');
            const width = (text) => {
                const span = document.createElement('span');
                span.textContent = text;
                line.append(span);
                const found = span.getBoundingClientRect().width;
                span.remove();
                return found;
            };
            return ['한', 'ᄒᆞᆫ', 'ᄆᆞᆯ', 'ᄃᆞᆫ', 'ᄋᆢ', '엌', '빚', '뷁'].map(width);
        }"""
    )
    assert widths == pytest.approx([widths[0]] * 8, rel=0.05)
    library.ask(f"/api/books/{book['id']}/", method="DELETE")


@WIDTHS
def test_axe_finds_nothing_on_the_three_pages(page: Page, library: Library) -> None:
    text = "돌담 위에 새가 앉았습니다.\n\n바람이 붑니다."
    book = library.ask("/api/books/?wait=60", {"title": "새", "text": text})
    axe = (WEB / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
    for path in ("/", "/new", f"/books/{book['id']}"):
        page.goto(path)
        page.wait_for_selector("h1")
        page.wait_for_load_state("networkidle")
        page.evaluate(axe)
        found = page.evaluate("async () => (await axe.run()).violations")
        told = [f"{v['id']}: {[n['html'] for n in v['nodes']]}" for v in found]
        assert told == [], f"{path} {json.dumps(told, ensure_ascii=False, indent=1)}"
        overflow = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert overflow <= 0, f"{path} is wider than the screen"
    library.ask(f"/api/books/{book['id']}/", method="DELETE")


# What the page shows, noted at the moment it changes, against the clock of the sound itself.
_WATCH = """
window.decks = [];
const Plain = window.Audio;
window.Audio = function (...given) {
    const deck = new Plain(...given);
    window.decks.push(deck);
    return deck;
};
window.seen = [];
const note = () => {
    const lit = document.querySelector('.lit');
    const deck = window.decks.find((one) => !one.paused && !one.ended);
    if (!lit || !deck) return;
    const segment = Number(lit.closest('[data-segment]').dataset.segment);
    const word = Number(lit.dataset.word);
    const last = window.seen.at(-1);
    if (last && last.segment === segment && last.word === word) return;
    window.seen.push({ segment, word, at: deck.currentTime });
};
const begin = () => new MutationObserver(note).observe(document.body, {
    subtree: true, childList: true, attributes: true, attributeFilter: ['class'],
});
document.addEventListener('DOMContentLoaded', begin);
"""
_WORDS, _LINES = 10, 5


def joined(seed: int, rate: int) -> tuple[np.ndarray, list[tuple[float, float]]]:
    """Return separate words of noise with silences between, and where each was put, seconds."""
    draw = np.random.default_rng(seed)
    pieces, places, at = [], [], 0
    for _ in range(_WORDS):
        silence = np.zeros(int(draw.uniform(0.12, 0.3) * rate))
        length = int(draw.uniform(0.15, 0.3) * rate)
        word = draw.normal(0, 0.2, length) * np.hanning(length) ** 0.3
        pieces += [silence, word]
        places.append(((at + len(silence)) / rate, (at + len(silence) + length) / rate))
        at += len(silence) + length
    return np.concatenate(pieces).astype(np.float32), places


def onsets(samples: np.ndarray, rate: int) -> list[float]:
    """Return where sound begins after at least 60 ms of silence, by energy, seconds."""
    hop = rate // 500
    frames = samples[: len(samples) // hop * hop].reshape(-1, hop)
    loud = np.sqrt((frames**2).mean(1)) > 0.02
    found, quiet = [], 30
    for n, sounding in enumerate(loud):
        if sounding and quiet >= 30:
            found.append(n * hop / rate)
        quiet = 0 if sounding else quiet + 1
    return found


def test_fifty_words_light_up_within_60_ms_of_their_sound(page: Page, library: Library) -> None:
    lines = [
        " ".join(f"말{chr(0xAC00 + 588 * k + n)}" for k in range(_WORDS)) + "."
        for n in range(_LINES)
    ]
    text = "\n\n".join(lines)
    book = library.ask("/api/books/?wait=60", {"title": "낱말", "text": text, "language": "jje"})
    heard: dict[int, list[float]] = {}
    with sqlite3.connect(library.data / "library.sqlite3", timeout=30) as database:
        query = (
            "SELECT s.position, t.id, t.audio, t.sample_rate, t.words FROM library_segment s"
            " JOIN studio_take t ON s.take_id = t.id WHERE s.book_id = ? ORDER BY s.position"
        )
        for position, take, audio, rate, words in database.execute(query, (book["id"],)).fetchall():
            samples, places = joined(position, rate)
            path = library.data / "files" / audio
            write_audio(path, samples, rate)
            heard[position] = onsets(read_audio(path)[0], rate)
            names = [word[0] for word in json.loads(words)]
            assert len(names) == len(heard[position]) == _WORDS
            told = json.dumps([[n, *p] for n, p in zip(names, places, strict=True)])
            change = "UPDATE studio_take SET words = ?, samples = ?, size = ? WHERE id = ?"
            database.execute(change, (told, len(samples), path.stat().st_size, take))
    page.add_init_script(_WATCH)
    page.goto(f"/books/{book['id']}")
    page.get_by_role("button", name="듣기", exact=True).click()
    page.wait_for_function(
        f"() => window.seen.some((s) => s.segment === {_LINES - 1} && s.word === {_WORDS - 1})",
        timeout=60_000,
    )
    seen = {(s["segment"], s["word"]): s["at"] for s in page.evaluate("window.seen")}
    assert len(seen) == _WORDS * _LINES == 50
    errors = [abs(at - heard[segment][word]) for (segment, word), at in seen.items()]
    print(f"highlight: median error {1000 * float(np.median(errors)):.0f} ms, 50 words (bar 60 ms)")
    assert float(np.median(errors)) <= 0.060, sorted(errors)
    library.ask(f"/api/books/{book['id']}/", method="DELETE")
