import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from kosorong.book.manuscript import Manuscript, Take, segments
from kosorong.book.readers import read_manuscript
from kosorong.errors import InputError
from kosorong.ports import WordTime


def takes(book: Manuscript) -> list[Take]:
    return [one.take for one in segments(book)]


def said(book: Manuscript) -> list[tuple[float, float, str]]:
    return [(take.begin, take.end, take.text) for take in takes(book)]


def times(*milliseconds: int | None) -> str:
    slots = "".join(
        f'<TIME_SLOT TIME_SLOT_ID="t{i}"' + (f' TIME_VALUE="{at}"/>' if at is not None else "/>")
        for i, at in enumerate(milliseconds)
    )
    return f"<TIME_ORDER>{slots}</TIME_ORDER>"


def tier(name: str, *notes: str, **attributes: str) -> str:
    given = "".join(f' {key.upper()}="{value}"' for key, value in attributes.items())
    inner = "".join(f"<ANNOTATION>{note}</ANNOTATION>" for note in notes)
    return f'<TIER TIER_ID="{name}"{given}>{inner}</TIER>'


def note(number: str, begin: int, end: int, text: str) -> str:
    return (
        f'<ALIGNABLE_ANNOTATION ANNOTATION_ID="{number}" TIME_SLOT_REF1="t{begin}" '
        f'TIME_SLOT_REF2="t{end}"><ANNOTATION_VALUE>{text}</ANNOTATION_VALUE>'
        "</ALIGNABLE_ANNOTATION>"
    )


def under(number: str, refers: str, text: str) -> str:
    return (
        f'<REF_ANNOTATION ANNOTATION_ID="{number}" ANNOTATION_REF="{refers}">'
        f"<ANNOTATION_VALUE>{text}</ANNOTATION_VALUE></REF_ANNOTATION>"
    )


@pytest.fixture
def eaf(tmp_path: Path) -> Callable[..., Manuscript]:
    def reader(*content: str) -> Manuscript:
        path = tmp_path / "할머니 이야기.eaf"
        path.write_text(f"<ANNOTATION_DOCUMENT>{''.join(content)}</ANNOTATION_DOCUMENT>")
        return read_manuscript(path)

    return reader


def test_speakers_of_elan_are_read_in_the_order_of_time(eaf: Callable[..., Manuscript]) -> None:
    book = eaf(
        times(1000, 3000, 3500, 4000, 5000, 8000),
        tier("가", note("a1", 0, 1, "ᄇᆞ름이 하영 불어수다."), note("a2", 4, 5, "바당에 가신디예."),
             linguistic_type_ref="말"),
        tier("나", note("b1", 2, 3, "예."), linguistic_type_ref="말"),
        tier("몸짓", note("g1", 0, 5, "끄덕"), linguistic_type_ref="짓"),
        tier("표준어", under("c1", "a1", "바람이 많이 불었습니다."), parent_ref="가",
             linguistic_type_ref="풀이"),
    )  # fmt: skip
    assert said(book) == [
        (1.0, 3.0, "ᄇᆞ름이 하영 불어수다."),
        (3.5, 4.0, "예."),
        (5.0, 8.0, "바당에 가신디예."),
    ]
    assert {one.text: one.reason for one in book.skipped} == {
        "끄덕": "annotation",
        "바람이 많이 불었습니다.": "annotation",
    }


def test_numbers_of_utterances_are_not_read_where_a_tier_under_them_has_the_words(
    eaf: Callable[..., Manuscript],
) -> None:
    book = eaf(
        times(0, 2000, 2000, 4000),
        tier("번호", note("a1", 0, 1, "JJ-001"), note("a2", 2, 3, "JJ-002")),
        tier(
            "말",
            under("b1", "a1", "ᄒᆞᆫ저 옵서."),
            under("b2", "a2", "고맙수다 예."),
            parent_ref="번호",
        ),
    )
    assert said(book) == [(0.0, 2.0, "ᄒᆞᆫ저 옵서."), (2.0, 4.0, "고맙수다 예.")]


def test_words_of_elan_are_timed_where_a_tier_divides_the_utterances(
    eaf: Callable[..., Manuscript],
) -> None:
    book = eaf(
        times(1000, 1600, None, 3000),
        tier("말", note("a1", 0, 3, "ᄒᆞᆫ저 옵서, 예.")),
        tier("낱말", note("w1", 0, 1, "ᄒᆞᆫ저"), note("w2", 1, 2, "옵서"), note("w3", 2, 3, "예"),
             parent_ref="말"),
    )  # fmt: skip
    [take] = takes(book)
    assert [word.text for word in take.words] == ["ᄒᆞᆫ저", "옵서,", "예."]
    assert [round(word.start, 2) for word in take.words] == [0.0, 0.6, 1.3]


def test_what_is_no_elan_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.eaf"
    for content in ("<html/>", "<ANNOTATION_DOCUMENT>", "글", "<ANNOTATION_DOCUMENT/>"):
        path.write_text(content)
        with pytest.raises(InputError) as caught:
            read_manuscript(path)
        assert caught.value.cure


LONG = """File type = "ooTextFile"
Object class = "TextGrid"

xmin = 0
xmax = 6.5
tiers? <exists>
size = 2
item []:
    item [1]:
        class = "IntervalTier"
        name = "낱말"
        xmin = 0
        xmax = 6.5
        intervals: size = 5
        intervals [1]:
            xmin = 0
            xmax = 1
            text = ""
        intervals [2]:
            xmin = 1
            xmax = 1.5
            text = "ᄒᆞᆫ저"
        intervals [3]:
            xmin = 1.5
            xmax = 2.5
            text = "옵서"
        intervals [4]:
            xmin = 2.5
            xmax = 4
            text = "<sil>"
        intervals [5]:
            xmin = 4
            xmax = 6.5
            text = "예"
    item [2]:
        class = "TextTier"
        name = "점"
        xmin = 0
        xmax = 6.5
        points: size = 1
        points [1]:
            number = 1.2
            mark = "H* ""높다"" 끝"
"""


@pytest.fixture
def grid(tmp_path: Path) -> Callable[..., Manuscript]:
    def reader(text: str, encoding: str = "utf-8") -> Manuscript:
        path = tmp_path / "말뭉치.TextGrid"
        path.write_bytes(text.encode(encoding))
        return read_manuscript(path)

    return reader


def short(*tiers: tuple[str, Sequence[tuple[Any, Any, str]]]) -> str:
    lines = ['File type = "ooTextFile"', '"TextGrid"', "", "0", "9", "<exists>", str(len(tiers))]
    for name, labels in tiers:
        lines += ['"IntervalTier"', f'"{name}"', "0", "9", str(len(labels))]
        for begin, end, text in labels:
            quoted = text.replace('"', '""')
            lines += [str(begin), str(end), f'"{quoted}"']
    return "\n".join(lines)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be"])
def test_aligned_words_become_utterances_with_timed_words(
    grid: Callable[..., Manuscript], encoding: str
) -> None:
    text = "\ufeff" + LONG if encoding == "utf-16-be" else LONG
    book = grid(text, encoding)
    assert said(book) == [(1.0, 2.5, "ᄒᆞᆫ저 옵서"), (4.0, 6.5, "예")]
    assert takes(book)[0].words == (WordTime("ᄒᆞᆫ저", 0.0, 0.5), WordTime("옵서", 0.5, 1.5))


def test_utterances_are_taken_before_words_sounds_and_translations(
    grid: Callable[..., Manuscript],
) -> None:
    book = grid(
        short(
            ("phones", [(0, 1, "h"), (1, 2, "o"), (2, 3, "n")]),
            ("말", [(0, 3, "ᄒᆞᆫ저 옵서 예"), (4, 6, '그가 "가게" 헤라')]),
            ("표준어", [(0, 3, "어서 오십시오 네"), (4, 6, "그가 가자 하더라")]),
            ("낱말", [(0, 1, "ᄒᆞᆫ저"), (1, 2, "옵서"), (2, 3, "예")]),
        )
    )
    assert said(book) == [(0.0, 3.0, "ᄒᆞᆫ저 옵서 예"), (4.0, 6.0, '그가 "가게" 헤라')]
    assert [len(take.words) for take in takes(book)] == [3, 0]
    assert {one.reason for one in book.skipped} == {"annotation"}


def test_two_speakers_of_a_textgrid_take_turns(grid: Callable[..., Manuscript]) -> None:
    book = grid(
        short(
            ("가", [(0, 2, "어디 감수과 삼춘"), (5, 7, "나도 가쿠다 예")]),
            ("나", [(2.5, 4.5, "바당에 감저 이제")]),
        )
    )
    assert [text for _, _, text in said(book)] == [
        "어디 감수과 삼춘",
        "바당에 감저 이제",
        "나도 가쿠다 예",
    ]


ABUTTING = {
    "가": [(0, 2, "어디 감수과 삼춘"), (4, 6, "나도 가쿠다 예"), (8, 9, "기영 ᄒᆞ게 예")],
    "나": [(2, 4, "바당에 감저 이제"), (6, 8, "ᄒᆞᆫ디 글라 경 ᄒᆞ민")],
}
IN_TURN = [text for _, _, text in sorted(ABUTTING["가"] + ABUTTING["나"])]


def test_speakers_whose_turns_abut_in_a_textgrid_are_all_heard(
    grid: Callable[..., Manuscript],
) -> None:
    book = grid(short(*ABUTTING.items()))
    assert [text for _, _, text in said(book)] == IN_TURN
    assert not book.skipped


def test_speakers_whose_turns_abut_in_elan_are_all_heard(eaf: Callable[..., Manuscript]) -> None:
    tiers = (
        tier(name, *(note(f"{name}{a}", a, b, text) for a, b, text in labels))
        for name, labels in ABUTTING.items()
    )
    book = eaf(times(*range(0, 10_000, 1000)), *tiers)
    assert [text for _, _, text in said(book)] == IN_TURN


def test_a_translation_beside_turns_that_abut_is_listed(grid: Callable[..., Manuscript]) -> None:
    beside = [(a, b, f"풀이 {text}") for a, b, text in ABUTTING["가"] + ABUTTING["나"]]
    book = grid(short(*ABUTTING.items(), ("표준어", beside[:3]), ("표준어 나", beside[3:])))
    assert [text for _, _, text in said(book)] == IN_TURN
    assert {one.reason for one in book.skipped} == {"annotation"}


def test_translations_of_turns_that_speakers_share_are_listed(
    grid: Callable[..., Manuscript],
) -> None:
    turns = [(0, 2, "어디 감수과 삼춘"), (2, 4, "바당에 감저 이제")]
    beside = [(a, b, f"풀이 {text}") for a, b, text in turns]
    book = grid(short(("표준어", beside), ("가", turns[:1]), ("나", turns[1:])))
    assert [text for _, _, text in said(book)] == [text for _, _, text in turns]


BOTH = [
    ((0, 3, "어디 감수과 삼춘 ᄒᆞᆫ저 옵서"), (0, 3, "어디 가십니까 삼촌 어서 오십시오")),
    ((4, 7, "바당에 물질ᄒᆞ레 감수다"), (4, 7, "바다에 물질하러 갑니다")),
]


@pytest.mark.parametrize(
    ("above", "below"),
    [("표준어", "제주어"), ("번역", "전사"), ("1", "2"), ("말", "제주 방언"), ("Korean", "말")],
)
def test_jeju_is_said_and_not_the_translation_that_stands_above_it(
    grid: Callable[..., Manuscript], above: str, below: str
) -> None:
    jeju, korean = ([pair[i] for pair in BOTH] for i in (0, 1))
    book = grid(short((above, korean), (below, jeju)))
    assert [text for _, _, text in said(book)] == [text for _, _, text in jeju]
    assert [one.text for one in book.skipped] == [text for _, _, text in korean]


def test_a_tier_of_some_jeju_is_said_before_one_of_none(grid: Callable[..., Manuscript]) -> None:
    korean = [(i, i + 1, text) for i, text in enumerate(("그래 그렇게 했다.", "바다에 갑니다."))]
    mixed = [(0, 1, "그래 그렇게 했다."), (1, 2, "바당에 감수다.")]
    book = grid(short(("첫째", korean), ("둘째", mixed)))
    assert [text for _, _, text in said(book)] == [text for _, _, text in mixed]


def test_jeju_of_elan_is_said_where_it_stands_under_its_translation(
    eaf: Callable[..., Manuscript],
) -> None:
    book = eaf(
        times(0, 3000),
        tier("표준어", note("a1", 0, 1, "바다에 물질하러 갑니다")),
        tier("제주어", under("b1", "a1", "바당에 물질ᄒᆞ레 감수다"), parent_ref="표준어"),
    )
    assert [text for _, _, text in said(book)] == ["바당에 물질ᄒᆞ레 감수다"]


def test_every_label_of_a_textgrid_is_read_or_listed(grid: Callable[..., Manuscript]) -> None:
    tiers = short(("말", [(0, 2, "ᄒᆞᆫ저 옵서 예"), (2, 3, "<sil>"), (3, 3, "빈 자리")]))
    points = '"TextTier"\n"점"\n0\n9\n2\n1\n"웃는다 크게"\n2\n""'
    book = grid(tiers.replace("<exists>\n1", "<exists>\n2") + "\n" + points)
    assert [text for _, _, text in said(book)] == ["ᄒᆞᆫ저 옵서 예"]
    assert {(one.where.partition(":")[2], one.text, one.reason) for one in book.skipped} == {
        ("말 00:00:02", "<sil>", "annotation"),
        ("말 00:00:03", "빈 자리", "annotation"),
        ("점 00:00:01", "웃는다 크게", "annotation"),
    }


def test_annotations_of_elan_whose_time_nothing_tells_are_listed(
    eaf: Callable[..., Manuscript],
) -> None:
    book = eaf(
        times(0, 2000, 3000, None),
        tier(
            "말",
            note("a1", 0, 1, "비가 하영 왐수다"),
            note("a2", 2, 3, "눈도 왐수다 게"),
            note("a1", 0, 1, "같은 이름이우다 예"),
            under("a3", "none", "어멍 어신 말"),
        ),
        tier("풀이", under("b1", "a2", "눈도 옵니다"), parent_ref="말"),
    )
    assert [text for _, _, text in said(book)] == ["비가 하영 왐수다", "같은 이름이우다 예"]
    assert {one.text: one.reason for one in book.skipped} == {
        "눈도 왐수다 게": "annotation",
        "어멍 어신 말": "annotation",
        "눈도 옵니다": "annotation",
    }


def test_annotations_of_elan_follow_one_another_as_they_say(eaf: Callable[..., Manuscript]) -> None:
    def after(number: str, before: str, text: str) -> str:
        return under(number, "a1", text).replace(">", f' PREVIOUS_ANNOTATION="{before}">', 1)

    book = eaf(
        times(0, 6000),
        tier("번호", note("a1", 0, 1, "JJ-001")),
        tier(
            "말",
            after("b3", "b2", "싯째 말이우다 예"),
            after("b2", "b1", "둘째 말이우다 예"),
            under("b1", "a1", "첫째 말이우다 예"),
            parent_ref="번호",
        ),
        tier("낱풀이", under("c1", "b2", "둘"), parent_ref="말"),
    )
    assert said(book) == [
        (0.0, 2.0, "첫째 말이우다 예"),
        (2.0, 4.0, "둘째 말이우다 예"),
        (4.0, 6.0, "싯째 말이우다 예"),
    ]
    assert [one.where for one in book.skipped if one.text == "둘"] == [
        "할머니 이야기.eaf:낱풀이 00:00:02"
    ]


def test_words_of_elan_lie_between_the_ends_of_their_utterance(
    eaf: Callable[..., Manuscript],
) -> None:
    # Times without a value are written behind those of the same moment, not in their place.
    book = eaf(
        times(0, 0, None, None, 3000, 3000, 6000),
        tier("말", note("a1", 0, 5, "ᄒᆞᆫ저 옵서 예"), note("a2", 5, 6, "경 ᄒᆞ쿠다 예")),
        tier("낱말", note("w1", 0, 3, "ᄒᆞᆫ저"), note("w2", 3, 2, "옵서"), note("w3", 2, 5, "예")),
    )
    words = takes(book)[0].words
    assert [(round(word.start, 2), round(word.end, 2)) for word in words] == [
        *((0.0, 1.0), (1.0, 2.0), (2.0, 3.0)),
    ]


def test_annotations_of_elan_that_follow_each_other_in_a_ring_are_read(
    eaf: Callable[..., Manuscript],
) -> None:
    ring = [
        under(one, "a1", f"{one} 말이우다 예").replace(">", f' PREVIOUS_ANNOTATION="{to}">', 1)
        for one, to in (("b1", "b2"), ("b2", "b1"))
    ]
    book = eaf(
        times(0, 2000), tier("번호", note("a1", 0, 1, "1")), tier("말", *ring, parent_ref="번호")
    )
    assert len(said(book)) == 2


def test_labels_of_times_without_end_are_listed(grid: Callable[..., Manuscript]) -> None:
    book = grid(
        short(
            ("말", [(0, 2, "ᄒᆞᆫ저 옵서 예"), ("-1e999", 3, "앞도 엇다"), (3, "1e999", "끗도 엇다")])
        )
    )
    assert [text for _, _, text in said(book)] == ["ᄒᆞᆫ저 옵서 예"]
    assert {one.text for one in book.skipped} == {"앞도 엇다", "끗도 엇다"}


def test_a_tier_that_is_written_twice_is_read_and_listed(grid: Callable[..., Manuscript]) -> None:
    tier = ("말", [(0, 2, "ᄒᆞᆫ저 옵서 예")])
    book = grid(short(tier, tier))
    assert [text for _, _, text in said(book)] == ["ᄒᆞᆫ저 옵서 예"]
    assert [one.text for one in book.skipped] == ["ᄒᆞᆫ저 옵서 예"]


def test_countless_tiers_take_no_minutes(grid: Callable[..., Manuscript]) -> None:
    tiers = [
        (str(i), [(i + j / 9, i + j / 9 + 0.1, "ᄒᆞᆫ저 옵서") for j in range(4)])
        for i in range(2_000)
    ]
    started = time.process_time()
    grid(short(*tiers))
    assert time.process_time() - started < 5


def test_a_tier_of_an_endless_name_takes_no_minutes(grid: Callable[..., Manuscript]) -> None:
    labels = [(0, 2, "ᄒᆞᆫ저 옵서 예")]
    started = time.process_time()
    grid(short(("_standard" * 40_000, labels), ("_syll" * 40_000, labels)))
    assert time.process_time() - started < 5


@pytest.mark.parametrize(
    "text",
    [
        LONG[:400],
        "ooBinaryFile\x08TextGrid",
        'ooTextFile "TextGrid" 0 1 <exists> 99999999',
        'ooTextFile "TextGrid" 0 1 <absent>',
        'ooTextFile "TextGrid" "x" 1 <exists> 1',
        "눈이 왔다.",
    ],
)
def test_a_damaged_textgrid_is_refused_by_name(grid: Callable[..., Manuscript], text: str) -> None:
    with pytest.raises(InputError) as caught:
        grid(text)
    assert caught.value.where == "말뭉치.TextGrid"
    assert caught.value.cure
