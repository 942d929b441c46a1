"""Speech corpora brought to one manifest and one audio format, whatever their layout."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from kosorong.audio.files import replacing, storage
from kosorong.audio.wav import decode_audio, write_wav
from kosorong.config import MEL
from kosorong.errors import CorpusError, InputError
from kosorong.ports import NoProgress, Progress
from kosorong.text.letters.normalize import normalize
from kosorong.training.corpora.layouts import SPEECH_LAYOUTS
from kosorong.training.corpora.manifest import (
    MANIFEST,
    Utterance,
    assign_splits,
    keep_texts_apart,
    read_manifest,
    write_layout,
    write_manifest,
)
from kosorong.training.corpora.phones import shifted, write_phones
from kosorong.training.corpora.rows import CorpusRow, Phone
from kosorong.training.corpora.sound import clipped_share, cut_wav, kept, level

PARALLEL = "parallel.tsv"
"""Pairs of a corpus with standard forms, as `kosorong corpus import tsv` reads them."""

REFUSED = "refused.txt"
"""Rows that were left out, with their reasons."""

PHONES = "phones.tsv"
"""Sounds whose times the corpus knows, see `kosorong.training.corpora.phones`."""

_JOURNAL = "importing.jsonl"


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import brought.

    Attributes:
        utterances: What stands in the manifest.
        refused: One line for each row left out, with its reason.
        pairs: How many pairs of standard Korean and Jeju stand in `parallel.tsv`.
    """

    utterances: tuple[Utterance, ...]
    refused: tuple[str, ...]
    pairs: int = 0


def import_speech(
    layout: str, source: Path, corpus: Path, *, progress: Progress | None = None
) -> Imported:
    """Bring a speech corpus to `corpus/manifest.tsv` and `corpus/audio/SPEAKER/ID.wav`.

    Audio becomes mono at 22,050 Hz, its edges trimmed, its speech levelled; one recording at a
    time is in memory. A row that cannot be used is left out and listed in `corpus/refused.txt`.
    What a corpus holds out itself stays held out. The manifest is written last: where it stands,
    the import is whole. An import that was stopped goes on where it was.

    Args:
        layout: A key of `SPEECH_LAYOUTS`.
        source: The corpus as it lies on disk.
        corpus: Folder to write; made if missing.
        progress: Shows how far it has come.

    Raises:
        CorpusError: The layout is unknown, the source is missing, or nothing in it can be used.
        StorageError: The disk is full, or the folder cannot be written.
    """
    if layout not in SPEECH_LAYOUTS:
        raise CorpusError(
            f"unknown layout {layout!r}.", cure=f"Known: {', '.join(sorted(SPEECH_LAYOUTS))}."
        )
    listed = list(SPEECH_LAYOUTS[layout](source))
    rows = [row for row in listed if isinstance(row, CorpusRow)]
    refused = [str(error) for error in listed if isinstance(error, CorpusError)]
    with storage(corpus):
        corpus.mkdir(parents=True, exist_ok=True)
        (corpus / MANIFEST).unlink(missing_ok=True)
    utterances, unusable, phones = _import_rows(rows, corpus, progress or NoProgress())
    refused += unusable
    write_lines(corpus / REFUSED, refused)
    pairs = _write_pairs(rows, corpus)
    if not utterances:
        raise CorpusError(
            "no usable recording found.",
            where=str(source),
            cure=f"See {corpus / REFUSED}, which has {len(refused)} reasons.",
        )
    (corpus / PHONES).unlink(missing_ok=True)
    if phones:
        write_phones(corpus / PHONES, phones)
    write_layout(corpus, layout)
    own = any(u.split != "train" for u in utterances)
    write_manifest(corpus, (keep_texts_apart if own else assign_splits)(utterances))
    (corpus / _JOURNAL).unlink(missing_ok=True)
    return Imported(tuple(read_manifest(corpus)), tuple(refused), pairs)


def _import_rows(
    rows: Sequence[CorpusRow], corpus: Path, progress: Progress
) -> tuple[list[Utterance], list[str], dict[str, list[Phone]]]:
    """Import what can be used; return it, the reasons of the rest, and the times of sounds."""
    utterances: list[Utterance] = []
    refused: list[str] = []
    phones: dict[str, list[Phone]] = {}
    seen: set[str] = set()
    journal = _Journal(corpus / _JOURNAL)
    progress.start(len(rows), unit="utterance")
    try:
        for row in rows:
            try:
                # Names that differ only in signs or case would share a file.
                if {row.id, _target(row).casefold()} & seen:
                    raise CorpusError("the id stands twice.")
                utterance, lead = _import_row(row, corpus, journal)
                utterances.append(utterance)
                if row.phones:
                    phones[row.id] = [shifted(phone, lead) for phone in row.phones]
                seen |= {row.id, _target(row).casefold()}
            except (CorpusError, InputError) as error:
                refused.append(f"{row.where}: {error}")
            progress.advance()
    finally:
        progress.close()
    return utterances, refused, phones


class _Journal:
    """Recordings that an earlier, interrupted import had finished.

    Args:
        path: One JSON object a line; a line that was cut off counts as not written.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._done: dict[str, tuple[float, float, float]] = {}
        for line in path.read_bytes().split(b"\n")[:-1] if path.is_file() else ():
            try:
                entry = json.loads(line)
                known = entry["seconds"], entry["clipped"], entry["lead"]
                self._done[entry["key"]] = known
            except (ValueError, KeyError, TypeError):
                continue

    def find(self, key: str, target: Path) -> tuple[float, float, float] | None:
        """Return seconds, clipped share and lead of a recording whose file is there."""
        return self._done.get(key) if target.is_file() else None

    def add(self, key: str, seconds: float, clipped: float, lead: float) -> None:
        """Note a recording after its file was written."""
        line = json.dumps({"key": key, "seconds": seconds, "clipped": clipped, "lead": lead})
        with storage(self._path), self._path.open("a", encoding="utf-8") as file:
            file.write(line + "\n")


def _import_row(row: CorpusRow, corpus: Path, journal: _Journal) -> tuple[Utterance, float]:
    """Import one recording; return it, and how many seconds were trimmed off its beginning."""
    text = _plain(row.text)
    if not text:
        raise CorpusError("there is no text for it.")
    try:
        there = row.audio.is_file()
    except OSError as error:  # no name a file can have
        raise CorpusError(f"{row.audio}: {error.strerror}.") from error
    if not there:
        raise CorpusError(f"the sound file {row.audio} is missing.")
    target = corpus / _target(row)
    key = _key(row)
    done = journal.find(key, target)
    if done is None:
        done = _write_sound(row, target)
        journal.add(key, *done)
    utterance = Utterance(
        id=row.id,
        speaker=row.speaker,
        split=row.split,
        seconds=done[0],
        audio=_target(row),
        text=text,
        language=row.language,
        clipped=done[1],
    )
    return utterance, done[2]


def _write_sound(row: CorpusRow, target: Path) -> tuple[float, float, float]:
    """Write a recording as the corpus keeps it; return seconds, clipped share and lead."""
    try:
        data = row.audio.read_bytes() if row.cut is None else cut_wav(row.audio, *row.cut)
    except OSError as error:
        raise CorpusError(f"{row.audio} cannot be read ({error.strerror}).") from error
    samples, rate = decode_audio(data, where=str(row.audio))
    clipped = clipped_share(samples)
    if rate != MEL.sample_rate:
        samples, _ = decode_audio(data, MEL.sample_rate, where=str(row.audio))
    start, end = kept(samples)
    samples = level(samples[start:end])
    with storage(target.parent):
        target.parent.mkdir(parents=True, exist_ok=True)
    write_wav(target, samples, MEL.sample_rate)
    seconds, lead = len(samples) / MEL.sample_rate, start / MEL.sample_rate
    return round(seconds, 3), round(clipped, 6), round(lead, 6)


def _key(row: CorpusRow) -> str:
    """Tell a recording from every other and from its own later versions."""
    facts = row.audio.stat()
    what = (str(row.audio.resolve()), facts.st_size, facts.st_mtime_ns, row.cut, _target(row))
    return hashlib.sha256(repr(what).encode()).hexdigest()


def _write_pairs(rows: Sequence[CorpusRow], corpus: Path) -> int:
    """Write the pairs of Jeju and standard forms, if there are any, and return how many."""
    pairs = [(row.id, _plain(row.standard), _plain(row.text)) for row in rows if row.standard]
    pairs = [pair for pair in pairs if pair[1] and pair[2] and pair[1] != pair[2]]
    (corpus / PARALLEL).unlink(missing_ok=True)
    if pairs:
        write_lines(corpus / PARALLEL, ["\t".join(pair) for pair in pairs])
    return len(pairs)


def _plain(text: str) -> str:
    return " ".join(normalize(text).split())


def write_lines(path: Path, lines: Sequence[str]) -> None:
    """Write lines to a file, atomically."""
    with replacing(path) as part:
        part.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


def _target(row: CorpusRow) -> str:
    return f"audio/{safe_name(row.speaker)}/{safe_name(row.id)}.wav"


def safe_name(name: str) -> str:
    """Return a name as a file or folder can have it everywhere."""
    safe = "".join(c if c.isalnum() or c in "-_." else "_" for c in name)
    return f"_{safe[1:]}" if safe.startswith(".") else safe
