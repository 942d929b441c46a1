"""A corpus as memory-mapped arrays, made once and kept beside the manifest."""

from __future__ import annotations

import hashlib
import json
import wave
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kosorong.audio.mel import definition_hash, frame_count, log_mel
from kosorong.config import MEL
from kosorong.errors import CorpusError
from kosorong.training.corpora.manifest import MANIFEST, Utterance, read_manifest


@dataclass(frozen=True, slots=True)
class PackedCorpus:
    """Audio and mels of a whole corpus.

    Attributes:
        utterances: The manifest's rows.
        samples: All audio end to end, (sum of T_wav,) int16, memory-mapped.
        mels: All log-mels end to end, (sum of T_mel, M) float16, memory-mapped.
        starts: First frame of each utterance, and the end of the last, (N + 1,); audio starts at
            `starts * hop_length` samples, for every utterance is cut to whole frames.
    """

    utterances: tuple[Utterance, ...]
    samples: NDArray[np.int16]
    mels: NDArray[np.float16]
    starts: NDArray[np.int64]

    def audio(self, index: int) -> NDArray[np.float32]:
        """Return one utterance's audio (T_wav,) in [-1, 1]."""
        hop = MEL.hop_length
        raw = self.samples[self.starts[index] * hop : self.starts[index + 1] * hop]
        return raw.astype(np.float32) / 32768.0

    def mel(self, index: int) -> NDArray[np.float32]:
        """Return one utterance's log-mel (M, T_mel)."""
        return self.mels[self.starts[index] : self.starts[index + 1]].astype(np.float32).T

    def frames(self, index: int) -> int:
        """Return T_mel of one utterance."""
        return int(self.starts[index + 1] - self.starts[index])

    def of_split(self, split: str) -> list[int]:
        """Return the indices of the utterances of `train`, `valid` or `test`."""
        return [i for i, u in enumerate(self.utterances) if u.split == split]


def pack(corpus: Path) -> PackedCorpus:
    """Open a corpus's arrays, making them first where they are missing or out of date.

    Raises:
        CorpusError: The manifest or a sound file is missing or broken.
    """
    utterances = tuple(read_manifest(corpus))
    folder = packed_folder(corpus)
    if not is_packed(folder):
        _make(corpus, utterances, folder)
    starts = np.array(json.loads((folder / "starts.json").read_text()), np.int64)
    total = int(starts[-1])
    return PackedCorpus(
        utterances,
        _map(folder / "audio.i16", np.int16, (total * MEL.hop_length,)),
        _map(folder / "mel.f16", np.float16, (total, MEL.n_mels)),
        starts,
    )


def packed_folder(corpus: Path) -> Path:
    """Return where the arrays of a corpus's present manifest lie, or will."""
    manifest_hash = hashlib.sha256((corpus / MANIFEST).read_bytes()).hexdigest()[:12]
    return corpus / "packed" / f"{manifest_hash}-{definition_hash()}"


def is_packed(folder: Path) -> bool:
    """Tell whether the arrays in a folder are whole."""
    return (folder / "starts.json").is_file()


def _make(corpus: Path, utterances: tuple[Utterance, ...], folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    starts = [0]
    with (folder / "audio.i16").open("wb") as audio, (folder / "mel.f16").open("wb") as mels:
        for utterance in utterances:
            samples = read_wav(corpus / utterance.audio)
            frames = frame_count(len(samples))
            samples = samples[: frames * MEL.hop_length]
            audio.write(samples.tobytes())
            mel = log_mel(samples.astype(np.float32) / 32768.0)
            mels.write(np.ascontiguousarray(mel.T, np.float16).tobytes())
            starts.append(starts[-1] + frames)
    # Written last: its presence says that the arrays are whole.
    temporary = folder / "starts.new"
    temporary.write_text(json.dumps(starts))
    temporary.replace(folder / "starts.json")


class WrongFormatError(CorpusError):
    """A sound file that is not 16 bits, mono, at the models' rate."""


def read_wav(path: Path) -> NDArray[np.int16]:
    """Read a corpus's sound file (T_wav,).

    Raises:
        WrongFormatError: It has another rate, width or number of channels.
        CorpusError: It is missing or broken.
    """
    try:
        with wave.open(str(path), "rb") as file:
            form = file.getframerate(), file.getnchannels(), 8 * file.getsampwidth()
            if form != (MEL.sample_rate, 1, 16):
                raise WrongFormatError(
                    f"expected mono, 16 bits at {MEL.sample_rate} Hz, not "
                    f"{form[1]} channels, {form[2]} bits at {form[0]} Hz.",
                    where=str(path),
                    cure="Import the corpus again with kosorong corpus import.",
                )
            return np.frombuffer(file.readframes(file.getnframes()), "<i2")
    except (OSError, EOFError, wave.Error) as error:
        raise CorpusError(f"cannot be read: {error}.", where=str(path)) from error


def _map(path: Path, kind: type[Any], shape: tuple[int, ...]) -> NDArray[Any]:
    return np.memmap(path, kind, "r", shape=shape)
