"""Parallel text as others lay it on disk: the JIT corpus, AI-Hub's labels, corrections.

Each import adds to the manifest that is there, and replaces what an earlier import of the same
kind brought, so that one folder can hold the open data, a corpus of the user's own and the
corrections of readers.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from kosorong.audio.files import replacing
from kosorong.errors import CorpusError
from kosorong.text.letters.hangul import has_araea
from kosorong.training.corpora.aihub import rows_of_aihub
from kosorong.training.corpora.parallel import (
    PAIRS_NAME,
    Pair,
    import_pairs,
    read_manifest,
    write_manifest,
)
from kosorong.translation.corrections import (
    NAME,
    SentenceCorrection,
    one_line,
    read_corrections,
)

SPLITS = ("train", "dev", "test")
REFUSED = "refused.txt"


@dataclass(frozen=True, slots=True)
class ImportedText:
    """What an import of text brought.

    Attributes:
        counts: How many pairs of each kind.
        refused: One line for each row left out, with its reason.
    """

    counts: Mapping[str, int]
    refused: tuple[str, ...] = ()


def import_tsv(source: Path, dest: Path) -> ImportedText:
    """Bring `id TAB korean TAB jeju` files into a manifest; see `import_pairs`."""
    return ImportedText(import_pairs(source, dest))


def import_jit(source: Path, dest: Path) -> ImportedText:
    """Bring the JIT corpus, as Kaggle has it, with its own split.

    `ko.train` and `je.train` (one sentence a line) go into the manifest of `dest`, the other two
    parts into manifests of their own, `dest/dev` and `dest/test`, which no training reads.

    Args:
        source: Folder of `ko.train je.train ko.dev je.dev ko.test je.test`.
        dest: Folder of the corpus.

    Raises:
        CorpusError: A file is missing, or two files differ in their number of lines.
    """
    # Read before anything is written: half a corpus is none.
    parts = {split: _jit_pairs(source, split) for split in SPLITS}
    _add(parts["train"], dest, "jit")
    for split in SPLITS[1:]:
        write_manifest(parts[split], dest / split)
    return ImportedText({split: len(pairs) for split, pairs in parts.items()})


def _jit_pairs(source: Path, split: str) -> list[Pair]:
    korean, jeju = (_sentences(source / f"{side}.{split}") for side in ("ko", "je"))
    if len(korean) != len(jeju):
        raise CorpusError(
            f"ko.{split} has {len(korean)} lines and je.{split} has {len(jeju)}.",
            where=str(source),
            cure="Take both files from one download.",
        )
    # Written as printed, so both directions learn and are measured as the published ones were.
    return [
        Pair(f"jit-{split}-{n}", ko, je, "other", "araea", f"jit-{split}-{n}")
        for n, (ko, je) in enumerate(zip(korean, jeju, strict=True), 1)
        if ko and je
    ]


def _sentences(path: Path) -> list[str]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise CorpusError(
            f"the file cannot be read: {error}.",
            where=str(path),
            cure="Give the folder with ko.train, je.train, ko.dev, je.dev, ko.test, je.test.",
        ) from error
    return [one_line(line) for line in text.removesuffix("\n").split("\n")]


def import_aihub_text(source: Path, dest: Path) -> ImportedText:
    """Bring the dialect and standard forms of AI-Hub's transcripts, without their sound.

    Utterances whose two forms are the same teach nothing new and are only counted.

    Args:
        source: Folder of JSON labels.
        dest: Folder of the corpus.

    Raises:
        CorpusError: There is no JSON file, or no utterance has two forms.
    """
    pairs, refused, same = [], [], 0
    for row in rows_of_aihub(source):
        if isinstance(row, CorpusError):
            refused.append(str(row))
        elif not row.standard:
            same += 1
        else:
            jeju, korean = one_line(row.text), one_line(row.standard)
            spelling = "araea" if has_araea(jeju) else "modern"
            pairs.append(Pair(row.id, korean, jeju, "other", spelling, row.id.rpartition("-")[0]))
    if not pairs:
        raise CorpusError(
            "no utterance has a dialect form and another standard form.",
            where=str(source),
            cure="Give the labels of dialect speech (JSON with `utterance`).",
        )
    _add(pairs, dest, "aihub")
    _write_refused(refused, dest)
    return ImportedText({"pairs": len(pairs), "the same in both": same}, tuple(refused))


def import_corrections(source: Path, dest: Path) -> ImportedText:
    """Bring corrections of readers: JSON Lines, one correction a line.

    A line has `id`, `korean`, `jeju`, `spelling` (`araea` or `modern`), `consent` (true: whoever
    wrote it lets it be trained on) and `licence` (one of
    `kosorong.translation.corrections.LICENCES`), as a library exports them;
    what else stands there (`region`, `was`) is not looked at. A line without consent or licence is
    refused, and so is one of the `kind` `reading`, whose Jeju is written as it sounds. Each import
    takes the place of the one before: what was taken back since is gone.

    Args:
        source: The file, or a folder of `*.jsonl`.
        dest: Folder of the corpus.

    Raises:
        CorpusError: There is no file, or no line can be taken.
    """
    files = [source] if source.is_file() else sorted(source.glob("*.jsonl"))
    pairs: dict[str, Pair] = {}
    refused: list[str] = []
    for path in files:
        corrections, errors = read_corrections(_lines(path), str(path))
        refused += map(str, errors)
        pairs |= {correction.id: _pair_of(correction) for correction in corrections}
    if not pairs:
        raise CorpusError(
            "no correction can be taken.",
            where=str(source),
            cure="; ".join(refused[:3]) or "Give a .jsonl file of corrections.",
        )
    _add(list(pairs.values()), dest, NAME)
    _write_refused(refused, dest)
    return ImportedText(Counter(p.spelling for p in pairs.values()), tuple(refused))


def _lines(path: Path) -> Iterator[str]:
    try:
        yield from path.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise CorpusError(
            f"the corrections cannot be read: {error}.", where=str(path), cure="Give UTF-8 text."
        ) from error


def _pair_of(correction: SentenceCorrection) -> Pair:
    name = f"{NAME}-{correction.id}"
    return Pair(name, correction.korean, correction.jeju, "other", correction.spelling, name)


def _add(pairs: Sequence[Pair], dest: Path, kind: str) -> None:
    """Write pairs beside those of other kinds that the manifest holds."""
    held = read_manifest(dest) if (dest / PAIRS_NAME).is_file() else []
    kept = [pair for pair in held if not pair.id.startswith(f"{kind}-")]
    write_manifest([*kept, *pairs], dest)


def _write_refused(lines: Sequence[str], dest: Path) -> None:
    with replacing(dest / REFUSED) as part:
        part.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


TEXT_LAYOUTS: Mapping[str, Callable[[Path, Path], ImportedText]] = {
    "aihub": import_aihub_text,
    "corrections": import_corrections,
    "jit": import_jit,
    "tsv": import_tsv,
}
