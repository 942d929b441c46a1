"""Long recordings are cut at their pauses; each part keeps its words."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from tones import RATE, speech

from kosorong.audio.wav import write_wav
from kosorong.errors import CorpusError
from kosorong.ports import WordTime
from kosorong.speech.align import Aligner
from kosorong.speech.catalogue import open_voice
from kosorong.training.corpora.manifest import (
    Utterance,
    read_layout,
    read_manifest,
    write_layout,
    write_manifest,
)
from kosorong.training.corpora.packed import pack
from kosorong.training.corpora.phrases import cut_corpus, phrases_of
from kosorong.training.corpora.sound import LEAD, TRAIL

WORDS = ("바당에", "가난", "하영", "얼어라.")


@pytest.fixture(scope="module")
def aligner() -> Aligner:
    return Aligner(open_voice().engine)


def _recording(*silences: float) -> tuple[np.ndarray, list[WordTime]]:
    """Four words of half a second, parted by silences (seconds)."""
    parts, times, at = [np.zeros(int(0.15 * RATE), np.float32)], [], 0.15
    for word, silence in zip(WORDS, [*silences, 0.2], strict=True):
        parts += [speech(0.5, silence=0), np.zeros(int(silence * RATE), np.float32)]
        times.append(WordTime(word, at, at + 0.5))
        at += 0.5 + silence
    return np.concatenate(parts), times


def test_a_pause_parts_and_the_first_part_ends_in_a_comma() -> None:
    samples, times = _recording(0.0, 0.4, 0.0)
    found = phrases_of(samples, times)
    assert [phrase.text for phrase in found] == ["바당에 가난,", "하영 얼어라."]
    for phrase in found:
        assert len(phrase.samples) / RATE == pytest.approx(1.0 + LEAD + TRAIL, abs=0.06)


def test_a_short_pause_is_filled_up_to_the_usual_margins() -> None:
    samples, times = _recording(0.0, 0.13, 0.0)
    first, second = phrases_of(samples, times)
    sounding = np.flatnonzero(np.abs(second.samples) > 0.05)
    assert sounding[0] / RATE == pytest.approx(LEAD, abs=0.02)
    sounding = np.flatnonzero(np.abs(first.samples) > 0.05)
    assert (len(first.samples) - sounding[-1]) / RATE == pytest.approx(TRAIL, abs=0.02)


def test_the_closure_of_a_stop_is_no_pause() -> None:
    samples, times = _recording(0.05, 0.08, 0.0)
    assert phrases_of(samples, times) == []


def test_wrong_word_times_do_not_cut_into_a_word() -> None:
    samples, times = _recording(0.0, 0.4, 0.0)
    late = [WordTime(w.text, w.start + 0.06, w.end + 0.06) for w in times]
    first, _ = phrases_of(samples, late)
    assert np.abs(first.samples[-RATE // 50 :]).max() < 0.01


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder, voice = tmp_path / "corpus", open_voice()
    rows = []
    (folder / "audio" / "one").mkdir(parents=True)
    for n, (split, text) in enumerate(
        [("train", "바람이 불면, 우리는 집에 갑니다."), ("test", "우리는 집에 갑니다.")]
    ):
        audio = f"audio/one/{n}.wav"
        write_wav(folder / audio, voice.speak(text).samples, RATE)
        rows.append(Utterance(str(n), "one", split, 2.0, audio, text))  # type: ignore[arg-type]
    rows.append(replace(rows[0], id="2", text="?!"))
    write_layout(folder, "folder")
    write_manifest(folder, rows)
    return folder


def test_a_corpus_keeps_its_rows_and_gains_phrases(
    corpus: Path, tmp_path: Path, aligner: Aligner
) -> None:
    dest = tmp_path / "more"
    done = cut_corpus(corpus, dest, aligner)
    rows = read_manifest(dest)
    assert rows[:3] == read_manifest(corpus)
    assert done.phrases == 1
    # The second phrase is a sentence that is held out.
    assert [(row.id, row.split, row.text) for row in rows[3:]] == [("0-1", "train", "바람이 불면,")]
    assert 0.6 < rows[3].seconds < 1.5
    assert read_layout(dest) == "folder"
    assert [line[:2] for line in (dest / "refused.txt").read_text().splitlines()] == ["2:"]
    assert len(pack(dest).utterances) == len(rows)


def test_a_corpus_is_not_cut_into_its_own_folder(corpus: Path, aligner: Aligner) -> None:
    with pytest.raises(CorpusError, match="its own folder"):
        cut_corpus(corpus, corpus, aligner)
