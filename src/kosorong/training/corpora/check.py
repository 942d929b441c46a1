"""What is wrong with a corpus, found before a training starts on it.

A model learns what its corpus says, errors too: a text beside another recording, a recording cut
short, a sentence that is trained and tested on. Nothing is changed here; what is found is listed.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import astuple, dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from kosorong.audio.files import replacing, storage
from kosorong.config import MEL
from kosorong.errors import CorpusError
from kosorong.ports import NoProgress, Progress
from kosorong.text.reading import read
from kosorong.text.sound.symbols import (
    BLANK,
    BOUNDARY,
    END,
    MARKS,
    PAD,
    START,
    SYMBOLS,
    SYMBOLS_HASH,
)
from kosorong.training.common import plots
from kosorong.training.corpora.manifest import Utterance, read_manifest, text_key
from kosorong.training.corpora.packed import (
    WrongFormatError,
    is_packed,
    pack,
    packed_folder,
    read_wav,
)
from kosorong.training.corpora.sound import (
    LEAD,
    TRAIL,
    Float,
    clipped_share,
    speech_level,
)

REPORT, PICTURE = "check.txt", "check.png"

KINDS = {
    "missing": "the sound file is missing or cannot be read",
    "wrong format": "the sound file is not mono, 16 bits at the models' rate",
    "silent": "nothing is to be heard",
    "clipped": "loud places were cut off when it was recorded",
    "no symbols": "the text has nothing that the voice could say",
    "unread": "characters of the text that are not said",
    "rate outlier": "far more or fewer symbols a second than usual: text and sound may differ",
    "duplicate": "the same sound, or the same text by the same speaker, stands twice",
    "in two splits": "a text is trained on and also held out",
}
"""Everything that is looked for, and what it means."""

_CACHE = "check.json"
# Speech softer than this is as good as silent, dBFS RMS; an import brings it to -23.
_QUIET = -55.0
# Share of cut-off samples that is heard: one thousandth of the time.
_CLIPPED = 1e-3
# |robust z| above this is an outlier (Iglewicz and Hoaglin, 1993). A speaker who is steadier than
# the least spread, in the logarithm of the rate, is not held to it.
_OUTLIER, _LEAST_SPREAD = 3.5, 0.08
# Utterances from which a speaker's own rate is known well enough.
_OWN_RATE = 20

_SILENT_SYMBOLS = frozenset(SYMBOLS.index(s) for s in (PAD, BLANK, START, END, BOUNDARY, *MARKS))


@dataclass(frozen=True, slots=True)
class Figures:
    """What was measured of one utterance.

    Attributes:
        seconds: Length of the sound; 0 where it cannot be read.
        level: Of the speech, dBFS RMS; None where there is none.
        clipped: Share of cut-off samples, in this file or in the recording it was made of.
        digest: Tells equal sounds.
        symbols: Sounds in the text (no marks, boundaries or edges).
        unread: Characters of the text that are not said.
        fault: A key of `KINDS` where the sound cannot be used, else "".
        detail: More about the fault.
    """

    seconds: float
    level: float | None
    clipped: float
    digest: str
    symbols: int
    unread: str
    fault: str = ""
    detail: str = ""

    @property
    def rate(self) -> float:
        """Symbols a second of speech, without the silence at the edges; NaN where unknown."""
        speech = self.seconds - LEAD - TRAIL
        return self.symbols / speech if speech > 0 and self.symbols else float("nan")


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to look at.

    Attributes:
        kind: A key of `KINDS`.
        id: The utterance.
        detail: What it is about it.
    """

    kind: str
    id: str
    detail: str


@dataclass(frozen=True, slots=True)
class Check:
    """What a check of a corpus found.

    Attributes:
        utterances: The manifest's rows.
        figures: What was measured of each.
        findings: In the order of `KINDS`.
    """

    utterances: tuple[Utterance, ...]
    figures: tuple[Figures, ...]
    findings: tuple[Finding, ...]

    @property
    def counts(self) -> dict[str, int]:
        """How many findings there are of each kind that was found."""
        kinds = [f.kind for f in self.findings]
        return {kind: kinds.count(kind) for kind in KINDS if kind in kinds}

    @property
    def line(self) -> str:
        """The corpus and what was found, in one line."""
        minutes = sum(f.seconds for f in self.figures) / 60
        speakers = len({u.speaker for u in self.utterances})
        findings = ", ".join(f"{count} {kind}" for kind, count in self.counts.items())
        return (
            f"{len(self.utterances)} utterances, {speakers} speakers, {minutes:.1f} minutes: "
            f"{findings or 'nothing found'}"
        )

    def write(self, folder: Path) -> Path:
        """Write `check.txt` and the histograms `check.png` into a folder; return the report."""
        with storage(folder):
            folder.mkdir(parents=True, exist_ok=True)
        lines = [self.line]
        for kind in self.counts:
            lines += ["", f"{kind}: {KINDS[kind]}"]
            lines += [f"  {f.id}\t{f.detail}" for f in self.findings if f.kind == kind]
        with replacing(folder / REPORT) as part:
            part.write_text("\n".join(lines) + "\n", encoding="utf-8")
        levels = [np.nan if f.level is None else f.level for f in self.figures]
        plots.draw_histograms(
            folder / PICTURE,
            {
                "seconds": np.array([f.seconds for f in self.figures if not f.fault]),
                "symbols a second": np.array([f.rate for f in self.figures]),
                "level of the speech, dBFS": np.array(levels),
            },
        )
        return folder / REPORT


def check_corpus(corpus: Path, *, progress: Progress | None = None) -> Check:
    """Look for what spoils a training; see `KINDS`.

    A packed corpus is measured once: its arrays are what a training reads, and what was measured
    is kept beside them.

    Args:
        corpus: An imported corpus.
        progress: Shows how far it has come.

    Raises:
        CorpusError: There is no manifest, or it is broken.
    """
    utterances = tuple(read_manifest(corpus))
    folder = packed_folder(corpus)
    figures = _cached(folder / _CACHE, len(utterances))
    if figures is None:
        figures = tuple(_measure_all(corpus, utterances, progress or NoProgress()))
        if is_packed(folder):
            _cache(folder / _CACHE, figures)
    findings = [
        *_faults(utterances, figures),
        *_outliers(utterances, figures),
        *_duplicates(utterances, figures),
        *_split_texts(utterances),
    ]
    order = list(KINDS)
    findings.sort(key=lambda f: order.index(f.kind))
    return Check(utterances, figures, tuple(findings))


def _measure_all(
    corpus: Path, utterances: Sequence[Utterance], progress: Progress
) -> Iterator[Figures]:
    progress.start(len(utterances), unit="utterance")
    try:
        for utterance, audio in zip(utterances, _recordings(corpus, utterances), strict=True):
            yield _measure(utterance, audio)
            progress.advance()
    finally:
        progress.close()


def _recordings(corpus: Path, utterances: Sequence[Utterance]) -> Iterator[Float | CorpusError]:
    """Yield audio (T_wav,) or why there is none: from the arrays where they are, else files."""
    if is_packed(packed_folder(corpus)):
        packed = pack(corpus)
        yield from (packed.audio(index) for index in range(len(utterances)))
        return
    for utterance in utterances:
        try:
            yield read_wav(corpus / utterance.audio).astype(np.float32) / 32768.0
        except CorpusError as error:
            yield error


def _measure(utterance: Utterance, audio: Float | CorpusError) -> Figures:
    reading = read(utterance.text)
    symbols = sum(symbol not in _SILENT_SYMBOLS for symbol in reading.symbols)
    unread = "".join(dict.fromkeys(sign.character for sign in reading.unread))
    if isinstance(audio, CorpusError):
        kind = "wrong format" if isinstance(audio, WrongFormatError) else "missing"
        return Figures(0.0, None, 0.0, "", symbols, unread, kind, str(audio))
    seconds = len(audio) / MEL.sample_rate
    clipped = max(clipped_share(audio), utterance.clipped)
    digest = hashlib.blake2b(audio.tobytes(), digest_size=12).hexdigest()
    try:
        level = speech_level(audio)
    except CorpusError:
        return Figures(seconds, None, clipped, digest, symbols, unread, "silent", "all of it")
    if level < _QUIET:
        detail = f"speech at {level:.0f} dBFS"
        return Figures(seconds, level, clipped, digest, symbols, unread, "silent", detail)
    return Figures(seconds, level, clipped, digest, symbols, unread)


def _cached(path: Path, count: int) -> tuple[Figures, ...] | None:
    """Return what was measured before, or None where it was for other symbols or is broken."""
    try:
        kept = json.loads(path.read_bytes())
        figures = tuple(Figures(*row) for row in kept["figures"])
        return figures if kept["symbols"] == SYMBOLS_HASH and len(figures) == count else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _cache(path: Path, figures: Sequence[Figures]) -> None:
    kept = {"symbols": SYMBOLS_HASH, "figures": [astuple(f) for f in figures]}
    with replacing(path) as part:
        part.write_text(json.dumps(kept, ensure_ascii=False), encoding="utf-8")


def _faults(utterances: Sequence[Utterance], figures: Sequence[Figures]) -> Iterator[Finding]:
    """Yield what is wrong with utterances by themselves."""
    for utterance, figure in zip(utterances, figures, strict=True):
        if figure.fault:
            yield Finding(figure.fault, utterance.id, figure.detail)
        if figure.clipped > _CLIPPED:
            yield Finding("clipped", utterance.id, f"{figure.clipped:.2%} of its samples")
        if not figure.symbols:
            yield Finding("no symbols", utterance.id, utterance.text)
        elif figure.unread:
            yield Finding("unread", utterance.id, f"{figure.unread} in: {utterance.text}")


def _outliers(utterances: Sequence[Utterance], figures: Sequence[Figures]) -> Iterator[Finding]:
    """Yield utterances whose rate is far from the speaker's, or from everybody's."""
    rates = np.array([f.rate for f in figures])
    with np.errstate(invalid="ignore"):
        logs = np.log(rates)
    speakers = np.array([u.speaker for u in utterances])
    known = np.isfinite(logs)
    usual = np.zeros((len(logs), 2))
    for speaker in sorted(set(speakers)):
        own = speakers == speaker
        enough = (own & known).sum() >= _OWN_RATE
        usual[own] = _usual(logs[own & known] if enough else logs[known])
    scores = (logs - usual[:, 0]) / usual[:, 1]
    for index in np.flatnonzero(known & (np.abs(scores) > _OUTLIER)).tolist():
        detail = (
            f"{rates[index]:.1f} symbols a second, usual {np.exp(usual[index, 0]):.1f} "
            f"(robust z {scores[index]:+.1f}): {utterances[index].text}"
        )
        yield Finding("rate outlier", utterances[index].id, detail)


def _usual(logs: NDArray[np.float64]) -> tuple[float, float]:
    """Return the median of (N,) and the spread that 1.4826 median deviations stand for."""
    if not len(logs):
        return 0.0, 1.0
    middle = float(np.median(logs))
    return middle, max(1.4826 * float(np.median(np.abs(logs - middle))), _LEAST_SPREAD)


def _duplicates(utterances: Sequence[Utterance], figures: Sequence[Figures]) -> Iterator[Finding]:
    """Yield every later one of utterances that are alike."""
    sounds: dict[str, str] = {}
    texts: dict[tuple[str, str], str] = {}
    for utterance, figure in zip(utterances, figures, strict=True):
        key = utterance.speaker, text_key(utterance.text)
        if figure.digest and figure.digest in sounds:
            yield Finding("duplicate", utterance.id, f"the sound of {sounds[figure.digest]}")
        elif key[1] and key in texts:
            yield Finding("duplicate", utterance.id, f"the text of {texts[key]}: {utterance.text}")
        sounds.setdefault(figure.digest, utterance.id)
        texts.setdefault(key, utterance.id)


def _split_texts(utterances: Iterable[Utterance]) -> Iterator[Finding]:
    """Yield one finding for each text that is in two splits."""
    by_text: dict[str, list[Utterance]] = defaultdict(list)
    for utterance in utterances:
        by_text[text_key(utterance.text)].append(utterance)
    for alike in by_text.values():
        if len({u.split for u in alike}) > 1:
            where = ", ".join(f"{u.id} ({u.split})" for u in alike)
            yield Finding("in two splits", alike[0].id, where)
