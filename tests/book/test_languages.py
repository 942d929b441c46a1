from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kosorong.book import languages
from kosorong.book.account import unaccounted
from kosorong.book.languages import languages_of, refuse_foreign, without_foreign
from kosorong.book.manuscript import Chapter, Manuscript, Paragraph, Picture, Take, segments
from kosorong.book.readers import read_manuscript
from kosorong.book.report import survey
from kosorong.errors import InputError
from kosorong.ports import WordTime

KOREAN = "바람이 불었다. 그는 배를 타고 섬으로 갔다. 아무도 없었다.\n"
JEJU = "ᄇᆞᄅᆞᆷ이 불엇저. 가인 배 탕 섬더레 갓저. 아무도 엇엇저.\n"
ENGLISH = "The wind was cold. He went to the island by boat. There was nobody.\n"
JAPANESE = "風が吹いていた。彼は船で島へ行った。誰もいなかった。\n"


def book(*paragraphs: str, language: str = "ko") -> Manuscript:
    parts = tuple(Paragraph(text.strip()) for text in paragraphs)
    return Manuscript("책", "", language, (Chapter("책", 1, parts),))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        *((KOREAN, "ko"), (JEJU, "jje"), (ENGLISH, ""), (JAPANESE, ""), (KOREAN + ENGLISH, "ko")),
        *((KOREAN * 2 + JEJU, "ko"), (JEJU * 2 + KOREAN, "jje"), (KOREAN + ENGLISH * 2, "")),
        *(("1. 2. 3.", "ko"), ("Hi. OK. Yes. Go on.", "")),
    ],
)
def test_a_book_is_told_by_the_share_of_its_sentences(text: str, told: str) -> None:
    assert languages_of(book(text)).told == told


def test_shares_are_of_the_sentences_that_can_be_told() -> None:
    found = languages_of(book(KOREAN, ENGLISH, "* * *"))
    assert found.shares == {"ko": 0.5, "latin": 0.5}
    assert found.words() == "50% Korean, 50% a language in Latin letters"
    assert survey(book(KOREAN))["sentences_in"] == {"ko": 1.0}


@pytest.mark.parametrize(
    ("text", "given", "language", "warned"),
    [
        *((KOREAN, "", "ko", ""), (JEJU, "", "jje", "read as Jeju"), (JEJU, "jje", "jje", "")),
        *((KOREAN, "jje", "jje", "read as Jeju"), (JEJU, "ko", "ko", "read as Korean")),
        *((ENGLISH, "", "ko", "Neither Korean nor Jeju"), ("그거 봅서.", "", "ko", "")),
        (KOREAN * 2 + ENGLISH, "", "ko", "Some sentences are neither"),
    ],
)
def test_the_language_is_told_where_nobody_says_it(
    tmp_path: Path, text: str, given: str, language: str, warned: str
) -> None:
    path = tmp_path / "글.txt"
    path.write_text(text, encoding="utf-8")
    read = read_manuscript(path, language=given)
    assert read.language == language
    said = [line for line in read.warnings if "Jeju" in line]
    assert bool(said) == bool(warned)
    assert warned in "".join(said)


def test_foreign_sentences_are_passed_over_and_listed() -> None:
    source = book(
        "그는 말했다. Call me Ishmael. Some years ago. 나는 웃었다.", "OK! 가자.", JAPANESE
    )
    kept = without_foreign(source)
    assert [p.text for p in kept.chapters[0].paragraphs] == [
        "그는 말했다. 나는 웃었다.",
        "OK! 가자.",
    ]
    assert [(s.where, s.text, s.reason) for s in kept.skipped] == [
        ("chapter 1, paragraph 1", "Call me Ishmael. Some years ago.", "foreign language"),
        ("chapter 1, paragraph 3", JAPANESE.strip(), "foreign language"),
    ]
    text = "".join(p.text for p in source.chapters[0].paragraphs)
    assert unaccounted(text, kept) == ("", "")


def transcript(*takes: Take) -> Manuscript:
    text = "\n".join(take.text for take in takes)
    return Manuscript("말", "", "ko", (Chapter("", 1, (Paragraph(text, "body", takes),)),))


def test_foreign_utterances_of_a_transcript_are_heard_no_more() -> None:
    takes = (
        Take("그는 배를 타고 갔다.", 0.0, 2.0),
        Take("Call me Ishmael now.", 2.0, 4.0),
        Take("나는 웃었다. Some years ago then.", 4.0, 7.0),
    )
    source = transcript(*takes)
    kept = without_foreign(source)
    assert [one.take for one in segments(kept)] == [takes[0], takes[2]]  # no words, no cut
    assert kept.chapters[0].paragraphs[0].text == f"{takes[0].text}\n{takes[2].text}"
    assert [one.text for one in kept.skipped] == [takes[1].text]
    assert unaccounted("".join(take.text for take in takes), kept) == ("", "")


def test_utterances_that_repeat_one_another_stay_apart() -> None:
    takes = (Take("갔다 갔다", 0, 1), Take("갔다", 1, 2), Take("He was gone by then.", 2, 3))
    kept = without_foreign(transcript(*takes))
    assert kept.chapters[0].paragraphs[0] == Paragraph("갔다 갔다\n갔다", "body", takes[:2])


def test_an_utterance_is_cut_where_its_words_are_timed() -> None:
    about: Any = pytest.approx
    text = "그는 웃었다. Some years ago then. 아무도 없었다."
    words = tuple(WordTime(word, i * 0.5, i * 0.5 + 0.4) for i, word in enumerate(text.split()))
    kept = without_foreign(transcript(Take(text, 10.0, 15.0, words)))
    assert [one.take for one in segments(kept)] == [
        Take("그는 웃었다.", 10.0, 10.9, words[:2]),
        Take("아무도 없었다.", 13.0, 13.9, (
            WordTime("아무도", 0.0, about(0.4)),
            WordTime("없었다.", 0.5, about(0.9)),
        )),
    ]  # fmt: skip
    assert [one.text for one in kept.skipped] == ["Some years ago then."]


def test_pictures_stay_at_their_paragraph_where_foreign_ones_go() -> None:
    source = book(ENGLISH, KOREAN, ENGLISH, KOREAN)
    source = replace(
        source,
        chapters=(replace(source.chapters[0], number=3),),
        pictures=tuple(Picture(f"{i}.png", "image/png", "", 3, i) for i in range(5)),
    )
    assert [one.paragraph for one in without_foreign(source).pictures] == [0, 0, 1, 1, 2]


def test_headings_go_with_a_chapter_that_is_all_foreign() -> None:
    native = Chapter("하나", 1, (Paragraph("하나", "heading"), Paragraph(KOREAN.strip())))
    heading = Paragraph("The Voyage of Life", "heading")
    foreign = Chapter("Voyage", 1, (heading, Paragraph(ENGLISH.strip())))
    kept = without_foreign(Manuscript("책", "", "ko", (native, foreign)))
    assert [chapter.title for chapter in kept.chapters] == ["하나"]
    assert kept.skipped[0].text == f"{heading.text}\n{ENGLISH.strip()}"


def test_a_book_without_a_korean_sentence_has_nothing_left() -> None:
    with pytest.raises(InputError, match="no sentence in Korean or Jeju"):
        without_foreign(book(ENGLISH))


def test_a_foreign_book_is_refused_with_what_would_happen_and_the_cure() -> None:
    refuse_foreign(book(KOREAN, ENGLISH), "Say yes.")
    with pytest.raises(InputError, match=r"100% Japanese.*as Korean reads.*Say yes") as caught:
        refuse_foreign(book(JAPANESE), "Say yes.")
    assert caught.value.reason == "foreign_book"


@pytest.mark.parametrize(
    "text",
    [
        "여름엔 덥고 겨울엔 춥다.",
        "이젠 여름엔 바다, 겨울엔 산이 좋다.\n제주엔 바람이 분다.\n이젠 집엔 아무도 없다.",
        "제주 국민 관광 계곡 안내\n주민 고민 상담\n시민 중앙 광장",
        "이것 좀 들어 주게. 소식 전해 주게.",
    ],
)
def test_short_korean_texts_are_not_taken_for_jeju(tmp_path: Path, text: str) -> None:
    path = tmp_path / "글.txt"
    path.write_text(text, encoding="utf-8")
    assert read_manuscript(path).language == "ko"


def test_a_paragraph_as_long_as_a_book_is_looked_at_in_a_few_places_from_end_to_end() -> None:
    half = 150_000
    text = "그는 그날 집에 갔다. " * (half // 12) + "Call me Ishmael, he said. " * (half // 26)
    whole = Manuscript("", "", "ko", (Chapter("", 1, (Paragraph(text),)),))
    assert languages_of(whole).foreign == pytest.approx(0.35, abs=0.1)
    looked_at = sum(map(len, languages._windows(text)))
    assert looked_at <= 20_000
    assert languages._windows("그는 갔다.") == ["그는 갔다."]
