"""Times are sums of samples: exact, in order, and without gaps for read-along."""

from collections.abc import Iterable

import pytest

from kosorong.audio.aac import FRAME
from kosorong.book.options import Pauses
from kosorong.book.records import Finished, Planned
from kosorong.book.timing import Clip, Placed, clips, clock, fitting_words, timeline
from kosorong.ports import WordTime

RATE = 22_050
PAUSES = Pauses()


def spoken(
    text: str,
    paragraph: int = 0,
    kind: str = "body",
    ends: bool = False,
    samples: int = RATE,
    words: Iterable[WordTime] = (),
) -> Finished:
    planned = Planned(0, 0, paragraph, kind, ends, text, "", "key")
    return Finished(planned, "", samples, tuple(words))


@pytest.mark.parametrize(
    ("left", "right", "pause"),
    [
        (spoken("눈이 왔고"), spoken("바람도 불었다."), PAUSES.clause),
        (spoken("눈이 왔다."), spoken("바람도 불었다."), PAUSES.sentence),
        (spoken("“눈이 왔다.”"), spoken("바람도 불었다."), PAUSES.sentence),
        (spoken("바당아", kind="verse"), spoken("바당아", kind="verse"), PAUSES.sentence),
        (spoken("눈이 왔다.", ends=True), spoken("밤이었다.", 1), PAUSES.paragraph),
        (spoken("첫째 장", 0, "heading", True), spoken("밤이었다.", 1), PAUSES.heading),
        (spoken("눈이 왔다.", ends=True), spoken("밤이었다.", 2), PAUSES.scene),
    ],
)
def test_the_pause_between_two_segments(left: Finished, right: Finished, pause: float) -> None:
    first, second = timeline([left, right], PAUSES, RATE)
    assert first.silence == pytest.approx(pause * RATE, abs=FRAME / 2)
    assert second.start == RATE + first.silence
    assert second.silence == pytest.approx(PAUSES.chapter * RATE, abs=FRAME / 2)


@pytest.mark.parametrize("pauses", [PAUSES, Pauses(0, 0, 0, 0, 0, 0)])
def test_every_segment_begins_on_a_frame_behind_two_of_silence(pauses: Pauses) -> None:
    lengths = [1, 777, 1023, 1024, 1025, 12_345, RATE, 0, 3]
    placed = list(timeline([spoken("가.", samples=n) for n in lengths], pauses, RATE))
    assert [one.finished.samples for one in placed] == lengths
    for one in placed:
        assert one.start % FRAME == one.end % FRAME == 0
        assert one.silence >= 2 * FRAME or not one.finished.samples


def test_an_empty_chapter_has_no_times() -> None:
    assert list(timeline([], PAUSES, RATE)) == []


def words_of(*times: tuple[float, float]) -> list[WordTime]:
    return [WordTime(str(i), *pair) for i, pair in enumerate(times)]


def test_clips_touch_and_cover_the_whole_chapter() -> None:
    segments = [
        spoken("0 1 2", words=words_of((0.1, 0.3), (0.31, 0.6), (0.7, 0.99))),
        spoken("0", words=words_of((0.2, 0.9)), samples=12_345),
        spoken("…", samples=777),
    ]
    placed = list(timeline(segments, PAUSES, RATE))
    edge = 0
    for one in placed:
        whole, words = clips(one, RATE)
        assert whole is not None
        assert whole.begin == edge
        for clip in words:
            assert clip.begin == edge
            assert clip.end > clip.begin
            edge = clip.end
        edge = whole.end
    assert edge == round(placed[-1].end * 1000 / RATE)


def test_words_that_round_to_the_same_millisecond_get_one_each() -> None:
    one = spoken("0 1 2", words=words_of((0, 0), (0, 0), (0, 0)), samples=RATE)
    _, words = clips(next(timeline([one], PAUSES, RATE)), RATE)
    assert [clip.begin for clip in words] == [0, 1, 2]


def test_words_without_room_get_no_clip() -> None:
    one = spoken("0 1 2 3", words=words_of((0, 0), (0, 0), (0, 0), (0, 0)), samples=44)
    _, words = clips(Placed(one, 0, 0), RATE)
    assert words == (Clip(0, 1), Clip(1, 2), None, None)
    silent = spoken("0", words=words_of((0, 0)), samples=0)
    assert clips(Placed(silent, 0, 0), RATE) == (None, (None,))


def test_word_times_are_put_inside_the_audio_and_in_order() -> None:
    fitted = fitting_words("가 나 다", [WordTime(t, *at) for t, at in zip(
        "가나다", [(-1, 0.4), (0.2, 0.1), (0.9, 7)], strict=True)], 1.0)  # fmt: skip
    assert [(w.start, w.end) for w in fitted] == [(0, 0.4), (0.4, 0.4), (0.9, 1.0)]


@pytest.mark.parametrize("words", [(), (WordTime("가", 0, 1),), (WordTime("라", 0, 1),) * 2])
def test_times_of_other_words_are_not_used(words: tuple[WordTime, ...]) -> None:
    assert fitting_words("가 나", words, 1.0) == ()


def test_clock_counts_past_a_day() -> None:
    assert clock(90_061_007) == "25:01:01.007"
