"""Parallel text: sentence pairs and dictionary entries of Korean and Jeju.

A folder of `id TAB korean TAB jeju` files becomes one manifest, `pairs.tsv`, and files of one
Korean sentence a line become `mono.tsv`. What a pair is (dialogue, proverb, dictionary entry,
…), how its Jeju is spelled and which pairs belong together are told from the file's name and
the identifiers, and stand in the manifest from then on.
"""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from kosorong import ports
from kosorong.errors import CorpusError
from kosorong.text.letters.hangul import has_araea
from kosorong.text.letters.normalize import normalize

PAIRS_NAME = "pairs.tsv"
MONO_NAME = "mono.tsv"
_HEADER = ("id", "style", "spelling", "group", "korean", "jeju")

STYLES = ("dialogue", "proverb", "example", "gloss", "lexicon", "oral", "other")
SPELLINGS = (*ports.SPELLINGS, "lost")
"""How a corpus writes Jeju; the last cannot be asked for."""
HELD_OUT_STYLES = frozenset({"oral"})
"""Styles that only measure: training never sees them."""

_STYLE_WORDS = (
    (".lex.", "lexicon"),
    ("oral_history", "oral"),
    ("dialogue", "dialogue"),
    ("proverb", "proverb"),
    ("gloss", "gloss"),
    ("example", "example"),
)


@dataclass(frozen=True, slots=True)
class Pair:
    """One Korean text and the same in Jeju.

    Attributes:
        id: Identifier, unique together with `spelling`.
        korean: Korean text in the internal canonical form.
        jeju: Jeju text in the internal canonical form.
        style: One of `STYLES`.
        spelling: `araea` (full orthography), `modern` (arae-a written ㅗ), or `lost`
            (arae-a became another vowel, no one knows where).
        group: Pairs of one group never stand on two sides of a split.
    """

    id: str
    korean: str
    jeju: str
    style: str = "other"
    spelling: str = "araea"
    group: str = ""


def style_of(name: str) -> str:
    """Tell from a file's name what its pairs are.

    >>> style_of("village_dialogues_araea.tsv"), style_of("words.lex.tsv"), style_of("x.tsv")
    ('dialogue', 'lexicon', 'other')
    """
    return next((style for word, style in _STYLE_WORDS if word in name), "other")


def spelling_of(name: str, jeju: Iterable[str]) -> str:
    """Tell from a file's name, or else from its letters, how its Jeju is spelled.

    >>> spelling_of("a_modern.tsv", ["혼저"]), spelling_of("b.tsv", ["ᄒᆞᆫ저"])
    ('modern', 'araea')
    """
    for spelling in SPELLINGS:
        if spelling in name:
            return spelling
    return "araea" if any(map(has_araea, jeju)) else "lost"


def group_of(identifier: str) -> str:
    """Return the unit of an identifier `NAME-UNIT-LINE`, otherwise the identifier itself.

    >>> group_of("talk-12-3"), group_of("proverb-7")
    ('talk-12', 'proverb-7')
    """
    parts = identifier.split("-")
    return "-".join(parts[:-1]) if len(parts) > 2 else identifier


def read_tsv(path: Path) -> list[Pair]:
    """Read one file of `id TAB korean TAB jeju`.

    Raises:
        CorpusError: A line has not three columns, or the file is not UTF-8.
    """
    rows = [_row(line, f"{path}:{n}") for n, line in _lines(path)]
    style, spelling = style_of(path.name), spelling_of(path.name, (row[2] for row in rows))
    return [
        Pair(
            id=_identifier(row[0], style, n),
            korean=normalize(row[1]).strip(),
            jeju=normalize(row[2]).strip(),
            style=style,
            spelling=spelling,
            group=group_of(row[0]),
        )
        for n, row in enumerate(rows, 1)
    ]


def _identifier(raw: str, style: str, n: int) -> str:
    # Dictionary rows carry `id|part of speech`, and one entry may hold several words.
    return f"{raw}#{n}" if style == "lexicon" else raw


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise CorpusError(
            f"The file cannot be read: {error}.", where=str(path), cure="Give UTF-8 text."
        ) from error
    yield from ((n, line) for n, line in enumerate(text.split("\n"), 1) if line.strip())


def _row(line: str, where: str) -> tuple[str, str, str]:
    parts = line.rstrip("\r").split("\t")
    if len(parts) != 3 or not all(part.strip() for part in parts):
        raise CorpusError(
            f"The line has {len(parts)} columns, not three filled ones.",
            where=where,
            cure="Write `id TAB korean TAB jeju`.",
        )
    return parts[0].strip(), parts[1], parts[2]


def import_pairs(source: Path, dest: Path) -> dict[str, int]:
    """Bring a file, or all `*.tsv` files of a folder, into one manifest in `dest`.

    Files of pronunciations (`*.pron.tsv`) and dictionary paraphrases (`*_glosses.lex.tsv`)
    are not translations and are left out.

    Returns:
        How many pairs there are of each style.

    Raises:
        CorpusError: No file is there, or one is damaged.
    """
    files = [source] if source.is_file() else sorted(source.glob("*.tsv"))
    files = [f for f in files if ".pron." not in f.name and "_glosses.lex" not in f.name]
    if not files:
        raise CorpusError(
            "There is no .tsv file.", where=str(source), cure="Give a file or a folder of them."
        )
    pairs = unique_pairs(pair for file in files for pair in read_tsv(file))
    write_manifest(pairs, dest)
    return {style: n for style in STYLES if (n := sum(p.style == style for p in pairs))}


def unique_pairs(pairs: Iterable[Pair]) -> list[Pair]:
    """Drop pairs whose two texts, style and spelling stood before."""
    seen = {(p.korean, p.jeju, p.style, p.spelling): p for p in reversed(list(pairs))}
    return list(reversed(seen.values()))


def write_manifest(pairs: Sequence[Pair], dest: Path) -> Path:
    """Write `pairs.tsv` into the folder `dest` and return its path."""
    dest.mkdir(parents=True, exist_ok=True)
    rows = ["\t".join(_HEADER)]
    rows += ["\t".join((p.id, p.style, p.spelling, p.group, p.korean, p.jeju)) for p in pairs]
    path = dest / PAIRS_NAME
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return path


def read_manifest(folder: Path) -> list[Pair]:
    """Read `pairs.tsv` of a corpus folder.

    Raises:
        CorpusError: The manifest is missing or has other columns.
    """
    path = folder / PAIRS_NAME
    if not path.is_file():
        raise CorpusError(
            "There is no translation corpus here.",
            where=str(path),
            cure="Run `kosorong corpus import tsv SRC DEST` first.",
        )
    lines = [line.split("\t") for _, line in _lines(path)]
    if tuple(lines[0]) != _HEADER or any(len(line) != len(_HEADER) for line in lines):
        raise CorpusError(
            "The manifest has other columns.", where=str(path), cure="Import the corpus again."
        )
    return [
        Pair(i, ko, jje, style, spelling, group) for i, style, spelling, group, ko, jje in lines[1:]
    ]


def import_mono(files: Sequence[Path], dest: Path, *, longest: int = 60) -> int:
    """Bring Korean sentences, one a line, into `mono.tsv` (`source TAB sentence`).

    Kept are sentences of 2 to 20 words and at most `longest` letters that are mostly Hangul.

    Returns:
        The number of sentences kept.
    """
    seen: set[str] = set()
    rows: list[str] = []
    for file in files:
        for _, line in _lines(file):
            text = " ".join(normalize(line).split())
            if text not in seen and _usable(text, longest):
                seen.add(text)
                rows.append(f"{file.stem}\t{text}")
    dest.mkdir(parents=True, exist_ok=True)
    (dest / MONO_NAME).write_text("\n".join(rows) + "\n", encoding="utf-8")
    return len(rows)


def _usable(text: str, longest: int) -> bool:
    letters = [c for c in text if not c.isspace()]
    hangul = sum("HANGUL" in unicodedata.name(c, "") for c in letters)
    return 2 <= len(text.split()) <= 20 and len(text) <= longest and hangul > 0.8 * len(letters)


def read_mono(folder: Path) -> list[tuple[str, str]]:
    """Read `mono.tsv` as (source, sentence); a folder without it has none."""
    path = folder / MONO_NAME
    if not path.is_file():
        return []
    rows = [line.split("\t", 1) for _, line in _lines(path)]
    return [(row[0], row[1]) for row in rows]


@dataclass(frozen=True, slots=True)
class Fold:
    """One split of a corpus.

    Attributes:
        train: What may be learnt from, in any way.
        test: Held-out pairs of one style.
    """

    train: tuple[Pair, ...]
    test: tuple[Pair, ...]


def split_folds(
    pairs: Sequence[Pair], folds: int, *, style: str = "dialogue", seed: int = 1
) -> list[Fold]:
    """Split by group, so that the lines of a unit, in both spellings, stay together.

    Pairs of other styles are in every training part. A training pair with the same Korean or
    the same Jeju text as a held-out pair, punctuation apart, is left out.

    Args:
        pairs: The whole corpus.
        folds: How many parts, at least 2.
        style: The style to hold out.
        seed: Seeds the order of the groups.

    Raises:
        CorpusError: There are fewer groups than folds.
    """
    groups = sorted({p.group for p in pairs if p.style == style})
    if folds < 2 or len(groups) < folds:
        raise CorpusError(
            f"{len(groups)} groups of style {style!r} cannot be split into {folds} folds.",
            cure="Ask for at least 2 folds and at most as many as there are groups.",
        )
    random.Random(seed).shuffle(groups)  # noqa: S311 (no secret)
    usable = [p for p in pairs if p.style not in HELD_OUT_STYLES]
    return [_fold(usable, frozenset(groups[n::folds]), style) for n in range(folds)]


def _fold(pairs: Sequence[Pair], held: frozenset[str], style: str) -> Fold:
    test = tuple(p for p in pairs if p.style == style and p.group in held)
    return Fold(tuple(unlike(pairs, test)), test)


def without_styles(pairs: Sequence[Pair], styles: Collection[str]) -> list[Pair]:
    """Leave out the pairs of some styles, and pairs of others that share a text with them."""
    return unlike(pairs, [p for p in pairs if p.style in styles])


def unlike(pairs: Sequence[Pair], held: Sequence[Pair]) -> list[Pair]:
    """Return the pairs whose Korean and Jeju texts, punctuation apart, are none of `held`'s."""
    korean, jeju = {_bare(p.korean) for p in held}, {_bare(p.jeju) for p in held}
    return [p for p in pairs if _bare(p.korean) not in korean and _bare(p.jeju) not in jeju]


def _bare(text: str) -> str:
    return "".join(c for c in text if c.isalnum() or unicodedata.category(c).startswith("M"))
