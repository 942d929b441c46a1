from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kosorong.book.manuscript import Manuscript
from kosorong.book.readers import limits, read_manuscript
from kosorong.errors import InputError


@pytest.fixture
def read(tmp_path: Path) -> Callable[..., Manuscript]:
    def reader(text: str | bytes, name: str = "글.txt", **given: Any) -> Manuscript:
        path = tmp_path / name
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        return read_manuscript(path, **given)

    return reader


def texts(manuscript: Manuscript) -> list[str]:
    return [p.text for chapter in manuscript.chapters for p in chapter.paragraphs]


def left_out(manuscript: Manuscript) -> dict[str, str]:
    return {entry.text: entry.reason for entry in manuscript.skipped}


def test_title_and_author_are_taken_from_the_first_lines(read: Callable[..., Manuscript]) -> None:
    book = read("바람 부는 날\n\n고은별\n\n바람이 불었다.\n문이 열렸다.\n")
    assert (book.title, book.author, book.language) == ("바람 부는 날", "고은별", "ko")
    assert left_out(book) == {"고은별": "author's name"}
    assert book.chapters[0].title == "바람 부는 날"
    assert texts(book) == ["바람 부는 날", "바람이 불었다.", "문이 열렸다."]


@pytest.mark.parametrize("line", ["고 은 별", "고은별 지음", "지은이: 고은별", "고은별(高銀별)"])
def test_authors_are_recognised_as_people_write_them(
    read: Callable[..., Manuscript], line: str
) -> None:
    book = read(f"            긴  겨울\r\n{' ' * 40}{line}\r\n\r\n눈이 왔다. 또 왔다.\r\n")
    assert book.title == "긴 겨울"
    assert book.author in {"고은별", ""}
    assert book.author or line.endswith("별)")


def test_without_a_title_the_file_name_is_taken(read: Callable[..., Manuscript]) -> None:
    book = read("눈이 왔다. 바람이 불었다. 문이 열렸다.\n\n그는 갔다.", name="03_겨울_이야기.txt")
    assert book.title == "겨울 이야기"
    assert len(texts(book)) == 2


@pytest.mark.parametrize(
    ("stem", "title"),
    [
        *(
            ("돌담 너머 (상)", "돌담 너머 (상)"),
            ("100 가지 꽃", "100 가지 꽃"),
            ("3.1 만세", "3.1 만세"),
        ),
        *(
            ("01. 섬", "섬"),
            ("12_섬_집", "섬 집"),
            ("12-12 그날", "12-12 그날"),
            ("바람의-집", "바람의-집"),
        ),
        *(("2024_여름", "2024 여름"), ("%EC%84%AC", "섬"), ("100%", "100%"), ("3 형제", "3 형제")),
    ],
)
def test_a_title_from_a_file_name_is_as_people_wrote_it(
    read: Callable[..., Manuscript], stem: str, title: str
) -> None:
    assert read("눈이 왔다. 문이 열렸다.\n\n그는 갔다.", name=f"{stem}.txt").title == title


def test_what_is_given_goes_before_what_is_found(read: Callable[..., Manuscript]) -> None:
    book = read("제목\n\n눈이 왔다.", title="새 <b>제목</b>", author="나", language="jje")
    assert (book.title, book.author, book.language) == ("새 제목", "나", "jje")


def test_chapters_begin_at_headings(read: Callable[..., Manuscript]) -> None:
    book = read(
        "긴 겨울\n\n프롤로그\n\n눈이 왔다.\n\n제1장 첫눈\n\n하얗다.\n\n"
        "제2장 녹다\n\n물이다.\n\n에필로그\n\n끝.\n"
    )
    assert [c.title for c in book.chapters] == ["프롤로그", "제1장 첫눈", "제2장 녹다", "에필로그"]
    assert [p.kind for p in book.chapters[1].paragraphs] == ["heading", "body"]


@pytest.mark.parametrize(
    "marks", [["1.", "2."], ["1", "2"], ["一", "二"], ["Ⅰ", "Ⅱ"], ["(1)", "(2)"]]
)
def test_numbers_alone_on_a_line_begin_sections(
    read: Callable[..., Manuscript], marks: list[str]
) -> None:
    book = read(f"{marks[0]}\n\n눈이 왔다. 추웠다.\n\n{marks[1]}\n\n봄이다. 따뜻하다.\n")
    assert [c.title for c in book.chapters] == marks


@pytest.mark.parametrize(
    "marks",
    [
        *(["1화", "2화"], ["[001화] 섬", "[002화] 물"], ["=== 1화 ===", "=== 2화 ==="]),
        *(["제1화. 섬", "제1.5화"], ["EP.1", "EP.2 물"], ["Ep 01 - 섬", "Ep 02 - 물"]),
        *(["에피소드 1", "에피소드 2: 물"], ["외전 1화", "외전 2화"], ["[외전] 섬", "(외전) 물"]),
        *(["특별 외전 1", "후일담"], ["Side Story 1", "Side Story 2"], ["막간 1. 섬", "작가의 말"]),
        *(["시즌 1", "시즌 2"], ["1권 1화", "1권 2화"], ["◆ 제1장 ◆", "【제2장 물】"]),
        *(
            ["섬의 검 1화", "섬의 검 2화"],
            ["만남 (1)", "만남 (2)"],
            ["#1", "#2. 물"],
            ["1-1. 섬", "1-2. 물"],
        ),
        *(["상", "하"], ["Day 1", "Day 2"], ["<상편>", "<하편>"]),
    ],
)
def test_chapters_of_web_novels_begin_at_their_headings(
    read: Callable[..., Manuscript], marks: list[str]
) -> None:
    assert headings_of(read, marks) == marks


@pytest.mark.parametrize(
    "marks",
    [
        *(
            ["Chapter 1", "Chapter 2. 물"],
            ["CHAPTER I.", "CHAPTER II. THE SEA."],
            ["Part One", "PART II"],
        ),
        *(
            ["Chapter the First", "Chapter Twenty-Two"],
            ["Book I: Sea", "Vol. 2"],
            ["Act 1", "Scene 2"],
        ),
        *(["Prologue", "Epilogue: 섬"], ["Preface", "Appendix A"], ["Ch. 1", "ch.2 - Sea"]),
        *(["I. Sea", "II. Land"], ["XLI", "XLII"]),
    ],
)
def test_chapters_of_english_titles_begin_at_their_headings(
    read: Callable[..., Manuscript], marks: list[str]
) -> None:
    assert headings_of(read, marks) == marks


@pytest.mark.parametrize(
    "marks",
    [
        *(
            ["第一章", "第二章 물"],
            ["제一장", "제二장"],
            ["뎨일회", "뎨이회"],
            ["卷之一", "卷之二"],
        ),
        *(
            ["其一", "其二"],
            ["序章", "終章"],
            ["첫째 마당", "둘째 마당"],
            ["첫 번째 밤", "두 번째 밤: 물"],
        ),
        *(
            ["제 십이 회", "제이십삼회"],
            ["제1막", "제2막"],
            ["上", "下"],
            ["제1강 섬", "마지막 장"],
            ["제1과 섬", "제2과 물"],
        ),
    ],
)
def test_chapters_of_old_books_begin_at_their_headings(
    read: Callable[..., Manuscript], marks: list[str]
) -> None:
    assert headings_of(read, marks) == marks


def headings_of(read: Callable[..., Manuscript], marks: list[str]) -> list[str]:
    """Return the chapters of a text with these lines over its parts."""
    parts = "".join(f"{mark}\n\n눈이 왔다. 바람도 불었다.\n\n" for mark in marks)
    return [one.title for one in read(f"그는 섬에 왔다. 밤이었다.\n\n{parts}").chapters][1:]


@pytest.mark.parametrize(
    "line",
    [
        *(
            "부록 1. 낱말 풀이이다.",
            "그림 1. 오름의 모습이다.",
            "1과 2를 더했다",
            "Part of it",
            "Act now",
        ),
        *(
            "Chapter 3 was long.",
            "첫째 날 그는 떠났다.",
            "서문시장에 갔다",
            "[외전] 그는 봄에 돌아왔다.",
        ),
        *(
            "Part 3 of the book is lost",
            "후기를 읽었다.",
            "3회 우승했다.",
            "1편 보다 좋다고들 했다",
            "1-1. 아직 멀었다.",
            "상",
        ),
    ],
)
def test_a_line_that_only_begins_like_a_heading_is_text(
    read: Callable[..., Manuscript], line: str
) -> None:
    book = read(f"그는 섬에 왔다. 밤이었다.\n\n{line}\n\n눈이 왔다. 바람도 불었다.\n")
    assert len(book.chapters) == 1
    assert line in texts(book)


def test_contents_with_pages_and_blank_lines_between_are_left_out(
    read: Callable[..., Manuscript],
) -> None:
    book = read(
        "차례\n\n제1장 섬 ..... 3\n\n제2장 물\t12\n\n제1장 섬\n\n눈이 왔다.\n\n"
        "제2장 물\n\n비가 왔다.\n"
    )
    assert [c.title for c in book.chapters] == ["제1장 섬", "제2장 물"]
    assert len(book.skipped) == 3


def test_parts_are_levels_above_chapters(read: Callable[..., Manuscript]) -> None:
    book = read(
        "제1부 눈\n\n1장 밤\n\n어둡다.\n\n2장 낮\n\n밝다.\n\n제2부 비\n\n1장 강\n\n넘친다.\n"
    )
    assert [c.level for c in book.chapters] == [1, 2, 2, 1, 2]


def test_a_sentence_about_a_chapter_is_no_heading(read: Callable[..., Manuscript]) -> None:
    assert len(read("그는 읽었다.\n\n제3장을 펼쳤다.\n\n1. 끝이 났다.\n\n잤다.\n").chapters) == 1


def test_a_table_of_contents_is_left_out(read: Callable[..., Manuscript]) -> None:
    book = read(
        "긴 겨울\n\n[목차]\n1. 첫눈\n2. 고드름\n\n1. 첫눈\n\n하얗다.\n\n2. 고드름\n\n길다.\n"
    )
    assert [c.title for c in book.chapters] == ["1. 첫눈", "2. 고드름"]
    assert [s.where for s in book.skipped] == ["글.txt:3", "글.txt:4", "글.txt:5"]
    assert {s.reason for s in book.skipped} == {"table of contents"}


def test_page_numbers_are_left_out(read: Callable[..., Manuscript]) -> None:
    book = read("눈이 왔다.\n\n- 12 -\n\n또 왔다.\n\n13쪽\n\n멎었다.\n")
    assert left_out(book) == {"- 12 -": "page number", "13쪽": "page number"}


def test_bare_numbers_that_interrupt_sentences_are_page_numbers(
    read: Callable[..., Manuscript],
) -> None:
    text = "어두웠다. 추웠다.\n\n" + "".join(
        f"그는 끝없이 이어진 길을\n\n{n}\n\n걸어서 갔다.\n\n" for n in "789"
    )
    assert [c.title for c in read(text).chapters] == ["글"]


def test_source_notes_and_hanja_beside_readings_are_left_out(
    read: Callable[..., Manuscript],
) -> None:
    book = read("그는 학교(學校)에 갔다.\n\n깃[羽]을 주웠다.\n\n― 『새벽』, 3호(1924.6)\n")
    assert texts(book) == ["그는 학교에 갔다.", "깃을 주웠다."]
    assert left_out(book) == {
        "(學校)": "Hanja beside its reading",
        "[羽]": "Hanja beside its reading",
        "― 『새벽』, 3호(1924.6)": "source note",
    }


def test_one_sentence_a_line_is_grouped_and_dialogue_stands_alone(
    read: Callable[..., Manuscript],
) -> None:
    lines = ["바람이 불었다.", "문이 열렸다.", '"누구세요?"', "하고 물었다.", "대답이 없었다."] * 6
    book = read("\n".join(lines))
    assert texts(book)[:3] == [
        "바람이 불었다. 문이 열렸다.",
        '"누구세요?" 하고 물었다.',
        "대답이 없었다. 바람이 불었다. 문이 열렸다.",
    ]
    assert "Each line is a sentence" in book.warnings[0]


def test_lines_wrapped_at_words_are_joined_with_a_space(read: Callable[..., Manuscript]) -> None:
    line = "바람이 몹시 불던 어느 겨울날 밤에 그는 혼자 산길을 걷고"
    book = read(f"{line}\n{line} 또\n{line}\n있었다.\n\n{line} 긴\n{line}\n{line} 꼭\n왔다.\n")
    assert len(texts(book)) == 2
    assert "걷고 있었다." in texts(book)[0]
    assert "wrapped" in book.warnings[0]


def test_lines_cut_in_the_middle_of_words_are_joined_without_one(
    read: Callable[..., Manuscript],
) -> None:
    text = "바람이몹시불던어느겨울날밤에그는혼자산길을걷고있었는데어디선가소리가들렸다." * 3
    wrapped = "\n".join(text[i : i + 20] for i in range(0, len(text), 20))
    assert texts(read(wrapped)) == [text]


def test_short_lines_without_full_stops_are_verse(read: Callable[..., Manuscript]) -> None:
    book = read(
        "산에는 꽃이 피고\n들에는 바람 분다\n그대는 어디 갔나\n\n눈이 왔다. 많이 왔다.\n\n끝이다.\n"
    )
    assert book.chapters[0].paragraphs[0].kind == "verse"
    assert texts(book)[0].count("\n") == 2


def test_ornaments_are_breaks(read: Callable[..., Manuscript]) -> None:
    book = read("눈이 왔다.\n\n* * *\n\n봄이 왔다.\n")
    assert [p.kind for p in book.chapters[0].paragraphs] == ["body", "break", "body"]


def test_no_letter_of_the_source_is_lost(read: Callable[..., Manuscript]) -> None:
    text = (
        "긴 겨울\n고은별\n\n1. 첫눈\n\n눈(雪)이 왔다…. - 3 -\n\n- 4 -\n\n“그래?” 하고\n"
        "웃었다 ㅋㅋ\n😀\n"
        "ᄒᆞᆫ저 옵서 @#$\n\n***\n\n2. 끝\n\n漢字 ABC 1,234\n"
    )
    book = read(text)
    found = "".join(texts(book)) + "".join(entry.text for entry in book.skipped)
    assert sorted("".join(found.split())) == sorted("".join(text.split()))


def test_decomposed_hangul_is_composed_and_arae_a_stays(read: Callable[..., Manuscript]) -> None:
    import unicodedata

    book = read(unicodedata.normalize("NFD", "바람이 분다. ᄒᆞᆫ저 글라."))
    assert texts(book) == ["바람이 분다. ᄒᆞᆫ저 글라."]


@pytest.mark.parametrize("content", [b"", b"   \r\n\0", b"***\n\n---\n", b"- 1 -\n\n- 2 -\n"])
def test_a_text_with_nothing_to_read_is_refused(
    read: Callable[..., Manuscript], content: bytes
) -> None:
    with pytest.raises(InputError, match="Give a file with text"):
        read(content)


def test_a_file_that_is_too_large_is_refused(
    read: Callable[..., Manuscript], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kosorong.book.readers.text.MAX_TEXT_BYTES", 2 * limits.MIB)
    with pytest.raises(InputError, match=r"3 MiB; at most 2 MiB.*Split it"):
        read(b"a" * 3 * limits.MIB)


def test_a_file_with_too_many_lines_is_refused(
    read: Callable[..., Manuscript], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "MAX_LINES", 10)
    with pytest.raises(InputError, match="more than 10 lines"):
        read("가\n" * 20)


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        read_manuscript(tmp_path / "none.txt")
    (tmp_path / "folder.txt").mkdir()
    with pytest.raises(InputError, match="not a file"):
        read_manuscript(tmp_path / "folder.txt")


def test_ten_thousand_letters_without_a_stop_are_read(read: Callable[..., Manuscript]) -> None:
    assert texts(read("가나다라" * 2500)) == ["가나다라" * 2500]


TEXT = "긴 겨울\n\n1장 눈\n\n눈이 왔다. “춥다.” 했다.\n\n2장 물\n\n바람(風)도 불었다.\n"
PIECES = st.binary(max_size=6) | st.sampled_from([b"\0", b"\xff\xfe", b"\x1b$)C", b"\n\n"])


@given(
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-be", "cp949"]),
    st.lists(st.tuples(st.integers(0, 150), st.integers(0, 20), PIECES), max_size=4),
)
def test_a_damaged_copy_is_read_or_refused_by_name(
    tmp_path_factory: pytest.TempPathFactory, encoding: str, damage: list[tuple[int, int, bytes]]
) -> None:
    data = TEXT.encode(encoding)
    for place, length, piece in damage:
        data = data[:place] + piece + data[place + length :]
    path = tmp_path_factory.getbasetemp() / "깨진 글.txt"
    path.write_bytes(data)
    try:
        said = read_manuscript(path).title
    except InputError as error:
        said = error.where
    assert said


@pytest.mark.parametrize(
    "line",
    [
        "어느 겨울",
        "제주에서",
        "바람",
        "한라산",
        "이 사람",
        "고양이",
        "유채꽃",
        "그해 여름",
        "정원",
        "오월",
    ],
)
def test_a_first_line_that_is_no_name_is_said(read: Callable[..., Manuscript], line: str) -> None:
    book = read(f"긴 이야기\n\n{line}\n\n눈이 왔다. 문이 열렸다.\n\n그는 갔다.\n")
    assert book.author == ""
    assert line in texts(book)


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("김 억", "김억"),
        ("남궁민수", "남궁민수"),
        ("나 혜석", "나혜석"),
        ("주요섭", "주요섭"),
        ("풀잎 지음", "풀잎"),
    ],
)
def test_names_under_a_title_are_authors(
    read: Callable[..., Manuscript], line: str, name: str
) -> None:
    book = read(f"긴 이야기\n\n{line}\n\n눈이 왔다. 문이 열렸다.\n\n그는 갔다.\n")
    assert book.author == name


def test_a_name_that_the_text_tells_of_is_no_author(read: Callable[..., Manuscript]) -> None:
    book = read("긴 이야기\n\n고은별\n\n눈이 왔다.\n\n고은별은 문을 열었다.\n")
    assert (book.author, "고은별" in texts(book)) == ("", True)


@pytest.mark.parametrize(
    "lines", [["3/14", "3/15"], ["5/10", "2/10", "7/10"], ["30쪽"], ["50쪽", "20쪽"], ["4/3"]]
)
def test_dates_and_scores_are_said_and_are_no_page_numbers(
    read: Callable[..., Manuscript], lines: list[str]
) -> None:
    book = read("눈이 왔다.\n\n" + "".join(f"{one}\n\n바람이 불었다.\n\n" for one in lines))
    assert left_out(book) == {}
    assert set(lines) <= set(texts(book))


@pytest.mark.parametrize(
    "lines", [["7/120", "8/120", "9/120"], ["1/2", "2/2"], ["11쪽", "12쪽"], ["p. 3", "쪽 4"]]
)
def test_page_numbers_that_rise_are_left_out(
    read: Callable[..., Manuscript], lines: list[str]
) -> None:
    book = read("눈이 왔다.\n\n" + "".join(f"바람이 불었다.\n\n{one}\n\n" for one in lines))
    assert left_out(book) == dict.fromkeys(lines, "page number")


@pytest.mark.parametrize(
    "end",
    [
        "1화 끝",
        "<1화 끝>",
        "1부 완결",
        "제1권 完",
        "1화 - 끝 -",
        "<1화> 끝",
        "1장 마침.",
        "Chapter 1 END",
    ],
)
def test_the_end_of_a_chapter_opens_none(read: Callable[..., Manuscript], end: str) -> None:
    book = read(f"1화 첫눈\n\n눈이 왔다.\n\n{end}\n\n2화 끝없는 길\n\n그는 갔다.\n")
    assert [c.title for c in book.chapters] == ["1화 첫눈", "2화 끝없는 길"]
    assert end in texts(book)


def test_an_end_in_brackets_is_a_heading_only_over_a_text(read: Callable[..., Manuscript]) -> None:
    book = read("1화 봄\n\n눈.\n\n1화 (끝)\n\n2화 (완)\n\n비가 왔다.\n\n<2화 (끝)>\n")
    assert [c.title for c in book.chapters] == ["1화 봄", "2화 (완)"]
    assert {"1화 (끝)", "<2화 (끝)>"} <= set(texts(book))


@pytest.mark.parametrize(
    "line",
    [
        "후기: 정말 맛있어요!", "3장 남았어!", "1회 초 주자는 누구?", "5회 말인데…",
        "시즌 2 기대돼요!", "- 3장 남았어!", "후기 - 다시는 안 가요", "3권 주세요!",
        "2막 올라간다?!", "2부 시작한다!",
    ],
)  # fmt: skip
def test_an_exclamation_that_begins_with_a_count_is_text(
    read: Callable[..., Manuscript], line: str
) -> None:
    book = read(f"눈이 왔다.\n\n{line}\n\n비가 왔다.\n")
    assert texts(book) == ["눈이 왔다.", line, "비가 왔다."]
    assert len(book.chapters) == 1


@pytest.mark.parametrize(
    "titles",
    [
        ("1화 시작", "2화 도망쳐!", "3화 누구냐?"),
        ("1화 일어나!", "2화 도망쳐!", "3화 누구냐?"),
        ("제1장 가자!", "제3장 누구냐?"),
        ("3장. 가자!", "[5장 남았어!]", "=== 7장 누구냐? ==="),
        ("프롤로그: 안녕!", "작가 후기: 고마워요!"),
    ],
)
def test_an_exclamation_is_the_title_of_a_chapter_among_its_like(
    read: Callable[..., Manuscript], titles: tuple[str, ...]
) -> None:
    book = read("".join(f"{title}\n\n눈이 왔다.\n\n" for title in titles))
    assert [c.title for c in book.chapters] == list(titles)


@pytest.mark.parametrize(
    "lines",
    [
        ("3", "2", "1"),
        ("5", "숨을 참았다.", "4", "눈을 감았다.", "3", "손을 놓았다."),
        ("1", "2", "3", "4"),
        ("10", "9"),
    ],
)
def test_numbers_that_somebody_counts_are_text(
    read: Callable[..., Manuscript], lines: tuple[str, ...]
) -> None:
    text = ("눈이 왔다.", *lines, "출발했다.")
    book = read("\n\n".join(text))
    assert texts(book) == list(text)
    assert len(book.chapters) == 1


def test_numbers_over_sections_are_headings_also_where_somebody_counts_among_them(
    read: Callable[..., Manuscript],
) -> None:
    book = read("1\n\n눈.\n\n2\n\n셋을 센다.\n\n3\n\n2\n\n1\n\n가자.\n\n3\n\n비.\n\n1\n\n끝.\n")
    assert [c.title for c in book.chapters] == ["1", "2", "3", "1"]
