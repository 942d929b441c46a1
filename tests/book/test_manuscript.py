import tracemalloc

from kosorong.book.manuscript import Chapter, Manuscript, Paragraph, segments


def manuscript(*chapters: Chapter) -> Manuscript:
    return Manuscript("제목", "", "ko", chapters)


def test_segments_are_numbered_through_and_know_where_they_stand() -> None:
    first = Chapter("하나", 1, (Paragraph("하나", "heading"), Paragraph("눈이 왔다. 추웠다.")))
    second = Chapter("둘", 1, (Paragraph("봄이다."),))
    found = list(segments(manuscript(first, second)))
    assert [s.text for s in found] == ["하나", "눈이 왔다.", "추웠다.", "봄이다."]
    assert [s.index for s in found] == [0, 1, 2, 3]
    assert [(s.chapter, s.paragraph) for s in found] == [(0, 0), (0, 1), (0, 1), (1, 0)]
    assert [s.ends_paragraph for s in found] == [True, False, True, True]
    assert found[0].kind == "heading"


def test_a_break_is_not_spoken_but_keeps_its_index() -> None:
    chapter = Chapter("", 1, (Paragraph("갔다."), Paragraph("* * *", "break"), Paragraph("왔다.")))
    assert [s.paragraph for s in segments(manuscript(chapter))] == [0, 2]


def test_every_line_of_verse_is_a_segment() -> None:
    chapter = Chapter("", 1, (Paragraph("산에는 꽃\n들에는 바람", "verse"),))
    assert [s.text for s in segments(manuscript(chapter))] == ["산에는 꽃", "들에는 바람"]


def test_segments_hold_one_paragraph_at_a_time() -> None:
    paragraphs = tuple(Paragraph(f"{i}번째 날에도 바람이 불었다. " * 6) for i in range(400))
    book = manuscript(Chapter("", 1, paragraphs))
    tracemalloc.start()
    count = sum(1 for _ in segments(book))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 2_400
    assert peak < 100_000
