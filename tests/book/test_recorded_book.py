import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from book_fakes import FakeTranslator, FakeVoice
from numpy.typing import NDArray

from kosorong.audio.encode import encode_audio
from kosorong.audio.long import open_long
from kosorong.audio.wav import read_audio, wav_bytes, write_wav
from kosorong.book.options import BookOptions
from kosorong.book.produce import Book, produce
from kosorong.book.readers import read_manuscript
from kosorong.book.recorded import SPEAKER, open_recording, recording_beside
from kosorong.errors import InputError
from kosorong.ports import Translator, WordTime

RATE = 44_100
SRT = (
    "1\n00:00:01,000 --> 00:00:02,000\n눈이 왔수다.\n\n"
    "2\n00:00:03,000 --> 00:00:04,500\n비가 왔수다.\n\n"
    "3\n00:00:06,000 --> 00:00:07,000\n눈이 왔수다.\n"
)
PITCHES = {300.0: (1.0, 2.0), 500.0: (3.0, 4.5), 700.0: (6.0, 7.0)}


def sound() -> np.ndarray:
    """Return eight seconds: a tone of its own wherever somebody speaks."""
    time = np.arange(8 * RATE) / RATE
    made = np.zeros(len(time))
    for pitch, (begin, end) in PITCHES.items():
        made += np.where((time >= begin) & (time < end), 0.3 * np.sin(2 * np.pi * pitch * time), 0)
    return made.astype(np.float32)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_wav(tmp_path / "이야기.wav", sound(), RATE)
    (tmp_path / "이야기.srt").write_text(SRT)
    return tmp_path


def make(
    folder: Path,
    *,
    align: Callable[..., Any] | None = None,
    translator: Translator | None = None,
    language: str = "jje",
    text: str = SRT,
) -> Book:
    (folder / "이야기.srt").write_text(text)
    manuscript = read_manuscript(folder / "이야기.srt", language=language, recorded=True)
    options = BookOptions(formats=("mp3", "vtt", "epub"))
    with open_recording(folder / "이야기.wav", "김할머니", align) as voice:
        return produce(
            manuscript, translator=translator, voice=voice, out=folder / "out", options=options
        )


def cues(book: Book) -> list[tuple[str, str]]:
    [path] = book.paths["vtt"].iterdir()
    found = re.findall(r"(\S+ --> \S+)\n(.+)", path.read_text())
    return [(times, re.sub(r"<[\d:.]+>", "", line)) for times, line in found]


def pitch(samples: np.ndarray, rate: int) -> float:
    spectrum = np.abs(np.fft.rfft(samples * np.hanning(len(samples))))
    return float(np.argmax(spectrum) * rate / len(samples))


def test_the_speaker_is_heard_at_the_transcripts_times_and_nobody_else(folder: Path) -> None:
    book = make(folder)
    assert book.segments == 3
    assert [line for _, line in cues(book)] == ["눈이 왔수다.", "비가 왔수다.", "눈이 왔수다."]
    [mp3] = book.paths["mp3"].iterdir()
    samples, rate = read_audio(mp3)
    for (times, _), wanted in zip(cues(book), PITCHES, strict=True):
        begin, end = (_seconds(clock) for clock in times.split(" --> "))
        part = samples[round((begin + 0.2) * rate) : round((end - 0.2) * rate)]
        assert pitch(part, rate) == pytest.approx(wanted, abs=10)


def _seconds(clock: str) -> float:
    hours, minutes, seconds = clock.split(":")
    return int(hours) * 3600 + int(minutes) * 60 + float(seconds)


def test_every_file_says_that_a_person_read_it(folder: Path) -> None:
    report = make(folder).report
    assert "사람(김할머니)이 읽었습니다" in report["notice"]
    assert "합성" not in json.dumps(report["notice"], ensure_ascii=False)
    assert report["credit"] == "김할머니"


def test_a_korean_recording_stays_korean_with_jeju_beside(folder: Path) -> None:
    report = make(folder, translator=FakeTranslator(), language="ko").report
    assert (report["language"], report["read_in"]) == ("ko", "ko")
    assert report["run"]["translated"] == 2


def test_words_are_timed_by_alignment_where_the_transcript_times_none(folder: Path) -> None:
    lengths = []

    def align(samples: NDArray[np.float32], text: str) -> list[WordTime]:
        lengths.append(round(len(samples) / 22_050, 2))
        return [WordTime(word, 0.1 * i, 0.1 * i + 0.1) for i, word in enumerate(text.split())]

    book = make(folder, align=align)
    assert lengths == [1.0, 1.5, 1.0]
    [path] = book.paths["vtt"].iterdir()
    assert "눈이 <00:00:00.100>왔수다." in path.read_text()


def test_an_alignment_that_fails_leaves_the_segment_whole(folder: Path) -> None:
    def align(samples: NDArray[np.float32], text: str) -> None:
        raise InputError("too short", where="audio", cure="x")

    book = make(folder, align=align)
    assert book.segments == 3
    assert any("not timed" in one["message"] for one in book.report["segment_warnings"])


def test_a_second_run_makes_nothing_and_a_moved_border_only_itself(folder: Path) -> None:
    assert make(folder).report["run"]["spoken"] == 3
    assert make(folder).report["run"]["spoken"] == 0
    moved = SRT.replace("00:00:04,500", "00:00:04,400")
    assert make(folder, text=moved).report["run"]["spoken"] == 1


def test_a_transcript_without_its_recording_is_refused(folder: Path) -> None:
    manuscript = read_manuscript(folder / "이야기.srt", recorded=True)
    with pytest.raises(InputError, match="transcript of a recording") as caught:
        produce(manuscript, translator=None, voice=FakeVoice(), out=folder / "out")
    assert "--recording" in caught.value.cure


def test_a_recording_of_another_text_is_refused(folder: Path) -> None:
    late = SRT.replace("00:00:07,000", "00:03:00,000")
    with pytest.raises(InputError, match="goes on to 180 s, the recording ends at 8 s"):
        make(folder, text=late)
    manuscript = read_manuscript(folder / "이야기.srt")
    with (
        open_recording(folder / "이야기.wav") as voice,
        pytest.raises(InputError, match="has no times"),
    ):
        produce(manuscript, translator=None, voice=voice, out=folder / "out")


def test_nothing_is_made_up_for_a_recording(folder: Path) -> None:
    with open_recording(folder / "이야기.wav") as voice:
        assert voice.name == SPEAKER
        with pytest.raises(InputError, match="does not hold"):
            voice.speak("아무도 하지 않은 말.")


def test_the_recording_of_a_transcript_lies_beside_it(folder: Path) -> None:
    assert recording_beside(folder / "이야기.eaf") == folder / "이야기.wav"
    assert recording_beside(folder / "다른.eaf") is None


@pytest.mark.parametrize("ending", [".wav", ".flac", ".mp3", ".opus"])
def test_long_sound_is_cut_alike_in_each_format(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"a{ending}"
    is_wav = ending == ".wav"
    data = wav_bytes(sound(), RATE) if is_wav else encode_audio(sound(), RATE, ending)
    path.write_bytes(data)
    with open_long(path, 22_050) as opened:
        assert opened.seconds == pytest.approx(8.0, abs=0.1)
        assert pitch(opened.between(3.2, 4.2), 22_050) == pytest.approx(500, abs=10)
        assert len(opened.between(7.9, 99.0)) < 22_050


def test_what_is_no_sound_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.wav"
    path.write_bytes(b"RIFF\0\0\0\0WAVE")
    with pytest.raises(InputError) as caught, open_long(path, 22_050):
        pass
    assert caught.value.cure
    with pytest.raises(InputError, match="cannot be read"), open_long(tmp_path / "b.wav", 22_050):
        pass
