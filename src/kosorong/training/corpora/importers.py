"""Corpora as they lie on disk, each brought to one manifest and one audio format."""

from __future__ import annotations

import csv
import wave
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from kosorong.audio.wav import read_audio
from kosorong.config import MEL
from kosorong.errors import CorpusError, InputError
from kosorong.ports import NoProgress, Progress
from kosorong.text.normalize import normalize
from kosorong.training.corpora.manifest import (
    Utterance,
    assign_splits,
    read_manifest,
    write_layout,
    write_manifest,
)

Float = NDArray[np.float32]

# Silence kept around an utterance, seconds: enough for the edge symbols to own it.
_LEAD, _TRAIL = 0.12, 0.18
# Level of the speech (not of the pauses), dBFS RMS, and the highest peak allowed.
_LEVEL, _PEAK = -23.0, 0.95


@dataclass(frozen=True, slots=True)
class Row:
    """One recording as a corpus lists it.

    Attributes:
        id: Its name in the corpus.
        speaker: Who speaks.
        audio: The sound file.
        text: What is said.
        where: File and line, for messages.
    """

    id: str
    speaker: str
    audio: Path
    text: str
    where: str


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import brought.

    Attributes:
        utterances: What stands in the manifest.
        refused: One line for each row left out, with its reason.
    """

    utterances: tuple[Utterance, ...]
    refused: tuple[str, ...]


def rows_of_emotiontts(source: Path) -> Iterator[Row]:
    """`metadata.csv`: `id|speaker|spoken|written|seconds`; audio at `wavs/SPEAKER/ID.flac`."""
    path = _existing(source / "metadata.csv")
    with path.open(encoding="utf-8", newline="") as file:
        for n, row in enumerate(csv.DictReader(file, delimiter="|", quoting=csv.QUOTE_NONE), 2):
            if not row.get("id") or not row.get("speaker") or row.get("spoken") is None:
                raise CorpusError("the row lacks id, speaker or spoken.", where=f"{path}:{n}")
            audio = source / "wavs" / row["speaker"] / f"{row['id']}.flac"
            yield Row(row["id"], row["speaker"], audio, row["spoken"], f"{path}:{n}")


def rows_of_folder(source: Path) -> Iterator[Row]:
    """Sound files, each beside a `.txt` of the same name; a subfolder is a speaker."""
    kinds = {".wav", ".flac", ".mp3", ".ogg", ".opus", ".m4a"}
    for audio in sorted(p for p in source.rglob("*") if p.suffix.lower() in kinds):
        text = audio.with_suffix(".txt")
        speaker = audio.parent.name if audio.parent != source else "speaker"
        words = text.read_text(encoding="utf-8-sig") if text.is_file() else ""
        name = "-".join(audio.relative_to(source).with_suffix("").parts)
        yield Row(name, speaker, audio, words, str(audio))


def rows_of_filelist(source: Path) -> Iterator[Row]:
    """Lines `path|text[|speaker]`; paths relative to the file."""
    path = _existing(source)
    for n, line in enumerate(path.read_text(encoding="utf-8-sig").splitlines(), 1):
        if not line.strip():
            continue
        parts = line.split("|")
        if len(parts) < 2:
            raise CorpusError(
                "expected path|text.", where=f"{path}:{n}", cure="Separate with upright bars."
            )
        audio = path.parent / parts[0]
        speaker = parts[2] if len(parts) > 2 and parts[2] else "speaker"
        name = "-".join(Path(parts[0]).with_suffix("").parts)
        yield Row(name, speaker, audio, parts[1], f"{path}:{n}")


SPEECH_LAYOUTS: Mapping[str, Callable[[Path], Iterator[Row]]] = {
    "emotiontts": rows_of_emotiontts,
    "filelist": rows_of_filelist,
    "folder": rows_of_folder,
}


def import_speech(
    layout: str, source: Path, corpus: Path, *, progress: Progress | None = None
) -> Imported:
    """Bring a speech corpus to `corpus/manifest.tsv` and `corpus/audio/SPEAKER/ID.wav`.

    Audio becomes mono at 22,050 Hz, its edges trimmed, its speech levelled. A row that cannot be
    used is left out and listed in `corpus/refused.txt`.

    Args:
        layout: A key of `SPEECH_LAYOUTS`.
        source: The corpus as it lies on disk.
        corpus: Folder to write; made if missing.
        progress: Shows how far it has come.

    Raises:
        CorpusError: The layout is unknown, the source is missing, or nothing in it can be used.
    """
    if layout not in SPEECH_LAYOUTS:
        raise CorpusError(
            f"unknown layout {layout!r}.", cure=f"Known: {', '.join(sorted(SPEECH_LAYOUTS))}."
        )
    progress = progress or NoProgress()
    rows = list(SPEECH_LAYOUTS[layout](source))
    corpus.mkdir(parents=True, exist_ok=True)
    progress.start(len(rows), unit="utterance")
    utterances: list[Utterance] = []
    refused: list[str] = []
    seen: set[str] = set()
    for row in rows:
        try:
            if row.id in seen:
                raise CorpusError("the id stands twice.")
            utterances.append(_import_row(row, corpus))
            seen.add(row.id)
        except (CorpusError, InputError) as error:
            refused.append(f"{row.where}: {error}")
        progress.advance()
    progress.close()
    (corpus / "refused.txt").write_text("".join(r + "\n" for r in refused), encoding="utf-8")
    if not utterances:
        raise CorpusError(
            "no usable recording found.", where=str(source), cure="See refused.txt beside it."
        )
    utterances = assign_splits(utterances)
    write_manifest(corpus, utterances)
    write_layout(corpus, layout)
    return Imported(tuple(read_manifest(corpus)), tuple(refused))


def _import_row(row: Row, corpus: Path) -> Utterance:
    text = normalize(" ".join(row.text.split()))
    if not text:
        raise CorpusError("there is no text for it.")
    if not row.audio.is_file():
        raise CorpusError(f"the sound file {row.audio} is missing.")
    samples = level(trim(read_audio(row.audio, MEL.sample_rate)[0]))
    target = corpus / "audio" / _safe(row.speaker) / f"{_safe(row.id)}.wav"
    target.parent.mkdir(parents=True, exist_ok=True)
    with wave.open(str(target), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(MEL.sample_rate)
        file.writeframes(np.round(samples * 32767.0).astype("<i2").tobytes())
    return Utterance(
        id=row.id,
        speaker=row.speaker,
        split="train",
        seconds=round(len(samples) / MEL.sample_rate, 3),
        audio=str(target.relative_to(corpus)),
        text=text,
    )


def _energies(samples: Float) -> Float:
    """RMS of each 10 ms of audio (T_wav,) -> (T_wav // 220,)."""
    size = MEL.sample_rate // 100
    frames = samples[: len(samples) // size * size].reshape(-1, size)
    return np.asarray(np.sqrt(np.mean(frames**2, axis=1)), np.float32)


def _speech(samples: Float) -> NDArray[np.bool_]:
    """Which 10 ms frames hold speech: within 40 dB of the loud ones and above the floor."""
    energy = _energies(samples)
    loud = float(np.percentile(energy, 95)) if len(energy) else 0.0
    if loud < 1e-4:
        raise CorpusError("the recording is silent.")
    return np.asarray(energy > max(loud * 0.01, 10 ** (-66 / 20)), np.bool_)


def trim(samples: Float) -> Float:
    """Cut silence at both ends, leaving a short margin.

    Args:
        samples: (T_wav,) at 22,050 Hz.

    Raises:
        CorpusError: The recording is silent.
    """
    speech = np.flatnonzero(_speech(samples))
    size = MEL.sample_rate // 100
    start = max(0, int(speech[0] * size - _LEAD * MEL.sample_rate))
    end = min(len(samples), int((speech[-1] + 1) * size + _TRAIL * MEL.sample_rate))
    return samples[start:end]


def level(samples: Float) -> Float:
    """Bring the speech in (T_wav,) to -23 dBFS RMS, the peak not above 0.95."""
    active = _energies(samples)[_speech(samples)]
    rms = float(np.sqrt(np.mean(active.astype(np.float64) ** 2)))
    gain = 10 ** (_LEVEL / 20) / rms
    peak = float(np.abs(samples).max()) * gain
    return np.asarray(samples * (gain * min(1.0, _PEAK / peak)), np.float32)


def _existing(path: Path) -> Path:
    if not path.is_file():
        raise CorpusError("no such file.", where=str(path), cure="Name the corpus's own folder.")
    return path


def _safe(name: str) -> str:
    return "".join(c if c.isalnum() or c in "-_." else "_" for c in name)
