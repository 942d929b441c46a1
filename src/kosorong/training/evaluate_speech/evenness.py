"""Whether a voice is even: pauses at marks, levels of segments, brightness beside recordings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from kosorong.audio.mel import hz_to_mel
from kosorong.config import MEL
from kosorong.ports import NoProgress, Progress, Speech
from kosorong.speech.voice import Engine, OnnxVoice
from kosorong.training.corpora.manifest import Split
from kosorong.training.corpora.packed import PackedCorpus
from kosorong.training.corpora.sound import speech_level
from kosorong.training.evaluate_speech.tone import Say, difference, say_of

Float = NDArray[np.float64]

SEGMENTS = (
    *("하르방.", "예.", "혼저 옵서예.", "무사 경 ᄀᆞᆯ암수과?", "눈이 펑펑 왐저."),
    *("아이고, 요 아이 보라!", "가자, 가자, 감나무.", "비가 오고 바람이 불어서, 배가 못 뜬다."),
    *("경 ᄒᆞ난 집이 왔주. 밥을 먹엇수다.", "오널은 물질ᄒᆞ레 가젠 ᄒᆞ는디, 날이 궂엉 못 가쿠다."),
    *("그 말을 듣고 고개를 끄덕이셨다. 그리고 웃으셨다.", "어디 감수과? 집이 감수다."),
    *("선생님께서는 내일 오전 열 시에 서울로 떠나실 예정입니다.", "ᄃᆞᆯ이 떳져. ᄇᆞᆰ은 밤이여."),
    *("떡, 과일, 생선, 그리고 술을 올렸다.", "할머니, 저 왔어요! 어디 계세요?"),
)
"""What is read aloud: single words, sentences, and marks inside a segment."""

BAND = (1000.0, 4000.0)
"""Hz between which brightness is compared."""

_STEP = 220
_QUIET_DB = 40.0


@dataclass(frozen=True, slots=True)
class Evenness:
    """What was measured of one voice.

    Attributes:
        voice: Its name.
        commas: Seconds of silence at commas inside segments.
        stops: The same at other marks.
        levels: dBFS RMS of the speech of each segment.
        bands: Recordings over voice, decibels, in third octaves of `BAND`; empty without them.
        whole: The same of all that the speaker recorded, what the voice learnt from too: two dozen
            held-out recordings may by chance be brighter than the rest.
        softened: Marks inside segments at which the model was not quiet, and slopes made it so.
        through: Marks inside segments at which it speaks on, and no pause was made.
    """

    voice: str
    commas: tuple[float, ...]
    stops: tuple[float, ...]
    levels: tuple[float, ...]
    bands: tuple[float, ...] = ()
    whole: tuple[float, ...] = ()
    softened: int = 0
    through: int = 0

    def text(self) -> str:
        """Return the figures, some lines."""
        low, middle, high = np.percentile(self.levels, (0, 50, 100))
        lines = [
            f"{self.voice}: pauses at commas {_spread(self.commas)}",
            f"  pauses at stops {_spread(self.stops)}",
            f"  of these marks {self.softened} softened by slopes, {self.through} spoken through",
            f"  {len(self.levels)} segments at {low:.1f} to {high:.1f} dBFS, median {middle:.1f}",
        ]
        for bands, which in ((self.bands, "held-out"), (self.whole, "all")):
            if bands:
                parts = " ".join(f"{band:+.1f}" for band in bands)
                lines.append(
                    f"  {which} recordings over voice, third octaves of 1 to 4 kHz: {parts} dB; "
                    f"all together {np.mean(bands):+.1f} dB"
                )
        return "\n".join(lines)


def evaluate_evenness(
    bundle: Path, corpus: PackedCorpus | None = None, *, progress: Progress | None = None
) -> list[Evenness]:
    """Measure every voice of a bundle.

    Args:
        bundle: A voice bundle.
        corpus: Recordings of its speakers; those held out are compared.
        progress: Shown on the way.
    """
    progress, engine = progress or NoProgress(), Engine.open(bundle)
    about = {str(entry["name"]): str(entry["speaker"]) for entry in engine.bundle.config["voices"]}
    progress.start(len(about) * len(SEGMENTS), unit="segment")
    results = []
    for name, speaker in about.items():
        voice = OnnxVoice(engine, name)
        commas: list[float] = []
        stops: list[float] = []
        levels, softened, through = [], 0, 0
        for text in SEGMENTS:
            speech = voice.speak(text)
            for _, plan in voice.plans(text):
                softened += plan.even.softened
                through += plan.even.through
            levels.append(speech_level(speech.samples))
            for mark, seconds in gaps(speech):
                (commas if mark == "," else stops).append(seconds)
            progress.advance()
        say, pauses = say_of(voice), (tuple(commas), tuple(stops))
        bands, whole = (
            _brightness(say, corpus, speaker, splits)
            for splits in (("test",), ("train", "valid", "test"))
        )
        results.append(Evenness(name, *pauses, tuple(levels), bands, whole, softened, through))
    progress.close()
    return results


def _brightness(
    say: Say, corpus: PackedCorpus | None, speaker: str, splits: Sequence[Split]
) -> tuple[float, ...]:
    """Return recordings over voice by third octave; nothing where there are no recordings."""
    if corpus is None:
        return ()
    indices = [i for split in splits for i in corpus.of_split(split)]
    own = [i for i in indices if corpus.utterances[i].speaker == speaker]
    return _bands(difference(say, corpus, own)) if own else ()


def gaps(speech: Speech) -> Iterator[tuple[str, float]]:
    """Yield the mark and the seconds of silence behind each word that ends in one, but the last.

    Silent is what is 40 dB quieter than the loud parts, as heard, not as the model says.
    """
    frames = speech.samples[: len(speech.samples) // _STEP * _STEP].reshape(-1, _STEP)
    level = 10.0 * np.log10(np.mean(np.square(frames, dtype=np.float64), axis=1) + 1e-12)
    quiet = level < np.percentile(level, 95) - _QUIET_DB
    rate = speech.sample_rate / _STEP
    for word, after in pairwise(speech.words):
        if word.text[-1] not in ",.?!…":
            continue
        # Words end where the model says; the pause is the longest silence near there.
        first, last = int((word.end - 0.1) * rate), int((after.start + 0.1) * rate) + 1
        yield word.text[-1], longest(quiet[max(0, first) : last]) / rate


def longest(flags: NDArray[np.bool_]) -> int:
    """Return the length of the longest run of True.

    >>> longest(np.array([True, False, True, True]))
    2
    """
    edges = np.flatnonzero(np.diff(np.concatenate([[0], flags.astype(np.int8), [0]])))
    return int(np.max(edges[1::2] - edges[::2], initial=0))


def _bands(decibels: Float) -> tuple[float, ...]:
    """Return means over third octaves of differences in mel channels (M,)."""
    low, high = hz_to_mel(np.array([MEL.f_min, MEL.f_max]))
    centres = np.linspace(low, high, MEL.n_mels + 2)[1:-1]
    edges = hz_to_mel(np.geomspace(*BAND, 7))
    return tuple(
        float(np.mean(decibels[(centres >= start) & (centres < end)]))
        for start, end in pairwise(edges)
    )


def _spread(seconds: Sequence[float]) -> str:
    low, middle, high = np.percentile(seconds, (5, 50, 95))
    return f"{middle:.2f} s ({low:.2f} to {high:.2f}, {len(seconds)})"
