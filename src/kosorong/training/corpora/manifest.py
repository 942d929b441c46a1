"""The one manifest every speech corpus is imported to.

`DEST/manifest.tsv` has a header and the columns of `Utterance`; audio paths are relative to DEST.
"""

from __future__ import annotations

import csv
import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Literal, get_args

from kosorong.errors import CorpusError

Split = Literal["train", "valid", "test"]
MANIFEST = "manifest.tsv"
LAYOUT = "layout.txt"


@dataclass(frozen=True, slots=True)
class Utterance:
    """One recording and its text.

    Attributes:
        id: Unique in the corpus.
        speaker: Who speaks.
        split: `train`, `valid` or `test`; a text is never in two of them.
        seconds: Length of the audio.
        audio: Path relative to the corpus folder.
        text: What is said, numbers written as words.
        language: `ko` or `jje`.
        clipped: Share of the samples that were cut off in the recording as it was given.
    """

    id: str
    speaker: str
    split: Split
    seconds: float
    audio: str
    text: str
    language: str = "ko"
    clipped: float = 0.0


def write_manifest(corpus: Path, utterances: Iterable[Utterance]) -> Path:
    """Write `corpus/manifest.tsv` atomically."""
    path = corpus / MANIFEST
    temporary = path.with_suffix(".new")
    with temporary.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(
            file,
            [f.name for f in fields(Utterance)],
            delimiter="\t",
            quoting=csv.QUOTE_NONE,
            quotechar=None,
        )
        writer.writeheader()
        for utterance in utterances:
            row = {k: " ".join(str(v).split()) for k, v in asdict(utterance).items()}
            writer.writerow(row)
    temporary.replace(path)
    return path


def read_manifest(corpus: Path) -> list[Utterance]:
    """Read `corpus/manifest.tsv`.

    Raises:
        CorpusError: It is missing, or a row is broken (the line is named).
    """
    path = corpus / MANIFEST
    if not path.is_file():
        raise CorpusError(
            "there is no manifest here.",
            where=str(path),
            cure="Import a corpus first: kosorong corpus import KIND SRC DEST.",
        )
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [_utterance(row, f"{path}:{n}") for n, row in enumerate(rows, start=2)]


def _utterance(row: dict[str, str], where: str) -> Utterance:
    try:
        split = row["split"]
        if split not in get_args(Split):
            raise ValueError(f"split {split!r}")
        return Utterance(
            id=row["id"],
            speaker=row["speaker"],
            split=split,  # type: ignore[arg-type]  # checked above
            seconds=float(row["seconds"]),
            audio=row["audio"],
            text=row["text"],
            language=row["language"],
            # Manifests of older imports have no such column.
            clipped=float(row.get("clipped") or 0.0),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise CorpusError(
            f"the row is broken ({error}).", where=where, cure="Import the corpus again."
        ) from error


def write_layout(corpus: Path, layout: str) -> None:
    """Remember where a corpus came from: its licence follows from that."""
    (corpus / LAYOUT).write_text(layout + "\n", encoding="utf-8")


def read_layout(corpus: Path) -> str:
    """Return the layout a corpus was imported from, "" where it is not known."""
    path = corpus / LAYOUT
    return path.read_text(encoding="utf-8").strip() if path.is_file() else ""


def assign_splits(
    utterances: Sequence[Utterance], *, held_out: float = 0.12, largest: int = 36
) -> list[Utterance]:
    """Hold sentences out, so that no text is in two splits.

    Only texts that a single speaker reads are held out: for each speaker with at least 20
    utterances, `held_out` of them but at most `largest`, two thirds for testing and one third
    for validation. Which ones follows from a hash of the text, not from the order of the files.

    Args:
        utterances: A corpus; their present splits are ignored.
        held_out: Share of a speaker's utterances.
        largest: Most utterances held out of one speaker.
    """
    readers: dict[str, Counter[str]] = defaultdict(Counter)
    for u in utterances:
        readers[text_key(u.text)][u.speaker] += 1
    speakers = Counter(u.speaker for u in utterances)
    split_of: dict[str, Split] = {}
    for speaker, count in speakers.items():
        alone = sorted(
            (k for k, by in readers.items() if set(by) == {speaker}),
            key=lambda k: hashlib.sha256(k.encode()).digest(),
        )
        wanted = min(largest, round(count * held_out), len(alone)) if count >= 20 else 0
        for i, key in enumerate(alone[:wanted]):
            split_of[key] = "valid" if i % 3 == 2 else "test"
    return [replace(u, split=split_of.get(text_key(u.text), "train")) for u in utterances]


def keep_texts_apart(utterances: Sequence[Utterance]) -> list[Utterance]:
    """Keep the splits that are there, so that no text is in two of them.

    Args:
        utterances: A corpus; a text that is held out anywhere is held out everywhere, and one that
            tests anywhere validates nowhere.
    """
    split_of: dict[str, Split] = {}
    for u in utterances:
        key = text_key(u.text)
        split_of[key] = max(u.split, split_of.get(key, "train"), key=get_args(Split).index)
    return [replace(u, split=split_of[text_key(u.text)]) for u in utterances]


def text_key(text: str) -> str:
    """Return a text without what does not change its sound."""
    return "".join(c for c in text if c.isalnum())
