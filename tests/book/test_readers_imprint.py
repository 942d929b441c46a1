"""Source notes are left out and listed; what only begins like one is read."""

from collections.abc import Callable
from pathlib import Path

import pytest

from kosorong.book.manuscript import Manuscript
from kosorong.book.readers import read_manuscript

SENTENCES = [
    "출처는 아무도 모른다.",
    "출처가 어디냐고 그가 물었다",
    "출처도 모르는 돈이었어요.",
    "출처 모를 연기가 마을을 덮었다.",
    "출처? 그런 건 없었다.",
    "출처: 나는 그것을 기억하지 못한다.",
    "출전을 앞둔 밤, 그는 잠들지 못했다.",
    "출전하던 날 비가 왔다.",
    "출전 선수는 모두 셋이었다!",
    "원전을 찾아 그는 섬으로 갔다.",
    "원전 앞 바다는 조용했다.",
    "원전이 멈춘 밤은 길었을까?",
    "원전 마을에서 태어났어요.",
    "저작권 문제로 두 사람은 다투었다.",
    "저작권이 무엇인지 아십니까?",
    "저작권자는 끝내 나타나지 않았다.",
    "저작권 같은 것은 필요 없다.",
    "저작권 때문이야.",
    "Copyright was the last thing on her mind.",
    "Copyright 1948 was carved on the stone.",
    "Copyright라는 낱말을 그는 처음 보았다.",
    "copyright 표시가 지워져 있었다.",
    "(c) 그는 셋째 답을 골랐다.",
    "(c) 바람은 어디로 가는가?",
    "(C) 1948년에 그는 떠났다.",
    "ⓒ 표시를 그는 오래 들여다보았다.",
    "© 기호 하나가 적혀 있었다.",
    "http://a.b/c 라는 주소가 적혀 있었다.",
    "https://a.b 로 들어가 보았다.",
    "https://a.b/c를 눌렀지만 아무것도 나오지 않았다.",
    "www.example.com 이라고 그는 적었다.",
    "www.example.com went dark that night.",
    "『무정』은 1917년에 나온 소설이다.",
    "『무정』은 1917년 작품.",
    "〈봄〉이 1936년에 실렸다.",
    "〈봄〉 그 노래를 들은 것은 1988년이었지요.",
    "「가자.」 1948년, 바다에서 들은 말.",
    "《바람》 1950년 여름, 우리는 그 책을 함께 읽었다",
    "『새벽』을 1924년에 샀습니다.",
    "<겨울> 1999년의 그 영화를 기억하니?",
    "「어서 와」 하고 1948년의 어머니가 말했다.",
    "출처: 그 바다는 넓다.",
    "저작권은 바람에게 있다.",
    "원전, 그 말이 무서웠다.",
    "원전 너머 밤바다",
    "출전 선수 명단",
    "출처: 난 그거 봐낫저.",
    "저작권, 경 말ᄒᆞ난 알앗주",
    "Copyright? Nobody cared.",
    "(c) None of the above.",
    "「어서 가자.」 그 말이 1951년에 남은 전부였다.",
    "출처를 모르는 노래가 들려왔다. 모두 귀를 기울였다.",
]
NOTES = [
    "출처: 제주의 소리",
    "출처: 바다출판사",
    "출처: 르완다",
    "출처: 위키문헌 (https://ko.wikisource.org/wiki/동백꽃)",
    "출처 위키문헌",
    "출처 : 「바람이 분다」, 『조선문단』 1925.2.",
    "출전: 『개벽』 48호(1924.6)",
    "출전 『한국단편문학전집』 3권",
    "출전: 현대문학사, 1957.",
    "원전: 조선일보 1936년 1월 4일자",
    "원전 「봄봄」(1935)",
    "저작권자 홍길동",
    "저작권자: 제주문화원",
    "저작권자 ⓒ 제주의소리 무단전재 및 재배포 금지",
    "저작권: 퍼블릭 도메인",
    "Copyright 2024 Hong Gildong. All rights reserved.",
    "Copyright (c) 2020 by Jane Doe",
    "copyright ⓒ 홍길동",
    "ⓒ 고은별, 2020",
    "© 2019 고은별. All rights reserved.",
    "(c) 2011 고은별",
    "(c) 고은별",
    "http://a.b/c",
    "https://ko.wikisource.org/wiki/동백꽃",
    "https://a.b/c (2024년 3월 1일 접속)",
    "www.example.com",
    "「봄봄」, 『조광』, 1935.12",
    "『조선문단』(1927. 1)",
    "― 『새벽』, 3호(1924.6)",
    "〈봄〉, 1936년",
    "《바람》 1950년",
    "<겨울>, 1999",
    "「제목」, 1948년, 바다출판사",
    "(『개벽』, 1924)",
    "― 『바람결』, 1931. 5.(1931년 3월 2일)",
    "출처: 『바람결』 7호, 1951",
]
STORY = "눈이 왔다. 많이 왔다.\n\n바람도 불었다."


@pytest.fixture
def read(tmp_path: Path) -> Callable[..., Manuscript]:
    def reader(text: str, ending: str = ".txt") -> Manuscript:
        path = tmp_path / f"글{ending}"
        path.write_text(text, encoding="utf-8")
        return read_manuscript(path)

    return reader


def said(manuscript: Manuscript) -> str:
    return "\n".join(p.text for chapter in manuscript.chapters for p in chapter.paragraphs)


def noted(manuscript: Manuscript) -> list[str]:
    return [entry.text for entry in manuscript.skipped if entry.reason == "source note"]


@pytest.mark.parametrize("text", ["{}\n\n%s\n", "%s\n\n{}\n", "%s\n{}\n"])
@pytest.mark.parametrize("sentence", SENTENCES)
def test_a_paragraph_with_a_sentence_in_it_is_read(
    read: Callable[..., Manuscript], sentence: str, text: str
) -> None:
    book = read((text % STORY).format(sentence))
    assert sentence in said(book)
    assert noted(book) == []


@pytest.mark.parametrize("text", ["긴 겨울\n\n{}\n\n%s\n", "%s\n\n{}\n", "%s\n{}\n"])
@pytest.mark.parametrize("note", NOTES)
def test_a_source_note_is_left_out_and_listed(
    read: Callable[..., Manuscript], note: str, text: str
) -> None:
    book = read((text % STORY).format(note))
    assert noted(book) == [note]
    assert note not in said(book)


def test_a_sentence_that_goes_on_in_the_next_line_is_read(read: Callable[..., Manuscript]) -> None:
    line = "바람이 몹시 불던 어느 겨울날 밤에 그는 혼자 산길을 걷고"
    end = "〈봄〉 1951년 판을 그는 평생 곁에 두고\n아껴 읽었다."
    book = read(f"{line}\n{line} 또\n{line}\n있었다.\n\n{line} 긴\n{line}\n왔다.\n\n{end}\n")
    assert end.replace("\n", " ") in said(book)
    assert noted(book) == []
    assert noted(read(f"{STORY}\n\n{end}\n")) == []


def test_a_note_in_the_first_line_is_no_title(read: Callable[..., Manuscript]) -> None:
    book = read(f"출처: 『바람결』 7호, 1951\n\n{STORY}\n")
    assert (book.title, noted(book)) == ("글", ["출처: 『바람결』 7호, 1951"])


def test_verse_that_begins_like_a_note_is_read(read: Callable[..., Manuscript]) -> None:
    verse = "원전 너머 바다에\n해가 지고\n달이 뜨고"
    assert verse in said(read(f"{STORY}\n\n{verse}\n"))


def test_a_note_under_verse_is_left_out(read: Callable[..., Manuscript]) -> None:
    note = "― 『바람결』, 1931"
    assert noted(read(f"{STORY}\n\n산에는 꽃 피고\n들에는 바람 분다\n{note}\n")) == [note]


def test_notes_under_one_another_are_all_left_out(read: Callable[..., Manuscript]) -> None:
    notes = ["출처: 바람결 도서관", "저작권자 홍길동", "https://a.b/c"]
    assert noted(read(STORY + "\n\n" + "\n".join(notes))) == notes
