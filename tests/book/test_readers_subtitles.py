import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kosorong.book.manuscript import Manuscript, has_takes, segments
from kosorong.book.readers import read_manuscript
from kosorong.errors import InputError

SRT = """1
00:00:01,000 --> 00:00:02,500
어제는 눈이

2
00:00:02,600 --> 00:00:04,000
많이 왔다.

3
00:00:10,000 --> 00:00:12,000
<i>오늘은</i> {\\an8}비가 온다.
"""


@pytest.fixture
def read(tmp_path: Path) -> Callable[..., Manuscript]:
    def reader(text: str, name: str = "이야기.srt", **given: Any) -> Manuscript:
        path = tmp_path / name
        path.write_text(text)
        return read_manuscript(path, **given)

    return reader


def texts(book: Manuscript) -> list[str]:
    return [p.text for chapter in book.chapters for p in chapter.paragraphs]


def left_out(book: Manuscript) -> dict[str, str]:
    return {one.text: one.reason for one in book.skipped}


def test_a_sentence_that_subtitles_cut_is_one_again_and_pauses_part_paragraphs(
    read: Callable[..., Manuscript],
) -> None:
    book = read(SRT)
    assert texts(book) == ["어제는 눈이 많이 왔다.", "오늘은 비가 온다."]
    assert (book.title, book.chapters[0].title) == ("이야기", "이야기")


def test_subtitles_without_marks_are_not_run_together(read: Callable[..., Manuscript]) -> None:
    lines = ("안녕하세요", "만나서 반가워요", "바람이 부는", "날이었습니다")
    text = "\n\n".join(
        f"{i}\n00:00:0{i},000 --> 00:00:0{i},900\n{line}" for i, line in enumerate(lines, 1)
    )
    book = read(text)
    assert [one.text for one in segments(book)] == [
        "안녕하세요",
        "만나서 반가워요",
        "바람이 부는 날이었습니다",
    ]


def test_subtitles_are_for_a_voice_unless_they_come_with_their_recording(
    read: Callable[..., Manuscript],
) -> None:
    assert not has_takes(read(SRT))
    book = read(SRT, recorded=True)
    takes = [one.take for one in segments(book)]
    assert [(take.text, take.begin, take.end) for take in takes] == [
        ("어제는 눈이 많이 왔다.", 1.0, 4.0),
        ("오늘은 비가 온다.", 10.0, 12.0),
    ]


def test_subtitles_without_blank_lines_and_with_dots_are_read(
    read: Callable[..., Manuscript],
) -> None:
    text = "1\n0:00:01.0 --> 0:00:02.0\n눈.\n2\n0:00:05.0 --> 0:00:06.0\n비.\n"
    assert texts(read(text)) == ["눈. 비."] or texts(read(text)) == ["눈.", "비."]
    assert "".join(texts(read(text))).replace(" ", "") == "눈.비."


def test_sounds_and_speakers_are_listed(read: Callable[..., Manuscript]) -> None:
    text = (
        "1\n00:00:01,000 --> 00:00:02,000\n[음악] 순이: 어디 가?\n\n"
        "2\n00:00:03,000 --> 00:00:04,000\n- 순이: 바당에.\n- 만덕: 나도.\n\n"
        "3\n00:00:05,000 --> 00:00:06,000\n만덕: 주의: 물이 깊다. 한라산(漢拏山)도 깊다. ♪\n"
    )
    book = read(text)
    assert " ".join(texts(book)) == "어디 가? 바당에. 나도. 주의: 물이 깊다. 한라산도 깊다."
    assert left_out(book)["[음악]"] == "media"
    assert left_out(book)["만덕:"] == "speaker"


def shown(*lines: str) -> str:
    return "\n\n".join(
        f"{i}\n00:00:{i:02},000 --> 00:00:{i:02},900\n{line}" for i, line in enumerate(lines, 1)
    )


def test_labels_of_what_is_told_are_no_speakers(read: Callable[..., Manuscript]) -> None:
    lines = (
        "문제: 제주의 산은?", "정답: 한라산.", "첫 번째 문제: 바다는?", "문제: 섬은?",
        "정답: 우도.", "제주어: 바당.", "표준어: 바다.", "제주어: 낭.", "표준어: 나무.",
        "Step 1: 간다.", "Step 1: 온다.", "순이: 맞다.", "순이: 또 맞다.",
        "할머니 1: 맞주.", "할머니 1: 기여.",
    )  # fmt: skip
    book = read(shown(*lines))
    said = " ".join(texts(book)).split()
    assert said == " ".join(lines).replace("순이: ", "").replace("할머니 1: ", "").split()
    assert set(left_out(book)) == {"순이:", "할머니 1:"}


@pytest.mark.parametrize(
    "line",
    [
        *("(나는 그날을 기억한다.)", "[제주 4·3 평화공원]", "[10년 후]", "(그 사람은 누구였을까?)"),
        *(
            "[서귀포시 매일 올레 시장]",
            "[다음 날 아침]",
            "[한림읍]",
            "【1948년 가을】",
            "[새별오름]",
        ),
        "어머니는 말했다. (그때는 몰랐다.)",
    ],
)
def test_sentences_and_signs_in_brackets_are_said(
    read: Callable[..., Manuscript], line: str
) -> None:
    book = read(shown("눈이 왔다.", line))
    assert " ".join(texts(book)) == f"눈이 왔다. {line}"
    assert not book.skipped


@pytest.mark.parametrize(
    "sound",
    [
        *(
            "[음악]",
            "(웃음)",
            "[긴장되는 음악]",
            "(문 두드리는 소리)",
            "[문이 닫힌다]",
            "(한숨을 쉬며)",
        ),
        *(
            "[제주어로]",
            "(놀라서)",
            "[유리 깨짐]",
            "[탁!]",
            "[Music]",
            "[soft music playing]",
            "( )",
        ),
        *(
            "[거친 호흡]",
            "(휴대 전화 진동)",
            "[♪ 이어도사나 ♪]",
            "(비가\n오는 소리)",
            "(작은 목소리로)",
            "♪♪",
        ),
    ],
)
def test_sounds_and_manners_in_brackets_are_listed(
    read: Callable[..., Manuscript], sound: str
) -> None:
    book = read(shown("눈이 왔다.", sound, f"{sound} 비도 왔다."))
    assert " ".join(texts(book)) == "눈이 왔다. 비도 왔다."
    assert {one.reason for one in book.skipped} == {"media"}
    assert [one.text for one in book.skipped] == [sound, sound]


def test_webvtt_says_its_language_and_lists_its_notes_and_styles(
    read: Callable[..., Manuscript],
) -> None:
    text = (
        "WEBVTT - 머리\nLanguage: ko\n\nNOTE 고칠 것\n둘째 줄\n\nSTYLE\n::cue {color: red}\n\n"
        "장면 하나\n00:01.000 --> 00:02.000 align:start\n"
        "<v 순이>눈이 &amp; 비가 <c.a>왔다</c>.</v>\n\n"
        "00:05.000 --> 00:06.000\n<ruby>海<rt>바당</rt></ruby>에 갔다.\n"
    )
    book = read(text, "이야기.vtt")
    assert texts(book) == ["눈이 & 비가 왔다.", "海에 갔다."]
    assert left_out(book) == {
        "WEBVTT - 머리\nLanguage: ko": "file properties",
        "NOTE 고칠 것\n둘째 줄": "comment",
        "STYLE\n::cue {color: red}": "style or script",
        "장면 하나": "time code",
        "순이": "speaker",
        "바당": "ruby",
    }


def test_the_same_subtitle_twice_in_a_row_is_said_once(read: Callable[..., Manuscript]) -> None:
    text = (
        "1\n00:00:01,000 --> 00:00:02,000\n눈이 왔다.\n\n"
        "2\n00:00:02,000 --> 00:00:03,000\n눈이 왔다.\n"
    )
    book = read(text)
    assert texts(book) == ["눈이 왔다."]
    assert left_out(book) == {"눈이 왔다.": "repetition"}


def test_a_file_without_times_is_refused(read: Callable[..., Manuscript]) -> None:
    with pytest.raises(InputError, match="no subtitles") as caught:
        read("눈이 왔다.\n")
    assert caught.value.cure


def rolling(*lines: str, step: float = 2.0) -> str:
    """Return captions as YouTube writes them: the line before stays above each new one."""
    shown = ["WEBVTT\nKind: captions\nLanguage: ko\n"]
    for number, line in enumerate(lines):
        begin, end = number * step, (number + 1) * step - 0.01
        first, _, rest = line.partition(" ")
        timed = f"{first}<00:00:{begin + 0.5:06.3f}><c> {rest}</c>" if rest else first
        above = lines[number - 1] if number else " "
        style = "align:start position:0%"
        shown += [
            f"00:00:{begin:06.3f} --> 00:00:{end:06.3f} {style}\n{above}\n{timed}\n",
            f"00:00:{end:06.3f} --> 00:00:{end + 0.01:06.3f} {style}\n{line}\n \n",
        ]
    return "\n".join(shown)


def test_rolling_captions_are_said_once_each(read: Callable[..., Manuscript]) -> None:
    lines = ("안녕하세요 여러분", "오늘은 제주에", "왔습니다 바다가", "푸르네요", "푸르네요 정말")
    book = read(rolling(*lines), "말.vtt", recorded=True)
    assert " ".join(texts(book)).split() == " ".join(lines).split()
    assert left_out(book)["오늘은 제주에"] == "repetition"
    assert "time code" not in left_out(book).values()
    assert next(segments(book)).take.begin == 0.0


def test_captions_that_roll_without_pauses_between_them_are_said_once_each(
    read: Callable[..., Manuscript],
) -> None:
    text = "".join(
        f"{n}\n00:00:0{n},000 --> 00:00:0{n + 1},000\n{shown}\n\n"
        for n, shown in enumerate(
            (
                "가을이 왔어요",
                "가을이 왔어요\n산에 가요",
                "가을이 왔어요\n산에 가요\n단풍을 보러",
                "산에 가요\n단풍을 보러\n같이요",
            ),
            1,
        )
    )
    assert texts(read(text)) == ["가을이 왔어요\n산에 가요\n단풍을 보러 같이요"]


def test_a_caption_that_grows_word_by_word_is_said_once(read: Callable[..., Manuscript]) -> None:
    text = "WEBVTT\n\n" + "".join(
        f"00:0{n}.000 --> 00:0{n + 1}.000\n{shown}\n\n"
        for n, shown in enumerate(("바람이", "바람이 많이", "바람이 많이 불어요"))
    )
    assert texts(read(text, "말.vtt")) == ["바람이 많이 불어요"]


def test_answers_that_repeat_a_line_are_said_where_captions_do_not_roll(
    read: Callable[..., Manuscript],
) -> None:
    shown = (
        "- 갈까?\n- 그래.",
        "그래.\n어서 가자.",
        "눈이 왔다.\n많이 왔다.",
        "비도 왔다.\n또 왔다.",
    )
    text = "".join(
        f"{n}\n00:00:0{n},000 --> 00:00:0{n + 1},000\n{one}\n\n" for n, one in enumerate(shown, 1)
    )
    said = "갈까? 그래. 그래. 어서 가자. 눈이 왔다. 많이 왔다. 비도 왔다. 또 왔다."
    assert " ".join(texts(read(text))) == said


def test_a_line_of_a_space_does_not_end_a_subtitle(read: Callable[..., Manuscript]) -> None:
    text = "WEBVTT\n\n00:01.000 --> 00:02.000\n \n눈이\n\u00a0\n왔다.\n\n"
    text += "00:05.000 --> 00:06.000\n비.\n"
    book = read(text, "말.vtt")
    assert texts(book) == ["눈이 왔다.", "비."]
    assert left_out(book) == {"WEBVTT": "file properties"}


def test_long_subtitles_that_roll_take_no_minutes(read: Callable[..., Manuscript]) -> None:
    long = "\n".join(["눈이 왔다"] * 30_000)
    text = f"00:01.000 --> 00:02.000\n{long}\n비\n\n" + "00:02.000 --> 00:02.000\n비\n\n" * 3000
    text += "00:05.000 --> 00:06.000\n" + "[음악] " * 100_000 + "\n비\n"
    begin = time.process_time()
    read(text, "말.vtt")
    assert time.process_time() - begin < 5
