import pytest

from kosorong.book import overview
from kosorong.book.account import account_of
from kosorong.book.contents import set_aside, switched
from kosorong.book.languages import Languages
from kosorong.book.manuscript import Chapter, Manuscript, Paragraph, Skipped
from kosorong.book.overview import left_out_of, lines_of

STORY = "돌담 위에 새가 앉았다. 바람이 세게 불었다."
ENGLISH = "The wind was cold that night. He went to the island by boat."


def chapter(number: int, title: str, *texts: str, matter: str = "") -> Chapter:
    parts = (Paragraph(title, "heading"), *map(Paragraph, texts))
    return Chapter(title, 1, parts, number=number, matter=matter, where=f"{number}.xhtml")


def book(*skipped: Skipped) -> Manuscript:
    index = chapter(2, "색인", "새, 3", matter="index")
    read = (chapter(1, "봄", STORY), chapter(3, "Foreword", ENGLISH))
    listed = (*skipped, set_aside(index))
    return Manuscript("겨울", "", "ko", read, skipped=listed, aside=(index,))


def test_every_chapter_has_its_line_in_the_order_of_the_source() -> None:
    lines = lines_of(book())
    assert [(one.number, one.matter, one.read) for one in lines] == [
        (1, "", True),
        (2, "index", False),
        (3, "", True),
    ]
    assert [one.foreign for one in lines] == [0.0, 0.0, 1.0]
    assert [one.first[:5] for one in lines] == ["돌담 위에", "새, 3", "The w"]


def test_a_number_of_a_line_switches_its_chapter() -> None:
    changed = switched(book(), include="2", leave_out="3")
    assert [one.read for one in lines_of(changed)] == [True, True, False]


def test_letters_of_the_lines_that_are_read_are_those_of_the_account() -> None:
    found = book(Skipped("1.xhtml", "- 7 -", "page number"))
    read = sum(one.characters for one in lines_of(found) if one.read)
    assert account_of(found)["read"] == read


def test_what_is_left_out_is_told_by_reason_and_no_chapter_twice() -> None:
    pages = [Skipped(f"1.xhtml:{n}", f"- {n} -", "page number") for n in range(9)]
    found = left_out_of(book(Skipped("1.xhtml", "가" * 900, "footnote"), *pages))
    assert [(one.reason, one.count) for one in found] == [("page number", 9), ("footnote", 1)]
    assert [len(one.samples) for one in found] == [5, 1]
    assert found[1].characters == 900
    assert len(found[1].samples[0].text) == 200


def test_a_chapter_without_text_has_no_first_words() -> None:
    empty = Manuscript("", "", "ko", (Chapter("", 1, ()),))
    (line,) = lines_of(empty)
    assert (line.first, line.characters, line.foreign) == ("", 0, 0.0)


def test_of_many_chapters_fewer_paragraphs_each_are_looked_at(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    seen: list[int] = []
    told = overview.languages_of

    def counted(manuscript: Manuscript, *, sample: int) -> Languages:
        seen.append(sample)
        return told(manuscript, sample=sample)

    monkeypatch.setattr(overview, "languages_of", counted)
    paragraphs = tuple(Paragraph(f"{n}째 날에 눈이 왔다.") for n in range(20))
    for count in (3, 400):
        seen.clear()
        chapters = (Chapter("", 1, paragraphs),) * count
        assert len(lines_of(Manuscript("", "", "ko", chapters))) == count
        assert sum(seen) <= 1_200
        assert set(seen) == {12 if count == 3 else 3}
