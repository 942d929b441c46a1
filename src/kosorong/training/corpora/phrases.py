"""Short utterances cut out of long ones, where the speaker pauses.

A voice that has only read sentences stumbles over a book's short ones ("Why?", "Come here."):
it never met an end so near a beginning. The recordings hold hundreds of short stretches between
two pauses; a voice's own alignment finds them, and each becomes an utterance with its part of
the text.
"""

from __future__ import annotations

import itertools
import os
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from kosorong.audio.files import storage
from kosorong.audio.wav import write_wav
from kosorong.config import MEL
from kosorong.errors import CorpusError, InputError
from kosorong.ports import NoProgress, Progress, WordTime
from kosorong.speech.align import Aligner
from kosorong.text.reading import read
from kosorong.text.sound.symbols import MARKS, SYMBOLS
from kosorong.training.corpora.importers import REFUSED, write_lines
from kosorong.training.corpora.manifest import (
    MANIFEST,
    Utterance,
    read_layout,
    read_manifest,
    text_key,
    write_layout,
    write_manifest,
)
from kosorong.training.corpora.packed import read_wav
from kosorong.training.corpora.sound import LEAD, TRAIL

Float = NDArray[np.float32]

SHORTEST_PAUSE = 0.11
"""Seconds of silence between two words that count as a pause; the closure of a stop is shorter."""

_SLACK = 0.08
_QUIET_DB = -38.0
_FEWEST_SOUNDS, _SHORTEST = 2, 0.25
_STEP = MEL.sample_rate // 100
_MARK_IDS = frozenset(SYMBOLS.index(mark) for mark in MARKS)


@dataclass(frozen=True, slots=True)
class Phrase:
    """A stretch of a recording between two pauses.

    Attributes:
        text: Its words; a comma ends it where the sentence goes on.
        samples: (T_wav,) with the silence around it that a whole utterance has.
    """

    text: str
    samples: Float


@dataclass(frozen=True, slots=True)
class Cut:
    """What cutting a corpus gave.

    Attributes:
        utterances: Rows of the new manifest, those of the old one first.
        phrases: How many of them are new.
        refused: One line for each utterance that could not be aligned, with its reason.
    """

    utterances: tuple[Utterance, ...]
    phrases: int
    refused: tuple[str, ...]


def cut_corpus(
    source: Path, dest: Path, aligner: Aligner, *, progress: Progress | None = None
) -> Cut:
    """Write a corpus that holds another one and the phrases of its training split.

    Args:
        source: An imported corpus; left as it is.
        dest: Another folder; made if missing.
        aligner: Of a voice; the one of its speakers that is nearest to a recording aligns it.
        progress: Shows how far it has come.

    Raises:
        CorpusError: `source` has no manifest, or both folders are the same.
        StorageError: The disk is full, or the folder cannot be written.
    """
    if source.resolve() == dest.resolve():
        raise CorpusError("a corpus cannot be cut into its own folder.", cure="Name another one.")
    rows = read_manifest(source)
    progress = progress or NoProgress()
    held_out = {text_key(row.text) for row in rows if row.split != "train"}
    phrases: list[Utterance] = []
    refused: list[str] = []
    with storage(dest):
        dest.mkdir(parents=True, exist_ok=True)
        (dest / MANIFEST).unlink(missing_ok=True)
    progress.start(len(rows), unit="utterance")
    try:
        for row in rows:
            bring(source / row.audio, dest / row.audio)
            if row.split == "train":
                try:
                    phrases += [
                        phrase
                        for phrase in _cut_row(row, source, dest, aligner)
                        if text_key(phrase.text) not in held_out
                    ]
                except (CorpusError, InputError) as error:
                    refused.append(f"{row.id}: {error}")
            progress.advance()
    finally:
        progress.close()
    write_lines(dest / REFUSED, refused)
    write_layout(dest, read_layout(source))
    write_manifest(dest, [*rows, *phrases])
    return Cut((*rows, *phrases), len(phrases), tuple(refused))


def _cut_row(row: Utterance, source: Path, dest: Path, aligner: Aligner) -> Iterator[Utterance]:
    samples = read_wav(source / row.audio).astype(np.float32) / 32768.0
    times = aligner.align(samples, row.text).words
    for n, phrase in enumerate(phrases_of(samples, times), start=1):
        audio = str(Path(row.audio).with_name(f"{Path(row.audio).stem}-{n}.wav"))
        write_wav(dest / audio, phrase.samples, MEL.sample_rate)
        yield replace(
            row,
            id=f"{row.id}-{n}",
            audio=audio,
            text=phrase.text,
            seconds=round(len(phrase.samples) / MEL.sample_rate, 3),
        )


def phrases_of(samples: Float, words: Sequence[WordTime]) -> list[Phrase]:
    """Cut a recording at its pauses.

    Args:
        samples: (T_wav,) at 22,050 Hz.
        words: When its words sound.

    Returns:
        Its phrases, those of a single sound left out; none where it has no pause.
    """
    pauses = [
        (n, pause)
        for n, (word, following) in enumerate(itertools.pairwise(words), start=1)
        if (pause := _pause(samples, word, following)) is not None
    ]
    if not pauses:
        return []
    edges = [(0, (0, 0)), *pauses, (len(words), (len(samples), len(samples)))]
    phrases = []
    for (first, before), (last, after) in itertools.pairwise(edges):
        text = _closed(" ".join(w.text for w in words[first:last]), ends=last == len(words))
        speech = samples[before[1] : after[0]]
        if _says_enough(text) and len(speech) >= _SHORTEST * MEL.sample_rate:
            phrases.append(Phrase(text, _with_silence(samples, before, after)))
    return phrases


def _pause(samples: Float, word: WordTime, following: WordTime) -> tuple[int, int] | None:
    """Return first sample and end of the silence between two words, if they are parted by one."""
    rate = MEL.sample_rate
    first = max(0, round((word.end - _SLACK) * rate)) // _STEP * _STEP
    last = min(len(samples), round((following.start + _SLACK) * rate))
    rows = samples[first:last]
    rows = rows[: len(rows) // _STEP * _STEP].reshape(-1, _STEP)
    loud = float(np.abs(samples).max(initial=0.0))
    quiet = np.sqrt(np.square(rows).mean(1)) < loud * 10 ** (_QUIET_DB / 20)
    edges = np.flatnonzero(np.diff(np.concatenate([[0], quiet.astype(np.int8), [0]])))
    runs = [(int(a), int(b)) for a, b in zip(edges[::2], edges[1::2], strict=True)]
    if not runs:
        return None
    start, end = max(runs, key=lambda run: run[1] - run[0])
    if (end - start) * _STEP < SHORTEST_PAUSE * rate:
        return None
    return first + start * _STEP, first + end * _STEP


def _closed(text: str, *, ends: bool) -> str:
    """Give the text of a phrase that the sentence goes on after a comma."""
    if ends or any(symbol in _MARK_IDS for symbol in read(text).symbols[-2:]):
        return text
    return f"{text},"


def _says_enough(text: str) -> bool:
    return sum(word >= 0 for word in read(text).words) >= _FEWEST_SOUNDS


def _with_silence(samples: Float, before: tuple[int, int], after: tuple[int, int]) -> Float:
    """Return the speech between two pauses with margins of those pauses around it."""
    lead, trail = round(LEAD * MEL.sample_rate), round(TRAIL * MEL.sample_rate)
    # The recording's own edges have their margins; a pause that is too short is mirrored.
    left = samples[max(before[0], before[1] - lead) : before[1]]
    right = samples[after[0] : min(after[1], after[0] + trail)]
    if before[1]:
        left = np.pad(left, (lead - len(left), 0), mode="symmetric")
    if after[0] < len(samples):
        right = np.pad(right, (0, trail - len(right)), mode="symmetric")
    return np.concatenate([left, samples[before[1] : after[0]], right])


def bring(source: Path, target: Path) -> None:
    """Link a recording into another corpus, or copy it where links cannot be had."""
    with storage(target):
        target.parent.mkdir(parents=True, exist_ok=True)
        target.unlink(missing_ok=True)
        try:
            os.link(source, target)
        except FileNotFoundError as error:
            raise CorpusError("the sound file is missing.", where=str(source)) from error
        except OSError:
            shutil.copyfile(source, target)
